package plan

import "etincelle/engine/frame/expr"

// Named gives its child's columns a table's name to be called by: FROM child AS name.
type Named struct {
	Unary
	NoExprs
	As string
}

// Name implements Node.
func (n *Named) Name() string { return "SubqueryAlias" }

// Text implements Node.
func (n *Named) Text() string { return n.As }

// WithChildren implements Node.
func (n *Named) WithChildren(c []Node) Node { return &Named{Unary: Unary{c[0]}, As: n.As} }

// Output implements Node.
func (n *Named) Output() []*expr.Attribute {
	out := make([]*expr.Attribute, len(n.Child.Output()))
	for i, a := range n.Child.Output() {
		b := *a
		b.Table = n.As
		out[i] = &b
	}
	return out
}

// WithExprs implements Node.
func (n *Named) WithExprs([]expr.Expr) Node { return n }
