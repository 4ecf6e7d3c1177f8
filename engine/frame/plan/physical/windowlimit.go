package physical

import (
	"iter"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
)

// WindowGroupLimit keeps the rows of each partition of a window whose rank is at
// most N: before rows are moved (partial), and behind (final).
type WindowGroupLimit struct {
	Unary
	Of    *plan.WindowGroupLimit
	Final bool
}

// Name implements Operator.
func (w *WindowGroupLimit) Name() string { return "WindowGroupLimit" }

// Text implements Operator.
func (w *WindowGroupLimit) Text() string {
	if w.Final {
		return w.Of.Text() + ", Final"
	}
	return w.Of.Text() + ", Partial"
}

// WithChildren implements Operator.
func (w *WindowGroupLimit) WithChildren(c []Operator) Operator {
	return &WindowGroupLimit{Unary{c[0]}, w.Of, w.Final}
}

// Needs implements Operator.
func (w *WindowGroupLimit) Needs() []Need {
	need := Need{Sorted: append(orderBy(w.Of.Partition), w.Of.Order...)}
	if w.Final {
		need.Placed = Placed(w.Of.Partition)
	}
	return []Need{need}
}

// Run implements Operator.
func (w *WindowGroupLimit) Run(x *Context) (*Rows, error) {
	child, err := x.Run(w.Child)
	if err != nil {
		return nil, err
	}
	partition, err := expr.BindAll(w.Of.Partition, w.Child.Output())
	if err != nil {
		return nil, err
	}
	order, err := expr.BindAll(w.Of.Order, w.Child.Output())
	if err != nil {
		return nil, err
	}
	return Narrow(child, "window", func(t *lineage.Task, _ int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		r := ranking{of: w.Of}
		for batch := range in {
			t.Look()
			parts, err := expr.EvalAll(partition, batch)
			if err != nil {
				return err
			}
			keys, err := expr.EvalAll(order, batch)
			if err != nil {
				return err
			}
			if out := batch.Take(r.keep(parts, keys, batch.Rows)); out.Rows > 0 && !emit(out) {
				return nil
			}
		}
		return nil
	}), nil
}

// ranking follows the rank over batches: it remembers the row before. As in Spark
// it looks at the rank of the row before: a row beyond the limit still passes when
// the one before it does not tell that the limit was reached.
type ranking struct {
	of          *plan.WindowGroupLimit
	parts, keys []column.Column // of the batch before
	last        int             // its last row
	row, rank   int             // of the last row, from 1
}

// keep is the rows whose rank is at most the limit.
func (r *ranking) keep(parts, keys []column.Column, rows int) []int32 {
	var kept []int32
	for i := range rows {
		before, beforeKeys, at := parts, keys, i-1
		if i == 0 {
			before, beforeKeys, at = r.parts, r.keys, r.last
		}
		first := r.row == 0 || compareKeys(before, at, parts, i) != 0
		full := !first && r.full()
		if first {
			r.row, r.rank = 1, 1
		} else {
			r.row++
			r.next(compareKeys(beforeKeys, at, keys, i) == 0)
		}
		if !full {
			kept = append(kept, int32(i))
		}
	}
	r.parts, r.keys, r.last = parts, keys, rows-1
	return kept
}

// full reports whether the rank of the row before has reached the limit. Ranks
// that several rows can share are counted from 0 there.
func (r *ranking) full() bool {
	if r.of.Rank.Func.Name == "row_number" {
		return r.rank >= r.of.N
	}
	return r.rank-1 >= r.of.N
}

// next is the rank of the next row, which may be a peer of the one before.
func (r *ranking) next(peer bool) {
	switch {
	case r.of.Rank.Func.Name == "row_number":
		r.rank = r.row
	case peer:
	case r.of.Rank.Func.Name == "dense_rank":
		r.rank++
	default:
		r.rank = r.row
	}
}
