package evidence

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/frame"
	"etincelle/engine/rdd"
	"etincelle/grader/harness"
	"etincelle/grader/protocol"
)

// tape is a conversation as it was heard: frames, and reads that were served.
type tape struct{ heard []any }

type read struct {
	source string
	rows   int
}

func (t *tape) Tell(f protocol.Frame) { t.heard = append(t.heard, f) }

func (t *tape) Rows(_ int, source string, partition int) ([]json.RawMessage, error) {
	rows := []json.RawMessage{json.RawMessage("1"), json.RawMessage("2"), json.RawMessage("3")}
	t.heard = append(t.heard, read{source, len(rows)})
	return rows, nil
}

// play gives what was heard to a recording.
func play(heard []any) Outcome {
	var r Recording
	for _, h := range heard {
		switch h := h.(type) {
		case protocol.Frame:
			r.Take(h)
		case read:
			r.Served(h.source, h.rows)
		}
	}
	return r.Outcome([]string{"numbers"})
}

// record runs a function on four partitions of 1, 2, 3, one task after the other.
func record(t *testing.T, function func(*rdd.RDD[int]) *rdd.RDD[int]) []any {
	t.Helper()
	made := &tape{}
	harness.Run(harness.Function{Name: "F", Run: func(c *harness.Case) harness.Dataset {
		numbers := harness.Source[int](c, "numbers")
		return harness.Call(c, func() *rdd.RDD[int] { return function(numbers) })
	}}, protocol.Case{Function: "F", Session: protocol.Session{Executors: 2, Cores: 1, Sequential: true},
		Sources: []protocol.Source{{Name: "numbers", Partitions: 4}}}, made)
	return made.heard
}

func sums(numbers *rdd.RDD[int]) *rdd.RDD[int] {
	pairs := rdd.MapToPair(numbers, func(n int) (int, int) { return n, n })
	return rdd.Values(rdd.ReduceByKey(pairs, rdd.Add, rdd.Hash(2)))
}

func TestOutcome(t *testing.T) {
	o := play(record(t, sums))
	assert.Empty(t, o.Tampered)
	require.Nil(t, o.Failure)
	assert.Len(t, o.Rows, 2)
	assert.Equal(t, []string{"numbers"}, o.Roots)
	assert.Equal(t, map[string]int{"numbers": 4}, o.Reads)
	assert.Equal(t, map[string]int{"numbers": 4}, o.SourceTasks)
	assert.Empty(t, o.Partitioner, "Values forgets it")
	assert.Contains(t, o.Lineage, "ShuffledRDD")
	assert.Equal(t, Counters{event.Counters{Jobs: 1, Stages: 2, Tasks: 6, Combined: 12, ShuffleWrite: 12, ShuffleRead: 12, Result: 2}, 1}, o.Acting)
	assert.Zero(t, o.Inside.Counters)
	assert.Equal(t, int64(12), o.Shuffled())
	assert.Equal(t, 1, o.Shuffles())
	assert.Zero(t, o.OwnJobs())
	assert.ElementsMatch(t, slices.Concat(o.Rows...), slices.Concat(o.Again...))
}

// A function that returns a value runs its jobs itself: they count as inside it.
func TestOutcomeOfAValue(t *testing.T) {
	made := &tape{}
	function := func(c *harness.Case, numbers *rdd.RDD[int]) (int, error) {
		return rdd.Map(numbers, func(n int) int { c.Called("f"); return n }).Count()
	}
	harness.Run(harness.Function{Name: "F", Run: func(c *harness.Case) harness.Dataset {
		given := harness.Rows[int](c, "given")
		numbers := harness.Source[int](c, "numbers")
		return harness.Value(c, func() (int, error) {
			n, err := function(c, numbers)
			return n + len(given), err
		})
	}}, protocol.Case{Function: "F", Session: protocol.Session{Executors: 2, Cores: 1, Sequential: true},
		Sources: []protocol.Source{{Name: "given", Partitions: 1}, {Name: "numbers", Partitions: 4}}}, made)
	o := play(made.heard)
	assert.Empty(t, o.Tampered)
	assert.True(t, o.Value)
	assert.Equal(t, [][]json.RawMessage{{json.RawMessage("15")}}, o.Rows)
	assert.Equal(t, o.Rows, o.Again)
	assert.Equal(t, 1, o.Own.Jobs)
	assert.Zero(t, o.Acting.Jobs)
	assert.Equal(t, map[string]int{"given": 1}, o.ByValue)
	assert.Equal(t, map[string]int{"f": 12}, o.CallsInside)

	answer := made.heard[len(made.heard)-1].(protocol.Frame)
	two := *answer.Answer
	two.Rows = [][]json.RawMessage{{json.RawMessage("15"), json.RawMessage("16")}}
	answer.Answer = &two
	made.heard[len(made.heard)-1] = answer
	assert.NotEmpty(t, play(made.heard).Tampered, "a value is one row")
}

