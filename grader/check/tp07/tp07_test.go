package tp07

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/protocol"
)

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

// answer is an outcome, or what is wanted, of one value.
func answer(text string, events ...event.Event) evidence.Outcome {
	rows := [][]json.RawMessage{{json.RawMessage(text)}}
	return evidence.Outcome{Value: true, Rows: rows, Again: rows, InsideEvents: events}
}

func wanted(text string) check.Want {
	return check.Want{Rows: []json.RawMessage{json.RawMessage(text)}}
}

func keys(findings []check.Finding) (all []check.Key) {
	for _, f := range findings {
		all = append(all, f.Key)
	}
	return all
}

func source(name string, partitions ...string) check.Source {
	s := check.Source{Name: name}
	for _, text := range partitions {
		var rows []json.RawMessage
		if err := json.Unmarshal([]byte(text), &rows); err != nil {
			panic(err)
		}
		s.Partitions = append(s.Partitions, rows)
	}
	return s
}

func TestStandings(t *testing.T) {
	batches := source("batches", `[{"Key":"a","Value":2},{"Key":"b","Value":1},{"Key":"c","Value":1}]`, `[{"Key":"b","Value":4}]`)
	right := `[{"Key":"b","Value":4},{"Key":"a","Value":2},{"Key":"c","Value":1}]`
	for got, want := range map[string][]check.Key{
		right: nil,
		`[{"Key":"b","Value":5},{"Key":"a","Value":2},{"Key":"c","Value":1}]`: {check.RowsSummed},
		`[{"Key":"b","Value":4}]`: {check.LastBatchOnly},
		`[{"Key":"a","Value":2},{"Key":"b","Value":1},{"Key":"c","Value":1}]`:                       {check.OldCountKept},
		`[{"Key":"a","Value":2},{"Key":"b","Value":4},{"Key":"c","Value":1}]`:                       {check.OrderAssumed},
		`[{"Key":"b","Value":4},{"Key":"a","Value":2},{"Key":"a","Value":2},{"Key":"c","Value":1}]`: {check.WrongStandings},
		`null`: {check.WrongStandings},
	} {
		c := check.Case{Params: map[string]int{"mode": 1}, Sources: []check.Source{batches}}
		assert.Equal(t, want, keys(standing(c, answer(got), wanted(right))), got)
	}
}

// run is a query of one batch that reads n rows and gives as many.
func run(mode string, n int, marks ...event.QueryWatermark) []event.Event {
	return []event.Event{
		event.QueryStart{Mode: mode, Watermarks: marks, Columns: []string{"window", "word", "count"},
			Sources: []event.QuerySource{{Columns: []string{"at", "seen", "word"}}}},
		event.BatchStart{Batch: 0},
		event.RowsArrived{Batch: 0, Count: int64(n)},
		event.StateChanged{Batch: 0, Total: int64(n)},
		event.RowsOut{Batch: 0, Count: int64(n)},
		event.BatchEnd{Batch: 0},
	}
}

func TestWhatTheSinkTellsIsHeldAgainstEvents(t *testing.T) {
	honest := ran{Batches: []batch{{Batch: 0, Rows: []json.RawMessage{[]byte(`1`), []byte(`2`)}, State: 2}}}
	assert.Empty(t, agrees(honest, heard(run("update", 2))[0], 2))
	assert.Empty(t, agrees(ran{Refused: "no"}, nil, 2))
	for name, findings := range map[string][]check.Finding{
		"fewer rows":          agrees(ran{Batches: []batch{{Batch: 0, Rows: honest.Batches[0].Rows[:1], State: 2}}}, heard(run("update", 2))[0], 2),
		"another state":       agrees(ran{Batches: []batch{{Batch: 0, Rows: honest.Batches[0].Rows, State: 1}}}, heard(run("update", 2))[0], 2),
		"another batch":       agrees(ran{Batches: []batch{{Batch: 1, Rows: honest.Batches[0].Rows, State: 2}}}, heard(run("update", 2))[0], 2),
		"no batch":            agrees(ran{}, heard(run("update", 2))[0], 2),
		"not all rows read":   agrees(honest, heard(run("update", 2))[0], 3),
		"no query":            agrees(honest, nil, 2),
		"refused, and it ran": agrees(ran{Refused: "no"}, heard(run("update", 2))[0], 2),
	} {
		assert.Equal(t, []check.Key{check.Tampered}, keys(findings), name)
	}
}

