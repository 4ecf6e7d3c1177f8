package tp09

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/check/queries"
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

// answer is an outcome of one value.
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

// source is rows, a text of JSON for each partition.
func source(t *testing.T, name string, partitions ...string) check.Source {
	t.Helper()
	s := check.Source{Name: name}
	for _, text := range partitions {
		var rows []json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(text), &rows), text)
		s.Partitions = append(s.Partitions, rows)
	}
	return s
}

// clocks is times of a day as JSON: "12:07 12:08".
func clocks(text string) string {
	var all []string
	for _, at := range strings.Fields(text) {
		all = append(all, fmt.Sprintf(`"2024-01-01T%s:00Z"`, at))
	}
	return "[" + strings.Join(all, ",") + "]"
}

// The case tells the misconceptions apart: each of them says another batch.
func TestBatchesOfMisconceptions(t *testing.T) {
	c := check.Case{Params: map[string]int{"delay": 10}, Sources: []check.Source{
		source(t, "steps", clocks("12:13"), clocks("12:11"), clocks("12:16 12:24 12:20"), clocks("12:25 12:12"), clocks("12:26")),
		source(t, "end", clocks("12:15")),
	}}
	// 0: 12:13, 1, 2: 12:11, 3: 12:24, 4, 5: 12:25, 6: the watermark is 12:15.
	right := `[{"Said":6,"Engine":6}]`
	for said, want := range map[int][]check.Key{
		6:  nil,
		5:  {check.SameBatch},
		8:  {check.StrictlyAfter},
		4:  {check.DelayForgotten},
		3:  {check.EmptyBatchesForgotten},
		7:  {check.LatestForgotten}, // of last rows 12:26 alone is late enough
		-1: {check.NeverSaid},
		40: {check.OtherBatch},
	} {
		came := answer(fmt.Sprintf(`[{"Said":%d,"Engine":6}]`, said))
		assert.Equal(t, want, keys(batchOf(c, came, wanted(right))), "batch %d", said)
	}
	assert.Equal(t, []check.Key{check.Tampered}, keys(batchOf(c, answer(`[{"Said":6,"Engine":5}]`), wanted(right))))
	assert.Equal(t, []check.Key{check.Tampered}, keys(batchOf(c, answer(`[]`), wanted(right))))
	assert.Equal(t, []check.Key{check.WindowsThatWait}, keys(batchOf(c, answer(`[{"Said":3,"Engine":-1}]`), wanted(`[{"Said":-1,"Engine":-1}]`))))
}

func TestLastCall(t *testing.T) {
	c := check.Case{Params: map[string]int{"delay": 20}, Sources: []check.Source{source(t, "ends", clocks("12:10 12:20 12:15"))}}
	right := `{"At":"2024-01-01T12:40:00Z","Left":0}`
	for text, want := range map[string][]check.Key{
		right:                                    nil,
		`{"At":"2024-01-01T12:20:00Z","Left":3}`: {check.CalledWithoutDelay},
		`{"At":"2024-01-01T12:39:00Z","Left":1}`: {check.CalledAMinuteShort},
		`{"At":"2024-01-01T12:35:00Z","Left":1}`: {check.CalledForOneWindow},
		`{"At":"2024-01-01T12:33:00Z","Left":2}`: {check.CalledTooEarly},
		`{"At":"2024-01-01T12:41:00Z","Left":0}`: {check.CalledTooLate},
		`{"At":"2024-01-01T12:33:00Z","Left":0}`: {check.Tampered},
	} {
		assert.Equal(t, want, keys(lastCall(c, answer(text), wanted(right))), text)
	}
}

