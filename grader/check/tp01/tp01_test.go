package tp01

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

func property(t *testing.T, name string) check.Property {
	t.Helper()
	for _, p := range Properties() {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("no property %q", name)
	return check.Property{}
}

func TestPropertiesAreNamedInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Properties() {
		assert.False(t, seen[p.Name], p.Name)
		seen[p.Name] = true
		assert.NotEmpty(t, p.Title.French, p.Name)
		assert.NotEmpty(t, p.Title.English, p.Name)
		assert.NotNil(t, p.Judge, p.Name)
	}
}

// judged is the key of the first finding, "" when there is none.
func judged(t *testing.T, name string, c check.Case, got evidence.Outcome, want check.Want) check.Key {
	t.Helper()
	found := property(t, name).Judge(c, got, want)
	if len(found) == 0 {
		return ""
	}
	for _, l := range []message.Language{message.French, message.English} {
		assert.NotContains(t, found[0].Text(l), "«?»", "a fact is missing")
	}
	return found[0].Key
}

// returned is the outcome of a function that returned a value.
func returned(v any) evidence.Outcome {
	rows := [][]json.RawMessage{raw(v)}
	return evidence.Outcome{Value: true, Rows: rows, Again: rows}
}

func given[T any](name string, rows ...T) check.Source {
	return check.Source{Name: name, Partitions: [][]json.RawMessage{raw(rows...)}}
}

func TestStages(t *testing.T) {
	c := check.Case{Sources: []check.Source{given("chain", "map", "reduceByKey", "filter", "map", "coalesce", "filter", "repartition")}}
	want, asked := wantedStages(c)
	require.True(t, asked)
	for n, key := range map[int]check.Key{
		3: "", 2: check.ShufflesAreNoStages, 4: check.CoalesceIsNarrow, 7: check.OperationsAreNoStages, 8: check.OperationsAreNoStages,
		0: check.WrongValue, -1: check.WrongValue,
	} {
		assert.Equal(t, key, judged(t, "stages", c, returned(n), want), n)
	}
	for _, chain := range [][]string{{"reduceByKey", "groupByKey"}, {"distinct", "repartition", "sortByKey"}, {}} {
		_, asked := wantedStages(check.Case{Sources: []check.Source{given("chain", chain...)}})
		assert.False(t, asked, "%v", chain)
	}
	apart, all := Telling("Stages", c)
	assert.True(t, apart)
	assert.True(t, all)
	apart, _ = Telling("Stages", check.Case{Sources: []check.Source{given("chain", "repartition", "coalesce")}})
	assert.False(t, apart, "3 is two mistakes")
	_, all = Telling("Stages", check.Case{Sources: []check.Source{given("chain", "map", "repartition")}})
	assert.False(t, all, "without a coalesce nobody can take it for a shuffle")
}

func TestRecordedRuns(t *testing.T) {
	c := check.Case{Params: map[string]int{"job": 0, "stage": 3}, Sources: []check.Source{
		given("stages", stage{0, 0, 2, false}, stage{1, 2, 5, true}, stage{1, 3, 4, false}),
		given("tasks",
			task{Job: 0, Stage: 0, Partition: 0, Read: 9, Written: 5}, task{Job: 0, Stage: 0, Partition: 1, Read: 4, Failed: true},
			task{Job: 0, Stage: 0, Partition: 1, Attempt: 1, Read: 4, Written: 2},
			task{Job: 1, Stage: 3, Partition: 0, Read: 4}, task{Job: 1, Stage: 3, Partition: 1, Read: 2, Failed: true},
			task{Job: 1, Stage: 3, Partition: 1, Attempt: 1, Read: 2, Failed: true}, task{Job: 1, Stage: 3, Partition: 1, Attempt: 2, Read: 2},
			task{Job: 1, Stage: 3, Partition: 2, Read: 30}, task{Job: 1, Stage: 3, Partition: 3, Read: 6, Written: 1}),
	}}
	for name, answers := range map[string]map[float64]check.Key{
		"skipped":  {1: "", 2: check.RunStagesCounted, 3: check.RunStagesCounted, 5: check.SkippedTasksCounted, 9: check.WrongValue},
		"shuffled": {7: "", 8: check.OtherJobsCounted, 13: check.ReadForWritten, 20: check.ReadForWritten, 0: check.WrongValue},
		"skew":     {6: "", 30 / 10.5: check.MeanForMedian, 10: check.FailedCounted, 7.5: check.LowerMiddle, 5: check.LowerMiddle, 0: check.WrongValue},
		"retried":  {2: "", 3: check.AttemptsCounted, 1: check.StagesMixed, 0: check.WrongValue},
	} {
		want, asked := property(t, name).Wanted(c)
		require.True(t, asked)
		for answer, key := range answers {
			assert.Equal(t, key, judged(t, name, c, returned(answer), want), "%s: %v", name, answer)
		}
	}
}

