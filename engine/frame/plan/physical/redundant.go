package physical

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// removeRedundantProjects drops selections that give just the columns of their
// child. Their order matters to what is written out and to operators that take
// columns by position.
func removeRedundantProjects(op Operator, _ Conf) Operator { return withoutProjects(op, true) }

func withoutProjects(op Operator, ordered bool) Operator {
	switch o := op.(type) {
	case *Project:
		if redundant(o, ordered) {
			return withoutProjects(o.Child, ordered)
		}
		return over(op, false)
	case *TakeOrderedAndProject:
		return over(op, false)
	case *Aggregate:
		return over(op, slices.ContainsFunc(o.Steps, func(s AggregateStep) bool { return s.Mode == Final || s.Mode == PartialMerge }))
	case *Filter, *Sort, *SortMergeJoin, *BroadcastHashJoin, *BroadcastNestedLoopJoin, *CartesianProduct, *Window, *Expand:
		return over(op, ordered)
	}
	return over(op, true)
}

// over is op over children without redundant selections.
func over(op Operator, ordered bool) Operator {
	children := op.Children()
	if len(children) == 0 {
		return op
	}
	with := make([]Operator, len(children))
	for i, c := range children {
		with[i] = withoutProjects(c, ordered)
	}
	if slices.Equal(with, children) {
		return op
	}
	return op.WithChildren(with)
}

// redundant reports whether a selection gives its child's columns, in the same
// order when that matters. Spark drops only those that were planned together with
// what they stand on: over a scan, or the filter of one.
func redundant(p *Project, ordered bool) bool {
	below := p.Child
	if f, ok := below.(*Filter); ok {
		below = f.Child
	}
	switch below.(type) {
	case *FileScan, *InMemoryTableScan:
	default:
		return false
	}
	child := p.Child.Output()
	if len(p.List) != len(child) {
		return false
	}
	for i, e := range p.List {
		a, ok := e.(*expr.Attribute)
		if !ok {
			return false
		}
		at := slices.IndexFunc(child, func(c *expr.Attribute) bool { return c.ID == a.ID })
		if at < 0 || ordered && at != i {
			return false
		}
	}
	return true
}
