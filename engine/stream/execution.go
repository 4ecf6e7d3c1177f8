package stream

import (
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/stream/analyze"
	"etincelle/engine/stream/operator"
	"etincelle/engine/stream/state"
	"etincelle/engine/stream/watermark"
)

// execution is the physical plan of a query, made once, and what its operators
// share in the batch under way.
type execution struct {
	mode       operator.Mode
	partitions int // of the state
	root       physical.Operator
	scans      []*streamScan
	marks      []*eventTime
	operators  []*stateful // by number
	stores     *state.Provider

	instances []*operator.Instance // of the batch under way, by number
}

// watermarks is a watermark as it comes to each stateful operator.
type watermarks []int64

// propagate brings a watermark down the plan: through a join it comes later than
// into it, and a union waits for its slowest input. An operator that none comes to
// has 0: nothing is ever behind it.
func (e *execution) propagate(w int64) watermarks {
	in := make(watermarks, len(e.operators))
	e.comes(e.root, w, in)
	return in
}

// comes is the watermark behind op; ok is false when there is none.
func (e *execution) comes(op physical.Operator, w int64, in watermarks) (out int64, ok bool) {
	for _, child := range op.Children() {
		if c, has := e.comes(child, w, in); has && (!ok || c < out) {
			out, ok = c, true
		}
	}
	switch op := op.(type) {
	case *eventTime:
		return w, true
	case *stateful:
		in[op.number] = max(out, 0)
		if !ok {
			in[op.number] = 0
			return 0, false
		}
		return op.passes(out)
	}
	return out, ok
}

// redefined refuses a watermark above another one: which of them holds? Spark
// notices after the first batch.
func (e *execution) redefined() error {
	for _, m := range e.marks {
		below := false
		physical.Walk(m.Child, func(op physical.Operator) bool {
			_, mark := op.(*eventTime)
			below = below || mark
			return !below
		})
		if below {
			return &analyze.Refusal{Class: "_LEGACY_ERROR_TEMP_3076", Message: "Redefining watermark is disallowed. You can set the config 'spark.sql.streaming.statefulOperator.allowMultiple' to 'false' to restore the previous behavior. Note that multiple stateful operators will be disallowed.", Advice: analyze.Advice{
				French:  "N'appelez WithWatermark qu'une fois pour chaque flux.",
				English: "Call WithWatermark once for each stream.",
			}}
		}
	}
	return nil
}

// again reports whether a batch without rows is worth running, when the watermark
// goes from w to next.
func (e *execution) again(w, next int64) bool {
	now, then := e.propagate(w), e.propagate(next)
	for i, op := range e.operators {
		if op.again(now[i], then[i]) {
			return true
		}
	}
	return false
}

// begin prepares the operators for a batch.
func (e *execution) begin(version, late, evict, now int64) {
	lateBy, evictBy := e.propagate(late), e.propagate(evict)
	e.instances = make([]*operator.Instance, len(e.operators))
	for i := range e.operators {
		e.instances[i] = &operator.Instance{
			Number: i, Version: version, Mode: e.mode, LateBy: lateBy[i], EvictBy: evictBy[i], Now: now, Stores: e.stores,
		}
	}
	for _, m := range e.marks {
		m.watch.begin()
	}
}

// seen is what each watermark operator saw in the batch.
func (e *execution) seen() (seen []watermark.Seen, all []timesSeen) {
	for _, m := range e.marks {
		total := m.watch.total()
		seen, all = append(seen, total.Seen), append(all, total)
	}
	return seen, all
}

// delays are those of the watermarks, in milliseconds.
func (e *execution) delays() []int64 {
	var delays []int64
	for _, m := range e.marks {
		delays = append(delays, m.of.Delay.Milliseconds())
	}
	return delays
}

// topFirst is the stateful operators as progress reports list them: the top of
// the plan first.
func (e *execution) topFirst() []*stateful {
	var list []*stateful
	physical.Walk(e.root, func(op physical.Operator) bool {
		if s, ok := op.(*stateful); ok {
			list = append(list, s)
		}
		return true
	})
	return list
}

// placeOf is where a column is among columns, -1 when it is not there.
func placeOf(a *expr.Attribute, columns []*expr.Attribute) int {
	for i, c := range columns {
		if a != nil && c.ID == a.ID {
			return i
		}
	}
	return -1
}
