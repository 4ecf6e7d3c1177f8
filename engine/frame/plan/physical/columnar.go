package physical

import (
	"slices"
)

// ColumnarToRow stands where Spark goes from columns to rows. Ours stay in columns:
// it does nothing, and the plan reads like Spark's.
type ColumnarToRow struct{ Unary }

// Name implements Operator.
func (c *ColumnarToRow) Name() string { return "ColumnarToRow" }

// Text implements Operator.
func (c *ColumnarToRow) Text() string { return "" }

// WithChildren implements Operator.
func (c *ColumnarToRow) WithChildren(children []Operator) Operator {
	return &ColumnarToRow{Unary{children[0]}}
}

// Run implements Operator.
func (c *ColumnarToRow) Run(x *Context) (*Rows, error) { return x.Run(c.Child) }

// insertTransitions puts a ColumnarToRow where an operator of Spark's that works on
// rows stands on one that gives columns.
func insertTransitions(op Operator) Operator {
	op = transitionsBelow(op, map[Operator]Operator{})
	if columnar(op) {
		return &ColumnarToRow{Unary{op}}
	}
	return op
}

// transitionsBelow rebuilds op; made has each operator that was rebuilt before, so that
// an exchange read twice stays one. The plan has the exchange before who reads it again.
func transitionsBelow(op Operator, made map[Operator]Operator) Operator {
	if reused, ok := op.(*ReusedExchange); ok && made[reused.Of] != nil {
		again := *reused
		again.Of = made[reused.Of]
		return &again
	}
	children := op.Children()
	with := make([]Operator, len(children))
	for i, c := range children {
		if with[i] = transitionsBelow(c, made); columnar(with[i]) && !columnar(op) {
			with[i] = &ColumnarToRow{Unary{with[i]}}
		}
	}
	if slices.Equal(with, children) {
		return op
	}
	made[op] = op.WithChildren(with)
	return made[op]
}

// columnar reports whether Spark's operator gives columns: scans of formats that
// hold columns, and unions of nothing else.
func columnar(op Operator) bool {
	switch o := op.(type) {
	case *FileScan:
		return o.Table.Columnar()
	case *Union:
		return !slices.ContainsFunc(o.Inputs, func(c Operator) bool { return !columnar(c) })
	}
	return false
}
