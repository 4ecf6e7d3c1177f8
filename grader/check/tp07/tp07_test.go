package tp07

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

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

func TestAnswersThatDidNotCome(t *testing.T) {
	for _, p := range Properties() {
		failed := evidence.Outcome{Failure: &protocol.Failure{Kind: protocol.ReturnedNil}}
		assert.Equal(t, []check.Key{check.ReturnedNil}, keys(p.Judge(check.Case{}, failed, check.Want{})), p.Name)
		other := answer(`"text"`)
		assert.Equal(t, []check.Key{check.Tampered}, keys(p.Judge(check.Case{}, other, wanted(`"text"`))), p.Name)
	}
}
