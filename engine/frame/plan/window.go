package plan

import "etincelle/engine/frame/expr"

// Window adds columns that are computed for each row over rows around it. All
// calls of one Window have the same partition and order.
type Window struct {
	Unary
	Calls     []*expr.Alias // each of an *expr.WindowCall
	Partition []expr.Expr
	Order     []*expr.SortOrder
}

// Name implements Node.
func (w *Window) Name() string { return "Window" }

// Text implements Node.
func (w *Window) Text() string {
	text := "[" + expr.Texts(w.Calls) + "]"
	if len(w.Partition) > 0 {
		text += ", [" + expr.Texts(w.Partition) + "]"
	}
	if len(w.Order) > 0 {
		text += ", [" + expr.Texts(w.Order) + "]"
	}
	return text
}

// WithChildren implements Node.
func (w *Window) WithChildren(c []Node) Node { v := *w; v.Child = c[0]; return &v }

// Output implements Node.
func (w *Window) Output() []*expr.Attribute {
	out := append([]*expr.Attribute(nil), w.Child.Output()...)
	for _, call := range w.Calls {
		out = append(out, call.Attribute())
	}
	return out
}

// Exprs implements Node: the calls, the partition's keys, the order's.
func (w *Window) Exprs() []expr.Expr {
	return append(append(exprsOf(w.Calls), w.Partition...), exprsOf(w.Order)...)
}

// WithExprs implements Node.
func (w *Window) WithExprs(es []expr.Expr) Node {
	v := &Window{Unary: w.Unary, Partition: es[len(w.Calls) : len(w.Calls)+len(w.Partition)]}
	for _, e := range es[:len(w.Calls)] {
		v.Calls = append(v.Calls, e.(*expr.Alias))
	}
	v.Order = ordersOf(es[len(w.Calls)+len(w.Partition):])
	return v
}
