package runner

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/datasets"
	"etincelle/grader/build"
	"etincelle/grader/check"
	"etincelle/grader/check/tp02"
	"etincelle/grader/message"
	"etincelle/grader/policy"
	"etincelle/grader/protocol"
)

var functions = []string{"Shrink", "Balance", "DelayByCarrier", "DistancesWithNames"}

func root(t testing.TB) string {
	t.Helper()
	found, err := build.Root(".")
	require.NoError(t, err)
	return found
}

func target(t testing.TB) Target {
	t.Helper()
	starter, err := os.ReadFile(root(t) + "/labs/tp02-partitionnement/starter.go.txt")
	require.NoError(t, err)
	return tp02Target(starter)
}

func tp02Target(starter []byte) Target {
	return Target{Name: "tp02-partitionnement", Starter: starter, Exercises: []Exercise{
		{1, functions[:2]}, {2, functions[2:3]}, {3, functions[3:]},
	}}
}

// shop is where all tests of the package build.
var shop = sync.OnceValues(func() (*Workshop, error) {
	found, err := build.Root(".")
	if err != nil {
		return nil, err
	}
	return Open(context.Background(), found, "tp02", "", nil)
})

func workshop(t testing.TB) *Workshop {
	t.Helper()
	w, err := shop()
	require.NoError(t, err)
	return w
}

// anything accepts every file: these tests try the walls behind the policy.
func anything(string, []byte) ([]policy.Refusal, error) { return nil, nil }

var hostile = sync.OnceValues(func() (*Program, error) {
	found, err := build.Root(".")
	if err != nil {
		return nil, err
	}
	starter, err := os.ReadFile(found + "/labs/tp02-partitionnement/starter.go.txt")
	if err != nil {
		return nil, err
	}
	source, err := os.ReadFile("testdata/attacks.go.txt")
	if err != nil {
		return nil, err
	}
	w, err := shop()
	if err != nil {
		return nil, err
	}
	return w.submit(context.Background(), tp02Target(starter), source, anything, nil)
})

func TestMain(m *testing.M) {
	code := m.Run()
	if p, err := hostile(); err == nil {
		p.Close()
	}
	os.Exit(code)
}

// flights are two partitions of ten rows.
func flights() check.Source {
	s := check.Source{Name: "flights"}
	for range 2 {
		var rows []json.RawMessage
		for range 5 {
			row, err := json.Marshal(datasets.Flight{Carrier: "UA", Departed: true, Delay: 3})
			if err != nil {
				panic(err)
			}
			rows = append(rows, row)
		}
		s.Partitions = append(s.Partitions, rows)
	}
	return s
}

func shrink(n int) Call {
	return Call{"Shrink", check.Case{
		Params: map[string]int{"n": n}, Session: protocol.Session{Executors: 1, Cores: 2}, Sources: []check.Source{flights()},
	}}
}

// judged is the finding that an attack gets, and what it printed.
func judged(t *testing.T, n int, limits Limits) (check.Finding, string) {
	t.Helper()
	program, err := hostile()
	require.NoError(t, err)
	require.Empty(t, program.Broken, "%v", program.Broken)
	call := shrink(n)
	report, err := program.Run(t.Context(), []Call{call}, limits)
	require.NoError(t, err)
	property := tp02.Properties()[0]
	require.Equal(t, "joined", property.Name)
	want := check.Want{Rows: check.Flat(call.Case.Sources[0].Partitions), Partitions: 2}
	result := check.Judge(check.Group{Points: 1, Function: "Shrink", Cases: []check.Case{call.Case}}, property, report.Results, []check.Want{want})
	require.False(t, result.Right, "attack %d passed", n)
	require.Zero(t, result.Earned)
	return result.Findings[0], report.Printed
}

func TestAttacks(t *testing.T) {
	short := Limits{Time: 700 * time.Millisecond, Memory: 192 << 20, Output: 64 << 10}
	long := Limits{Time: 20 * time.Second, Memory: 192 << 20, Output: 64 << 10}
	tests := []struct {
		name   string
		attack int
		limits Limits
		want   check.Key
		text   string // in the finding's text, in English
	}{
		{"a loop without end in the function", 1, short, check.TimeLimit, "0.7 s"},
		{"a loop without end in a task", 2, short, check.TimeLimit, ""},
		{"a memory bomb", 3, long, check.MemoryLimit, "192 MiB"},
		{"a flood of prints", 4, long, check.OutputLimit, "64 KiB"},
		{"a flood of newlines where frames go", 5, long, check.OutputLimit, ""},
		{"a panic in the function", 6, long, check.Panicked, "no idea"},
		{"a panic in a task", 7, long, check.JobFailed, "no idea in a task"},
		{"a panic in a goroutine of its own", 8, long, check.CrashedAt, "no idea beside"},
		{"a recursion without end", 9, long, check.StackLimit, ""},
		{"a channel that nobody serves", 10, long, check.Deadlock, ""},
		{"an exit that looks like success", 11, long, check.Crashed, ""},
		{"answers forged without the nonce", 12, long, check.Crashed, ""},
		{"answers printed as JSON", 13, long, check.WrongRows, ""},
		{"a dataset of another session", 14, long, check.OtherSession, ""},
		{"a function that counts in a variable", 15, long, check.Recomputed, ""},
		{"the nonce read before main", 16, long, check.Panicked, "stolen:."},
		{"the goroutine ended from within", 17, long, check.Crashed, ""},
		{"a crash with twenty thousand goroutines", 18, long, check.Panicked, "with company"},
		{"the session stopped", 19, long, check.JobFailed + "Somewhere", "stopped session"},
		{"a nil map", 20, long, check.Panicked, "nil map"},
		{"the conversation read", 21, long, check.Panicked, "read true"},
		{"jobs left running beside the answer", 22, long, check.RanInside, ""},
		{"jobs without end", 23, short, check.TimeLimit, ""},
		{"a file of the machine", 24, long, check.JobFailed, "/etc/hosts"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if test.want == check.MemoryLimit && !watchesMemory {
				t.Skip("memory is not watched on this system")
			}
			found, printed := judged(t, test.attack, test.limits)
			assert.Equal(t, test.want, found.Key, "%s\n%s", found.Text(message.English), printed)
			assert.Contains(t, found.Text(message.English), test.text)
			assert.NotContains(t, found.Text(message.English), "?", "a fact is missing")
			if line, ok := found.Facts["line"].(int); ok && strings.HasPrefix(string(found.Key), "panicked") {
				assert.Positive(t, line)
			}
		})
	}
}

func TestALimitInOneFunctionLeavesTheOthers(t *testing.T) {
	program, err := hostile()
	require.NoError(t, err)
	balance := shrink(3)
	balance.Function = "Balance"
	report, err := program.Run(t.Context(), []Call{shrink(10), shrink(6), balance}, Limits{Time: 20 * time.Second, Memory: 256 << 20, Output: 1 << 20})
	require.NoError(t, err)
	assert.Equal(t, check.Deadlock, report.Results[0].Stopped.Key)
	assert.Equal(t, check.Deadlock, report.Results[1].Stopped.Key, "a call of the same function is not tried again")
	require.NotNil(t, report.Results[2].Outcome)
	assert.Len(t, report.Results[2].Outcome.Rows, 3)
}

func TestWhatIsPrintedIsKept(t *testing.T) {
	_, printed := judged(t, 13, DefaultLimits())
	assert.Contains(t, printed, "printed before main")
	assert.Contains(t, printed, `"answer"`)
}
