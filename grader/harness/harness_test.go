package harness

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/engine/rdd"
	"etincelle/grader/protocol"
)

// listener is a Parent that keeps what it hears.
type listener struct {
	frames []protocol.Frame
	reads  []int // partitions of numbers, in the order of the reads
	rows   func(partition int) ([]json.RawMessage, error)
}

func (l *listener) Tell(f protocol.Frame) { l.frames = append(l.frames, f) }

func (l *listener) Rows(_ int, _ string, partition int) ([]json.RawMessage, error) {
	l.reads = append(l.reads, partition)
	if l.rows != nil {
		return l.rows(partition)
	}
	return []json.RawMessage{json.RawMessage("1"), json.RawMessage("2")}, nil
}

// run calls a function on two partitions of 1, 2.
func run(t *testing.T, l *listener, params map[string]int, function func(*Case, *rdd.RDD[int]) *rdd.RDD[int]) protocol.Frame {
	t.Helper()
	Run(Function{Name: "F", Run: func(c *Case) Dataset {
		numbers := Source[int](c, "numbers")
		n := c.Param("n")
		return Call(c, func() *rdd.RDD[int] {
			_ = n
			return function(c, numbers)
		})
	}}, protocol.Case{Number: 4, Function: "F", Params: params, Session: protocol.Session{Executors: 2, Cores: 1, Sequential: true},
		Sources: []protocol.Source{{Name: "numbers", Partitions: 2}}}, l)
	require.NotEmpty(t, l.frames)
	for _, f := range l.frames {
		assert.Equal(t, 4, f.Case, "every frame names its case")
	}
	return l.frames[len(l.frames)-1]
}

var n = map[string]int{"n": 1}

func TestAnswer(t *testing.T) {
	l := &listener{}
	last := run(t, l, n, func(_ *Case, numbers *rdd.RDD[int]) *rdd.RDD[int] {
		return rdd.Map(numbers, func(x int) int { return 10 * x })
	})
	require.Nil(t, last.Failure)
	want := [][]json.RawMessage{{json.RawMessage("10"), json.RawMessage("20")}, {json.RawMessage("10"), json.RawMessage("20")}}
	assert.Equal(t, want, last.Answer.Rows)
	assert.Equal(t, want, last.Answer.Again)
	assert.Equal(t, 2, last.Answer.Partitions)
	assert.Contains(t, last.Answer.Lineage, "at numbers")
	assert.Equal(t, []int{0, 1, 0, 1}, l.reads, "computed, and computed again after every executor was lost")

	var order []string
	for _, f := range l.frames {
		switch {
		case f.Mark != "":
			order = append(order, string(f.Mark))
		case f.Event != nil:
			e, err := event.Decode(f.Event)
			require.NoError(t, err)
			switch e.(type) {
			case event.SessionStart, event.JobStart, event.ExecutorLost, event.SessionEnd:
				order = append(order, e.Kind())
			}
		}
	}
	assert.Equal(t, []string{"SessionStart", "called", "returned", "JobStart", "acted", "ExecutorLost", "ExecutorLost", "JobStart", "again", "SessionEnd"}, order)
}

func TestFailures(t *testing.T) {
	var earlier *rdd.RDD[int]
	run(t, &listener{}, n, func(_ *Case, numbers *rdd.RDD[int]) *rdd.RDD[int] {
		earlier = numbers
		return numbers
	})
	tests := map[string]struct {
		params   map[string]int
		rows     func(int) ([]json.RawMessage, error)
		function func(*Case, *rdd.RDD[int]) *rdd.RDD[int]
		kind     protocol.FailureKind
		says     string
	}{
		"nil":             {n, nil, func(*Case, *rdd.RDD[int]) *rdd.RDD[int] { return nil }, protocol.ReturnedNil, ""},
		"a panic":         {n, nil, func(*Case, *rdd.RDD[int]) *rdd.RDD[int] { panic("boom") }, protocol.Panicked, "boom"},
		"another session": {n, nil, func(*Case, *rdd.RDD[int]) *rdd.RDD[int] { return earlier }, protocol.OtherSession, ""},
		"a panic in a task": {n, nil, func(_ *Case, r *rdd.RDD[int]) *rdd.RDD[int] {
			return rdd.Map(r, func(x int) int { panic("boom in a task") })
		}, protocol.JobFailed, "boom in a task"},
		"a mistake in the definition": {n, nil, func(_ *Case, r *rdd.RDD[int]) *rdd.RDD[int] { return rdd.Coalesce(r, 0) }, protocol.JobFailed, "must be positive"},
		"the session stopped": {n, nil, func(_ *Case, r *rdd.RDD[int]) *rdd.RDD[int] {
			r.Session().Stop()
			return r
		}, protocol.JobFailed, "stopped session"},
		"a parameter that the case lacks": {nil, nil, func(_ *Case, r *rdd.RDD[int]) *rdd.RDD[int] { return r }, protocol.HarnessFailed, "parameter n"},
		"rows of another type": {n, func(int) ([]json.RawMessage, error) { return []json.RawMessage{json.RawMessage(`"x"`)}, nil },
			func(_ *Case, r *rdd.RDD[int]) *rdd.RDD[int] { return r }, protocol.JobFailed, "cannot unmarshal"},
		"a parent that is gone": {n, func(int) ([]json.RawMessage, error) { return nil, errors.New("gone") },
			func(_ *Case, r *rdd.RDD[int]) *rdd.RDD[int] { return r }, protocol.JobFailed, "gone"},
		"a partitioner that panics": {n, nil, func(_ *Case, r *rdd.RDD[int]) *rdd.RDD[int] {
			return rdd.Values(rdd.PartitionBy(rdd.KeyBy(r, func(x int) int { return x }), wild{}))
		}, protocol.JobFailed, "wild"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			last := run(t, &listener{rows: test.rows}, test.params, test.function)
			assert.Nil(t, last.Answer)
			require.NotNil(t, last.Failure)
			assert.Equal(t, test.kind, last.Failure.Kind, "%v", last.Failure.Texts)
			if test.says != "" {
				require.NotEmpty(t, last.Failure.Texts)
				assert.Contains(t, last.Failure.Texts[len(last.Failure.Texts)-1], test.says)
			}
		})
	}
}

