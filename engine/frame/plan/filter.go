package plan

import "etincelle/engine/frame/expr"

// Filter keeps the rows for which the condition is true: WHERE.
type Filter struct {
	Unary
	Condition expr.Expr
}

// NewFilter is the rows of child that fulfil condition.
func NewFilter(condition expr.Expr, child Node) *Filter { return &Filter{Unary{child}, condition} }

// Name implements Node.
func (f *Filter) Name() string { return "Filter" }

// Text implements Node.
func (f *Filter) Text() string { return f.Condition.String() }

// WithChildren implements Node.
func (f *Filter) WithChildren(c []Node) Node { return &Filter{Unary{c[0]}, f.Condition} }

// Output implements Node: what the condition says is not null, is not.
func (f *Filter) Output() []*expr.Attribute {
	sure := ids{}
	for _, part := range Conjuncts(f.Condition) {
		sure.add(NotNull(part)...)
	}
	out := make([]*expr.Attribute, 0, len(f.Child.Output()))
	for _, a := range f.Child.Output() {
		out = append(out, a.WithNull(a.Null && !sure[a.ID]))
	}
	return out
}

// Exprs implements Node.
func (f *Filter) Exprs() []expr.Expr { return []expr.Expr{f.Condition} }

// WithExprs implements Node.
func (f *Filter) WithExprs(es []expr.Expr) Node { return &Filter{f.Unary, es[0]} }

// Conjuncts are the parts of a condition between its ANDs.
func Conjuncts(e expr.Expr) []expr.Expr {
	if expr.Is(e, "and") {
		return append(Conjuncts(e.Children()[0]), Conjuncts(e.Children()[1])...)
	}
	return []expr.Expr{e}
}

// Both is parts joined by AND; nil when there is none.
func Both(parts []expr.Expr) expr.Expr {
	var all expr.Expr
	for _, p := range parts {
		if all == nil {
			all = p
			continue
		}
		all = expr.Must("and", all, p)
	}
	return all
}

// NotNull are the attributes that a condition says are not null.
func NotNull(e expr.Expr) []*expr.Attribute {
	if a, ok := firstChild(e).(*expr.Attribute); ok && expr.Is(e, "isnotnull") {
		return []*expr.Attribute{a}
	}
	return nil
}

func firstChild(e expr.Expr) expr.Expr {
	if c := e.Children(); len(c) > 0 {
		return c[0]
	}
	return nil
}
