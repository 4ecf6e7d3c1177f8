package chaos

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
)

// The tests of the test: each of its checks can refuse.

func TestProgramsAreTheSameEachTime(t *testing.T) {
	for i := range uint64(50) {
		p := draw(catalogue(), 7, i)
		require.Equal(t, p.String(), draw(catalogue(), 7, i).String())
		_, err := p.answers()
		require.NoError(t, err, "%s", p)
	}
}

func TestUnlike(t *testing.T) {
	inOneOrder := exactly(ints, [][]any{{1, 2}, {}, {3}})
	inTwoLots := known{kind: ints, cut: true, n: 2, parts: [][]bunch{{{1, 2}}, {{3, 3}}}}
	for _, c := range []struct {
		name string
		k    known
		got  []any
		want string // "" when they are alike
	}{
		{"all", inOneOrder, []any{1, 2, 3}, ""},
		{"the first ones", inOneOrder, []any{1, 2}, ""},
		{"none", inOneOrder, nil, ""},
		{"the order", inOneOrder, []any{2, 1, 3}, "row 0 is 2, not 1"},
		{"one too many", inOneOrder, []any{1, 2, 3, 3}, "row 3, 3, is one too many"},
		{"any order in a bunch", inTwoLots, []any{2, 1, 3, 3}, ""},
		{"a part of a bunch", inTwoLots, []any{2}, ""},
		{"a row of the next bunch", inTwoLots, []any{1, 3}, "row 1, 3, is not (or not so often) among the 2 rows"},
		{"a row twice", inTwoLots, []any{1, 1, 3, 3}, "row 1, 1, is not (or not so often)"},
		{"values in any order", exactly(groups, [][]any{{group{Key: 1, Value: []int{1, 2}}}}), []any{group{Key: 1, Value: []int{2, 1}}}, ""},
		{"a value that is lost", exactly(groups, [][]any{{group{Key: 1, Value: []int{1, 1}}}}), []any{group{Key: 1, Value: []int{1}}}, "row 0 is 1:[1 ], not 1:[1 1 ]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.k.unlike(c.got)
			if c.want == "" {
				assert.Empty(t, got)
			} else {
				assert.Contains(t, got, c.want)
			}
		})
	}
}

func TestLedgerRefuses(t *testing.T) {
	job := event.JobStart{Stages: []event.Stage{{ID: 0, Writes: 4}, {ID: 1, Writes: -1}}}
	stage := func(id int) event.StageStart { return event.StageStart{Stage: id, Partitions: []int{0}} }
	task := func(n, stage int) event.TaskStart { return event.TaskStart{Task: n, Stage: stage, Executor: "e0"} }
	ended := func(n, stage int, how event.Status) event.TaskEnd {
		return event.TaskEnd{Task: n, Stage: stage, Executor: "e0", Status: how}
	}
	over := event.StageEnd{Stage: 1}
	for _, c := range []struct {
		name   string
		events []event.Event
		want   string
	}{
		{"nothing wrong", []event.Event{job, stage(1), task(0, 1), ended(0, 1, event.Succeeded), over, event.JobEnd{}}, ""},
		{"a job without an end", []event.Event{job}, "job 0 has not ended"},
		{"two jobs at once", []event.Event{job, job}, "job 0 still runs"},
		{"a stage without an end", []event.Event{job, stage(1), event.JobEnd{}}, "1 attempts of stages have not ended"},
		{"a task without an end", []event.Event{job, stage(1), task(0, 1), over}, "task 0 has not ended"},
		{"a task that ends twice", []event.Event{job, stage(1), task(0, 1), ended(0, 1, event.Failed), ended(0, 1, event.Failed)}, "it ends twice"},
		{"a task that ends elsewhere", []event.Event{job, stage(1), task(0, 1), ended(0, 0, event.Failed)}, "it started as"},
		{"a task without a stage", []event.Event{job, task(0, 1)}, "stage 1.0 does not run"},
		{"an end without a start", []event.Event{job, stage(1), ended(0, 1, event.Failed)}, "it has not started"},
		{"an answer twice", []event.Event{job, stage(1), task(0, 1), ended(0, 1, event.Succeeded), task(1, 1), ended(1, 1, event.Succeeded)}, "partition 0 of the answer comes twice"},
		{"an answer too late", []event.Event{job, stage(1), event.JobStart{}}, "job 0 still runs"},
		{"no answer", []event.Event{job, stage(1), task(0, 1), ended(0, 1, event.Failed), over, event.JobEnd{}}, "no task brought partition 0"},
		{"an answer that is not needed", []event.Event{job, stage(1), task(0, 1), ended(0, 1, event.Failed), over, event.JobEnd{Error: "it failed"}}, ""},
		{"a block of nobody", []event.Event{event.BlockRead{From: "e0"}}, "the block is not there"},
		{"a block of a dead executor", []event.Event{event.BlockStored{Executor: "e0"}, event.ExecutorLost{Executor: "e0"}, event.BlockRead{From: "e0"}}, "the block is not there"},
		{"a block that is there", []event.Event{event.BlockStored{Executor: "e0"}, event.BlockMissed{}}, "the block is on e0"},
		{"an output that is there", []event.Event{job, stage(0), event.ShuffleWritten{Shuffle: 4, Executor: "e0"}, task(0, 0)}, "e0 has that output"},
		{"an output that is lost", []event.Event{job, stage(0), event.ShuffleWritten{Shuffle: 4, Executor: "e0"}, filesLost{4}, task(0, 0), ended(0, 0, event.Failed), event.StageEnd{}, event.JobEnd{}}, ""},
		{"a dead executor that writes", []event.Event{job, stage(0), task(0, 0), event.ExecutorLost{Executor: "e0"}, event.ShuffleWritten{Shuffle: 4, Executor: "e0"}}, "writes on its successor"},
		{"a dead executor that keeps", []event.Event{job, stage(0), task(0, 0), event.ExecutorLost{Executor: "e0"}, event.BlockStored{Executor: "e0"}}, "keeps a block on its successor"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := check(c.events, true, false)
			if c.want == "" {
				assert.NoError(t, err)
			} else {
				assert.ErrorContains(t, err, c.want)
			}
		})
	}
}

// A program that fails because it counts what a repartition made while a block is
// lost comes down to those three lines.
func TestReduce(t *testing.T) {
	fails := func(p program) string {
		repartitioned := map[int]bool{}
		for _, s := range p.steps {
			repartitioned[s.id] = s.verb.name == "Repartition"
			if s.verb.name == "RDD.Count" && repartitioned[s.in[0]] && p.has(loseBlock) {
				return "as was said"
			}
		}
		return ""
	}
	tried := 0
	for i := uint64(0); tried < 3; i++ {
		p := draw(catalogue(), 5, i)
		if fails(p) == "" {
			continue
		}
		tried++
		smaller, why := reduce(p, "as was said", fails)
		assert.Equal(t, "as was said", why)
		assert.LessOrEqual(t, len(smaller.steps), 6, "%s", smaller)
		faults := 0
		for _, s := range smaller.steps {
			faults += len(s.faults)
		}
		assert.Equal(t, 1, faults, "%s", smaller)
		assert.True(t, smaller.cluster.sequential)
	}
}
