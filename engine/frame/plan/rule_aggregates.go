package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// RemoveRedundantAggregates drops a grouping below another one that sees no
// difference: which only groups further, by the keys of the lower one. A grouping that
// only drops doubles goes away where there are none.
var RemoveRedundantAggregates = Rule{
	"RemoveRedundantAggregates", "a grouping below one by fewer keys goes away where doubles do not matter",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			upper, ok := n.(*Aggregate)
			if !ok {
				return n
			}
			if groupsOnly(upper) && uniqueBy(upper.Child, upper.Keys) {
				return NewProject(upper.List, upper.Child)
			}
			lower, ok := upper.Child.(*Aggregate)
			if !ok || len(lower.Keys) == 0 || !doublesDoNotMatter(upper) {
				return n
			}
			plain := ids{}
			var list []expr.Expr
			for _, e := range lower.List {
				if len(callsIn(e)) == 0 && !isVolatile(e) {
					plain.add(attributeOf(e))
					list = append(list, e)
				}
			}
			if !plain.holds(upper.Exprs()...) {
				return n
			}
			return &Aggregate{Unary{NewProject(list, lower.Child)}, upper.Keys, upper.List}
		})
	},
}

// doublesDoNotMatter reports whether an aggregation gives the same when rows come
// several times.
func doublesDoNotMatter(a *Aggregate) bool {
	return !slices.ContainsFunc(a.List, func(e expr.Expr) bool {
		return slices.ContainsFunc(callsIn(e), func(c *expr.AggregateCall) bool {
			return !c.Distinct && !slices.Contains(likeDoubles, c.Func.Name)
		})
	})
}

// likeDoubles are the functions that give the same when rows come several times. Spark
// counts first and last among them, which depend on the order of rows anyway.
var likeDoubles = []string{
	"min", "max", "bit_and", "bit_or", "bool_and", "bool_or", "collect_set",
	"first", "first_ignore_nulls", "last", "last_ignore_nulls",
}

// groupsOnly reports whether an aggregation gives its keys and nothing else.
func groupsOnly(a *Aggregate) bool {
	return len(a.Keys) > 0 && !slices.ContainsFunc(a.List, func(e expr.Expr) bool {
		if alias, ok := e.(*expr.Alias); ok {
			e = alias.Child
		}
		return !slices.ContainsFunc(a.Keys, func(key expr.Expr) bool { return expr.Equal(key, e) })
	})
}
