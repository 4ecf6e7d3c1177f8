package plan

import (
	"maps"

	"etincelle/engine/frame/expr"
)

// FoldablePropagation puts a constant in the place of a column that is that constant in
// every row, in all operators above the selection that made it.
var FoldablePropagation = Rule{
	"FoldablePropagation", "a column that is a constant becomes the constant",
	func(n Node) Node { n, _ = propagate(n); return n },
}

// constants are columns that are the same in every row, by what they are called.
type constants map[expr.ID]*expr.Alias

// propagate is n with constants put in, and those that its output has.
func propagate(n Node) (Node, constants) {
	children := n.Children()
	with, known := make([]Node, len(children)), make([]constants, len(children))
	same := true
	for i, c := range children {
		with[i], known[i] = propagate(c)
		same = same && with[i] == c
	}
	if !same {
		n = n.WithChildren(with)
	}
	switch n := n.(type) {
	case *Project:
		list := known[0].named(n.List)
		return NewProject(list, n.Child), constantsIn(list)
	case *Aggregate:
		list := known[0].named(n.List)
		return &Aggregate{n.Unary, known[0].in(n.Keys), list}, constantsIn(list)
	case *Filter, *Window, *Limit, *Sort, *Repartition, *RepartitionBy:
		return known[0].into(n), known[0]
	case *Distinct, *Generate, *Named, *Hinted:
		return n, known[0]
	case *Join:
		return constantsOfJoin(n, known[0], known[1])
	}
	return n, nil
}

// constantsOfJoin leaves out those of a side whose rows may be null instead.
func constantsOfJoin(j *Join, left, right constants) (Node, constants) {
	both := maps.Clone(left)
	if both == nil {
		both = constants{}
	}
	maps.Copy(both, right)
	put := both.into(j)
	switch j.How {
	case LeftOuter, LeftSemi, LeftAnti:
		return put, left
	case RightOuter:
		return put, right
	case FullOuter:
		return put, nil
	}
	return put, both
}

func constantsIn(list []expr.Expr) constants {
	found := constants{}
	for _, e := range list {
		if a, ok := e.(*expr.Alias); ok && expr.Foldable(a.Child) && !isVolatile(a) {
			found[a.ID] = a
		}
	}
	return found
}

// into puts constants into the expressions of an operator whose columns are its child's.
func (c constants) into(n Node) Node {
	if len(c) == 0 {
		return n
	}
	return MapExprs(n, c.put)
}

// in puts constants into expressions.
func (c constants) in(es []expr.Expr) []expr.Expr {
	with := make([]expr.Expr, len(es))
	for i, e := range es {
		with[i] = c.put(e)
	}
	return with
}

// named puts constants into a list of output columns, which keep their names.
func (c constants) named(list []expr.Expr) []expr.Expr {
	with := make([]expr.Expr, len(list))
	for i, e := range list {
		if a, ok := e.(*expr.Attribute); ok && c[a.ID] != nil {
			with[i] = &expr.Alias{Child: c[a.ID].Child, Name: a.Name, ID: a.ID}
			continue
		}
		with[i] = c.put(e)
	}
	return with
}

func (c constants) put(e expr.Expr) expr.Expr {
	if len(c) == 0 {
		return e
	}
	return expr.Rewrite(e, func(e expr.Expr) expr.Expr {
		if a, ok := e.(*expr.Attribute); ok && c[a.ID] != nil {
			return c[a.ID].Child
		}
		return e
	})
}