// A frame runs the map side of its exchange as a job of its own.
func TestAFramesExchangeIsHonest(t *testing.T) {
	made := &tape{}
	harness.Run(harness.Function{Name: "F", Run: func(c *harness.Case) harness.Dataset {
		given := harness.Rows[int](c, "given")
		return harness.Value(c, func() (int64, error) {
			var rows []frame.Row
			for _, n := range given {
				rows = append(rows, frame.Row{int64(n % 2)})
			}
			schema := engine.Must(frame.ParseSchema("n bigint"))
			return frame.Of(c.Session(), schema, rows...).GroupBy(frame.Col("n")).Count().Count()
		})
	}}, protocol.Case{Function: "F", Session: protocol.Session{Executors: 2, Cores: 1, Sequential: true},
		Sources: []protocol.Source{{Name: "given", Partitions: 1}}}, made)
	o := play(made.heard)
	assert.Nil(t, o.Failure)
	assert.Empty(t, o.Tampered)
	assert.Positive(t, o.Inside.ShuffleWrite)
}

func TestJobsOfTheFunctionAreItsOwn(t *testing.T) {
	o := play(record(t, func(numbers *rdd.RDD[int]) *rdd.RDD[int] {
		rows, err := sums(numbers).Collect()
		if err != nil {
			return nil
		}
		return rdd.FromSlice(numbers.Session(), 2, rows)
	}))
	assert.Empty(t, o.Tampered)
	assert.Equal(t, 1, o.OwnJobs())
	assert.Equal(t, int64(3), o.Own.Result)
	assert.Equal(t, int64(12), o.Shuffled(), "what it shuffled counts, whenever it did")
	assert.Equal(t, []string{"parallelize"}, o.Roots)
}

func TestASortThatSamplesIsNoActionOfTheFunction(t *testing.T) {
	o := play(record(t, func(numbers *rdd.RDD[int]) *rdd.RDD[int] {
		return rdd.SortBy(sums(numbers), func(n int) int { return n }, rdd.Ascending)
	}))
	assert.Empty(t, o.Tampered)
	assert.Positive(t, o.Inside.Jobs, "the sample ran")
	assert.Zero(t, o.OwnJobs())
	assert.Zero(t, o.Own.Result)
}

// Whatever an honest program does, its events can have happened.
func TestHonestRecordings(t *testing.T) {
	for name, function := range map[string]func(*rdd.RDD[int]) *rdd.RDD[int]{
		"the source itself": func(n *rdd.RDD[int]) *rdd.RDD[int] { return n },
		"cached":            func(n *rdd.RDD[int]) *rdd.RDD[int] { return rdd.Map(n.Cache(), func(x int) int { return x + 1 }) },
		"cached and counted first": func(n *rdd.RDD[int]) *rdd.RDD[int] {
			if _, err := n.Cache().Count(); err != nil {
				return nil
			}
			return n
		},
		"joined with itself": func(n *rdd.RDD[int]) *rdd.RDD[int] {
			p := rdd.PartitionBy(rdd.KeyBy(n, func(x int) int { return x }), rdd.Hash(3))
			return rdd.Keys(rdd.Join(p, p))
		},
		"a union of a shuffle with itself": func(n *rdd.RDD[int]) *rdd.RDD[int] {
			s := sums(n)
			return rdd.Union(n.Session(), s, s, s)
		},
		"read and not used": func(n *rdd.RDD[int]) *rdd.RDD[int] {
			return rdd.Filter(rdd.Coalesce(n, 1), func(int) bool { return false })
		},
		"sorted, with a sample taken first": func(n *rdd.RDD[int]) *rdd.RDD[int] {
			return rdd.SortBy(n, func(x int) int { return x }, rdd.Descending)
		},
		"taken a few first": func(n *rdd.RDD[int]) *rdd.RDD[int] {
			if _, err := sums(n).Take(1); err != nil {
				return nil
			}
			return sums(n)
		},
		"a job that fails on the way": func(n *rdd.RDD[int]) *rdd.RDD[int] {
			_, err := rdd.Map(n, func(x int) int { return 1 / (x - 1) }).Count()
			if err == nil {
				return nil
			}
			return n
		},
		"no partitions": func(n *rdd.RDD[int]) *rdd.RDD[int] { return rdd.Empty[int](n.Session()) },
	} {
		t.Run(name, func(t *testing.T) {
			o := play(record(t, function))
			require.Nil(t, o.Failure)
			assert.Empty(t, o.Tampered)
		})
	}
}

