package figure

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/event"
	"etincelle/grader/message"
)

// said is the figure's description, its hard blanks as blanks.
func said(t *testing.T, kind Kind, name string, o Options) string {
	t.Helper()
	f, err := Draw(kind, recording(t, name), o)
	require.NoError(t, err)
	return strings.ReplaceAll(strings.Join(f.said, "\n"), message.Hard, " ")
}

// What the guide's example does, as real Spark did it.
func TestDescriptionsOfStreamingQueries(t *testing.T) {
	for _, c := range []struct {
		kind Kind
		name string
		o    Options
		says []string
	}{
		{Arrivals, "animals", Options{}, []string{
			"lot 6 : filigrane 12:11, 12:04 âne (rejetée), 12:17 hibou.",
			"lot 5 : filigrane 12:11, (sans lignes).",
			"fenêtre 12:00–12:10 : fermée par le lot 5.",
			"fenêtre 12:25–12:35 : ouverte.",
		}},
		{Arrivals, "animals", Options{Queries: []int{2}}, []string{ // complete mode drops nothing and closes nothing
			"lot 3 : filigrane 12:11, 12:04 âne, 12:17 hibou.",
			"fenêtre 12:00–12:10 : ouverte.",
		}},
		{Modes, "animals", Options{Language: message.English}, []string{
			"4 rows read: watermark 12:04, append batch 4: 0 written, state 12, update batch 4: 8 written, state 12, complete batch 2: 12 written, state 12.",
			"✗ batch 6 (append, update): 2 groups dropped, too late.",
		}},
		{Model, "words", Options{Language: message.English}, []string{
			"trigger 2, input table: 12:07 chien, 12:08 hibou, 12:14 chien, 12:09 chat.",
			"trigger 2, result table, the query: chat 1, chien 2, hibou 1.",
			"trigger 2, output, update mode: chat 1, chien 2.",
		}},
		{State, "unmarked", Options{}, []string{"délai du filigrane 10 min : 4, 4, 7, 7, 12, 9, 9, 12, 9, 11, 4.", "sans filigrane : 4, 4, 7, 7, 12, 12, 14, 17, 17, 19, 19."}},
	} {
		text := said(t, c.kind, c.name, c.o)
		for _, fact := range c.says {
			assert.Contains(t, text, fact, "%s of %s", c.kind, c.name)
		}
	}
}

// A row of which one window is over and the other is not is counted in part.
func TestRowsCountedInPart(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2024, 1, 1, 12, minute, 0, 0, time.UTC) }
	before, open := "[2024-01-01 12:00:00 2024-01-01 12:10:00]", "[2024-01-01 12:05:00 2024-01-01 12:15:00]"
	f, err := Draw(Arrivals, []event.Event{
		event.QueryStart{Mode: "update", Columns: []string{"window", "word", "count"}, Sources: []event.QuerySource{{Name: "s", Columns: []string{"at", "word"}}}},
		event.BatchStart{},
		event.RowsArrived{Count: 1, Rows: [][]string{{"2024-01-01 12:20:00", "chat"}}},
		event.BatchStart{Batch: 1, Watermark: at(12), LateBy: at(12)},
		event.RowsArrived{Batch: 1, Count: 1, Rows: [][]string{{"2024-01-01 12:07:00", "âne"}}},
		event.RowsLate{Batch: 1, Count: 1, Rows: []event.LateRow{{Row: []string{before, "âne"}, End: at(10)}}},
		event.StateChanged{Batch: 1, Total: 1, Updated: 1, Changes: []event.StateChange{{What: "opened", Key: []string{open, "âne"}, After: []string{"1"}}},
			Open: []event.OpenWindow{{Start: at(5), End: at(15), Groups: 1}}},
	}, Options{})
	require.NoError(t, err)
	requireSound(t, f)
	assert.Contains(t, f.Text(), "◐âne")
	assert.Contains(t, f.Text(), "● comptée · ◐ comptée en partie · ░┃")
	assert.Contains(t, string(f.SVG()), "âne (comptée en partie)")
}

// A longer delay loses no more rows and lets no window wait less.
func TestDelaysAreATrade(t *testing.T) {
	queries, err := readQueries(recording(t, "waits"), nil)
	require.NoError(t, err)
	require.Len(t, queries, 4)
	for i := 1; i < len(queries); i++ {
		less, whole := lostRows(queries[i].Query)
		more, _ := lostRows(queries[i-1].Query)
		require.True(t, whole)
		assert.LessOrEqual(t, less, more)
		shorter, _, _ := waiting(queries[i-1].Query)
		longer, closed, _ := waiting(queries[i].Query)
		require.Positive(t, closed)
		assert.GreaterOrEqual(t, longer, shorter)
	}
}

func TestWhatCannotBeDrawnOfStreams(t *testing.T) {
	for name, c := range map[string]struct {
		kind    Kind
		file    string
		queries []int
		says    string
	}{
		"another query": {Modes, "animals", []int{3}, "found no query 3 in the recording, expected one of its 3 queries"},
		"one delay":     {Delays, "animals", nil, "expected the same query with two delays or more"},
		"no event time": {Arrivals, "words", []int{1}, "found no event time in the rows of query 1"},
	} {
		_, err := Draw(c.kind, recording(t, c.file), Options{Queries: c.queries})
		assert.ErrorContains(t, err, c.says, name)
	}
}

func TestLanesKeepThingsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		taken := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) [2]int {
			from := rapid.IntRange(0, 60).Draw(t, "from")
			return [2]int{from, from + rapid.IntRange(1, 20).Draw(t, "long")}
		}), 0, 20).Draw(t, "taken")
		of, count := lanes(taken)
		for i := range taken {
			require.Less(t, of[i], count)
			for j := range i {
				if of[i] == of[j] {
					require.True(t, taken[i][1] <= taken[j][0] || taken[j][1] <= taken[i][0], "%v and %v share lane %d", taken[i], taken[j], of[i])
				}
			}
		}
	})
}

// A recording of queries is anybody's file too.
func TestAnyStreamIsDrawnSoundly(t *testing.T) {
	hostile := rapid.SampledFrom([]string{`</text><script>alert(1)</script>`, "\x1b]0;x\a", "]]>", "a\u202eb\ufffe\x00", "&lt;", "two\nlines", "日本語の長い長い言葉", "e\u0301\u0301", strings.Repeat("mot", 60), ""})
	instants := []time.Time{{}, time.Unix(0, 0), time.Date(2024, 1, 1, 12, 7, 0, 0, time.UTC), time.Date(2024, 1, 1, 12, 20, 0, 1, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC)}
	instant := rapid.SampledFrom(instants)
	cell := rapid.OneOf(hostile, rapid.Custom(func(t *rapid.T) string {
		return instant.Draw(t, "instant").UTC().Format("2006-01-02 15:04:05")
	}), rapid.SampledFrom([]string{"[2024-01-01 12:00:00 2024-01-01 12:10:00]", "[9999-01-01 00:00:00 0001-01-01 00:00:00]"}))
	row := rapid.SliceOfN(cell, 0, 3)
	rows := rapid.SliceOfN(row, 0, 14)
	count := rapid.OneOf(rapid.Int64Range(0, 300), rapid.Int64())
	query := rapid.IntRange(0, 1)
	one := rapid.Custom(func(t *rapid.T) event.Event {
		q := query.Draw(t, "query")
		switch rapid.IntRange(0, 5).Draw(t, "fact") {
		case 0:
			return event.BatchStart{Query: q, Batch: rapid.Int64Range(-1, 5).Draw(t, "batch"), Watermark: instant.Draw(t, "watermark"), LateBy: instant.Draw(t, "late")}
		case 1:
			return event.RowsArrived{Query: q, Count: count.Draw(t, "count"), Rows: rows.Draw(t, "rows")}
		case 2:
			return event.RowsLate{Query: q, Count: count.Draw(t, "count"), Rows: []event.LateRow{{Row: row.Draw(t, "row"), End: instant.Draw(t, "end")}}}
		case 3:
			return event.StateChanged{Query: q, Total: count.Draw(t, "total"), Changes: []event.StateChange{{What: rapid.SampledFrom([]string{"opened", "closed", "x"}).Draw(t, "what"), Key: row.Draw(t, "key"), After: row.Draw(t, "after")}},
				Open: []event.OpenWindow{{Start: instant.Draw(t, "start"), End: instant.Draw(t, "end"), Groups: count.Draw(t, "groups")}}}
		case 4:
			return event.WatermarkMoved{Query: q, After: instant.Draw(t, "after"), At: instant.Draw(t, "at")}
		}
		return event.RowsOut{Query: q, Count: count.Draw(t, "count"), Rows: rows.Draw(t, "rows")}
	})
	rapid.Check(t, func(t *rapid.T) {
		var facts []event.Event
		for q := range 2 {
			facts = append(facts, event.QueryStart{Query: q, Mode: rapid.OneOf(rapid.SampledFrom([]string{"append", "complete"}), hostile).Draw(t, "mode"), Columns: []string{"a", "b"},
				Sources:    []event.QuerySource{{Name: "s", Columns: row.Draw(t, "columns"), Time: rapid.IntRange(-1, 2).Draw(t, "time")}},
				Watermarks: []event.QueryWatermark{{Column: "a", Delay: time.Duration(rapid.Int64().Draw(t, "delay"))}}},
				event.BatchStart{Query: q, Watermark: instant.Draw(t, "watermark")})
		}
		facts = append(facts, rapid.SliceOfN(one, 0, 40).Draw(t, "facts")...)
		f, err := Draw(rapid.SampledFrom([]Kind{Arrivals, Modes, Model, Delays, State}).Draw(t, "kind"), facts,
			Options{Language: rapid.SampledFrom([]message.Language{message.French, message.English}).Draw(t, "language")})
		if err != nil {
			return // refused, which is sound
		}
		require.Less(t, len(f.SVG()), 1<<20, "a figure is bounded")
		requireSound(t, f)
	})
}
