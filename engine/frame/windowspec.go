package frame

import "etincelle/engine/frame/expr"

// RowNumber numbers the rows of a window's partition, from 1.
func RowNumber() Expr { return Call("row_number") }

// Rank is RowNumber with the same number for rows that the order does not tell
// apart, and a gap behind them.
func Rank() Expr { return Call("rank") }

// DenseRank is Rank without gaps.
func DenseRank() Expr { return Call("dense_rank") }

// Lag is the value some rows before, null when there is none.
func Lag(e Expr, rows int) Expr { return Call("lag", e, Lit(rows)) }

// Lead is the value some rows after, null when there is none.
func Lead(e Expr, rows int) Expr { return Call("lead", e, Lit(rows)) }

// Spec is the rows that a window function sees around each row.
type Spec struct {
	spec expr.WindowSpec
	err  error
}

// PartitionBy starts a spec: only rows with equal keys see each other.
func PartitionBy(keys ...Expr) Spec {
	var s Spec
	for _, k := range keys {
		s.spec.Partition = append(s.spec.Partition, k.node)
		s.note(k.err)
	}
	return s
}

// OrderBy orders the rows of each partition. An aggregate then sees the rows up to
// the current one and its peers.
func (s Spec) OrderBy(keys ...Expr) Spec {
	s.spec.Order = nil
	for _, k := range keys {
		s.spec.Order = append(s.spec.Order, sortOf(k.node))
		s.note(k.err)
	}
	return s
}

// The first and the last row of a partition, for RowsBetween and RangeBetween.
const (
	UnboundedPreceding = expr.UnboundedPreceding
	UnboundedFollowing = expr.UnboundedFollowing
	CurrentRow         = int64(0)
)

// RowsBetween limits the rows seen to those from start to end, counted from the
// current one: -1 is the row before.
func (s Spec) RowsBetween(start, end int64) Spec {
	s.spec.Frame = &expr.WindowFrame{Rows: true, Start: start, End: end}
	return s
}

// RangeBetween is RowsBetween by the value of the one key of the order.
func (s Spec) RangeBetween(start, end int64) Spec {
	s.spec.Frame = &expr.WindowFrame{Start: start, End: end}
	return s
}

func (s *Spec) note(err error) {
	if s.err == nil {
		s.err = err
	}
}

// Over computes a window function or an aggregate for each row, over the rows of a
// spec around it.
func (e Expr) Over(s Spec) Expr {
	if e.err == nil {
		e.err = s.err
	}
	return e.with(expr.Over{Call: e.node, Spec: s.spec})
}
