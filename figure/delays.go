package figure

import (
	"errors"
	"math"
	"slices"
	"time"

	"etincelle/grader/message"
	"etincelle/tui/model/streaming"
)

// What the delay of a watermark costs: how much comes too late for it, and how
// long a window waits. The queries are the same but for the delay. A window's
// wait is told in event time: the latest event time seen when the window closes,
// less the window's end. Of several modes the first is
// drawn.

func drawDelays(queries []query, w words) (drawing, []string, error) {
	var marked []*streaming.Query
	for _, q := range queries {
		if len(q.Watermarks) > 0 && (len(marked) == 0 || q.Mode == marked[0].Mode) {
			marked = append(marked, q.Query)
		}
	}
	delay := func(q *streaming.Query) time.Duration { d, _ := q.Delay(); return d }
	slices.SortStableFunc(marked, func(a, b *streaming.Query) int { return int(delay(a)/time.Microsecond - delay(b)/time.Microsecond) })
	if len(marked) < 2 || delay(marked[0]) == delay(marked[len(marked)-1]) {
		return nil, nil, errors.New("found no two queries whose watermarks wait differently long, expected the same query with two delays or more")
	}
	loss := panel{head: w.say(lossHead, nil)}
	wait := panel{head: w.say(waitHead, nil)}
	told := !slices.ContainsFunc(marked, func(q *streaming.Query) bool { _, whole := lostRows(q); return !whole })
	said := []string{list(loss.head, wait.head) + "."}
	for _, q := range marked {
		name := w.say(delayName, message.Facts{"delay": streaming.Delay(delay(q))})
		lost, _ := lostRows(q)
		if !told {
			lost = lostGroups(q)
		}
		waited, windows, open := waiting(q)
		loss.bar(name, lost, message.Number(w.language, lost))
		value := w.say(noneClosed, nil)
		if windows > 0 {
			value = streaming.Delay(rounded(waited)).In(w.language)
		}
		wait.bar(name, int64(waited/time.Second), value)
		said = append(said, w.sentence(name, w.say(delayFacts, message.Facts{"rows": lost, "wait": value, "closed": windows, "open": open}))+".")
	}
	f := barsFigure{heads: []string{w.say(modeText, message.Facts{"mode": mode(marked[0])})}, panels: [][]panel{{loss, wait}}}
	unit := lostRowsNote
	if !told {
		unit = lostGroupsNote
	}
	for _, text := range []message.Text{unit, waitNote, waitUnit} {
		f.notes = append(f.notes, w.say(text, nil))
	}
	return f, append(said, f.notes...), nil
}

// bar adds a bar.
func (p *panel) bar(name string, n int64, value string) {
	p.names, p.values, p.rows = append(p.names, name), append(p.values, value), append(p.rows, n)
	p.most = max(p.most, n)
}

// lostRows counts the rows that came too late for at least one of their windows;
// whole is false when the recording does not tell all of them.
func lostRows(q *streaming.Query) (lost int64, whole bool) {
	for _, b := range q.Batches {
		notes := int64(0)
		for _, late := range b.Late {
			notes += int64(len(late.Rows))
		}
		if b.Dropped > 0 && (notes < b.Dropped || int64(len(b.Rows)) < b.Count) {
			return 0, false
		}
		for _, r := range b.Rows {
			if r.Late || r.Partly {
				lost++
			}
		}
	}
	return lost, true
}

// lostGroups adds up what Spark calls numRowsDroppedByWatermark.
func lostGroups(q *streaming.Query) (lost int64) {
	for _, b := range q.Batches {
		lost += max(b.Dropped, 0)
	}
	return max(lost, 0)
}

// waiting is how long the windows of a query waited, on average: those that were
// closed, and how many never were.
func waiting(q *streaming.Query) (mean time.Duration, closed, open int) {
	sum := 0.0
	for _, w := range windowsOf(q) {
		if w.closed == nil || w.closed.Seen.IsZero() {
			open++
			continue
		}
		closed++
		sum += max(w.closed.Seen.Sub(w.End), 0).Seconds()
	}
	if closed == 0 {
		return 0, 0, open
	}
	return time.Duration(min(sum/float64(closed), math.MaxInt64/2e9) * float64(time.Second)), closed, open
}

// rounded is a duration as people say it: in seconds below two minutes, else in minutes.
func rounded(d time.Duration) time.Duration {
	if d < 2*time.Minute {
		return d.Round(time.Second)
	}
	return d.Round(time.Minute)
}
