package plan

import (
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// EliminateOuterJoin makes an outer join an inner one where the rows that have no
// partner are dropped above it. It drops one whose other side only repeats rows, where
// nobody reads that side's columns and repetitions do not matter.
var EliminateOuterJoin = Rule{
	"EliminateOuterJoin", "an outer join whose lonely rows are filtered out is an inner one",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			switch n := n.(type) {
			case *Aggregate:
				return withoutRepeats(n)
			case *Project:
				return withoutSide(n)
			}
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

// withoutRepeats reads one side of an outer join where rows that come several times
// change nothing.
func withoutRepeats(a *Aggregate) Node {
	if !doublesDoNotMatter(a) {
		return a
	}
	if p, ok := a.Child.(*Project); ok {
		if side := onlySide(p.Child, p.List); side != nil {
			return a.WithChildren([]Node{p.WithChildren([]Node{side})})
		}
		return a
	}
	if side := onlySide(a.Child, a.Exprs()); side != nil {
		return a.WithChildren([]Node{side})
	}
	return a
}

// withoutSide reads one side of an outer join whose other side repeats no row.
func withoutSide(p *Project) Node {
	side := onlySide(p.Child, p.List)
	if side == nil {
		return p
	}
	j := p.Child.(*Join)
	keys := EquiJoinOf(j)
	if len(keys.Left) == 0 || j.How == LeftOuter && !uniqueBy(j.Right, keys.Right) || j.How == RightOuter && !uniqueBy(j.Left, keys.Left) {
		return p
	}
	return p.WithChildren([]Node{side})
}

// onlySide is the side of an outer join that keeps all its rows, when es read no other.
func onlySide(n Node, es []expr.Expr) Node {
	j, ok := n.(*Join)
	if !ok || slices.ContainsFunc(es, isVolatile) || Streaming(j) {
		return nil
	}
	side := j.Left
	switch j.How {
	case LeftOuter:
	case RightOuter:
		side = j.Right
	default:
		return nil
	}
	if !idsOf(side.Output()...).holds(es...) {
		return nil
	}
	return side
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
