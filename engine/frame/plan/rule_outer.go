package plan

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// EliminateOuterJoin makes an outer join an inner one where the rows that have no
// partner are dropped above it.
var EliminateOuterJoin = Rule{
	"EliminateOuterJoin", "an outer join whose lonely rows are filtered out is an inner one",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			f, ok := n.(*Filter)
			if !ok {
				return n
			}
			j, ok := f.Child.(*Join)
			if !ok {
				return n
			}
			left, right := dropsNulls(f, j.Left), dropsNulls(f, j.Right)
			how := j.How
			switch {
			case how == FullOuter && left && right, how == LeftOuter && right, how == RightOuter && left:
				how = Inner
			case how == FullOuter && left:
				how = LeftOuter
			case how == FullOuter && right:
				how = RightOuter
			}
			if how == j.How {
				return n
			}
			k := *j
			k.How = how
			return f.WithChildren([]Node{&k})
		})
	},
}

// dropsNulls reports whether a filter drops rows whose columns of one input are
// all null.
func dropsNulls(f *Filter, input Node) bool {
	own := idsOf(input.Output()...)
	for _, e := range append(Conjuncts(f.Condition), notNulls(Conjuncts(f.Condition))...) {
		if refs := expr.References(e); len(refs) == 0 || !own.holds(e) || isVolatile(e) {
			continue
		}
		nothing := expr.Rewrite(e, func(e expr.Expr) expr.Expr {
			if a, ok := e.(*expr.Attribute); ok {
				return &expr.Literal{Of: a.Of}
			}
			return e
		})
		bound, err := expr.Bind(nothing, nil)
		if err != nil {
			continue
		}
		if c, err := bound.Eval(column.Batch{Rows: 1}); err == nil && (c.Null(0) || c.Value(0) == false) {
			return true
		}
	}
	return false
}
