package plan

import "etincelle/engine/frame/expr"

// Aggregate is one row for each group of rows with equal keys: GROUP BY. Without
// keys there is one group, which has a row even when it is empty.
type Aggregate struct {
	Unary
	Keys []expr.Expr
	List []expr.Expr // of keys and aggregate calls; each an *expr.Attribute or an *expr.Alias
}

// Name implements Node.
func (a *Aggregate) Name() string { return "Aggregate" }

// Text implements Node.
func (a *Aggregate) Text() string {
	return "[" + expr.Texts(a.Keys) + "], [" + expr.Texts(a.List) + "]"
}

// WithChildren implements Node.
func (a *Aggregate) WithChildren(c []Node) Node { return &Aggregate{Unary{c[0]}, a.Keys, a.List} }

// Output implements Node.
func (a *Aggregate) Output() []*expr.Attribute { return attributesOf(a.List) }

// Exprs implements Node: the keys, then the list.
func (a *Aggregate) Exprs() []expr.Expr { return append(a.Keys[:len(a.Keys):len(a.Keys)], a.List...) }

// WithExprs implements Node.
func (a *Aggregate) WithExprs(es []expr.Expr) Node {
	return &Aggregate{a.Unary, es[:len(a.Keys)], es[len(a.Keys):]}
}

// Deduplicate keeps one row of each set of rows with equal keys.
type Deduplicate struct {
	Unary
	Keys []*expr.Attribute
}

// Name implements Node.
func (d *Deduplicate) Name() string { return "Deduplicate" }

// Text implements Node.
func (d *Deduplicate) Text() string { return "[" + expr.Texts(d.Keys) + "]" }

// WithChildren implements Node.
func (d *Deduplicate) WithChildren(c []Node) Node { return &Deduplicate{Unary{c[0]}, d.Keys} }

// Output implements Node.
func (d *Deduplicate) Output() []*expr.Attribute { return d.Child.Output() }

// Exprs implements Node.
func (d *Deduplicate) Exprs() []expr.Expr { return exprsOf(d.Keys) }

// WithExprs implements Node.
func (d *Deduplicate) WithExprs(es []expr.Expr) Node {
	keys := make([]*expr.Attribute, len(es))
	for i, e := range es {
		keys[i] = e.(*expr.Attribute)
	}
	return &Deduplicate{d.Unary, keys}
}

// Distinct keeps one row of each set of equal rows.
type Distinct struct {
	Unary
	NoExprs
}

// Name implements Node.
func (d *Distinct) Name() string { return "Distinct" }

// Text implements Node.
func (d *Distinct) Text() string { return "" }

// WithChildren implements Node.
func (d *Distinct) WithChildren(c []Node) Node { return &Distinct{Unary: Unary{c[0]}} }

// Output implements Node.
func (d *Distinct) Output() []*expr.Attribute { return d.Child.Output() }

// WithExprs implements Node.
func (d *Distinct) WithExprs([]expr.Expr) Node { return d }