type wild struct{}

func (wild) NumPartitions() int { return 2 }
func (wild) Partition(any) int  { panic("wild") }

// A function that returns a value runs its own jobs, and is called again after
// every executor was lost.
func TestValue(t *testing.T) {
	l := &listener{}
	run := func(function func(*rdd.RDD[int], []int) (int, error)) protocol.Frame {
		l.frames, l.reads = nil, nil
		Run(Function{Name: "F", Run: func(c *Case) Dataset {
			given, numbers := Rows[int](c, "given"), Source[int](c, "numbers")
			counted := rdd.Map(numbers, func(x int) int { c.Called("f"); return x })
			return Value(c, func() (int, error) { return function(counted, given) })
		}}, protocol.Case{Session: protocol.Session{Executors: 1, Cores: 1, Sequential: true, Attempts: 2},
			Sources: []protocol.Source{{Name: "given", Partitions: 1}, {Name: "numbers", Partitions: 2}}}, l)
		return l.frames[len(l.frames)-1]
	}
	last := run(func(numbers *rdd.RDD[int], given []int) (int, error) {
		n, err := numbers.Count()
		return int(n) + len(given), err
	})
	require.Nil(t, last.Failure)
	assert.True(t, last.Answer.Value)
	assert.Equal(t, [][]json.RawMessage{{json.RawMessage("6")}}, last.Answer.Rows)
	assert.Equal(t, last.Answer.Rows, last.Answer.Again)
	assert.Equal(t, []int{0, 0, 1, 0, 1}, l.reads)
	calls := map[protocol.Mark]int{}
	for _, f := range l.frames {
		if f.Mark != "" {
			calls[f.Mark] = f.Calls["f"]
		}
	}
	assert.Equal(t, map[protocol.Mark]int{protocol.Called: 0, protocol.Returned: 4, protocol.Acted: 4, protocol.Again: 8}, calls)

	last = run(func(*rdd.RDD[int], []int) (int, error) { return 0, errors.New("no") })
	require.NotNil(t, last.Failure)
	assert.Equal(t, protocol.JobFailed, last.Failure.Kind)
	last = run(func(*rdd.RDD[int], []int) (int, error) { panic("no") })
	assert.Equal(t, protocol.Panicked, last.Failure.Kind)
	called := 0
	last = run(func(*rdd.RDD[int], []int) (int, error) {
		if called++; called > 1 {
			return 0, errors.New("only once")
		}
		return 1, nil
	})
	require.NotNil(t, last.Answer)
	assert.Equal(t, [][]json.RawMessage{{}}, last.Answer.Again, "the second time it has no answer")
}

// Nothing of the machine's disk is there to be read.
func TestFilesAreInMemory(t *testing.T) {
	last := run(t, &listener{}, n, func(_ *Case, r *rdd.RDD[int]) *rdd.RDD[int] {
		return rdd.Map(rdd.TextFile(r.Session(), "harness.go"), func(line string) int { return len(line) })
	})
	require.NotNil(t, last.Failure)
	assert.Contains(t, last.Failure.Texts[0], "does not exist")
}

func TestLineIn(t *testing.T) {
	for text, want := range map[string]int{
		"boom (exercises.go:12)": 12, "a (exercises.go:3) b": 3, "boom (other.go:12)": 0, "boom": 0, "(exercises.go:x)": 0, "(exercises.go:5": 5,
	} {
		assert.Equal(t, want, lineIn(text), text)
	}
}

// A case says how many executors are lost between the two computations.
func TestLosing(t *testing.T) {
	for lose, want := range map[int]int{0: 3, -1: 0, 1: 1, 7: 3} {
		l := &listener{}
		Run(Function{Name: "F", Run: func(c *Case) Dataset {
			kept := Source[int](c, "numbers").Cache()
			return Try(c, func() (*rdd.RDD[int], error) { _, err := kept.Count(); return kept, err })
		}}, protocol.Case{Session: protocol.Session{Executors: 3, Cores: 1, Sequential: true, Memory: 1 << 20, Lose: lose},
			Sources: []protocol.Source{{Name: "numbers", Partitions: 3}}}, l)
		lost := 0
		for _, f := range l.frames {
			if f.Event == nil {
				continue
			}
			e, err := event.Decode(f.Event)
			require.NoError(t, err)
			switch e := e.(type) {
			case event.ExecutorLost:
				lost++
			case event.ExecutorAdded:
				assert.EqualValues(t, 1<<20, e.Memory)
			}
		}
		assert.Equal(t, want, lost)
		assert.Len(t, l.reads, 3+want, "one block was on each executor")
	}
	l := &listener{}
	Run(Function{Name: "F", Run: func(c *Case) Dataset {
		numbers := Source[int](c, "numbers")
		return Try(c, func() (*rdd.RDD[int], error) { return numbers, errors.New("no room") })
	}}, protocol.Case{Session: protocol.Session{Executors: 1, Cores: 1}, Sources: []protocol.Source{{Name: "numbers", Partitions: 1}}}, l)
	last := l.frames[len(l.frames)-1]
	require.NotNil(t, last.Failure)
	assert.Equal(t, []string{"no room"}, last.Failure.Texts)
}
