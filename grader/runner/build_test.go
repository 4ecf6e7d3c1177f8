package runner

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/check"
	"etincelle/grader/message"
)

// solved is the solution's source, edited.
func solved(t *testing.T, edits ...string) []byte {
	t.Helper()
	source, err := os.ReadFile(root(t) + "/solutions/tp02-partitionnement/exercises.go")
	require.NoError(t, err)
	for i := 0; i < len(edits); i += 2 {
		require.Contains(t, string(source), edits[i])
		source = []byte(strings.Replace(string(source), edits[i], edits[i+1], 1))
	}
	return source
}

func TestWhatDoesNotCompileCostsNothingElse(t *testing.T) {
	const body = "return rdd.Coalesce(flights, n)"
	tests := map[string]struct {
		source []byte
		broken map[string]string // function → what the compiler says of it
		said   string            // of nothing that is judged
	}{
		"a wrong type": {
			solved(t, body, "return n"), map[string]string{"Shrink": "cannot use n"}, "",
		},
		"two functions": {
			solved(t, body, "return nothing", "return rdd.Repartition(flights, n)", "retrun rdd.Repartition(flights, n)"),
			map[string]string{"Shrink": "undefined: nothing", "Balance": "syntax error"}, "",
		},
		"a missing brace": {
			solved(t, body+"\n}", body), map[string]string{"Shrink": "syntax error"}, "",
		},
		"a changed signature": {
			solved(t, "func Shrink(flights *rdd.RDD[datasets.Flight], n int)", "func Shrink(flights *rdd.RDD[datasets.Flight], n int64)", body, "return flights"),
			map[string]string{"Shrink": "Shrink"}, "",
		},
		"a function that is gone": {
			solved(t, "func Shrink(", "func Shrank("), map[string]string{"Shrink": "undefined: Shrink"}, "",
		},
		"an unused import": {
			solved(t, "import (\n", "import (\n\t\"maps\"\n"), nil, `"maps" imported and not used`,
		},
		"a helper": {
			append(solved(t, body, "return help(flights, n)"), "\nfunc help(flights *rdd.RDD[datasets.Flight], n int) *rdd.RDD[datasets.Flight] { return 1 }\n"...),
			map[string]string{"Shrink": "cannot use 1"}, "",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program, err := workshop(t).Submit(t.Context(), target(t), test.source, nil)
			require.NoError(t, err)
			defer program.Close()
			require.Empty(t, program.Refused)
			assert.Len(t, program.Broken, len(test.broken))
			calls := []Call{shrink(2)}
			balance := shrink(2)
			balance.Function = "Balance"
			calls = append(calls, balance)
			report, err := program.Run(t.Context(), calls, DefaultLimits())
			require.NoError(t, err)
			for i, call := range calls {
				said, broken := test.broken[call.Function]
				if !broken {
					require.NotNil(t, report.Results[i].Outcome, "%s: %v", call.Function, report.Results[i].Stopped)
					assert.Len(t, report.Results[i].Outcome.Rows, 2)
					continue
				}
				found := report.Results[i].Stopped
				require.NotNil(t, found)
				assert.Equal(t, check.DoesNotCompile, found.Key)
				require.NotEmpty(t, found.More)
				assert.Contains(t, found.More[0].In(message.French), said)
			}
			var said []string
			for _, d := range program.Said() {
				said = append(said, d.In(message.French))
			}
			assert.Contains(t, strings.Join(said, "\n"), test.said)
		})
	}
}

// What does not compile is told before the rest is built, once.
func TestWhatDoesNotCompileIsToldEarly(t *testing.T) {
	told := 0
	source := solved(t, "return rdd.Coalesce(flights, n)", "return rdd.Coalesce(fligths, n)")
	program, err := workshop(t).Submit(t.Context(), target(t), source, func(p *Program) {
		told++
		require.Contains(t, p.Broken, "Shrink")
		assert.Len(t, p.Broken, 1)
		assert.NoFileExists(t, p.file)
		found := p.Uncompiled("Shrink")
		assert.Equal(t, check.DoesNotCompile, found.Key)
		require.Len(t, found.More, 1)
		assert.Equal(t, "\treturn rdd.Coalesce(fligths, n)", found.More[0].Code)
		assert.Equal(t, "exercises.go:21:22: undefined: fligths", found.More[0].In(message.English))
	})
	require.NoError(t, err)
	defer program.Close()
	assert.Equal(t, 1, told)
	assert.FileExists(t, program.file)
	program, err = workshop(t).Submit(t.Context(), target(t), solved(t), func(*Program) { t.Error("nothing is wrong") })
	require.NoError(t, err)
	program.Close()
}

