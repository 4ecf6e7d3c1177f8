package stream

import (
	"iter"
	"maps"
	"slices"
	"sync"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/lineage"
	"etincelle/engine/stream/watermark"
)

// eventTime watches the event times that pass: Spark's EventTimeWatermarkExec.
// Rows pass unchanged; what was seen moves the watermark when the batch ends.
type eventTime struct {
	physical.Unary
	of *plan.EventTimeWatermark
	at int // which of the query's watermarks

	watch *eventTimes
}

// eventTimes is what was seen in the batch under way, by partition: an attempt
// that runs again replaces the first.
type eventTimes struct {
	mu    sync.Mutex
	parts map[int]timesSeen
}

// timesSeen is what one task saw, and the row with the greatest time.
type timesSeen struct {
	watermark.Seen
	count    int64
	sum, min int64 // of microseconds
	row      column.Row
}

func (s *timesSeen) merge(more timesSeen) {
	if more.Any && (!s.Any || more.Max > s.Max) {
		s.row = more.row
	}
	if more.count > 0 && (s.count == 0 || more.min < s.min) {
		s.min = more.min
	}
	s.count += more.count
	s.sum += more.sum
	s.Merge(more.Seen)
}

func (e *eventTimes) begin() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.parts = map[int]timesSeen{}
}

// total is what all tasks saw; of rows with equal times the first partition's
// moved the watermark.
func (e *eventTimes) total() timesSeen {
	e.mu.Lock()
	defer e.mu.Unlock()
	var all timesSeen
	for _, p := range slices.Sorted(maps.Keys(e.parts)) {
		all.merge(e.parts[p])
	}
	return all
}

// Name implements physical.Operator.
func (e *eventTime) Name() string { return "EventTimeWatermark" }

// Text implements physical.Operator.
func (e *eventTime) Text() string { return e.of.Text() }

// WithChildren implements physical.Operator.
func (e *eventTime) WithChildren(c []physical.Operator) physical.Operator {
	with := *e
	with.Child = c[0]
	return &with
}

// Output implements physical.Operator: the column carries the delay from here on.
func (e *eventTime) Output() []*expr.Attribute {
	out := slices.Clone(e.Child.Output())
	for i, a := range out {
		if a.ID == e.of.Column.ID {
			with := *a
			with.Delay = &e.of.Delay
			out[i] = &with
		}
	}
	return out
}

// Run implements physical.Operator.
func (e *eventTime) Run(x *physical.Context) (*physical.Rows, error) {
	child, err := x.Run(e.Child)
	if err != nil {
		return nil, err
	}
	bound, err := expr.Bind(e.of.Column, e.Child.Output())
	if err != nil {
		return nil, err
	}
	e.watch.mu.Lock()
	parts := e.watch.parts
	e.watch.mu.Unlock()
	return physical.Narrow(child, "eventTimeWatermark", func(t *lineage.Task, p int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		var seen timesSeen
		for b := range in {
			t.Look()
			times, err := bound.Eval(b)
			if err != nil {
				return err
			}
			seen.look(times, b)
			if !emit(b) {
				break
			}
		}
		e.watch.mu.Lock()
		defer e.watch.mu.Unlock()
		parts[p] = seen
		return nil
	}), nil
}

// look takes in the event times of a batch: timestamps, or ends of windows.
func (s *timesSeen) look(times column.Column, b column.Batch) {
	null := times.Nulls()
	if windows, ok := times.(*column.Records); ok {
		times = windows.Fields[1] // start, end
	}
	top := -1
	for i, at := range times.(*column.Vector[int64]).Data {
		if null != nil && null[i] {
			continue
		}
		if !s.Any || at > s.Max {
			top = i
		}
		if s.count == 0 || at < s.min {
			s.min = at
		}
		s.count++
		s.sum += at / 1000 // in milliseconds: a sum of microseconds would overflow
		s.Add(at)
	}
	if top >= 0 {
		s.row = b.Row(top)
	}
}
