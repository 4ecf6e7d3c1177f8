package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// ColumnPruning drops columns that nobody reads, where they come from.
var ColumnPruning = Rule{
	"ColumnPruning", "columns that nobody reads are not carried along",
	func(n Node) Node { return withoutDoubles(Down(n, prune)) },
}

func prune(n Node) Node {
	switch n := n.(type) {
	case *Aggregate:
		return pruneChild(n, expr.References(n.Exprs()...))
	case *Generate:
		return n
	case *Expand:
		return pruneChild(n, expr.References(n.Exprs()...))
	case *Project:
		return pruneBelow(n)
	case *Join:
		if n.How == LeftSemi || n.How == LeftAnti {
			if right := pruned(n.Right, expr.References(n.Exprs()...)); right != n.Right {
				return n.WithChildren([]Node{n.Left, right})
			}
		}
	}
	return n
}

// pruneBelow prunes what a selection stands on.
func pruneBelow(p *Project) Node {
	wanted := expr.References(p.List...)
	switch below := p.Child.(type) {
	case *Project:
		if kept := keepList(below.List, wanted); len(kept) < len(below.List) {
			return p.WithChildren([]Node{NewProject(kept, below.Child)})
		}
	case *Aggregate:
		if kept := keepList(below.List, wanted); len(kept) < len(below.List) {
			return p.WithChildren([]Node{&Aggregate{below.Unary, below.Keys, kept}})
		}
	case *Expand:
		return pruneExpand(p, below, wanted)
	case *Window:
		return pruneWindow(p, below, wanted)
	case *Generate:
		return pruneGenerate(p, below, wanted)
	case *Union:
		return pruneUnion(p, below, wanted)
	case *Filter, *Sort, *Repartition, *RepartitionBy, *Join, *Limit, *WindowGroupLimit:
		return pruneInputs(p, wanted)
	}
	if _, ok := p.Child.(Passing); ok {
		return pruneInputs(p, wanted)
	}
	return p
}

// pruneInputs drops columns below an operator that hands its columns on.
func pruneInputs(p *Project, wanted []*expr.Attribute) Node {
	need := append(wanted, expr.References(p.Child.Exprs()...)...)
	children := p.Child.Children()
	with := make([]Node, len(children))
	for i, c := range children {
		with[i] = pruned(c, need)
	}
	if slices.Equal(with, children) {
		return p
	}
	return p.WithChildren([]Node{p.Child.WithChildren(with)})
}

func pruneWindow(p *Project, w *Window, wanted []*expr.Attribute) Node {
	want := idsOf(wanted...)
	kept := &Window{Unary: w.Unary, Partition: w.Partition, Order: w.Order}
	for _, call := range w.Calls {
		if want[call.ID] {
			kept.Calls = append(kept.Calls, call)
		}
	}
	if len(kept.Calls) == 0 {
		return p.WithChildren([]Node{w.Child})
	}
	kept.Child = pruned(w.Child, append(wanted, expr.References(kept.Exprs()...)...))
	if kept.Child == w.Child && len(kept.Calls) == len(w.Calls) {
		return p
	}
	return p.WithChildren([]Node{kept})
}

func pruneGenerate(p *Project, g *Generate, wanted []*expr.Attribute) Node {
	want := idsOf(wanted...)
	var kept []*expr.Attribute
	for _, a := range g.Keep {
		if want[a.ID] {
			kept = append(kept, a)
		}
	}
	h := *g
	h.Keep = kept
	h.Child = pruned(g.Child, append(kept, expr.References(g.Exprs()...)...))
	if len(kept) == len(g.Keep) && h.Child == g.Child {
		return p
	}
	return p.WithChildren([]Node{&h})
}

func pruneExpand(p *Project, e *Expand, wanted []*expr.Attribute) Node {
	want := idsOf(wanted...)
	f := &Expand{Unary: e.Unary, Lists: make([][]expr.Expr, len(e.Lists))}
	for c, a := range e.Made {
		if want[a.ID] {
			f.Made = append(f.Made, a)
			for i := range e.Lists {
				f.Lists[i] = append(f.Lists[i], e.Lists[i][c])
			}
		}
	}
	if len(f.Made) == len(e.Made) {
		return p
	}
	return p.WithChildren([]Node{f})
}

func pruneUnion(p *Project, u *Union, wanted []*expr.Attribute) Node {
	want := idsOf(wanted...)
	var columns []*expr.Attribute
	lists := make([][]expr.Expr, len(u.Inputs))
	for c, a := range u.Output() {
		if want[a.ID] {
			columns = append(columns, a)
			for i, input := range u.Inputs {
				lists[i] = append(lists[i], input.Output()[c])
			}
		}
	}
	if len(columns) == len(u.Output()) {
		return p
	}
	inputs := make([]Node, len(u.Inputs))
	for i, input := range u.Inputs {
		inputs[i] = NewProject(lists[i], input)
	}
	return p.WithChildren([]Node{NewUnion(inputs...).WithColumns(columns)})
}

func pruneChild(n Node, wanted []*expr.Attribute) Node {
	if child := pruned(n.Children()[0], wanted); child != n.Children()[0] {
		return n.WithChildren([]Node{child})
	}
	return n
}

// pruned is n without the columns that are not wanted.
func pruned(n Node, wanted []*expr.Attribute) Node {
	want := idsOf(wanted...)
	var kept []expr.Expr
	for _, a := range n.Output() {
		if want[a.ID] {
			kept = append(kept, a)
		}
	}
	if len(kept) == len(n.Output()) {
		return n
	}
	return NewProject(kept, n)
}

func keepList(list []expr.Expr, wanted []*expr.Attribute) []expr.Expr {
	want := idsOf(wanted...)
	var kept []expr.Expr
	for _, e := range list {
		if want[attributeOf(e).ID] {
			kept = append(kept, e)
		}
	}
	return kept
}

// withoutDoubles drops a selection of columns below a filter that has a selection
// above it anyway: the condition then stays next to the source.
func withoutDoubles(n Node) Node {
	return Up(n, func(n Node) Node {
		p, ok := n.(*Project)
		if !ok {
			return n
		}
		f, ok := p.Child.(*Filter)
		if !ok {
			return n
		}
		inner, ok := f.Child.(*Project)
		if !ok || slices.ContainsFunc(inner.List, func(e expr.Expr) bool { _, alias := e.(*expr.Alias); return alias }) {
			return n
		}
		return NewProject(p.List, NewFilter(f.Condition, inner.Child))
	})
}
