package physical

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// grouping is an aggregation, bound: what every task of it starts with.
type grouping struct {
	of    *Aggregate
	keys  []*expr.Bound
	steps []boundStep
	list  []*expr.Bound // nil: keys, then what the steps give
}

type boundStep struct {
	AggregateStep
	args   []*expr.Bound // of rows, or the buffers of a step that merges
	filter *expr.Bound   // nil for none
}

func (a *Aggregate) bind() (*grouping, error) {
	input := a.Child.Output()
	g := &grouping{of: a}
	var err error
	if g.keys, err = expr.BindAll(a.Keys, input); err != nil {
		return nil, err
	}
	for _, s := range a.Steps {
		step := boundStep{AggregateStep: s}
		if s.reads() {
			step.args, err = expr.BindAll(s.Call.Args, input)
			if err == nil && s.Call.Filter != nil {
				step.filter, err = expr.Bind(s.Call.Filter, input)
			}
		} else {
			step.args, err = expr.BindAll(s.Buffer, input)
		}
		if err != nil {
			return nil, err
		}
		g.steps = append(g.steps, step)
	}
	if a.List != nil && err == nil {
		g.list, err = expr.BindAll(a.List, a.columns())
	}
	return g, err
}

// groups is the groups of one task.
type groups struct {
	*grouping
	table        *keyTable
	accumulators []expr.Accumulator
}

func (g *grouping) start() *groups {
	s := &groups{grouping: g, table: newKeyTable(expr.SchemaOf(attributesOf(g.of.Keys)).Types())}
	for _, step := range g.steps {
		s.accumulators = append(s.accumulators, step.Call.Accumulator())
	}
	if len(g.keys) == 0 && g.of.always() {
		s.grow(1)
	}
	return s
}

// always reports whether there is a group without keys even when there is no row:
// GROUP BY () has one, SELECT DISTINCT of no columns has not.
func (a *Aggregate) always() bool { return len(a.Steps) > 0 || a.List != nil }

func (s *groups) grow(n int) {
	for _, a := range s.accumulators {
		a.Grow(n)
	}
}

// take adds the rows of a batch to their groups.
func (s *groups) take(b column.Batch) error {
	keys, err := expr.EvalAll(s.keys, b)
	if err != nil {
		return err
	}
	ids := make([]int32, b.Rows)
	n := 1
	if len(s.keys) > 0 {
		n = s.table.find(keys, ids)
	}
	s.grow(n)
	for i, step := range s.steps {
		if err := step.add(s.accumulators[i], b, ids); err != nil {
			return err
		}
	}
	return nil
}

// add gives a batch to an accumulator.
func (s boundStep) add(to expr.Accumulator, b column.Batch, ids []int32) error {
	if s.filter != nil {
		truth, err := s.filter.Eval(b)
		if err != nil {
			return err
		}
		rows := trueRows(truth)
		kept := make([]int32, len(rows))
		for i, r := range rows {
			kept[i] = ids[r]
		}
		b, ids = b.Take(rows), kept
	}
	args, err := expr.EvalAll(s.args, b)
	if err != nil {
		return err
	}
	if s.reads() {
		return to.Update(ids, args)
	}
	return to.Merge(ids, args)
}

// finish is a row for each group.
func (s *groups) finish() (column.Batch, error) {
	n := s.table.len()
	if len(s.keys) == 0 {
		n = 1
	}
	out := column.Batch{Columns: s.table.columns(), Rows: n}
	for i, step := range s.steps {
		if !step.ends() {
			out.Columns = append(out.Columns, s.accumulators[i].Buffers()...)
			continue
		}
		result, err := s.accumulators[i].Final()
		if err != nil {
			return out, err
		}
		out.Columns = append(out.Columns, result)
	}
	if s.list == nil {
		return out, nil
	}
	columns, err := expr.EvalAll(s.list, out)
	return column.Batch{Columns: columns, Rows: n}, err
}
