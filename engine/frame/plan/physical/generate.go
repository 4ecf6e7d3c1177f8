package physical

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// Generate gives a row for each element of an array.
type Generate struct {
	Unary
	Of *plan.Generate
}

// Name implements Operator.
func (g *Generate) Name() string { return "Generate" }

// Text implements Operator.
func (g *Generate) Text() string {
	outer := ", false"
	if g.Of.Generator.Outer {
		outer = ", true"
	}
	return g.Of.Generator.String() + ", [" + expr.Texts(g.Of.Keep) + "]" + outer + ", [" + expr.Texts(g.Of.Made) + "]"
}

// WithChildren implements Operator.
func (g *Generate) WithChildren(c []Operator) Operator { return &Generate{Unary{c[0]}, g.Of} }

// Output implements Operator.
func (g *Generate) Output() []*expr.Attribute { return g.Of.Output() }

// Ordering implements Operator.
func (g *Generate) Ordering() []*expr.SortOrder { return nil }

// Run implements Operator.
func (g *Generate) Run(x *Context) (*Rows, error) {
	child, err := x.Run(g.Child)
	if err != nil {
		return nil, err
	}
	array, err := expr.Bind(g.Of.Generator.Child, g.Child.Output())
	if err != nil {
		return nil, err
	}
	kept, err := expr.BindAll(g.Of.Keep, g.Child.Output())
	if err != nil {
		return nil, err
	}
	return Each(child, "explode", func(b column.Batch) (column.Batch, error) {
		c, err := array.Eval(b)
		if err != nil {
			return b, err
		}
		columns, err := expr.EvalAll(kept, b)
		if err != nil {
			return b, err
		}
		return g.explode(c.(*column.Lists), column.Batch{Columns: columns, Rows: b.Rows}), nil
	}), nil
}

// explode puts each element beside the columns of its row.
func (g *Generate) explode(lists *column.Lists, kept column.Batch) column.Batch {
	n := lists.Elem.Len()
	rows, elements, positions := make([]int32, 0, n), make([]int32, 0, n), make([]int32, 0, n)
	for i := range kept.Rows {
		from, to := 0, 0
		if !lists.Null(i) {
			from, to = lists.Span(i)
		}
		for j := from; j < to; j++ {
			rows, elements, positions = append(rows, int32(i)), append(elements, int32(j)), append(positions, int32(j-from))
		}
		if from == to && g.Of.Generator.Outer {
			rows, elements, positions = append(rows, int32(i)), append(elements, -1), append(positions, -1)
		}
	}
	out := kept.Take(rows)
	if g.Of.Generator.Positions {
		out.Columns = append(out.Columns, placesOf(positions))
	}
	if !inTurn(elements, n) {
		return column.Batch{Columns: append(out.Columns, lists.Elem.Take(elements)), Rows: out.Rows}
	}
	out.Columns = append(out.Columns, lists.Elem) // all of them as they are, as usual
	return out
}

// inTurn says that rows are 0, 1, … n-1.
func inTurn(rows []int32, n int) bool {
	for i, row := range rows {
		if row != int32(i) {
			return false
		}
	}
	return len(rows) == n
}

// placesOf is positions as a column; -1 is a null.
func placesOf(positions []int32) column.Column {
	b := column.NewBuilder(column.IntType, len(positions)).(*column.VectorBuilder[int32])
	for _, p := range positions {
		if p < 0 {
			b.AppendNull()
		} else {
			b.Add(p)
		}
	}
	return b.Build()
}

// Expand gives a row for each list of expressions.
type Expand struct {
	Unary
	Of *plan.Expand
}

// Name implements Operator.
func (e *Expand) Name() string { return "Expand" }

// Text implements Operator.
func (e *Expand) Text() string { return e.Of.Text() }

// WithChildren implements Operator.
func (e *Expand) WithChildren(c []Operator) Operator { return &Expand{Unary{c[0]}, e.Of} }

// Output implements Operator.
func (e *Expand) Output() []*expr.Attribute { return e.Of.Made }

// Partitioning implements Operator.
func (e *Expand) Partitioning() Partitioning {
	return UnknownPartitioning{e.Child.Partitioning().Count()}
}

// Ordering implements Operator.
func (e *Expand) Ordering() []*expr.SortOrder { return nil }

// Run implements Operator: the rows of a row stay together.
func (e *Expand) Run(x *Context) (*Rows, error) {
	child, err := x.Run(e.Child)
	if err != nil {
		return nil, err
	}
	lists := make([][]*expr.Bound, len(e.Of.Lists))
	for i, list := range e.Of.Lists {
		if lists[i], err = expr.BindAll(list, e.Child.Output()); err != nil {
			return nil, err
		}
	}
	types := expr.SchemaOf(e.Of.Made).Types()
	return Each(child, "expand", func(b column.Batch) (column.Batch, error) {
		parts := make([]column.Batch, len(lists))
		for i, list := range lists {
			columns, err := expr.EvalAll(list, b)
			if err != nil {
				return b, err
			}
			parts[i] = column.Batch{Columns: columns, Rows: b.Rows}
		}
		order := make([]int32, 0, b.Rows*len(lists))
		for row := range b.Rows {
			for i := range lists {
				order = append(order, int32(i*b.Rows+row))
			}
		}
		return column.Concat(types, parts...).Take(order), nil
	}), nil
}

func planGenerate(p *Planner, n plan.Node) (Operator, error) {
	switch n := n.(type) {
	case *plan.Generate:
		child, err := p.Plan(n.Child)
		if err != nil {
			return nil, err
		}
		return &Generate{Unary{child}, n}, nil
	case *plan.Expand:
		child, err := p.Plan(n.Child)
		if err != nil {
			return nil, err
		}
		return &Expand{Unary{child}, n}, nil
	}
	return nil, nil
}
