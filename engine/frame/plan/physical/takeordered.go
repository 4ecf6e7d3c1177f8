package physical

import (
	"iter"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/lineage"
)

// TakeOrderedAndProject is the first rows of an order, and columns of them. Each
// task keeps its own first rows; nothing is moved but those.
type TakeOrderedAndProject struct {
	Unary
	N     int
	Order []*expr.SortOrder
	List  []expr.Expr
}

// Name implements Operator.
func (t *TakeOrderedAndProject) Name() string { return "TakeOrderedAndProject" }

// Text implements Operator.
func (t *TakeOrderedAndProject) Text() string {
	return "(limit=" + itoa(t.N) + ", orderBy=[" + listed(t.Order) + "], output=[" + listed(attributesOf(t.List)) + "])"
}

// WithChildren implements Operator.
func (t *TakeOrderedAndProject) WithChildren(c []Operator) Operator {
	return &TakeOrderedAndProject{Unary{c[0]}, t.N, t.Order, t.List}
}

// Output implements Operator.
func (t *TakeOrderedAndProject) Output() []*expr.Attribute { return attributesOf(t.List) }

// Partitioning implements Operator.
func (t *TakeOrderedAndProject) Partitioning() Partitioning { return SinglePartition{} }

// Ordering implements Operator.
func (t *TakeOrderedAndProject) Ordering() []*expr.SortOrder { return t.Order }

// Run implements Operator: for what stands above it, the tasks' first rows go to
// one partition.
func (t *TakeOrderedAndProject) Run(x *Context) (*Rows, error) {
	var op Operator = &firstOrdered{Unary{t.Child}, t.N, t.Order}
	one, err := x.onePartition(t.Child)
	if err != nil {
		return nil, err
	}
	if !one {
		op = &Exchange{Unary{op}, SinglePartition{}, EnsureRequirements}
		op = &firstOrdered{Unary{op}, t.N, t.Order}
	}
	return (&Project{Unary{op}, t.List}).Run(x)
}

// firstOrdered is the first rows of each partition, in order.
type firstOrdered struct {
	Unary
	n     int
	order []*expr.SortOrder
}

func (f *firstOrdered) Name() string { return "TakeOrdered" }
func (f *firstOrdered) Text() string { return itoa(f.n) }
func (f *firstOrdered) WithChildren(c []Operator) Operator {
	return &firstOrdered{Unary{c[0]}, f.n, f.order}
}

func (f *firstOrdered) Run(x *Context) (*Rows, error) {
	child, err := x.Run(f.Child)
	if err != nil {
		return nil, err
	}
	s, err := newSorter(f.order, f.Child.Output())
	if err != nil {
		return nil, err
	}
	return Narrow(child, "takeOrdered", func(t *lineage.Task, _ int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		kept, err := s.first(in, f.n)
		if err == nil && kept.Rows > 0 {
			emit(kept)
		}
		return err
	}), nil
}

// first is the first n rows in order. What cannot be among them is dropped as
// often as the rows at hand have doubled.
func (s *sorter) first(in iter.Seq[column.Batch], n int) (column.Batch, error) {
	var waiting []column.Batch
	rows := 0
	cut := func() error {
		whole := column.Concat(s.types, waiting...)
		order, err := s.rank(whole)
		if err != nil {
			return err
		}
		whole = whole.Take(order[:min(n, len(order))])
		waiting, rows = append(waiting[:0], whole), whole.Rows
		return nil
	}
	for batch := range in {
		waiting = append(waiting, batch)
		if rows += batch.Rows; rows >= 2*n+column.BatchRows {
			if err := cut(); err != nil {
				return column.Batch{}, err
			}
		}
	}
	if err := cut(); err != nil {
		return column.Batch{}, err
	}
	return waiting[0], nil
}