// edited is a recording with its i-th event changed by edit; nil drops it.
func edited(t *testing.T, heard []any, i int, edit func(event.Event) []event.Event) []any {
	t.Helper()
	frame := heard[i].(protocol.Frame)
	e, err := event.Decode(frame.Event)
	require.NoError(t, err)
	out := slices.Clone(heard[:i])
	for _, made := range edit(e) {
		data, err := event.Encode(made)
		require.NoError(t, err)
		out = append(out, protocol.Frame{Event: data})
	}
	return append(out, heard[i+1:]...)
}

// Every event that a counter is read from is held by another: none can be left
// out, told twice, or told otherwise.
func TestTamperedRecordings(t *testing.T) {
	heard := record(t, sums)
	require.Empty(t, play(heard).Tampered)
	tried := 0
	for i, h := range heard {
		frame, ok := h.(protocol.Frame)
		if !ok || frame.Event == nil {
			continue
		}
		e, err := event.Decode(frame.Event)
		require.NoError(t, err)
		edits := map[string]func(event.Event) []event.Event{}
		switch e.(type) {
		case event.JobStart, event.JobEnd, event.StageStart, event.StageEnd, event.TaskStart, event.TaskEnd, event.ShuffleWritten:
			edits["left out"] = func(event.Event) []event.Event { return nil }
		}
		switch e.(type) {
		case event.JobStart, event.JobEnd, event.StageStart, event.StageEnd, event.TaskStart, event.TaskEnd:
			edits["told twice"] = func(e event.Event) []event.Event { return []event.Event{e, e} }
		}
		switch e := e.(type) {
		case event.TaskEnd:
			if e.Metrics.ShuffleWrite > 0 {
				edits["fewer rows written"] = func(event.Event) []event.Event { e.Metrics.ShuffleWrite--; return []event.Event{e} }
				edits["fewer rows given"] = func(event.Event) []event.Event {
					e.Metrics.Combined, e.Metrics.ShuffleWrite = 0, 3
					return []event.Event{e}
				}
			} else {
				edits["rows written to no shuffle"] = func(event.Event) []event.Event { e.Metrics.ShuffleWrite = 1; return []event.Event{e} }
				edits["more rows read than there are"] = func(event.Event) []event.Event { e.Metrics.ShuffleRead += 100; return []event.Event{e} }
			}
			edits["another partition"] = func(event.Event) []event.Event { e.Partition += 7; return []event.Event{e} }
		case event.ShuffleWritten:
			edits["fewer rows"] = func(event.Event) []event.Event { e.Rows = []int64{0, 0}; return []event.Event{e} }
			edits["another shuffle"] = func(event.Event) []event.Event { e.Shuffle += 5; return []event.Event{e} }
			edits["another partition"] = func(event.Event) []event.Event { e.Map += 5; return []event.Event{e} }
		case event.StageStart:
			edits["fewer partitions"] = func(event.Event) []event.Event { e.Partitions = e.Partitions[1:]; return []event.Event{e} }
			edits["more partitions"] = func(event.Event) []event.Event { e.Partitions = append(e.Partitions, 99); return []event.Event{e} }
		case event.JobStart:
			edits["another number"] = func(event.Event) []event.Event { e.Job += 3; return []event.Event{e} }
			edits["another result"] = func(event.Event) []event.Event { e.Dataset += 50; return []event.Event{e} }
			edits["no stages"] = func(event.Event) []event.Event { e.Stages = nil; return []event.Event{e} }
			edits["no source"] = func(event.Event) []event.Event { e.Datasets = e.Datasets[:1]; return []event.Event{e} }
		}
		for name, edit := range edits {
			tried++
			assert.NotEmpty(t, play(edited(t, heard, i, edit)).Tampered, "%s: %s", e, name)
		}
	}
	assert.Greater(t, tried, 60)
}

