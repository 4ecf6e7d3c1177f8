package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// PullOutGroupingExpressions computes keys that are not columns below the
// aggregation, so that they are computed once.
var PullOutGroupingExpressions = Rule{
	"PullOutGroupingExpressions", "a key that is computed becomes a column below",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			a, ok := n.(*Aggregate)
			if !ok {
				return n
			}
			below := exprsOf(a.Child.Output())
			keys := slices.Clone(a.Keys)
			made := map[int]*expr.Alias{}
			for i, k := range keys {
				if _, column := k.(*expr.Attribute); column || expr.Foldable(k) {
					continue
				}
				made[i] = expr.NewAlias(k, "_groupingexpression")
				below = append(below, made[i])
				keys[i] = made[i].Attribute()
			}
			if len(made) == 0 {
				return n
			}
			list := make([]expr.Expr, len(a.List))
			for i, e := range a.List {
				list[i] = withKeys(e, a.Keys, keys)
			}
			return &Aggregate{Unary{NewProject(below, a.Child)}, keys, list}
		})
	},
}

// withKeys is e with new keys in place of the old ones; not inside of aggregate
// calls, which read rows.
func withKeys(e expr.Expr, old, with []expr.Expr) expr.Expr {
	for i, k := range old {
		if expr.Equal(k, e) {
			return with[i]
		}
	}
	children := e.Children()
	if isAggregate(e) || len(children) == 0 {
		return e
	}
	replaced := make([]expr.Expr, len(children))
	for i, c := range children {
		replaced[i] = withKeys(c, old, with)
	}
	return e.With(replaced)
}

// RemoveRepetitionFromGroupExpressions drops keys that are there twice.
var RemoveRepetitionFromGroupExpressions = Rule{
	"RemoveRepetitionFromGroupExpressions", "a key that is there twice is one",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			a, ok := n.(*Aggregate)
			if !ok {
				return n
			}
			if keys := union(nil, a.Keys); len(keys) < len(a.Keys) {
				return &Aggregate{a.Unary, keys, a.List}
			}
			return n
		})
	},
}

// callsIn are the aggregate calls inside e.
func callsIn(e expr.Expr) []*expr.AggregateCall {
	var calls []*expr.AggregateCall
	expr.Walk(e, func(e expr.Expr) bool {
		call, ok := e.(*expr.AggregateCall)
		if ok {
			calls = append(calls, call)
		}
		return !ok
	})
	return calls
}
