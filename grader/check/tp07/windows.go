package tp07

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercise 2: the count by windows, in three modes.

// threeModes is what came of one frame.
type threeModes struct{ Append, Update, Complete ran }

const (
	length = 20 * time.Minute
	slide  = 10 * time.Minute
	delay  = 15 * time.Minute
)

// ranInWindows reads the answer, and holds it against the events.
func ranInWindows(c check.Case, got evidence.Outcome, want check.Want) (came, wanted threeModes, update *query, findings []check.Finding) {
	if f := got.Failure; f != nil && slices.ContainsFunc(f.Texts, func(text string) bool {
		return strings.Contains(text, "UNRESOLVED_COLUMN") && strings.Contains(text, "`at`")
	}) {
		return came, wanted, nil, []check.Finding{{Key: check.WatermarkAfterGroupBy, Facts: message.Facts{"column": "at"}}}
	}
	came, wanted, findings = value[threeModes](got, want)
	if len(findings) > 0 {
		return came, wanted, nil, findings
	}
	all, rows := heard(got.InsideEvents), c.Source("events").Count()
	update = inMode(all, "update")
	findings = check.First(agrees(came.Complete, inMode(all, "complete"), rows), agrees(came.Update, update, rows),
		agrees(came.Append, inMode(all, "append"), rows))
	if len(findings) == 0 && came.Complete.Refused != "" {
		findings = []check.Finding{{Key: check.NotForAStream, Facts: message.Facts{"text": came.Complete.Refused}}}
	}
	return came, wanted, update, findings
}

// inWindows judges which windows a word is counted in: complete mode gives all of
// them, whatever the watermark.
func inWindows(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, _, findings := ranInWindows(c, got, want)
	if len(findings) > 0 {
		return findings
	}
	return windowsAlike(c, came, wanted)
}

func windowsAlike(c check.Case, came, wanted threeModes) []check.Finding {
	findings := byBatch(came.Complete, wanted.Complete, "complete")
	if len(findings) == 0 {
		return nil
	}
	for _, mistake := range []struct {
		key           check.Key
		length, slide time.Duration
		shift         time.Duration // of every event
	}{
		{check.Tumbling, length, length, 0}, {check.Tumbling, slide, slide, 0},
		{check.BoundsOffByOne, length, slide, -time.Nanosecond},
	} {
		made := counted(c, mistake.length, mistake.slide, mistake.shift)
		missing, extra := check.Difference(made, last(came.Complete))
		if len(missing)+len(extra) == 0 {
			findings[0].Key = mistake.key
			return findings
		}
	}
	return findings
}

// counted makes a known mistake on the case's events: windows of another kind.
func counted(c check.Case, length, slide, shift time.Duration) []json.RawMessage {
	counts := map[string]int{}
	for _, raw := range check.Flat(c.Source("events").Partitions) {
		var e struct {
			At   time.Time
			Word string
		}
		if json.Unmarshal(raw, &e) != nil {
			return nil
		}
		at := e.At.Add(shift)
		for start := at.Truncate(slide); at.Before(start.Add(length)); start = start.Add(-slide) {
			counts[fmt.Sprintf("%s–%s %s", start.Format("01-02 15:04"), start.Add(length).Format("15:04"), e.Word)]++
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

// finals judges append mode.
func finals(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, update, findings := ranInWindows(c, got, want)
	if len(findings) > 0 {
		return findings
	}
	findings = byBatch(came.Append, wanted.Append, "append")
	if came.Append.Refused == "" && len(findings) == 0 {
		return nil
	}
	if marked := watermarked(update, came.Append.Refused); len(marked) > 0 {
		return marked
	}
	if windows := windowsAlike(c, came, wanted); len(windows) > 0 {
		return windows
	}
	if came.Append.Refused != "" {
		return []check.Finding{{Key: check.NotForAStream, Facts: message.Facts{"text": came.Append.Refused}}}
	}
	return findings
}

// bounded judges update mode, and its state.
func bounded(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, update, findings := ranInWindows(c, got, want)
	if len(findings) > 0 {
		return findings
	}
	findings = byBatch(came.Update, wanted.Update, "update")
	if len(findings) == 0 {
		findings = forgets(came.Update, wanted.Update)
	}
	if len(findings) == 0 {
		return nil
	}
	return check.First(watermarked(update, came.Append.Refused), windowsAlike(c, came, wanted), findings)
}

// forgets judges how much is left in the state.
func forgets(got, want ran) []check.Finding {
	left := func(r ran) int64 {
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

// watermarked judges the watermark of a query: where it stands, on which column, and
// how long it waits. refused is what Spark said in append mode, if it refused.
func watermarked(q *query, refused string) []check.Finding {
	if q == nil {
		return nil
	}
	if len(q.start.Watermarks) == 0 {
		state := int64(0)
		if n := len(q.ids); n > 0 {
			state = q.state[q.ids[n-1]]
		}
		return []check.Finding{{Key: check.NoWatermark, Facts: message.Facts{"text": refused, "state": state}}}
	}
	mark := q.start.Watermarks[0]
	facts := message.Facts{"column": mark.Column, "minutes": int(mark.Delay / time.Minute), "wanted": int(delay / time.Minute)}
	sources := slices.ContainsFunc(q.start.Sources, func(s event.QuerySource) bool { return slices.Contains(s.Columns, mark.Column) })
	switch {
	case mark.Column == "at" && mark.Delay != delay:
		return []check.Finding{{Key: check.WatermarkOtherDelay, Facts: facts}}
	case mark.Column == "at":
		return nil
	case sources:
		return []check.Finding{{Key: check.WatermarkAside, Facts: facts}}
	case slices.Contains(q.start.Columns, mark.Column):
		return []check.Finding{{Key: check.WatermarkAfterGroupBy, Facts: facts}}
	}
	return []check.Finding{{Key: check.WatermarkOfNow, Facts: facts}}
}
