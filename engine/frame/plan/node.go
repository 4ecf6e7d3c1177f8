package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// Node is one logical operator. It does not change: rules make another one.
type Node interface {
	// Name is Spark's: "Project".
	Name() string
	// Text is what plans write behind the name: "[carrier, n]".
	Text() string
	Children() []Node
	WithChildren([]Node) Node
	// Output is the attributes of the rows that it gives.
	Output() []*expr.Attribute
	// Exprs are the expressions inside; WithExprs takes as many, in the same order.
	Exprs() []expr.Expr
	WithExprs([]expr.Expr) Node
}

// Leaf is embedded by nodes without children.
type Leaf struct{}

// Children implements Node.
func (Leaf) Children() []Node { return nil }

// Unary is embedded by nodes with one child. WithChildren stays to be written.
type Unary struct{ Child Node }

// Children implements Node.
func (u Unary) Children() []Node { return []Node{u.Child} }

// Binary is embedded by nodes with two children.
type Binary struct{ Left, Right Node }

// Children implements Node.
func (b Binary) Children() []Node { return []Node{b.Left, b.Right} }

// NoExprs is embedded by nodes without expressions. WithExprs stays to be
// written: it returns the node.
type NoExprs struct{}

// Exprs implements Node.
func (NoExprs) Exprs() []expr.Expr { return nil }

// Up replaces nodes by what f makes of them, the leaves first.
func Up(n Node, f func(Node) Node) Node {
	return f(mapChildren(n, func(c Node) Node { return Up(c, f) }))
}

// Down replaces nodes by what f makes of them, the root first.
func Down(n Node, f func(Node) Node) Node {
	return mapChildren(f(n), func(c Node) Node { return Down(c, f) })
}

func mapChildren(n Node, f func(Node) Node) Node {
	children := n.Children()
	with := make([]Node, len(children))
	for i, c := range children {
		with[i] = f(c)
	}
	if slices.Equal(with, children) {
		return n
	}
	return n.WithChildren(with)
}

// MapExprs replaces the expressions inside n by what f makes of them.
func MapExprs(n Node, f func(expr.Expr) expr.Expr) Node {
	exprs := n.Exprs()
	with := make([]expr.Expr, len(exprs))
	for i, e := range exprs {
		with[i] = f(e)
	}
	if slices.Equal(with, exprs) {
		return n
	}
	return n.WithExprs(with)
}

// Any reports whether is holds of a node of the tree.
func Any(n Node, is func(Node) bool) bool {
	return is(n) || slices.ContainsFunc(n.Children(), func(c Node) bool { return Any(c, is) })
}

// ids are attributes as a set.
type ids map[expr.ID]bool

func idsOf(attributes ...*expr.Attribute) ids {
	set := ids{}
	for _, a := range attributes {
		set[a.ID] = true
	}
	return set
}

func (s ids) add(attributes ...*expr.Attribute) {
	for _, a := range attributes {
		s[a.ID] = true
	}
}

// holds reports whether every attribute that es read is in s.
func (s ids) holds(es ...expr.Expr) bool {
	for _, a := range expr.References(es...) {
		if !s[a.ID] {
			return false
		}
	}
	return true
}

// attributeOf is the column that an output expression makes.
func attributeOf(e expr.Expr) *expr.Attribute {
	if a, ok := e.(*expr.Alias); ok {
		return a.Attribute()
	}
	return e.(*expr.Attribute)
}

// attributesOf is attributeOf for a list.
func attributesOf(es []expr.Expr) []*expr.Attribute {
	made := make([]*expr.Attribute, len(es))
	for i, e := range es {
		made[i] = attributeOf(e)
	}
	return made
}

func exprsOf[E expr.Expr](es []E) []expr.Expr {
	list := make([]expr.Expr, len(es))
	for i, e := range es {
		list[i] = e
	}
	return list
}

func ordersOf(es []expr.Expr) []*expr.SortOrder {
	orders := make([]*expr.SortOrder, len(es))
	for i, e := range es {
		orders[i] = e.(*expr.SortOrder)
	}
	return orders
}
