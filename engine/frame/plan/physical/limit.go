package physical

import (
	"iter"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Limit keeps the first rows: of each partition when Local is set, else of all,
// which must then lie in one.
type Limit struct {
	Unary
	N     int
	Local bool
}

// Name implements Operator.
func (l *Limit) Name() string {
	if l.Local {
		return "LocalLimit"
	}
	return "GlobalLimit"
}

// Text implements Operator.
func (l *Limit) Text() string {
	if l.Local {
		return itoa(l.N)
	}
	return itoa(l.N) + ", 0"
}

// WithChildren implements Operator.
func (l *Limit) WithChildren(c []Operator) Operator { return &Limit{Unary{c[0]}, l.N, l.Local} }

// Needs implements Operator.
func (l *Limit) Needs() []Need {
	if l.Local {
		return []Need{{}}
	}
	return []Need{{Placed: AllTuples{}}}
}

// Run implements Operator.
func (l *Limit) Run(x *Context) (*Rows, error) {
	child, err := x.Run(l.Child)
	if err != nil {
		return nil, err
	}
	return Narrow(child, "limit", func(_ *lineage.Task, _ int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		first(in, l.N, emit)
		return nil
	}), nil
}

// first hands on the first n rows, and reads no further.
func first(in iter.Seq[column.Batch], n int, emit func(column.Batch) bool) {
	if n <= 0 {
		return
	}
	for batch := range in {
		if batch.Rows >= n {
			emit(batch.Slice(0, n))
			return
		}
		n -= batch.Rows
		if !emit(batch) {
			return
		}
	}
}

// CollectLimit is a limit at the top of a plan: the driver takes from one
// partition after the other until it has enough.
type CollectLimit struct {
	Unary
	N int
}

// Name implements Operator.
func (c *CollectLimit) Name() string { return "CollectLimit" }

// Text implements Operator.
func (c *CollectLimit) Text() string { return itoa(c.N) }

// WithChildren implements Operator.
func (c *CollectLimit) WithChildren(children []Operator) Operator {
	return &CollectLimit{Unary{children[0]}, c.N}
}

// Partitioning implements Operator.
func (c *CollectLimit) Partitioning() Partitioning { return SinglePartition{} }

// Run implements Operator: when something is done with the rows other than to
// bring them to the driver, they go to one partition.
func (c *CollectLimit) Run(x *Context) (*Rows, error) {
	if one, err := x.onePartition(c.Child); one || err != nil {
		if err != nil {
			return nil, err
		}
		return (&Limit{c.Unary, c.N, false}).Run(x)
	}
	var op Operator = &Limit{Unary{c.Child}, c.N, true}
	op = &Exchange{Unary{op}, SinglePartition{}, EnsureRequirements}
	return (&Limit{Unary{op}, c.N, false}).Run(x)
}

// onePartition reports whether the rows of op are in one partition.
func (x *Context) onePartition(op Operator) (bool, error) {
	rows, err := x.Run(op)
	if err != nil {
		return false, err
	}
	n, err := rdd.Node(rows).Partitions()
	return n == 1, err
}

// planLimit runs a Limit, at the top of a plan or inside.
func planLimit(p *Planner, n plan.Node) (Operator, error) {
	l, ok := n.(*plan.Limit)
	if !ok {
		return nil, nil
	}
	if l.Local {
		child, err := p.Plan(l.Child)
		if err != nil {
			return nil, err
		}
		return &Limit{Unary{child}, l.N, true}, nil
	}
	below := l.Child
	if local, ok := below.(*plan.Limit); ok && local.Local && local.N == l.N {
		below = local.Child
	}
	if op, err := planTakeOrdered(p, l.N, below); op != nil || err != nil {
		return op, err
	}
	if p.root == n {
		child, err := p.Plan(below)
		if err != nil {
			return nil, err
		}
		return &CollectLimit{Unary{child}, l.N}, nil
	}
	child, err := p.Plan(l.Child)
	if err != nil {
		return nil, err
	}
	return &Limit{Unary{child}, l.N, false}, nil
}

// planTakeOrdered runs a limit over a sort, with or without a selection between.
func planTakeOrdered(p *Planner, n int, below plan.Node) (Operator, error) {
	var list []expr.Expr
	if project, ok := below.(*plan.Project); ok {
		list, below = project.List, project.Child
	}
	sort, ok := below.(*plan.Sort)
	if !ok || !sort.Global {
		return nil, nil
	}
	if list == nil {
		for _, a := range sort.Output() {
			list = append(list, a)
		}
	}
	child, err := p.Plan(sort.Child)
	if err != nil {
		return nil, err
	}
	return &TakeOrderedAndProject{Unary{child}, n, sort.Order, list}, nil
}