func TestAttempts(t *testing.T) {
	c := check.Case{Session: protocol.Session{Attempts: 4}, Params: map[string]int{"failures": 2, "bad": 3}, Sources: []check.Source{given("lines", "1", "3")}}
	type sum struct {
		Total  int
		Failed bool
	}
	did := func(v sum, failed, calls int, toDriver int64) evidence.Outcome {
		o := returned(v)
		o.Inside.Jobs, o.Inside.Result, o.CallsInside = 1, toDriver, map[string]int{"read": calls}
		for range failed {
			o.InsideEvents = append(o.InsideEvents, event.TaskEnd{Status: event.Failed})
		}
		o.InsideEvents = append(o.InsideEvents, event.TaskEnd{Status: event.Killed}, event.TaskEnd{Status: event.Succeeded})
		return o
	}
	right := check.Want{Rows: raw(sum{Total: 4})}
	for name, test := range map[string]struct {
		got evidence.Outcome
		key check.Key
	}{
		"tried again":            {did(sum{Total: 4}, 2, 4, 1), ""},
		"swallowed":              {did(sum{Total: 1}, 0, 2, 1), check.FailureHidden},
		"in a loop":              {did(sum{Total: 4}, 0, 4, 1), check.TriedByHand},
		"partly in a loop":       {did(sum{Total: 4}, 1, 4, 1), check.TriedByHand},
		"on the driver":          {did(sum{Total: 4}, 0, 4, 2), check.ReadOnDriver},
		"a constant":             {did(sum{Total: 55}, 0, 0, 0), check.WrongValue},
		"right out of nowhere":   {did(sum{Total: 4}, 0, 0, 0), check.TriedByHand},
		"an error out of naught": {did(sum{Failed: true}, 0, 0, 0), check.WrongValue},
	} {
		assert.Equal(t, test.key, judged(t, "attempts", c, test.got, right), name)
	}
	c.Params["failures"] = 9
	failed := check.Want{Rows: raw(sum{Failed: true})}
	assert.Empty(t, judged(t, "attempts", c, did(sum{Failed: true}, 4, 5, 0), failed))
	assert.Equal(t, check.ErrorDropped, judged(t, "attempts", c, did(sum{}, 4, 5, 0), failed))
	assert.Equal(t, check.TriedByHand, judged(t, "attempts", c, did(sum{Failed: true}, 0, 0, 0), failed), "an error of its own making")
}

func TestRebuilt(t *testing.T) {
	c := check.Case{Params: map[string]int{"n": 3}, Sources: []check.Source{{Name: "flights", Partitions: make([][]json.RawMessage, 4)}}}
	got := evidence.Outcome{Roots: []string{"flights"}, Lineage: `(3) MapPartitionsRDD[15] at filter []
 |  ShuffledRDD[4] at reduceByKey []
 +-(2) MapPartitionsRDD[3] at map []
    |  CoalescedRDD[2] at coalesce []
    |  MapPartitionsRDD[1] at filter []
    |  ParallelCollectionRDD[0] at flights []
`}
	assert.Empty(t, judged(t, "rebuilt", c, got, check.Want{}))
	c.Params["n"] = 4
	assert.Equal(t, check.OtherLineage, judged(t, "rebuilt", c, got, check.Want{}))
	found := property(t, "rebuilt").Judge(c, got, check.Want{})
	assert.Equal(t, []string{"(4) MapPartitionsRDD at filter []"}, found[0].Rows.Wanted)
	assert.Equal(t, []string{"(3) MapPartitionsRDD at filter []"}, found[0].Rows.Got)
}
