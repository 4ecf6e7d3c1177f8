package physical

import (
	"iter"
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
)

// Window adds columns computed for each row over rows around it. The rows of a
// partition of the window come together and in order.
type Window struct {
	Unary
	Calls     []*expr.Alias
	Partition []expr.Expr
	Order     []*expr.SortOrder
}

// Name implements Operator.
func (w *Window) Name() string { return "Window" }

// Text implements Operator.
func (w *Window) Text() string {
	return (&plan.Window{Calls: w.Calls, Partition: w.Partition, Order: w.Order}).Text()
}

// WithChildren implements Operator.
func (w *Window) WithChildren(c []Operator) Operator { v := *w; v.Child = c[0]; return &v }

// Output implements Operator.
func (w *Window) Output() []*expr.Attribute {
	out := slices.Clone(w.Child.Output())
	for _, c := range w.Calls {
		out = append(out, c.Attribute())
	}
	return out
}

// Needs implements Operator.
func (w *Window) Needs() []Need {
	return []Need{{Placed(w.Partition), append(orderBy(w.Partition), w.Order...)}}
}

// Run implements Operator.
func (w *Window) Run(x *Context) (*Rows, error) {
	child, err := x.Run(w.Child)
	if err != nil {
		return nil, err
	}
	bound, err := w.bind()
	if err != nil {
		return nil, err
	}
	types := expr.SchemaOf(w.Child.Output()).Types()
	return Narrow(child, "window", func(t *lineage.Task, _ int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		whole := column.Concat(types, slices.Collect(in)...)
		columns, err := bound.columns(t, whole)
		if err != nil {
			return err
		}
		whole.Columns = append(whole.Columns[:len(whole.Columns):len(whole.Columns)], columns...)
		for part := range chunks(whole, column.BatchRows) {
			if !emit(part) {
				return nil
			}
		}
		return nil
	}), nil
}

// boundWindow is a window, bound.
type boundWindow struct {
	partition, order []*expr.Bound
	calls            []windowCall
}

// windowCall is one call, and its arguments.
type windowCall struct {
	*expr.WindowCall
	args   []*expr.Bound
	filter *expr.Bound
}

func (w *Window) bind() (*boundWindow, error) {
	input := w.Child.Output()
	var b boundWindow
	var err error
	if b.partition, err = expr.BindAll(w.Partition, input); err != nil {
		return nil, err
	}
	if b.order, err = expr.BindAll(w.Order, input); err != nil {
		return nil, err
	}
	for _, alias := range w.Calls {
		call := windowCall{WindowCall: alias.Child.(*expr.WindowCall)}
		args := call.Func.Children()
		if a, ok := call.Func.(*expr.AggregateCall); ok {
			args = a.Args
			if a.Filter != nil {
				if call.filter, err = expr.Bind(a.Filter, input); err != nil {
					return nil, err
				}
			}
		}
		if call.args, err = expr.BindAll(args, input); err != nil {
			return nil, err
		}
		b.calls = append(b.calls, call)
	}
	return &b, nil
}

// columns computes the calls over the rows of a task.
func (b *boundWindow) columns(t *lineage.Task, rows column.Batch) ([]column.Column, error) {
	partition, err := expr.EvalAll(b.partition, rows)
	if err != nil {
		return nil, err
	}
	order, err := expr.EvalAll(b.order, rows)
	if err != nil {
		return nil, err
	}
	starts := runs(partition, 0, rows.Rows)
	made := make([]column.Column, len(b.calls))
	for i, call := range b.calls {
		args, err := expr.EvalAll(call.args, rows)
		if err != nil {
			return nil, err
		}
		w := framing{call: call, args: args, order: order}
		if call.filter != nil {
			if w.kept, err = call.filter.Eval(rows); err != nil {
				return nil, err
			}
		}
		parts := make([]column.Column, len(starts))
		for p, from := range starts {
			t.Look()
			to := rows.Rows
			if p+1 < len(starts) {
				to = starts[p+1]
			}
			if parts[p], err = w.partition(from, to); err != nil {
				return nil, err
			}
		}
		made[i] = column.Join(call.Type(), parts...)
	}
	return made, nil
}

// runs are the rows from, and before to, where one of the columns changes; the
// first row is one.
func runs(columns []column.Column, from, to int) []int {
	var starts []int
	for i := from; i < to; i++ {
		if i == from || compareKeys(columns, i-1, columns, i) != 0 {
			starts = append(starts, i)
		}
	}
	return starts
}

func planWindow(p *Planner, n plan.Node) (Operator, error) {
	switch n := n.(type) {
	case *plan.Window:
		child, err := p.Plan(n.Child)
		if err != nil {
			return nil, err
		}
		return &Window{Unary{child}, n.Calls, n.Partition, n.Order}, nil
	case *plan.WindowGroupLimit:
		child, err := p.Plan(n.Child)
		if err != nil {
			return nil, err
		}
		partial := &WindowGroupLimit{Unary{child}, n, false}
		return &WindowGroupLimit{Unary{partial}, n, true}, nil
	}
	return nil, nil
}
