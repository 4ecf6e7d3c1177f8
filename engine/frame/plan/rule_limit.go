package plan

import "slices"

// CombineLimits makes one limit of two.
var CombineLimits = Rule{
	"CombineLimits", "of two limits the smaller one holds",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			upper, ok := n.(*Limit)
			if !ok {
				return n
			}
			lower, ok := upper.Child.(*Limit)
			switch {
			case !ok:
				return n
			case lower.Local == upper.Local:
				return &Limit{Unary: lower.Unary, N: min(upper.N, lower.N), Local: upper.Local}
			case upper.Local: // over a global one: all rows lie together, so it is one too
				return &Limit{Unary: Unary{withLimit(lower.Child, upper.N)}, N: min(upper.N, lower.N)}
			}
			return n
		})
	},
}

// withLimit lessens the limit of partitions at the top of n, if there is one.
func withLimit(n Node, rows int) Node {
	if l, ok := n.(*Limit); ok && l.Local {
		return &Limit{Unary: l.Unary, N: min(l.N, rows), Local: true}
	}
	return n
}

// PushProjectionThroughLimit moves a selection below a limit.
var PushProjectionThroughLimit = Rule{
	"PushProjectionThroughLimit", "a selection over a limit is computed below it",
	func(n Node) Node {
		return Down(n, func(n Node) Node {
			p, ok := n.(*Project)
			if !ok {
				return n
			}
			l, ok := p.Child.(*Limit)
			if !ok || slices.ContainsFunc(p.List, isVolatile) {
				return n
			}
			return l.WithChildren([]Node{p.WithChildren(l.Children())})
		})
	},
}

// EliminateLimits drops limits of what has no more rows.
var EliminateLimits = Rule{
	"EliminateLimits", "a limit over fewer rows goes away",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			if l, ok := n.(*Limit); ok {
				if most, known := MaxRows(l.Child); known && most <= l.N {
					return l.Child
				}
			}
			return n
		})
	},
}

// LimitPushDown limits each input of what a limit stands on.
var LimitPushDown = Rule{
	"LimitPushDown", "a limit over a union or an outer join limits the inputs too",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			l, ok := n.(*Limit)
			if !ok || !l.Local {
				return n
			}
			switch below := l.Child.(type) {
			case *Union:
				return l.WithChildren([]Node{below.WithChildren(localLimits(below.Inputs, l.N))})
			case *Join:
				k := *below
				switch below.How {
				case LeftOuter:
					k.Left = localLimit(k.Left, l.N)
				case RightOuter:
					k.Right = localLimit(k.Right, l.N)
				case Cross:
					k.Left, k.Right = localLimit(k.Left, l.N), localLimit(k.Right, l.N)
				default:
					return n
				}
				if k.Left != below.Left || k.Right != below.Right {
					return l.WithChildren([]Node{&k})
				}
			}
			return n
		})
	},
}

func localLimits(inputs []Node, n int) []Node {
	with := make([]Node, len(inputs))
	for i, input := range inputs {
		with[i] = localLimit(input, n)
	}
	return with
}

func localLimit(n Node, rows int) Node {
	if most, known := MaxRows(n); known && most <= rows {
		return n
	}
	return &Limit{Unary: Unary{n}, N: rows, Local: true}
}

// MaxRows is how many rows a plan has at most, where that is known beforehand.
func MaxRows(n Node) (most int, known bool) {
	switch n := n.(type) {
	case *Local:
		return n.Rows.Rows, true
	case *Range:
		count := (n.End - n.Start) / n.Step
		return int(max(count, 0)) + 1, count < 1<<31
	case *Limit:
		if !n.Local {
			return n.N, true
		}
	case *Aggregate:
		if len(n.Keys) == 0 {
			return 1, true
		}
		return MaxRows(n.Child)
	case *Project, *Filter, *Sort, *Window, *Repartition, *RepartitionBy, *Deduplicate, *Distinct:
		return MaxRows(n.Children()[0])
	case *Union:
		for _, input := range n.Inputs {
			m, ok := MaxRows(input)
			if !ok {
				return 0, false
			}
			most += m
		}
		return most, true
	}
	return 0, false
}