func TestReadsAreHeldAgainstTasks(t *testing.T) {
	heard := record(t, sums)
	var silent []any // the tasks that say that they read, and nobody asked
	first := true
	for _, h := range heard {
		if _, ok := h.(read); ok {
			continue
		}
		silent = append(silent, h)
		if frame := h.(protocol.Frame); frame.Mark == protocol.Acted && first {
			first = false
			silent = append(silent, read{"numbers", 3})
		}
	}
	assert.Contains(t, play(silent).Tampered, "nobody asked")

	var idle []any // reads, and no task that does
	for _, h := range heard {
		idle = append(idle, h)
		if frame, ok := h.(protocol.Frame); ok && frame.Mark == protocol.Called {
			idle = append(idle, read{"numbers", 3})
		}
	}
	assert.Contains(t, play(idle).Tampered, "no task says so")
}

func TestFramesOutOfTurn(t *testing.T) {
	answer := protocol.Frame{Answer: &protocol.Answer{}}
	mark := func(m protocol.Mark) protocol.Frame { return protocol.Frame{Mark: m} }
	all := []any{mark(protocol.Called), mark(protocol.Returned), mark(protocol.Acted), mark(protocol.Again)}
	for name, heard := range map[string][]any{
		"an answer and nothing else": {answer},
		"an answer before the end":   append(slices.Clone(all[:3]), answer),
		"an answer that no job gave": append(slices.Clone(all), answer),
		"marks in another order":     {all[1], all[0], all[2], all[3], answer},
		"a mark twice":               {all[0], all[0], all[1], all[2], all[3], answer},
		"a mark that is none":        {mark("done"), answer},
		"an event that is none":      {protocol.Frame{Event: json.RawMessage(`{"kind":"Rich"}`)}, answer},
		"an empty frame":             {protocol.Frame{}, answer},
		"an answer and a failure":    append(slices.Clone(all), protocol.Frame{Answer: &protocol.Answer{}, Failure: &protocol.Failure{}}),
		"a second answer":            append(slices.Clone(all), answer, answer),
	} {
		t.Run(name, func(t *testing.T) { assert.NotEmpty(t, play(heard).Tampered) })
	}
	o := play([]any{mark(protocol.Called), mark(protocol.Returned), protocol.Frame{Failure: &protocol.Failure{Kind: protocol.ReturnedNil}}})
	assert.Equal(t, protocol.ReturnedNil, o.Failure.Kind)
	assert.Empty(t, o.Tampered)
}

// A forged lineage may be a circle, or double at each step: the grader must end.
func TestForgedLineagesEnd(t *testing.T) {
	l := newLedger()
	const depth = 200
	stage := event.Stage{ID: 0, Tasks: 1, Writes: -1}
	job := event.JobStart{}
	for id := range depth {
		job.Datasets = append(job.Datasets, event.Dataset{ID: id, Parents: []event.Parent{{Dataset: id + 1, Shuffle: -1}, {Dataset: id + 1, Shuffle: -1}}})
		stage.Datasets = append(stage.Datasets, id)
	}
	job.Datasets = append(job.Datasets, event.Dataset{ID: depth, Parents: []event.Parent{{Dataset: 0, Shuffle: -1}, {Dataset: 1, Shuffle: 0}}})
	stage.Datasets = append(stage.Datasets, depth)
	job.Stages = []event.Stage{stage}
	l.written[0] = map[int]int64{0: 10}
	require.Empty(t, l.enter(job))
	assert.Equal(t, int64(manyRows), l.readable(stage))
}

func ExampleRecording() {
	var r Recording
	r.Take(protocol.Frame{Mark: protocol.Called})
	r.Take(protocol.Frame{Mark: protocol.Returned})
	over := r.Take(protocol.Frame{Failure: &protocol.Failure{Kind: protocol.ReturnedNil}})
	fmt.Println(over, r.Outcome(nil).Failure.Kind)
	// Output: true nil
}
