package physical

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// Project computes columns from each row.
type Project struct {
	Unary
	List []expr.Expr
}

// Name implements Operator.
func (p *Project) Name() string { return "Project" }

// Text implements Operator.
func (p *Project) Text() string {
	if len(p.List) == 0 {
		return ""
	}
	return "[" + expr.Texts(p.List) + "]"
}

// WithChildren implements Operator.
func (p *Project) WithChildren(c []Operator) Operator { return &Project{Unary{c[0]}, p.List} }

// Output implements Operator.
func (p *Project) Output() []*expr.Attribute { return attributesOf(p.List) }

// Partitioning implements Operator: under the names that the list gives.
func (p *Project) Partitioning() Partitioning { return renamedPlaces(p.Child.Partitioning(), p.List) }

// Ordering implements Operator.
func (p *Project) Ordering() []*expr.SortOrder { return renamedOrder(p.Child.Ordering(), p.List) }

// Run implements Operator.
func (p *Project) Run(x *Context) (*Rows, error) {
	child, err := x.Run(p.Child)
	if err != nil {
		return nil, err
	}
	list, err := expr.BindAll(p.List, p.Child.Output())
	if err != nil {
		return nil, err
	}
	return Each(child, "select", func(b column.Batch) (column.Batch, error) {
		columns, err := expr.EvalAll(list, b)
		return column.Batch{Columns: columns, Rows: b.Rows}, err
	}), nil
}

func planProject(p *Planner, n plan.Node) (Operator, error) {
	project, ok := n.(*plan.Project)
	if !ok {
		return nil, nil
	}
	child, err := p.Plan(project.Child)
	if err != nil {
		return nil, err
	}
	return &Project{Unary{child}, project.List}, nil
}

// attributesOf is the columns that output expressions make.
func attributesOf(es []expr.Expr) []*expr.Attribute {
	made := make([]*expr.Attribute, len(es))
	for i, e := range es {
		if alias, ok := e.(*expr.Alias); ok {
			made[i] = alias.Attribute()
		} else {
			made[i] = e.(*expr.Attribute)
		}
	}
	return made
}

// renaming replaces what a list computes by the attribute that it gives it.
func renaming(list []expr.Expr) func(expr.Expr) expr.Expr {
	return func(e expr.Expr) expr.Expr {
		for _, item := range list {
			if alias, ok := item.(*expr.Alias); ok && expr.Equal(alias.Child, e) {
				return alias.Attribute()
			}
		}
		return e
	}
}

// renamedPlaces is how rows lie behind a selection. A key that the selection
// drops is a key still; only what is renamed is called by its new name.
func renamedPlaces(p Partitioning, list []expr.Expr) Partitioning {
	rename := renaming(list)
	switch p := p.(type) {
	case HashPartitioning:
		keys := make([]expr.Expr, len(p.Keys))
		for i, k := range p.Keys {
			keys[i] = expr.Rewrite(k, rename)
		}
		return HashPartitioning{keys, p.N}
	case RangePartitioning:
		return RangePartitioning{renameOrders(p.Order, rename), p.N}
	case PartitioningCollection:
		several := make(PartitioningCollection, len(p))
		for i, one := range p {
			several[i] = renamedPlaces(one, list)
		}
		return several
	}
	return p
}

func renamedOrder(order []*expr.SortOrder, list []expr.Expr) []*expr.SortOrder {
	return renameOrders(order, renaming(list))
}

func renameOrders(order []*expr.SortOrder, rename func(expr.Expr) expr.Expr) []*expr.SortOrder {
	renamed := make([]*expr.SortOrder, len(order))
	for i, o := range order {
		renamed[i] = &expr.SortOrder{Child: expr.Rewrite(o.Child, rename), Desc: o.Desc, NullsFirst: o.NullsFirst}
	}
	return renamed
}