func TestLateness(t *testing.T) {
	c := check.Case{Params: map[string]int{"length": 10, "slide": 5}, Sources: []check.Source{
		source(t, "batch", `[{"At":"2024-01-01T12:07:00Z","Word":"a"},{"At":"2024-01-01T12:03:00Z","Word":"b"},{"At":"2024-01-01T12:02:00Z","Word":"b"},`+
			`{"At":"2024-01-01T12:11:00Z","Word":"c"},{"At":"2024-01-01T12:00:00Z","Word":"b"}]`),
		source(t, "watermark", clocks("12:12")),
	}}
	right := `{"Lost":3,"Partly":1,"Rows":3,"Engine":3}`
	for text, want := range map[string][]check.Key{
		right: nil,
		`{"Lost":3,"Partly":1,"Rows":7,"Engine":3}`: {check.PairsForGroups},
		`{"Lost":5,"Partly":0,"Rows":3,"Engine":3}`: {check.OlderThanWatermark},
		`{"Lost":4,"Partly":1,"Rows":3,"Engine":3}`: {check.PartlyForLost},
		`{"Lost":1,"Partly":1,"Rows":9,"Engine":3}`: {check.WrongLateness},
		`{"Lost":3,"Partly":1,"Rows":3,"Engine":2}`: {check.Tampered},
	} {
		assert.Equal(t, want, keys(late(c, answer(text), wanted(right))), text)
	}
	// A window that ends at the watermark, and more rows than events.
	c.Sources[1] = source(t, "watermark", clocks("12:10"))
	c.Sources[0] = source(t, "batch", `[{"At":"2024-01-01T12:04:00Z","Word":"a"}]`)
	right = `{"Lost":1,"Partly":0,"Rows":2,"Engine":2}`
	assert.Equal(t, []check.Key{check.EqualIsOpen}, keys(late(c, answer(`{"Lost":0,"Partly":1,"Rows":1,"Engine":2}`), wanted(right))))
	assert.Equal(t, []check.Key{check.EventsForRows}, keys(late(c, answer(`{"Lost":1,"Partly":0,"Rows":1,"Engine":2}`), wanted(right))))
	assert.Equal(t, []check.Key{check.RowsForEvents}, keys(late(c, answer(`{"Lost":2,"Partly":0,"Rows":2,"Engine":2}`), wanted(right))))
}

func TestDelays(t *testing.T) {
	c := check.Case{Params: map[string]int{"percent": 5}, Sources: []check.Source{source(t, "trials",
		`[{"Minutes":120,"Flights":100,"Written":80,"Waiting":19,"Dropped":1},{"Minutes":0,"Flights":100,"Written":60,"Waiting":2,"Dropped":9},`+
			`{"Minutes":60,"Flights":100,"Written":88,"Waiting":10,"Dropped":2},{"Minutes":30,"Flights":100,"Written":90,"Waiting":5,"Dropped":6},`+
			`{"Minutes":10,"Flights":100,"Written":70,"Waiting":5,"Dropped":4}]`)}}
	for said, want := range map[int][]check.Key{
		60: nil, 30: {check.JustAsMuch}, 10: {check.DroppedForLost}, -1: {check.WaitingForLost},
		0: {check.DelayTooSmall}, 120: {check.DelayTooLarge}, 7: {check.OtherDelayChosen},
	} {
		delay := time.Duration(said) * time.Minute
		if said < 0 {
			delay = -1
		}
		came := answer(fmt.Sprintf(`{"Delay":%q}`, delay))
		assert.Equal(t, want, keys(smallest(c, came, wanted(`{"Delay":"1h0m0s"}`))), "%d", said)
	}
}

func starts(batches ...int64) (events []event.Event) {
	for i, b := range batches {
		events = append(events, event.QueryStart{Query: i, Batch: b, Mode: "append"})
	}
	return events
}

func TestDelaysForPeople(t *testing.T) {
	for want, d := range map[string]time.Duration{"NoDelay": -1, "0s": 0, "10m": 10 * time.Minute, "2h": 2 * time.Hour, "1h30m": 90 * time.Minute} {
		assert.Equal(t, want, told(d))
	}
}

