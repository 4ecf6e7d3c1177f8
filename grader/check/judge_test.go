package check

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

func TestSound(t *testing.T) {
	c := Case{Sources: []Source{{Name: "flights"}}}
	partition := [][]json.RawMessage{rows("1", "2")}
	good := func() evidence.Outcome {
		return evidence.Outcome{Rows: partition, Again: [][]json.RawMessage{rows("2", "1")}, Roots: []string{"flights"},
			Acting: evidence.Counters{Counters: event.Counters{Jobs: 1}}}
	}
	tests := map[string]struct {
		spoil func(*evidence.Outcome)
		key   Key
		says  string // in English
	}{
		"nothing wrong": {func(*evidence.Outcome) {}, "", ""},
		"nil":           {func(o *evidence.Outcome) { o.Failure = &protocol.Failure{Kind: protocol.ReturnedNil} }, ReturnedNil, "nil"},
		"a panic": {func(o *evidence.Outcome) {
			o.Failure = &protocol.Failure{Kind: protocol.Panicked, Line: 3, Texts: []string{"boom"}}
		}, Panicked, "line 3: boom"},
		"a panic nowhere": {func(o *evidence.Outcome) {
			o.Failure = &protocol.Failure{Kind: protocol.Panicked, Texts: []string{"boom"}}
		}, PanickedSomewhere, "boom"},
		"a task": {func(o *evidence.Outcome) {
			o.Failure = &protocol.Failure{Kind: protocol.JobFailed, Line: 3, Texts: []string{"Job aborted: boom (exercises.go:3)", "boom (exercises.go:3)", "why"}}
		}, JobFailed, "line 3: boom"},
		"a job": {func(o *evidence.Outcome) {
			o.Failure = &protocol.Failure{Kind: protocol.JobFailed, Texts: []string{"none"}}
		}, JobFailedAnywhere, "none"},
		"another session": {func(o *evidence.Outcome) { o.Failure = &protocol.Failure{Kind: protocol.OtherSession} }, OtherSession, "another session"},
		"the harness": {func(o *evidence.Outcome) {
			o.Failure = &protocol.Failure{Kind: protocol.HarnessFailed, Texts: []string{"no n"}}
		}, GraderFailed, "no n"},
		"a failure of no kind": {func(o *evidence.Outcome) { o.Failure = &protocol.Failure{} }, Unanswered, ""},
		"tampered":             {func(o *evidence.Outcome) { o.Tampered = "job 3" }, Tampered, "job 3"},
		"rows to the driver":   {func(o *evidence.Outcome) { o.Own.Jobs, o.Own.Result = 1, 500 }, Collected, "500\u00a0rows were brought"},
		"a job inside":         {func(o *evidence.Outcome) { o.Own.Jobs = 2 }, RanInside, "2\u00a0jobs ran"},
		"a job beside":         {func(o *evidence.Outcome) { o.Acting.Jobs = 3 }, RanInside, "2\u00a0jobs ran"},
		"from nowhere":         {func(o *evidence.Outcome) { o.Roots = []string{"parallelize"} }, NotFromSource, "flights"},
		"not the same again":   {func(o *evidence.Outcome) { o.Again = [][]json.RawMessage{rows("1", "3")} }, Recomputed, "no longer the same"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := good()
			test.spoil(&o)
			found := Sound(c, o, Want{})
			if test.key == "" {
				assert.Empty(t, found)
				return
			}
			require.Len(t, found, 1)
			assert.Equal(t, test.key, found[0].Key)
			assert.Contains(t, found[0].Text(message.English), test.says)
			for _, l := range []message.Language{message.French, message.English} {
				assert.NotContains(t, found[0].Text(l), "?", "a fact is missing")
			}
		})
	}
	o := good()
	o.Own.Jobs = 1
	assert.Empty(t, Sound(c, o, Want{OwnJobs: 1}), "a sample that the reference takes, too")
}

func TestWantFrom(t *testing.T) {
	o := evidence.Outcome{Rows: [][]json.RawMessage{rows("1", "2"), {}, rows("3")}}
	o.Acting.ShuffleWrite, o.Acting.Shuffles, o.Acting.Jobs = 7, 2, 1
	assert.Equal(t, Want{Rows: rows("1", "2", "3"), Partitions: 3, Shuffles: 2, Shuffled: 7, Largest: 2}, WantFrom(o))
}

func TestSamePartitions(t *testing.T) {
	o := evidence.Outcome{Rows: make([][]json.RawMessage, 3)}
	assert.Empty(t, SamePartitions(o, Want{Partitions: 3}))
	found := SamePartitions(o, Want{Partitions: 2})
	require.Len(t, found, 1)
	assert.Equal(t, "The result has 3\u00a0partitions instead of 2.", found[0].Text(message.English))
}

func TestDescribe(t *testing.T) {
	c := Case{
		Session: protocol.Session{Executors: 2, Cores: 1}, Params: map[string]int{"n": 3},
		Sources: []Source{{Name: "flights", Partitions: [][]json.RawMessage{rows(`{"Key":"UA","Value":1}`), {}, rows(`{"Key":"B6","Value":2}`)}}},
	}
	assert.Equal(t, []string{
		"flights : 2\u00a0lignes en 3\u00a0partitions (1, 0, 1) ; n = 3 ; 2\u00a0exécuteurs × 1\u00a0cœur", "  [0] UA → 1", "  [2] B6 → 2",
	}, c.Describe(message.French))
	many := Case{Sources: []Source{{Name: "flights", Partitions: make([][]json.RawMessage, 40)}}}
	many.Sources[0].Partitions[0] = rows("1", "2", "3", "4", "5", "6", "7")
	assert.Equal(t, []string{"flights: 7\u00a0rows in 40\u00a0partitions; 0\u00a0executors × 0\u00a0cores"}, many.Describe(message.English))
}

// A list of numbers is written as one, and what a case does to the session is said.
func TestDescribeLists(t *testing.T) {
	c := Case{
		Sources: []Source{{Name: "limits", Partitions: [][]json.RawMessage{{json.RawMessage(`0`), json.RawMessage(`-5`)}}}, {Name: "names", Partitions: [][]json.RawMessage{{json.RawMessage(`"1"`)}}}},
		Session: protocol.Session{Executors: 2, Cores: 1, Memory: 1600, Lose: 1},
		Params:  map[string]int{"every": 3, "stumbles": 1},
	}
	assert.Equal(t, []string{
		"limits = [0, -5]; names: 1\u00a0row in 1\u00a0partition; every = 3; 2\u00a0executors × 1\u00a0core; 1,600\u00a0bytes of memory for each executor; " +
			"the first task of each partition fails after its last row; 1\u00a0executor lost after the first action",
		`  names [0] 1`,
	}, c.Describe(message.English))
}
