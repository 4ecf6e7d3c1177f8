package plan

import "etincelle/engine/frame/expr"

// Generate gives several rows for one: the columns of its child, and those that
// a generator makes.
type Generate struct {
	Unary
	Generator *expr.Explode
	Made      []*expr.Attribute
	Keep      []*expr.Attribute // the child's columns that are needed
}

// Name implements Node.
func (g *Generate) Name() string { return "Generate" }

// Text implements Node.
func (g *Generate) Text() string {
	return g.Generator.String() + ", [" + expr.Texts(g.Made) + "]"
}

// WithChildren implements Node.
func (g *Generate) WithChildren(c []Node) Node { h := *g; h.Child = c[0]; return &h }

// Output implements Node.
func (g *Generate) Output() []*expr.Attribute {
	return append(g.Keep[:len(g.Keep):len(g.Keep)], g.Made...)
}

// Exprs implements Node.
func (g *Generate) Exprs() []expr.Expr { return []expr.Expr{g.Generator} }

// WithExprs implements Node.
func (g *Generate) WithExprs(es []expr.Expr) Node {
	h := *g
	h.Generator = es[0].(*expr.Explode)
	return &h
}

// Expand gives one row for each list, computed from one row of its child: the
// windows that a row is in.
type Expand struct {
	Unary
	Lists [][]expr.Expr
	Made  []*expr.Attribute
}

// Name implements Node.
func (e *Expand) Name() string { return "Expand" }

// Text implements Node.
func (e *Expand) Text() string {
	text := "["
	for i, list := range e.Lists {
		if i > 0 {
			text += ", "
		}
		text += "[" + expr.Texts(list) + "]"
	}
	return text + "], [" + expr.Texts(e.Made) + "]"
}

// WithChildren implements Node.
func (e *Expand) WithChildren(c []Node) Node { return &Expand{Unary{c[0]}, e.Lists, e.Made} }

// Output implements Node.
func (e *Expand) Output() []*expr.Attribute { return e.Made }

// Exprs implements Node.
func (e *Expand) Exprs() []expr.Expr {
	var all []expr.Expr
	for _, list := range e.Lists {
		all = append(all, list...)
	}
	return all
}

// WithExprs implements Node.
func (e *Expand) WithExprs(es []expr.Expr) Node {
	f := &Expand{Unary: e.Unary, Made: e.Made}
	for _, list := range e.Lists {
		f.Lists = append(f.Lists, es[:len(list)])
		es = es[len(list):]
	}
	return f
}
