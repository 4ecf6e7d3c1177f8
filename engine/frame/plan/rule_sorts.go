package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// EliminateSorts drops sorts whose order nobody sees: below another sort, below an
// aggregation that does not depend on it, below a join.
var EliminateSorts = Rule{
	"EliminateSorts", "a sort whose order is lost again goes away",
	func(n Node) Node {
		return Down(n, func(n Node) Node {
			switch n := n.(type) {
			case *Sort:
				order := slices.DeleteFunc(slices.Clone(n.Order), func(o *expr.SortOrder) bool { return expr.Foldable(o.Child) })
				if len(order) == 0 {
					return n.Child
				}
				n = &Sort{n.Unary, order, n.Global}
				return n.WithChildren([]Node{unsorted(n.Child, n.Global)})
			case *Aggregate:
				if anyOrder(n) {
					return n.WithChildren([]Node{unsorted(n.Child, true)})
				}
			case *Join:
				return n.WithChildren([]Node{unsorted(n.Left, true), unsorted(n.Right, true)})
			case *RepartitionBy:
				return n.WithChildren([]Node{unsorted(n.Child, true)})
			case *Repartition:
				if n.Shuffle {
					return n.WithChildren([]Node{unsorted(n.Child, false)})
				}
			}
			return n
		})
	},
}

// unsorted is n without the sorts that stand at its top; a sort of all rows goes away
// only when it may. What deals rows out in turn keeps it, as in Spark.
func unsorted(n Node, global bool) Node {
	switch n := n.(type) {
	case *Sort:
		if global || !n.Global {
			return unsorted(n.Child, global)
		}
	case *Project, *Filter, *Repartition, *RepartitionBy:
		if child := unsorted(n.Children()[0], global); child != n.Children()[0] {
			return n.WithChildren([]Node{child})
		}
	}
	return n
}

// anyOrder reports whether an aggregation gives the same whatever the order of its
// rows.
func anyOrder(a *Aggregate) bool {
	for _, e := range a.List {
		for _, call := range callsIn(e) {
			switch call.Func.Name {
			case "count", "min", "max", "bool_and", "bool_or", "count_if", "approx_count_distinct":
			case "sum", "avg":
				if !call.Args[0].Type().Integral() {
					return false
				}
			default:
				return false
			}
		}
	}
	return true
}
