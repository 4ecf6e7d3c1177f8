package physical

import (
	"iter"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Union is the partitions of its inputs one behind the other. Inputs that are placed
// alike stay so: partition i is then their partitions i together.
type Union struct {
	Inputs  []Operator
	Columns []*expr.Attribute
}

// Name implements Operator.
func (u *Union) Name() string { return "Union" }

// Text implements Operator.
func (u *Union) Text() string { return "" }

// Children implements Operator.
func (u *Union) Children() []Operator { return u.Inputs }

// WithChildren implements Operator.
func (u *Union) WithChildren(c []Operator) Operator { return &Union{c, u.Columns} }

// Output implements Operator.
func (u *Union) Output() []*expr.Attribute { return u.Columns }

// Partitioning implements Operator.
func (u *Union) Partitioning() Partitioning {
	first := u.placed(u.Inputs[0])
	for _, input := range u.Inputs {
		p := u.placed(input)
		hash, ok := p.(HashPartitioning)
		if p == nil || !ok && p != first || ok && !hash.same(first) {
			return UnknownPartitioning{}
		}
	}
	return first
}

// placed is how an input is placed, over the union's columns: by a hash of some of
// them, or in one partition; nil otherwise. Ranges of two inputs begin elsewhere.
func (u *Union) placed(input Operator) Partitioning {
	columns := map[expr.ID]*expr.Attribute{}
	for i, a := range input.Output() {
		columns[a.ID] = u.Columns[i]
	}
	switch p := input.Partitioning().(type) {
	case SinglePartition:
		return p
	case HashPartitioning:
		keys := make([]expr.Expr, len(p.Keys))
		for i, k := range p.Keys {
			for _, a := range expr.References(k) {
				if columns[a.ID] == nil {
					return nil
				}
			}
			keys[i] = expr.Rewrite(k, func(e expr.Expr) expr.Expr {
				if a, ok := e.(*expr.Attribute); ok {
					return columns[a.ID]
				}
				return e
			})
		}
		return HashPartitioning{keys, p.N}
	}
	return nil
}

// together reports whether partitions of the inputs become one.
func (u *Union) together() bool { return u.Partitioning().Count() > 0 }

// Ordering implements Operator.
func (u *Union) Ordering() []*expr.SortOrder { return nil }

// Needs implements Operator.
func (u *Union) Needs() []Need { return make([]Need, len(u.Inputs)) }

// Run implements Operator.
func (u *Union) Run(x *Context) (*Rows, error) {
	inputs := make([]*Rows, len(u.Inputs))
	for i, op := range u.Inputs {
		var err error
		if inputs[i], err = x.Run(op); err != nil {
			return nil, err
		}
	}
	if u.together() {
		return together(x, inputs), nil
	}
	return rdd.Union(x.Session, inputs...), nil
}

// together is the inputs' partitions i as one; an input without partitions has no rows.
func together(x *Context, inputs []*Rows) *Rows {
	d := rdd.Definition[column.Batch]{Class: "SQLPartitioningAwareUnionRDD", Op: "union"}
	var read []func(*lineage.Task, int) iter.Seq[column.Batch]
	for _, input := range inputs {
		node := rdd.Node(input)
		n, err := node.Partitions()
		if err != nil {
			d.Err = err
		}
		if n == 0 {
			continue
		}
		if d.Partitions == nil {
			d.Partitions = node.Partitions
		}
		d.Deps, read = append(d.Deps, lineage.Narrow(node)), append(read, rdd.Compute(input))
	}
	if d.Partitions == nil {
		d.Partitions = func() (int, error) { return 0, nil }
	}
	d.Compute = func(t *lineage.Task, p int) iter.Seq[column.Batch] {
		return func(yield func(column.Batch) bool) {
			for _, rows := range read {
				for batch := range rows(t, p) {
					if !yield(batch) {
						return
					}
				}
			}
		}
	}
	return rdd.Define(x.Session, d)
}

func planUnion(p *Planner, n plan.Node) (Operator, error) {
	u, ok := n.(*plan.Union)
	if !ok {
		return nil, nil
	}
	op := &Union{Columns: u.Output()}
	for _, input := range u.Inputs {
		child, err := p.Plan(input)
		if err != nil {
			return nil, err
		}
		op.Inputs = append(op.Inputs, child)
	}
	return op, nil
}

// Coalesce merges partitions where they lie.
type Coalesce struct {
	Unary
	N int
}

// Name implements Operator.
func (c *Coalesce) Name() string { return "Coalesce" }

// Text implements Operator.
func (c *Coalesce) Text() string { return itoa(c.N) }

// WithChildren implements Operator.
func (c *Coalesce) WithChildren(children []Operator) Operator {
	return &Coalesce{Unary{children[0]}, c.N}
}

// Partitioning implements Operator.
func (c *Coalesce) Partitioning() Partitioning {
	if c.N == 1 {
		return SinglePartition{}
	}
	return UnknownPartitioning{c.N}
}

// Ordering implements Operator.
func (c *Coalesce) Ordering() []*expr.SortOrder { return nil }

// Run implements Operator: partitions are put together as Spark's RDD.coalesce
// does without a shuffle. A child without partitions gives one that is empty.
func (c *Coalesce) Run(x *Context) (*Rows, error) {
	child, err := x.Run(c.Child)
	if err != nil {
		return nil, err
	}
	if n, err := rdd.Node(child).Partitions(); err == nil && n == 0 && c.N == 1 {
		return rdd.Define(x.Session, rdd.Definition[column.Batch]{
			Class: "EmptyRDDWithPartitions", Op: "coalesce", Partitions: func() (int, error) { return 1, nil },
			Compute: func(*lineage.Task, int) iter.Seq[column.Batch] { return func(func(column.Batch) bool) {} },
		}), nil
	}
	return rdd.Coalesce(child, c.N), nil
}

func planRepartition(p *Planner, n plan.Node) (Operator, error) {
	switch n := n.(type) {
	case *plan.Repartition:
		child, err := p.Plan(n.Child)
		if err != nil {
			return nil, err
		}
		switch {
		case !n.Shuffle:
			return &Coalesce{Unary{child}, n.N}, nil
		case n.N == 1:
			return &Exchange{Unary{child}, SinglePartition{}, RepartitionByNum}, nil
		}
		return &Exchange{Unary{child}, RoundRobinPartitioning{n.N}, RepartitionByNum}, nil
	case *plan.RepartitionBy:
		child, err := p.Plan(n.Child)
		if err != nil {
			return nil, err
		}
		return repartitionBy(p, child, n), nil
	}
	return nil, nil
}

func repartitionBy(p *Planner, child Operator, n *plan.RepartitionBy) Operator {
	parts, origin := n.N, RepartitionByNum
	if parts == 0 {
		parts, origin = p.Conf.ShufflePartitions, RepartitionByCol
	}
	var order []*expr.SortOrder
	for _, e := range n.By {
		if o, ok := e.(*expr.SortOrder); ok {
			order = append(order, o)
		}
	}
	switch {
	case parts == 1:
		return &Exchange{Unary{child}, SinglePartition{}, origin}
	case len(order) > 0:
		return &Exchange{Unary{child}, RangePartitioning{order, parts}, origin}
	}
	return &Exchange{Unary{child}, HashPartitioning{n.By, parts}, origin}
}