func TestWatermarks(t *testing.T) {
	mark := func(column string, minutes int) event.QueryWatermark {
		return event.QueryWatermark{Column: column, Delay: time.Duration(minutes) * time.Minute}
	}
	for name, one := range map[string]struct {
		marks []event.QueryWatermark
		want  []check.Key
	}{
		"as it should be":         {[]event.QueryWatermark{mark("at", 15)}, nil},
		"none":                    {nil, []check.Key{check.NoWatermark}},
		"on the arrival":          {[]event.QueryWatermark{mark("seen", 15)}, []check.Key{check.WatermarkAside}},
		"on the result":           {[]event.QueryWatermark{mark("window", 15)}, []check.Key{check.WatermarkAfterGroupBy}},
		"on something of its own": {[]event.QueryWatermark{mark("now", 15)}, []check.Key{check.WatermarkOfNow}},
		"of another delay":        {[]event.QueryWatermark{mark("at", 10)}, []check.Key{check.WatermarkOtherDelay}},
	} {
		assert.Equal(t, one.want, keys(watermarked(heard(run("update", 1, one.marks...))[0], "")), name)
	}
}

func TestModesOfThreeReaders(t *testing.T) {
	c := func(need int) check.Case {
		return check.Case{Params: map[string]int{"need": need}, Sources: []check.Source{source("events", `[1,2]`)}}
	}
	got := `{"batches":[{"batch":0,"rows":[1,2],"state":2}]}`
	other := `{"batches":[{"batch":0,"rows":[3]}]}`
	for need, key := range []check.Key{check.ModeForFinal, check.ModeForChanges, check.ModeForBoard} {
		mode := []string{"append", "update", "complete"}[need]
		assert.Empty(t, chosen(c(need), answer(got, run(mode, 2)...), wanted(got)))
		assert.Equal(t, []check.Key{check.WrongBatch}, keys(chosen(c(need), answer(got, run(mode, 2)...), wanted(other))))
		wrong := []string{"complete", "append", "update"}[need]
		assert.Equal(t, []check.Key{key}, keys(chosen(c(need), answer(got, run(wrong, 2)...), wanted(other))))
	}
	assert.Equal(t, []check.Key{check.OptionsDropped}, keys(chosen(c(0), answer(`{"dropped":true}`), wanted(got))))
	assert.Equal(t, []check.Key{check.SinkNotUsed}, keys(chosen(c(0), answer(`{}`), wanted(got))))
}

func TestRefusals(t *testing.T) {
	want := `[{"Modes":["append","update"]}]`
	c := func(question int) check.Case {
		return check.Case{Sources: []check.Source{source("questions", fmt.Sprintf("[%d]", question))}}
	}
	assert.Empty(t, accepted(c(0), answer(`[{"Modes":["append","update"],"Spark":{"complete":"no"}}]`), wanted(want)))
	assert.Equal(t, []check.Key{check.CompleteWithoutAggregate}, keys(accepted(c(0), answer(`[{"Modes":["append","complete","update"]}]`), wanted(want))))
	assert.Equal(t, []check.Key{check.ModeForgotten}, keys(accepted(c(0), answer(`[{"Modes":["append"]}]`), wanted(want))))
	assert.Equal(t, []check.Key{check.AppendWithoutWatermark}, keys(accepted(c(1), answer(`[{"Modes":["append"]}]`), wanted(`[{"Modes":["update"]}]`))))
	assert.Equal(t, []check.Key{check.Tampered}, keys(accepted(c(0), answer(`[]`), wanted(want))))
}

func TestTumblingAndBorders(t *testing.T) {
	c := check.Case{Sources: []check.Source{source("events",
		`[{"At":"2024-01-01T12:10:00Z","Word":"chien"},{"At":"2024-01-01T12:12:00Z","Word":"chat"}]`)}}
	table := func(rows []json.RawMessage) threeModes {
		return threeModes{Complete: ran{Batches: []batch{{Rows: rows}}}}
	}
	right := table(counted(c, length, slide, 0))
	require.Len(t, right.Complete.Batches[0].Rows, 4)
	assert.Empty(t, windowsAlike(c, right, right))
	assert.Equal(t, []check.Key{check.Tumbling}, keys(windowsAlike(c, table(counted(c, length, length, 0)), right)))
	assert.Equal(t, []check.Key{check.BoundsOffByOne}, keys(windowsAlike(c, table(counted(c, length, slide, -time.Nanosecond)), right)))
	assert.Equal(t, []check.Key{check.WrongBatch}, keys(windowsAlike(c, table(counted(c, time.Hour, slide, 0)), right)))
}

func TestAnswersThatDidNotCome(t *testing.T) {
	for _, p := range Properties() {
		failed := evidence.Outcome{Failure: &protocol.Failure{Kind: protocol.ReturnedNil}}
		assert.Equal(t, []check.Key{check.ReturnedNil}, keys(p.Judge(check.Case{}, failed, check.Want{})), p.Name)
		other := answer(`"text"`)
		assert.Equal(t, []check.Key{check.Tampered}, keys(p.Judge(check.Case{}, other, wanted(`"text"`))), p.Name)
	}
}
