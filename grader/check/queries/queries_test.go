package queries

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/grader/check"
)

func keys(findings []check.Finding) (all []check.Key) {
	for _, f := range findings {
		all = append(all, f.Key)
	}
	return all
}

// asks is windows of 20 minutes every 10, and a delay of 15.
var asks = Windows{
	Column: "at", Length: 20 * time.Minute, Slide: 10 * time.Minute, Delay: 15 * time.Minute,
	Event: func(row json.RawMessage) (at time.Time, key string, err error) {
		var e struct {
			At   time.Time
			Word string
		}
		err = json.Unmarshal(row, &e)
		return e.At, e.Word, err
	},
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
	honest := Ran{Batches: []Batch{{Batch: 0, Rows: []json.RawMessage{[]byte(`1`), []byte(`2`)}, State: 2}}}
	assert.Empty(t, Agrees(honest, Heard(run("update", 2))[0], 2))
	assert.Empty(t, Agrees(Ran{Refused: "no"}, nil, 2))
	for name, findings := range map[string][]check.Finding{
		"fewer rows":          Agrees(Ran{Batches: []Batch{{Batch: 0, Rows: honest.Batches[0].Rows[:1], State: 2}}}, Heard(run("update", 2))[0], 2),
		"another state":       Agrees(Ran{Batches: []Batch{{Batch: 0, Rows: honest.Batches[0].Rows, State: 1}}}, Heard(run("update", 2))[0], 2),
		"another batch":       Agrees(Ran{Batches: []Batch{{Batch: 1, Rows: honest.Batches[0].Rows, State: 2}}}, Heard(run("update", 2))[0], 2),
		"no batch":            Agrees(Ran{}, Heard(run("update", 2))[0], 2),
		"not all rows read":   Agrees(honest, Heard(run("update", 2))[0], 3),
		"no query":            Agrees(honest, nil, 2),
		"refused, and it ran": Agrees(Ran{Refused: "no"}, Heard(run("update", 2))[0], 2),
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
		assert.Equal(t, one.want, keys(asks.Watermarked(Heard(run("update", 1, one.marks...))[0], "")), name)
	}
}

func TestTumblingAndBorders(t *testing.T) {
	events := check.Source{Name: "events", Partitions: [][]json.RawMessage{{
		[]byte(`{"At":"2024-01-01T12:10:00Z","Word":"chien"}`), []byte(`{"At":"2024-01-01T12:12:00Z","Word":"chat"}`)}}}
	table := func(length, slide, shift time.Duration) Ran {
		return Ran{Batches: []Batch{{Rows: asks.counted(events, length, slide, shift)}}}
	}
	right := table(asks.Length, asks.Slide, 0)
	require.Len(t, right.Batches[0].Rows, 4)
	alike := func(came Ran) []check.Key { return keys(asks.Alike(events, came, right, "complete")) }
	assert.Empty(t, alike(right))
	assert.Equal(t, []check.Key{check.Tumbling}, alike(table(asks.Length, asks.Length, 0)))
	assert.Equal(t, []check.Key{check.BoundsOffByOne}, alike(table(asks.Length, asks.Slide, -time.Nanosecond)))
	assert.Equal(t, []check.Key{check.WrongBatch}, alike(table(time.Hour, asks.Slide, 0)))
}

func TestAStateThatGrows(t *testing.T) {
	left := func(rows int64) Ran { return Ran{Batches: []Batch{{State: 9}, {State: rows}}} }
	assert.Empty(t, Forgets(left(4), left(4)))
	assert.Empty(t, Forgets(left(3), left(4)))
	assert.Equal(t, []check.Key{check.StateGrows}, keys(Forgets(left(5), left(4))))
}

func TestAWatermarkOnWhatTheGroupingLeftOut(t *testing.T) {
	assert.Empty(t, asks.MarkedTooLate([]string{"another error"}))
	assert.Equal(t, []check.Key{check.WatermarkAfterGroupBy}, keys(asks.MarkedTooLate([]string{"[UNRESOLVED_COLUMN.WITH_SUGGESTION] `at`"})))
}
