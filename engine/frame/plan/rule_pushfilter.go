package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// PushDownPredicates moves conditions towards the sources: fewer rows come up.
var PushDownPredicates = Rule{
	"PushDownPredicates", "conditions move below what does not change their outcome",
	func(n Node) Node { return Down(Down(n, pushFilter), pushJoin) },
}

func pushFilter(n Node) Node {
	f, ok := n.(*Filter)
	if !ok || isVolatile(f.Condition) {
		return n
	}
	switch below := f.Child.(type) {
	case *Filter:
		more := missing(Conjuncts(f.Condition), Conjuncts(below.Condition))
		return pushFilter(NewFilter(Both(append([]expr.Expr{below.Condition}, more...)), below.Child))
	case *Project:
		if slices.ContainsFunc(below.List, isVolatile) {
			return n
		}
		return NewProject(below.List, pushFilter(NewFilter(replaceAliases(f.Condition, aliasesOf(below.List)), below.Child)))
	case *Aggregate:
		return pushBelowAggregate(f, below)
	case *Window:
		partition := ids{}
		for _, e := range below.Partition {
			if a, ok := e.(*expr.Attribute); ok {
				partition.add(a)
			}
		}
		return pushSome(f, below, func(e expr.Expr) bool { return partition.holds(e) })
	case *Generate:
		kept := idsOf(below.Child.Output()...)
		return pushSome(f, below, func(e expr.Expr) bool { return kept.holds(e) })
	case *Union:
		return pushBelowUnion(f, below)
	case *Distinct:
		if Streaming(below) {
			return n // what a stream has seen does not depend on what is asked of it
		}
		return below.WithChildren([]Node{pushFilter(NewFilter(f.Condition, below.Child))})
	case *Sort, *Repartition, *RepartitionBy, *Named, *Hinted:
		return below.WithChildren([]Node{pushFilter(NewFilter(f.Condition, below.Children()[0]))})
	case *Deduplicate:
		if Streaming(below) {
			return n
		}
		keys := idsOf(below.Keys...)
		return pushSome(f, below, func(e expr.Expr) bool { return keys.holds(e) })
	}
	if p, ok := f.Child.(Passing); ok {
		return pushSome(f, f.Child, p.Passes)
	}
	return n
}

// Passing is for operators of other packages with one child that let conditions
// pass below them: which.
type Passing interface {
	Passes(condition expr.Expr) bool
}

// pushSome moves the parts of a condition that may go below an operator with one
// child; the others stay.
func pushSome(f *Filter, below Node, may func(expr.Expr) bool) Node {
	down, stay := split(Conjuncts(f.Condition), func(e expr.Expr) bool { return len(expr.References(e)) > 0 && may(e) })
	if len(down) == 0 {
		return f
	}
	moved := below.WithChildren([]Node{pushFilter(NewFilter(Both(down), below.Children()[0]))})
	if len(stay) == 0 {
		return moved
	}
	return NewFilter(Both(stay), moved)
}

// pushBelowAggregate moves conditions over keys alone.
func pushBelowAggregate(f *Filter, a *Aggregate) Node {
	if len(a.Keys) == 0 {
		return f
	}
	made, keys := aliasesOf(a.List), keyColumns(a)
	down, stay := split(Conjuncts(f.Condition), func(e expr.Expr) bool { return len(expr.References(e)) > 0 && keys.holds(e) })
	if len(down) == 0 {
		return f
	}
	below := pushFilter(NewFilter(replaceAliases(Both(down), made), a.Child))
	var moved Node = &Aggregate{Unary{below}, a.Keys, a.List}
	if len(stay) == 0 {
		return moved
	}
	return NewFilter(Both(stay), moved)
}

// keyColumns are the columns that an aggregation makes of its keys alone.
func keyColumns(a *Aggregate) ids {
	keys := ids{}
	for _, item := range a.List {
		child := item
		if alias, ok := item.(*expr.Alias); ok {
			child = alias.Child
		}
		if !expr.Any(child, isAggregate) {
			keys.add(attributeOf(item))
		}
	}
	return keys
}

func isAggregate(e expr.Expr) bool { _, ok := e.(*expr.AggregateCall); return ok }

// pushBelowUnion gives each input the condition over its own columns.
func pushBelowUnion(f *Filter, u *Union) Node {
	inputs := make([]Node, len(u.Inputs))
	for i, input := range u.Inputs {
		inputs[i] = pushFilter(NewFilter(overInput(f.Condition, u, input), input))
	}
	return u.WithChildren(inputs)
}

