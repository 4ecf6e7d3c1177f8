package streaming

import (
	"slices"
	"time"

	"etincelle/engine/event"
)

// Verdict is what became of one row in one mode.
type Verdict struct {
	Counted []event.StateChange // groups that it changed
	Dropped []event.LateRow     // groups of it that came too late
}

// Late reports whether all of the row was dropped, Partly whether some was.
func (v Verdict) Late() bool   { return len(v.Dropped) > 0 && len(v.Counted) == 0 }
func (v Verdict) Partly() bool { return len(v.Dropped) > 0 && len(v.Counted) > 0 }

// Judge tells what a batch of this mode made of one of its rows. A group is the
// row's when its window holds the row's time and the columns of its key are the
// row's own.
func (q *Query) Judge(b *Batch, r Row) Verdict {
	var v Verdict
	for _, c := range b.changes {
		if c.What != "closed" && q.belongs(r, c.Key) {
			v.Counted = append(v.Counted, c)
		}
	}
	for _, late := range b.Late {
		for _, l := range late.Rows {
			if q.belongs(r, l.Row) || slices.Equal(l.Row, r.Cells) {
				v.Dropped = append(v.Dropped, l)
			}
		}
	}
	slices.SortStableFunc(v.Dropped, func(x, y event.LateRow) int { return compareKeys(x.Row, y.Row) })
	return v
}

func (q *Query) belongs(r Row, key []string) bool {
	said := false // something ties the row to the group
	for i, cell := range key {
		if w, is := SpanOf(cell); is {
			if r.At.IsZero() || !w.Holds(r.At) {
				return false
			}
			said = true
			continue
		}
		if i >= len(q.Columns) {
			continue
		}
		if at := slices.Index(r.Names, q.Columns[i]); at >= 0 && at < len(r.Cells) {
			if r.Cells[at] != cell {
				return false
			}
			said = true
		}
	}
	return said
}

// Remembers reports whether the query keeps anything from one batch to the next.
func (q *Query) Remembers() bool {
	return slices.ContainsFunc(q.Batches, func(b *Batch) bool { return len(b.State) > 0 })
}

// Delay is how long the query's watermark waits; with several, the longest.
func (q *Query) Delay() (d time.Duration, marked bool) {
	for _, w := range q.Watermarks {
		d = max(d, w.Delay)
	}
	return d, len(q.Watermarks) > 0
}

// settle computes once what every look at a batch asks for.
func (q *Query) settle(b *Batch) {
	for _, s := range b.State {
		b.changes = append(b.changes, s.Changes...)
	}
	slices.SortStableFunc(b.changes, func(x, y event.StateChange) int { return compareKeys(x.Key, y.Key) })
	if b.Dropped == 0 {
		return
	}
	for i := range b.Rows {
		v := q.Judge(b, b.Rows[i])
		b.Rows[i].Late, b.Rows[i].Partly = v.Late(), v.Partly()
	}
}
