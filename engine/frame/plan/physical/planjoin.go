package physical

import (
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// Side is the side of a join that is put in a table, or sent to every task.
type Side string

// The sides.
const (
	BuildLeft  Side = "BuildLeft"
	BuildRight Side = "BuildRight"
	noSide     Side = ""
)

// planJoin chooses how a join runs, as Spark does: a side that the program wants
// broadcast, or that is small, is; else both sides are sorted by their keys and
// merged. A join without equal keys pairs rows one by one.
func planJoin(p *Planner, n plan.Node) (Operator, error) {
	j, ok := n.(*plan.Join)
	if !ok {
		return nil, nil
	}
	left, err := p.Plan(j.Left)
	if err != nil {
		return nil, err
	}
	right, err := p.Plan(j.Right)
	if err != nil {
		return nil, err
	}
	sides := Binary{left, right}
	keys := plan.EquiJoinOf(j)
	small := p.buildSide(j)
	if len(keys.Left) > 0 {
		if small != noSide {
			return &BroadcastHashJoin{sides, j.How, keys, small}, nil
		}
		return &SortMergeJoin{sides, j.How, keys}, nil
	}
	small = p.loopSide(j)
	if small == noSide && (j.How == plan.Inner || j.How == plan.Cross) {
		return &CartesianProduct{sides, j.Condition}, nil
	}
	if small == noSide {
		small = desiredSide(j)
	}
	return &BroadcastNestedLoopJoin{sides, j.How, j.Condition, small}, nil
}

// buildSide is the side to broadcast of a join with equal keys.
func (p *Planner) buildSide(j *plan.Join) Side {
	canLeft := j.How == plan.Inner || j.How == plan.Cross || j.How == plan.RightOuter
	canRight := j.How != plan.RightOuter && j.How != plan.FullOuter
	if side := choose(j, canLeft && j.Hint.BroadcastLeft, canRight && j.Hint.BroadcastRight, smaller(j)); side != noSide {
		return side
	}
	return choose(j, canLeft && p.small(j.Left), canRight && p.small(j.Right), smaller(j))
}

// loopSide is the side to broadcast of a join without equal keys.
func (p *Planner) loopSide(j *plan.Join) Side {
	if side := choose(j, j.Hint.BroadcastLeft, j.Hint.BroadcastRight, desiredSide(j)); side != noSide {
		return side
	}
	return choose(j, p.small(j.Left), p.small(j.Right), desiredSide(j))
}

func choose(j *plan.Join, left, right bool, both Side) Side {
	switch {
	case left && right:
		return both
	case left:
		return BuildLeft
	case right:
		return BuildRight
	}
	return noSide
}

// small reports whether an input is so small that every task can have it.
func (p *Planner) small(n plan.Node) bool {
	return p.Conf.BroadcastThreshold >= 0 && plan.Size(n) <= float64(p.Conf.BroadcastThreshold)
}

func smaller(j *plan.Join) Side {
	if plan.Size(j.Right) <= plan.Size(j.Left) {
		return BuildRight
	}
	return BuildLeft
}

// desiredSide is the side that a loop should hold: the one that may have no row
// of its own in the result.
func desiredSide(j *plan.Join) Side {
	switch j.How {
	case plan.RightOuter:
		return BuildLeft
	case plan.LeftOuter, plan.LeftSemi, plan.LeftAnti:
		return BuildRight
	}
	return smaller(j)
}

// joinColumns is what a join gives.
func joinColumns(how plan.JoinType, left, right Operator) []*expr.Attribute {
	l, r := left.Output(), right.Output()
	switch how {
	case plan.LeftSemi, plan.LeftAnti:
		return l
	case plan.LeftOuter:
		r = withNulls(r)
	case plan.RightOuter:
		l = withNulls(l)
	case plan.FullOuter:
		l, r = withNulls(l), withNulls(r)
	}
	return append(l[:len(l):len(l)], r...)
}

func withNulls(attributes []*expr.Attribute) []*expr.Attribute {
	out := make([]*expr.Attribute, len(attributes))
	for i, a := range attributes {
		out[i] = a.WithNull(true)
	}
	return out
}
