package tp08

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

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

func source(t *testing.T, name string, partitions ...string) check.Source {
	t.Helper()
	s := check.Source{Name: name}
	for _, text := range partitions {
		var rows []json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(text), &rows))
		s.Partitions = append(s.Partitions, rows)
	}
	return s
}

// stretches is windows as JSON: "12:00-12:10 12:05-12:15".
func stretches(text string) string {
	var all []string
	for _, one := range strings.Fields(text) {
		start, end, _ := strings.Cut(one, "-")
		all = append(all, fmt.Sprintf(`{"Start":"2024-01-01T%s:00Z","End":"2024-01-01T%s:00Z"}`, start, end))
	}
	return "[" + strings.Join(all, ",") + "]"
}

func TestWindowsOfAnInstant(t *testing.T) {
	const border, inside = `["2024-01-01T12:15:00Z"]`, `["2024-01-01T12:07:00Z"]`
	for _, one := range []struct {
		at, got, want string
		length, slide int
		key           check.Key
	}{
		{border, "12:10-12:20 12:15-12:25", "12:10-12:20 12:15-12:25", 10, 5, ""},
		{border, "12:15-12:25 12:10-12:20", "12:10-12:20 12:15-12:25", 10, 5, check.WindowsUnordered},
		{border, "12:05-12:15 12:10-12:20 12:15-12:25", "12:10-12:20 12:15-12:25", 10, 5, check.EndInWindow},
		{border, "12:05-12:15 12:10-12:20", "12:10-12:20 12:15-12:25", 10, 5, check.EndInWindow},
		{inside, "12:00-12:10", "12:00-12:10 12:05-12:15", 10, 5, check.OneWindowOnly},
		{inside, "12:05-12:10", "12:00-12:10 12:05-12:15", 10, 5, check.SlideForLength},
		{inside, "12:02-12:12 12:07-12:17", "12:00-12:10 12:05-12:15", 10, 5, check.WindowsFromEvent},
		{inside, "11:50-12:15 12:00-12:25", "11:40-12:05 11:50-12:15 12:00-12:25", 25, 10, check.WindowsByDivision},
		{inside, "", "12:00-12:10 12:05-12:15", 10, 5, check.WrongWindows},
	} {
		c := check.Case{Params: map[string]int{"length": one.length, "slide": one.slide}, Sources: []check.Source{source(t, "at", one.at)}}
		findings := assigned(c, answer("["+stretches(one.got)+"]"), wanted("["+stretches(one.want)+"]"))
		if one.key == "" {
			assert.Empty(t, findings)
			continue
		}
		assert.Equal(t, []check.Key{one.key}, keys(findings), one.got)
	}
}

func TestSessionsOfAKey(t *testing.T) {
	at := source(t, "at", `["2024-01-01T12:10:00Z","2024-01-01T12:00:00Z","2024-01-01T12:05:00Z","2024-01-01T12:18:00Z"]`)
	close := source(t, "at", `["2024-01-01T12:00:00Z","2024-01-01T12:03:00Z"]`)
	const right = "12:00-12:15 12:18-12:23"
	for _, one := range []struct {
		at        check.Source
		got, want string
		key       check.Key
	}{
		{at, right, right, ""},
		{at, "12:10-12:10 12:18-12:23", right, check.SessionsAsTheyCame},
		{at, "12:00-12:05 12:05-12:10 12:10-12:15 12:18-12:23", right, check.SessionBorder},
		{at, "12:00-12:10 12:10-12:15 12:18-12:23", right, check.GapFromFirst},
		{at, "12:00-12:23", right, check.GapTwice},
		{at, "12:00-12:10 12:18-12:18", right, check.SessionEndsAtEvent},
		{at, "12:00-12:05 12:18-12:23", right, check.SessionEnd},
		{close, "12:00-12:05 12:03-12:08", "12:00-12:08", check.SessionsNotMerged},
		{at, "", right, check.WrongSessions},
	} {
		c := check.Case{Params: map[string]int{"gap": 5}, Sources: []check.Source{one.at}}
		findings := inSessions(c, answer(stretches(one.got)), wanted(stretches(one.want)))
		if one.key == "" {
			assert.Empty(t, findings)
			continue
		}
		assert.Equal(t, []check.Key{one.key}, keys(findings), one.got)
	}
}

// Each oversight gives numbers of its own on the same steps, and nothing overlooked
// gives none of them.
func TestOversightsDiffer(t *testing.T) {
	events := source(t, "events",
		`[{"At":"2024-01-01T12:07:00Z","Word":"chien"},{"At":"2024-01-01T12:08:00Z","Word":"chien"}]`,
		`[{"At":"2024-01-01T12:25:00Z","Word":"hibou"},{"At":"2024-01-01T11:59:00Z","Word":"oie"}]`,
		`[{"At":"2024-01-01T12:03:00Z","Word":"âne"},{"At":"2024-01-01T12:14:00Z","Word":"chat"}]`)
	c := check.Case{Params: map[string]int{"length": 10, "slide": 5, "delay": 10}, Sources: []check.Source{events}}
	right := oversight{}.of(c)
	require.Len(t, right, 3)
	assert.Equal(t, []int{2, 4, 1}, []int{right[0].Rows, right[1].Rows, right[2].Rows})
	text := func(all []outlook) string {
		data, err := json.Marshal(all)
		require.NoError(t, err)
		return string(data)
	}
	assert.Empty(t, foretold(c, answer(text(right)), wanted(text(right))))
	seen := map[string]check.Key{text(right): "nothing"}
	for _, o := range oversights {
		got := text(o.of(c))
		assert.Equal(t, []check.Key{o.key}, keys(foretold(c, answer(got), wanted(text(right)))))
		if before, there := seen[got]; there {
			assert.Equal(t, o.key, before, "two oversights give the same")
		}
		seen[got] = o.key
	}
	assert.Equal(t, []check.Key{check.WrongForecast}, keys(foretold(c, answer(`[{},{},{}]`), wanted(text(right)))))
	assert.Equal(t, []check.Key{check.StepsForetold}, keys(foretold(c, answer(`[{}]`), wanted(text(right)))))
}