// An exercise whose source is the same as before is not compiled again, in another
// process either.
func TestCompiledExercisesAreKept(t *testing.T) {
	folder := t.TempDir()
	w := *workshop(t)
	w.kept = folder
	names := func() []string {
		entries, err := os.ReadDir(folder)
		require.NoError(t, err)
		var all []string
		for _, e := range entries {
			all = append(all, e.Name())
		}
		return all
	}
	submit := func(source []byte) {
		program, err := w.Submit(t.Context(), target(t), source, nil)
		require.NoError(t, err)
		defer program.Close()
		report, err := program.Run(t.Context(), []Call{shrink(1)}, DefaultLimits())
		require.NoError(t, err)
		require.NotNil(t, report.Results[0].Outcome)
	}
	submit(solved(t))
	first := names()
	require.Len(t, first, 3)
	before := map[string]os.FileInfo{}
	for _, name := range first {
		info, err := os.Stat(folder + "/" + name)
		require.NoError(t, err)
		before[name] = info
	}
	submit(solved(t, "return f.Departed }", "return f.Departed || false }"))
	second := names()
	require.Len(t, second, 3, "one version of each exercise")
	assert.Equal(t, first[0], second[0])
	assert.NotEqual(t, first[1], second[1])
	assert.Equal(t, first[2], second[2])
	info, err := os.Stat(folder + "/" + first[2])
	require.NoError(t, err)
	assert.True(t, os.SameFile(before[first[2]], info), "not even written again")
}

func TestNothingOfTheFileCompiles(t *testing.T) {
	for name, source := range map[string]string{
		"no Go":            "bonjour\n",
		"nothing":          "",
		"a broken head":    "package tp02\n\nimport (\n",
		"two packages":     "package main\n\nfunc main() {}\n",
		"a name in a head": "package tp02 extra\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program, err := workshop(t).Submit(t.Context(), target(t), []byte(source), nil)
			require.NoError(t, err)
			defer program.Close()
			assert.Len(t, program.Broken, len(functions))
			for _, f := range functions {
				assert.NotEmpty(t, program.Broken[f], f)
			}
			report, err := program.Run(t.Context(), []Call{shrink(2)}, DefaultLimits())
			require.NoError(t, err)
			assert.Equal(t, check.DoesNotCompile, report.Results[0].Stopped.Key)
		})
	}
}

func TestWhatIsRefusedIsNotBuilt(t *testing.T) {
	for name, source := range map[string][]byte{
		"an exit":                  solved(t, "import (\n", "import (\n\t\"os\"\n", "return rdd.Coalesce(flights, n)", "os.Exit(0)\n\treturn nil"),
		"also when nothing parses": []byte("package tp02\n\nimport \"os\"\n\nfunc Shrink( {\n"),
		"a linkname":               append(solved(t), "\n//go:linkname exit os.Exit\nfunc exit(int)\n"...),
	} {
		t.Run(name, func(t *testing.T) {
			program, err := workshop(t).Submit(t.Context(), target(t), source, nil)
			require.NoError(t, err)
			defer program.Close()
			assert.NotEmpty(t, program.Refused)
			assert.NoFileExists(t, program.file)
			found := program.Refusals()
			assert.Equal(t, check.Refused, found.Key)
			assert.NotEmpty(t, found.More)
		})
	}
}

func TestTheReferenceIsBuiltFromTheTree(t *testing.T) {
	program, err := workshop(t).Trust(t.Context(), root(t), target(t))
	require.NoError(t, err)
	defer program.Close()
	report, err := program.Run(t.Context(), []Call{shrink(1)}, DefaultLimits())
	require.NoError(t, err)
	require.NotNil(t, report.Results[0].Outcome)
	o := report.Results[0].Outcome
	assert.Empty(t, o.Tampered)
	assert.Len(t, o.Rows, 1)
	assert.Equal(t, map[string]int{"flights": 2}, o.Reads)
	assert.Equal(t, map[string]int{"flights": 1}, o.SourceTasks)
	assert.Equal(t, 1, o.Acting.Jobs)
	assert.Zero(t, o.Inside.Jobs)
}
