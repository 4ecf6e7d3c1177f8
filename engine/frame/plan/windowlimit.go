package plan

import (
	"strconv"

	"etincelle/engine/frame/expr"
)

// WindowGroupLimit keeps the rows of each partition whose rank is at most N: what a
// filter above a window will keep anyway, dropped before rows are moved.
type WindowGroupLimit struct {
	Unary
	Partition []expr.Expr
	Order     []*expr.SortOrder
	Rank      *expr.RankCall
	N         int
}

// Name implements Node.
func (w *WindowGroupLimit) Name() string { return "WindowGroupLimit" }

// Text implements Node.
func (w *WindowGroupLimit) Text() string {
	partition := ""
	if len(w.Partition) > 0 {
		partition = "[" + expr.Texts(w.Partition) + "], "
	}
	return partition + "[" + expr.Texts(w.Order) + "], " + w.Rank.PlanText(w.Order) + ", " + strconv.Itoa(w.N)
}

// WithChildren implements Node.
func (w *WindowGroupLimit) WithChildren(c []Node) Node { v := *w; v.Child = c[0]; return &v }

// Output implements Node.
func (w *WindowGroupLimit) Output() []*expr.Attribute { return w.Child.Output() }

// Exprs implements Node: the partition's keys, then the order's.
func (w *WindowGroupLimit) Exprs() []expr.Expr {
	return append(w.Partition[:len(w.Partition):len(w.Partition)], exprsOf(w.Order)...)
}

// WithExprs implements Node.
func (w *WindowGroupLimit) WithExprs(es []expr.Expr) Node {
	v := *w
	v.Partition, v.Order = es[:len(w.Partition)], ordersOf(es[len(w.Partition):])
	return &v
}
