package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// PushDownLeftSemiAntiJoin moves joins that only choose among their left rows towards
// the sources, as it moves conditions. Spark also moves them below an aggregation, when
// the right side is small; ours stay above it.
var PushDownLeftSemiAntiJoin = Rule{
	"PushDownLeftSemiAntiJoin", "a join that only chooses among its left rows moves below what does not change its choice",
	func(n Node) Node { return Down(n, pushSemi) },
}

func pushSemi(n Node) Node {
	j, ok := n.(*Join)
	if !ok || j.How != LeftSemi && j.How != LeftAnti || Streaming(j) {
		return n
	}
	over := func(left Node, condition expr.Expr) Node {
		return pushSemi(&Join{Binary{left, j.Right}, j.How, condition, j.Hint})
	}
	right := idsOf(j.Right.Output()...)
	clash := func(left Node) bool {
		return slices.ContainsFunc(left.Output(), func(a *expr.Attribute) bool { return right.holds(a) })
	}
	switch below := j.Left.(type) {
	case *Project:
		if j.Condition == nil || slices.ContainsFunc(below.List, isVolatile) || clash(below.Child) {
			return n
		}
		return NewProject(below.List, over(below.Child, replaceAliases(j.Condition, aliasesOf(below.List))))
	case *Sort, *Repartition, *RepartitionBy:
		return below.WithChildren([]Node{over(below.Children()[0], j.Condition)})
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
