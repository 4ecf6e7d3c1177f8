package streaming

import (
	"fmt"
	"slices"
	"time"

	"etincelle/engine/event"
)

// reader gathers the facts of queries into batches.
type reader struct {
	queries []*Query
	byID    map[int]*Query // of the session that the facts speak of
}

// Queries gathers all queries of a recording. A session's numbers begin again at 0.
func Queries(recording []event.Event) ([]*Query, error) {
	r := reader{byID: map[int]*Query{}}
	for i, e := range recording {
		if err := r.take(e); err != nil {
			return nil, fmt.Errorf("event %d: %w: %w", i+1, event.ErrRecording, err)
		}
	}
	for _, q := range r.queries {
		for _, b := range q.Batches {
			q.settle(b)
		}
	}
	return r.queries, nil
}

func (r *reader) take(e event.Event) error {
	if _, opens := e.(event.SessionStart); opens {
		r.byID = map[int]*Query{}
		return nil
	}
	if start, begins := e.(event.QueryStart); begins {
		if q := r.before(start); q != nil { // it goes on from its checkpoint
			r.byID[start.Query], q.Over = q, false
			return nil
		}
		q := &Query{QueryStart: start}
		r.queries, r.byID[start.Query] = append(r.queries, q), q
		return nil
	}
	number, is := event.QueryOf(e)
	if !is {
		return nil
	}
	q := r.byID[number]
	if q == nil {
		return fmt.Errorf("query %d has not begun", number)
	}
	return q.take(e)
}

// before is the query that goes on under a new number.
func (r *reader) before(start event.QueryStart) *Query {
	i := slices.IndexFunc(r.queries, func(q *Query) bool { return start.ID != "" && q.ID == start.ID && q.Mode == start.Mode })
	if i < 0 {
		return nil
	}
	return r.queries[i]
}

// take adds a fact to a query.
func (q *Query) take(e event.Event) error {
	switch e := e.(type) {
	case event.BatchStart:
		q.begin(e)
		return nil
	case event.QueryEnd:
		q.Over, q.Error = true, e.Error
		return nil
	}
	if len(q.Batches) == 0 {
		return fmt.Errorf("%s before a batch of query %d", e.Kind(), q.Query)
	}
	b := q.Batches[len(q.Batches)-1]
	switch e := e.(type) {
	case event.RowsArrived:
		return q.arrive(b, e)
	case event.RowsLate:
		b.Late, b.Dropped = append(b.Late, e), b.Dropped+e.Count
	case event.StateChanged:
		b.State = append(b.State, e)
	case event.WatermarkMoved:
		b.Moved, b.Next = &e, known(e.After)
		if e.At.After(b.Seen) {
			b.Seen = e.At
		}
	case event.RowsOut:
		b.Out = e
	case event.BatchEnd:
		b.Committed = true
	}
	return nil
}

// begin opens a batch. One that was not committed runs again in its place.
func (q *Query) begin(e event.BatchStart) {
	b := &Batch{Number: e.Batch, Reason: e.Reason, Watermark: known(e.Watermark), LateBy: known(e.LateBy), Next: known(e.Watermark)}
	if n := len(q.Batches); n > 0 {
		last := q.Batches[n-1]
		if last.Number == e.Batch {
			b.Again = last.Again + 1
			q.Batches, last = q.Batches[:n-1], nil
			if n > 1 {
				last = q.Batches[n-2]
			}
		}
		if last != nil {
			b.Read, b.Seen = last.Read, last.Seen
		}
	}
	q.Batches = append(q.Batches, b)
}

func (q *Query) arrive(b *Batch, e event.RowsArrived) error {
	if e.Source < 0 || e.Source >= len(q.Sources) {
		return fmt.Errorf("query %d has no source %d", q.Query, e.Source)
	}
	source := q.Sources[e.Source]
	for _, cells := range e.Rows {
		row := Row{Cells: cells, Names: source.Columns, time: source.Time}
		if row.time >= 0 && row.time < len(cells) {
			row.At, _ = TimeOf(cells[row.time])
			if row.At.After(b.Seen) {
				b.Seen = row.At
			}
		}
		b.Rows = append(b.Rows, row)
	}
	b.Count, b.Read = b.Count+e.Count, b.Read+e.Count
	return nil
}

// known is a watermark; the epoch, where each begins, is none yet.
func known(t time.Time) time.Time {
	if t.Unix() == 0 {
		return time.Time{}
	}
	return t
}
