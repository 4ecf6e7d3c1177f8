package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// PushDownLeftSemiAntiJoin moves joins that only choose among their left rows towards
// the sources, as it moves conditions. Below an aggregation it moves them only when the
// right side is at most broadcast bytes: otherwise they would shuffle more rows.
func PushDownLeftSemiAntiJoin(broadcast int64) Rule {
	return Rule{
		"PushDownLeftSemiAntiJoin", "a join that only chooses among its left rows moves below what does not change its choice",
		func(n Node) Node {
			return Down(n, func(n Node) Node { return pushSemi(n, broadcast) })
		},
	}
}

func pushSemi(n Node, broadcast int64) Node {
	j, ok := n.(*Join)
	if !ok || j.How != LeftSemi && j.How != LeftAnti || Streaming(j) {
		return n
	}
	over := func(left Node, condition expr.Expr) Node {
		return pushSemi(&Join{Binary{left, j.Right}, j.How, condition, j.Hint}, broadcast)
	}
	right := idsOf(j.Right.Output()...)
	clash := func(left Node) bool {
		return slices.ContainsFunc(left.Output(), func(a *expr.Attribute) bool { return right.holds(a) })
	}
	reads := func(columns ids) bool { // the condition, of the left side: these alone
		return j.Condition != nil && !slices.ContainsFunc(expr.References(j.Condition), func(a *expr.Attribute) bool {
			return !columns.holds(a) && !right.holds(a)
		})
	}
	switch below := j.Left.(type) {
	case *Project:
		if j.Condition == nil || slices.ContainsFunc(below.List, isVolatile) || clash(below.Child) {
			return n
		}
		return NewProject(below.List, over(below.Child, replaceAliases(j.Condition, aliasesOf(below.List))))
	case *Sort, *Repartition, *RepartitionBy:
		return below.WithChildren([]Node{over(below.Children()[0], j.Condition)})
	case *Aggregate:
		if len(below.Keys) == 0 || clash(below.Child) || float64(broadcast) < Size(j.Right) || !reads(keyColumns(below)) {
			return n
		}
		return below.WithChildren([]Node{over(below.Child, replaceAliases(j.Condition, aliasesOf(below.List)))})
	case *Window:
		keys := ids{}
		for _, e := range below.Partition {
			if a, ok := e.(*expr.Attribute); ok {
				keys.add(a)
			}
		}
		if clash(below.Child) || !reads(keys) {
			return n
		}
		return below.WithChildren([]Node{over(below.Child, j.Condition)})
	case *Union:
		if j.Condition == nil || slices.ContainsFunc(below.Inputs, clash) {
			return n
		}
		inputs := make([]Node, len(below.Inputs))
		for i, input := range below.Inputs {
			inputs[i] = over(input, overInput(j.Condition, below, input))
		}
		return below.WithChildren(inputs)
	}
	return n
}