// overInput is an expression over a union, over the columns of one of its inputs.
func overInput(e expr.Expr, u *Union, input Node) expr.Expr {
	own := map[expr.ID]*expr.Attribute{}
	for c, a := range u.Output() {
		own[a.ID] = input.Output()[c]
	}
	return renamed(e, own)
}

func renamed(e expr.Expr, as map[expr.ID]*expr.Attribute) expr.Expr {
	return expr.Rewrite(e, func(e expr.Expr) expr.Expr {
		if a, ok := e.(*expr.Attribute); ok {
			if b, known := as[a.ID]; known {
				return b
			}
		}
		return e
	})
}

// pushJoin moves conditions above a join, and its own, to the side that they read.
func pushJoin(n Node) Node {
	switch n := n.(type) {
	case *Filter:
		if j, ok := n.Child.(*Join); ok && !isVolatile(n.Condition) {
			return pushThroughJoin(n, j)
		}
	case *Join:
		return pushCondition(n)
	}
	return n
}

// parts is the parts of a condition by the side of a join that they read.
type parts struct{ left, right, both []expr.Expr }

func partsOf(conditions []expr.Expr, j *Join) parts {
	left, right := idsOf(j.Left.Output()...), idsOf(j.Right.Output()...)
	var p parts
	for _, e := range conditions {
		switch {
		case isVolatile(e):
			p.both = append(p.both, e)
		case left.holds(e):
			p.left = append(p.left, e)
		case right.holds(e):
			p.right = append(p.right, e)
		default:
			p.both = append(p.both, e)
		}
	}
	return p
}

func pushThroughJoin(f *Filter, j *Join) Node {
	p := partsOf(Conjuncts(f.Condition), j)
	k := *j
	var stay []expr.Expr
	switch j.How {
	case Inner, Cross:
		k.Left, k.Right = filtered(p.left, j.Left), filtered(p.right, j.Right)
		if len(p.both) > 0 {
			k.How = Inner
			k.Condition = Both(append(conditionsOf(j), p.both...))
		}
	case LeftOuter, LeftSemi, LeftAnti:
		k.Left = filtered(p.left, j.Left)
		stay = append(p.right, p.both...)
	case RightOuter:
		k.Right = filtered(p.right, j.Right)
		stay = append(p.left, p.both...)
	default:
		return f
	}
	return filtered(stay, pushCondition(&k))
}

func conditionsOf(j *Join) []expr.Expr {
	if j.Condition == nil {
		return nil
	}
	return Conjuncts(j.Condition)
}

// pushCondition moves the parts of a join's own condition that read one side to
// that side, where a row that fails them cannot come out all the same.
func pushCondition(j *Join) Node {
	p := partsOf(conditionsOf(j), j)
	k := *j
	var stay []expr.Expr
	switch j.How {
	case Inner, Cross, LeftSemi:
		k.Left, k.Right, stay = filtered(p.left, j.Left), filtered(p.right, j.Right), p.both
	case RightOuter:
		k.Left, stay = filtered(p.left, j.Left), append(p.right, p.both...)
	case LeftOuter, LeftAnti:
		k.Right, stay = filtered(p.right, j.Right), append(p.left, p.both...)
	default:
		return j
	}
	if k.Left == j.Left && k.Right == j.Right {
		return j
	}
	k.Condition = Both(stay)
	return &k
}

func filtered(conditions []expr.Expr, n Node) Node {
	if len(conditions) == 0 {
		return n
	}
	return pushFilter(NewFilter(Both(conditions), n))
}

func split(es []expr.Expr, is func(expr.Expr) bool) (yes, no []expr.Expr) {
	for _, e := range es {
		if is(e) {
			yes = append(yes, e)
		} else {
			no = append(no, e)
		}
	}
	return yes, no
}

// union is the parts of both, each once.
func union(a, b []expr.Expr) []expr.Expr {
	all := slices.Clone(a)
	for _, e := range b {
		if !contains(all, e) {
			all = append(all, e)
		}
	}
	return all
}

func contains(es []expr.Expr, e expr.Expr) bool {
	return slices.ContainsFunc(es, func(x expr.Expr) bool { return expr.Equal(x, e) })
}