func TestArchives(t *testing.T) {
	c := check.Case{Params: map[string]int{"batch": 5, "step": 3}}
	want := wanted(`{"Killed":true,"Rows":[1,2,3]}`)
	for _, one := range []struct {
		text   string
		events []event.Event
		want   []check.Key
	}{
		{`{"Killed":true,"Rows":[1,2,3]}`, starts(0, 5), nil},
		{`{"Killed":true,"Rows":[1,2]}`, starts(0, 0), []check.Key{check.StartedOver}},
		{`{"Killed":true,"Rows":[1,2,3]}`, starts(0, 0), []check.Key{check.StartedOver}},
		{`{"Killed":true,"Rows":[]}`, starts(0, 5), []check.Key{check.ArchiveEmpty}},
		{`{"Killed":true,"Rows":[1,2,3,3]}`, starts(0, 5), []check.Key{check.OtherArchive}},
		{`{"Killed":true,"Rows":[{"Key":"{\"start\":\"12:00\" chien","Value":null}]}`, starts(0, 5), []check.Key{check.NotCSV}},
		{`{"Dropped":true}`, starts(0), []check.Key{check.OptionsDropped}},
		{`{"Killed":true,"Rows":[1,2,3]}`, starts(0), []check.Key{check.Tampered}},
		{`{"Killed":true,"Rows":[1,2,3]}`, nil, []check.Key{check.Tampered}},
	} {
		assert.Equal(t, one.want, keys(archive(c, answer(one.text, one.events...), want)), one.text)
	}
	failed := evidence.Outcome{Failure: &protocol.Failure{Kind: protocol.JobFailed, Texts: []string{"data source csv does not support update output mode"}}}
	assert.Equal(t, []check.Key{check.FilesTakeAppend}, keys(archive(c, failed, want)))
}

func TestChanges(t *testing.T) {
	c := check.Case{Sources: []check.Source{source(t, "changes", `[1,0,4,6]`)}}
	text := func(fresh ...bool) string {
		var all []resumed
		for i, f := range fresh {
			refused := ""
			if i == 0 || i == 2 {
				refused = "/x/metadata: it belongs to another query: operator 0 was this and is now that; nothing was changed"
			}
			all = append(all, resumed{f, refused})
		}
		data, err := json.Marshal(all)
		require.NoError(t, err)
		return string(data)
	}
	want := wanted(text(true, false, true, false))
	assert.Empty(t, fresh(c, answer(text(true, false, true, false)), want))
	found := fresh(c, answer(text(false, false, true, false)), want)
	require.Equal(t, []check.Key{check.WindowOverOldCheckpoint}, keys(found))
	assert.Equal(t, "it belongs to another query", found[0].Facts["text"])
	assert.Equal(t, []check.Key{check.DelayOverOldCheckpoint}, keys(fresh(c, answer(text(true, true, true, false)), want)))
	assert.Equal(t, []check.Key{check.StateOverOldCheckpoint}, keys(fresh(c, answer(text(true, false, false, false)), want)))
	assert.Equal(t, []check.Key{check.CheckpointGoesOn}, keys(fresh(c, answer(text(true, false, true, true)), want)))
	assert.Equal(t, []check.Key{check.Tampered}, keys(fresh(c, answer(`[]`), want)))
}

func TestHoursOfAnotherKind(t *testing.T) {
	c := check.Case{Params: map[string]int{"delay": 10}, Sources: []check.Source{source(t, "flights",
		`[{"Scheduled":"2013-06-24T09:40:00Z","Left":"2013-06-24T10:10:00Z","Origin":"EWR"}]`)}}
	table := func(w queries.Windows) queries.InModes {
		return queries.InModes{Complete: queries.Ran{Batches: []queries.Batch{{Rows: w.Counts(c.Source("flights"))}}}}
	}
	right := table(asks(c))
	assert.Empty(t, alike(c, right, right))
	left, half := asks(c), asks(c)
	left.Event = byTime(func(d departure) time.Time { return d.Left })
	half.Slide = time.Hour / 2
	assert.Equal(t, []check.Key{check.WindowsOfArrival}, keys(alike(c, table(left), right)))
	assert.Equal(t, []check.Key{check.SlidingForTumbling}, keys(alike(c, table(half), right)))
	for waits, key := range map[int]check.Key{5: check.DelayTooShort, 20: check.DelayTooLong} {
		found := delayed([]check.Finding{{Key: check.WatermarkOtherDelay, Facts: map[string]any{"minutes": waits, "wanted": 10}}})
		assert.Equal(t, []check.Key{key}, keys(found))
	}
}

func TestAnswersThatDidNotCome(t *testing.T) {
	for _, p := range Properties() {
		failed := evidence.Outcome{Failure: &protocol.Failure{Kind: protocol.ReturnedNil}}
		assert.Equal(t, []check.Key{check.ReturnedNil}, keys(p.Judge(check.Case{}, failed, check.Want{})), p.Name)
		other := answer(`"text"`)
		assert.Equal(t, []check.Key{check.Tampered}, keys(p.Judge(check.Case{}, other, wanted(`"text"`))), p.Name)
	}
}
