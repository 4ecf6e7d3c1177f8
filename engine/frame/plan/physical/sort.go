package physical

import (
	"iter"
	"slices"
	"strconv"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
)

// Sort orders the rows of each partition. A global order needs them placed by
// ranges before.
type Sort struct {
	Unary
	Order  []*expr.SortOrder
	Global bool
}

// Name implements Operator.
func (s *Sort) Name() string { return "Sort" }

// Text implements Operator.
func (s *Sort) Text() string {
	return "[" + expr.Texts(s.Order) + "], " + strconv.FormatBool(s.Global) + ", 0"
}

// WithChildren implements Operator.
func (s *Sort) WithChildren(c []Operator) Operator { return &Sort{Unary{c[0]}, s.Order, s.Global} }

// Ordering implements Operator.
func (s *Sort) Ordering() []*expr.SortOrder { return s.Order }

// Needs implements Operator.
func (s *Sort) Needs() []Need {
	if s.Global {
		return []Need{{Placed: OrderedDistribution{s.Order}}}
	}
	return []Need{{}}
}

// Run implements Operator.
func (s *Sort) Run(x *Context) (*Rows, error) {
	child, err := x.Run(s.Child)
	if err != nil {
		return nil, err
	}
	sorter, err := newSorter(s.Order, s.Child.Output())
	if err != nil {
		return nil, err
	}
	return Narrow(child, "sort", func(t *lineage.Task, _ int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		whole, order, err := sorter.sort(in)
		if err != nil {
			return err
		}
		for from := 0; from < len(order); from += column.BatchRows {
			t.Look()
			if !emit(whole.Take(order[from:min(from+column.BatchRows, len(order))])) {
				return nil
			}
		}
		return nil
	}), nil
}

// sorter orders rows.
type sorter struct {
	order []*expr.SortOrder
	keys  []*expr.Bound
	types []column.Type
}

func newSorter(order []*expr.SortOrder, input []*expr.Attribute) (*sorter, error) {
	keys, err := expr.BindAll(order, input)
	return &sorter{order, keys, expr.SchemaOf(input).Types()}, err
}

// sort is all rows, and their numbers in order. Equal rows stay in order.
func (s *sorter) sort(in iter.Seq[column.Batch]) (column.Batch, []int32, error) {
	whole := column.Concat(s.types, slices.Collect(in)...)
	order, err := s.rank(whole)
	return whole, order, err
}

// rank is the numbers of a batch's rows in order.
func (s *sorter) rank(b column.Batch) ([]int32, error) {
	columns, err := expr.EvalAll(s.keys, b)
	if err != nil {
		return nil, err
	}
	return rankRows(s.order, columns, b.Rows), nil
}

func planSort(p *Planner, n plan.Node) (Operator, error) {
	s, ok := n.(*plan.Sort)
	if !ok {
		return nil, nil
	}
	child, err := p.Plan(s.Child)
	if err != nil {
		return nil, err
	}
	return &Sort{Unary{child}, s.Order, s.Global}, nil
}
