package queries

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/message"
)

// Windows is what an exercise asks of a count by windows.
type Windows struct {
	Column               string // of the events' times
	Length, Slide, Delay time.Duration
	// Event reads a row of the case: its time, and what it is counted by.
	Event func(row json.RawMessage) (at time.Time, key string, err error)
}

func (w Windows) facts() message.Facts {
	return message.Facts{"length": int(w.Length / time.Minute), "slide": int(w.Slide / time.Minute), "windows": int(w.Length / w.Slide)}
}

// Alike judges which windows an event is counted in, by a table of them all.
func (w Windows) Alike(source check.Source, came, wanted Ran, mode string) []check.Finding {
	findings := ByBatch(came, wanted, mode)
	if len(findings) == 0 {
		return nil
	}
	for _, mistake := range []struct {
		key           check.Key
		length, slide time.Duration
		shift         time.Duration // of every event
	}{
		{check.Tumbling, w.Length, w.Length, 0}, {check.Tumbling, w.Slide, w.Slide, 0},
		{check.BoundsOffByOne, w.Length, w.Slide, -time.Nanosecond},
	} {
		made := w.counted(source, mistake.length, mistake.slide, mistake.shift)
		missing, extra := check.Difference(made, Last(came))
		if len(missing)+len(extra) == 0 {
			findings[0].Key = mistake.key
			for name, fact := range w.facts() {
				findings[0].Facts[name] = fact
			}
			return findings
		}
	}
	return findings
}

// Counts is the counts of the case's events, whole windows of them.
func (w Windows) Counts(source check.Source) []json.RawMessage {
	return w.counted(source, w.Length, w.Slide, 0)
}

// counted makes a known mistake on the case's events: windows of another kind.
func (w Windows) counted(source check.Source, length, slide, shift time.Duration) []json.RawMessage {
	counts := map[string]int{}
	for _, raw := range check.Flat(source.Partitions) {
		at, key, err := w.Event(raw)
		if err != nil {
			return nil
		}
		at = at.Add(shift)
		for start := at.Truncate(slide); at.Before(start.Add(length)); start = start.Add(-slide) {
			counts[fmt.Sprintf("%s–%s %s", start.Format("01-02 15:04"), start.Add(length).Format("15:04"), key)]++
		}
	}
	var rows []json.RawMessage
	for key, n := range counts {
		row, err := json.Marshal(struct {
			Key   string
			Value int
		}{key, n})
		if err != nil {
			return nil
		}
		rows = append(rows, row)
	}
	return rows
}

// Forgets judges how much is left in the state.
func Forgets(got, want Ran) []check.Finding {
	left := func(r Ran) int64 {
		if len(r.Batches) == 0 {
			return 0
		}
		return r.Batches[len(r.Batches)-1].State
	}
	if left(got) <= left(want) {
		return nil
	}
	return []check.Finding{{Key: check.StateGrows, Facts: message.Facts{"state": left(got), "wanted": left(want)}}}
}

// Watermarked judges the watermark of a query: where it stands, on which column, and
// how long it waits. refused is what Spark said in append mode, if it refused.
func (w Windows) Watermarked(q *Query, refused string) []check.Finding {
	if q == nil {
		return nil
	}
	if len(q.Start.Watermarks) == 0 {
		state := int64(0)
		if n := len(q.IDs); n > 0 {
			state = q.State[q.IDs[n-1]]
		}
		return []check.Finding{{Key: check.NoWatermark, Facts: message.Facts{"text": refused, "state": state}}}
	}
	mark := q.Start.Watermarks[0]
	facts := message.Facts{"column": mark.Column, "over": w.Column, "minutes": int(mark.Delay / time.Minute), "wanted": int(w.Delay / time.Minute)}
	sources := slices.ContainsFunc(q.Start.Sources, func(s event.QuerySource) bool { return slices.Contains(s.Columns, mark.Column) })
	switch {
	case mark.Column == w.Column && mark.Delay != w.Delay:
		return []check.Finding{{Key: check.WatermarkOtherDelay, Facts: facts}}
	case mark.Column == w.Column:
		return nil
	case sources:
		return []check.Finding{{Key: check.WatermarkAside, Facts: facts}}
	case slices.Contains(q.Start.Columns, mark.Column):
		return []check.Finding{{Key: check.WatermarkAfterGroupBy, Facts: facts}}
	}
	return []check.Finding{{Key: check.WatermarkOfNow, Facts: facts}}
}

// MarkedTooLate tells of a watermark on a column that the grouping has left out.
func (w Windows) MarkedTooLate(texts []string) []check.Finding {
	if !slices.ContainsFunc(texts, func(text string) bool {
		return strings.Contains(text, "UNRESOLVED_COLUMN") && strings.Contains(text, "`"+w.Column+"`")
	}) {
		return nil
	}
	return []check.Finding{{Key: check.WatermarkAfterGroupBy, Facts: message.Facts{"column": w.Column}}}
}