func TestTablesThatOutliveAProgram(t *testing.T) {
	c := check.Case{Params: map[string]int{"diesAt": 2}}
	const right = `{"Tables":[{"a":1},{"a":2,"b":2}],"Deaths":1}`
	for _, one := range []struct {
		judge func(check.Case, evidence.Outcome, check.Want) []check.Finding
		got   string
		key   check.Key
	}{
		{upserted, `{"Tables":[{"a":1},{"a":5,"b":4}],"Deaths":1}`, check.RowsSummed},
		{upserted, `{"Tables":[{"a":1},{"a":1,"b":2}],"Deaths":1}`, check.OldCountKept},
		{upserted, `{"Tables":[{},{"a":2,"b":2}],"Deaths":1}`, check.LastBatchOnly},
		{upserted, `{"Tables":[{"a":7},{"a":2,"b":2}],"Deaths":1}`, check.WrongTable},
		{upserted, `{"Tables":[{"a":1},{"a":2,"b":2}],"Deaths":0}`, check.Tampered},
		{added, `{"Tables":[{"a":1},{"a":3,"b":4}],"Deaths":1}`, check.BatchTwice},
		{added, `{"Tables":[{},{"a":2,"b":2}],"Deaths":1}`, check.BatchSkipped},
		{added, `{"Tables":[{"a":1},{"a":1,"b":2}],"Deaths":1}`, check.SumReplaced},
		{added, `{"Tables":[{"a":7},{"a":2,"b":2}],"Deaths":1}`, check.WrongTable},
		{added, `{"Tables":[{"a":1}],"Deaths":1}`, check.Tampered},
	} {
		assert.Equal(t, []check.Key{one.key}, keys(one.judge(c, answer(one.got), wanted(right))), one.got)
		assert.Empty(t, one.judge(c, answer(right), wanted(right)))
	}
}

// started is a query that has run one batch of one row.
func started(number int, mode string, batch int64) []event.Event {
	return []event.Event{
		event.QueryStart{Query: number, Mode: mode},
		event.BatchStart{Query: number, Batch: batch},
		event.RowsArrived{Query: number, Batch: batch, Count: 1},
		event.StateChanged{Query: number, Batch: batch, Total: 1},
		event.RowsOut{Query: number, Batch: batch, Count: 1},
	}
}

func TestStartsOfAQuery(t *testing.T) {
	c := check.Case{Sources: []check.Source{source(t, "windows", `[10,5]`, `[10,5]`)}}
	const right = `[{"batches":[{"batch":0,"rows":[1],"state":1}]},{"batches":[{"batch":1,"rows":[2],"state":1}]}]`
	for _, one := range []struct {
		got   string
		mode  string
		batch int64
		key   check.Key
	}{
		{right, "update", 1, ""},
		{strings.Replace(right, `"batch":1`, `"batch":0`, 1), "update", 0, check.BegunAnew},
		{strings.Replace(right, "[2]", "[3]", 1), "update", 1, check.WrongBatch},
		{right, "complete", 1, check.NotUpdateMode},
		{right, "update", 2, check.Tampered},
		{`[{"dropped":true},{}]`, "update", 1, check.OptionsDropped},
		{`[{},{}]`, "update", 1, check.SinkNotUsed},
		{`[]`, "update", 1, check.Tampered},
	} {
		events := append(started(0, "update", 0), started(1, one.mode, one.batch)...)
		findings := resumed(c, answer(one.got, events...), wanted(right))
		if one.key == "" {
			assert.Empty(t, findings)
			continue
		}
		assert.Equal(t, []check.Key{one.key}, keys(findings), "%s in %s mode", one.got, one.mode)
	}
	refused := evidence.Outcome{Failure: &protocol.Failure{Texts: []string{"/x: the checkpoint belongs to another query: it was\n  a\n; nothing was changed"}}}
	findings := resumed(c, refused, wanted(right))
	assert.Equal(t, []check.Key{check.CheckpointOfAnother}, keys(findings))
	assert.Equal(t, "it was a", findings[0].Facts["text"])
}

func TestDeparturesByTheirRealTime(t *testing.T) {
	c := check.Case{Sources: []check.Source{source(t, "departures",
		`[{"Scheduled":"2024-01-01T12:00:00Z","Left":"2024-01-01T14:05:00Z","Origin":"JFK"}]`)}}
	table := func(w []json.RawMessage) twoModes {
		return twoModes{Complete: queries.Ran{Batches: []queries.Batch{{Rows: w}}}}
	}
	right := table(asks.Counts(c.Source("departures")))
	require.Len(t, right.Complete.Batches[0].Rows, 3)
	assert.Empty(t, alike(c, right, right))
	assert.Equal(t, []check.Key{check.WindowsOfArrival}, keys(alike(c, table(byDeparture.Counts(c.Source("departures"))), right)))
}

func TestAnswersThatDidNotCome(t *testing.T) {
	for _, p := range Properties() {
		failed := evidence.Outcome{Failure: &protocol.Failure{Kind: protocol.ReturnedNil}}
		assert.Equal(t, []check.Key{check.ReturnedNil}, keys(p.Judge(check.Case{}, failed, check.Want{})), p.Name)
		other := answer(`"text"`)
		assert.Equal(t, []check.Key{check.Tampered}, keys(p.Judge(check.Case{}, other, wanted(`"text"`))), p.Name)
	}
}
