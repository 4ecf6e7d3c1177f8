package physical

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// Filter keeps the rows for which the condition is true.
type Filter struct {
	Unary
	Condition expr.Expr
}

// Name implements Operator.
func (f *Filter) Name() string { return "Filter" }

// Text implements Operator.
func (f *Filter) Text() string { return f.Condition.String() }

// WithChildren implements Operator.
func (f *Filter) WithChildren(c []Operator) Operator { return &Filter{Unary{c[0]}, f.Condition} }

// Output implements Operator.
func (f *Filter) Output() []*expr.Attribute {
	sure := map[expr.ID]bool{}
	for _, part := range plan.Conjuncts(f.Condition) {
		for _, a := range plan.NotNull(part) {
			sure[a.ID] = true
		}
	}
	out := make([]*expr.Attribute, 0, len(f.Child.Output()))
	for _, a := range f.Child.Output() {
		out = append(out, a.WithNull(a.Null && !sure[a.ID]))
	}
	return out
}

// Run implements Operator.
func (f *Filter) Run(x *Context) (*Rows, error) {
	child, err := x.Run(f.Child)
	if err != nil {
		return nil, err
	}
	keep, err := keeper(f.Condition, f.Child.Output())
	if err != nil {
		return nil, err
	}
	return Each(child, "filter", keep), nil
}

// keeper is what leaves of a batch the rows for which a condition is true, and not
// null. The parts of the condition are tried one after the other, on what is left.
func keeper(condition expr.Expr, input []*expr.Attribute) (func(column.Batch) (column.Batch, error), error) {
	parts, err := expr.BindAll(plan.Conjuncts(condition), input)
	if err != nil {
		return nil, err
	}
	return func(b column.Batch) (column.Batch, error) {
		for _, part := range parts {
			truth, err := part.Eval(b)
			if err != nil {
				return b, err
			}
			b = b.Take(trueRows(truth))
		}
		return b, nil
	}, nil
}

// trueRows are the rows where a boolean column is true.
func trueRows(c column.Column) []int32 {
	truth, null := column.Data[bool](c), c.Nulls()
	rows := make([]int32, 0, len(truth))
	for i, yes := range truth {
		if yes && (null == nil || !null[i]) {
			rows = append(rows, int32(i))
		}
	}
	return rows
}

func planFilter(p *Planner, n plan.Node) (Operator, error) {
	f, ok := n.(*plan.Filter)
	if !ok {
		return nil, nil
	}
	child, err := p.Plan(f.Child)
	if err != nil {
		return nil, err
	}
	return &Filter{Unary{child}, f.Condition}, nil
}
