package physical

import (
	"math"

	"etincelle/engine"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/rdd"
)

// Result brings the rows of a whole plan to the driver: by one job, or for a limit
// by as many as it takes to find enough rows.
func (x *Context) Result(op Operator) (column.Batch, error) {
	if a, ok := op.(*AdaptiveSparkPlan); ok {
		final, err := x.Final(a)
		if err != nil {
			return column.Batch{}, err
		}
		op = final.Children()[0]
	}
	switch op := op.(type) {
	case *CollectLimit:
		return x.take(op)
	case *TakeOrderedAndProject:
		return x.takeOrdered(op)
	case *LocalTableScan:
		return op.Rows, nil // they are here: no job
	case *EmptyRelation:
		return column.Concat(expr.SchemaOf(op.Columns).Types()), nil
	}
	return x.Collect(op)
}

// take looks at one partition, then at more and more, until it has enough rows.
func (x *Context) take(l *CollectLimit) (column.Batch, error) {
	types := expr.SchemaOf(l.Output()).Types()
	if local, ok := l.Child.(*LocalTableScan); ok {
		return local.Rows.Slice(0, min(l.N, local.Rows.Rows)), nil
	}
	rows, err := x.Run(l.Child)
	if err != nil {
		return column.Batch{}, err
	}
	total, err := rdd.Node(rows).Partitions()
	if err != nil {
		return column.Batch{}, err
	}
	var got []column.Batch
	found := 0
	for scanned := 0; found < l.N && scanned < total; {
		next := min(more(scanned, found, l.N, engine.Inside(x.Session).TakeScaleUp()), total-scanned)
		part, err := x.collect(l.Child, rows, upTo(scanned, scanned+next), l.N-found)
		if err != nil {
			return column.Batch{}, err
		}
		got = append(got, part)
		found += part.Rows
		scanned += next
	}
	whole := column.Concat(types, got...)
	return whole.Slice(0, min(l.N, whole.Rows)), nil
}

// more is how many partitions to look at next: one at first, scaleUp times those
// seen when they held nothing, else half as many again as should do.
func more(scanned, found, wanted, scaleUp int) int {
	switch {
	case scanned == 0:
		return 1
	case found == 0:
		return scanned * scaleUp
	}
	enough := math.Ceil(1.5 * float64(wanted-found) * float64(scanned) / float64(found))
	return int(min(enough, float64(scanned*scaleUp)))
}

// takeOrdered takes the first rows of each task, and of those the first.
func (x *Context) takeOrdered(t *TakeOrderedAndProject) (column.Batch, error) {
	firsts := &firstOrdered{Unary{t.Child}, t.N, t.Order}
	got, err := x.Collect(firsts)
	if err != nil {
		return got, err
	}
	s, err := newSorter(t.Order, t.Child.Output())
	if err != nil {
		return got, err
	}
	order, err := s.rank(got)
	if err != nil {
		return got, err
	}
	got = got.Take(order[:min(t.N, len(order))])
	list, err := expr.BindAll(t.List, t.Child.Output())
	if err != nil {
		return got, err
	}
	columns, err := expr.EvalAll(list, got)
	return column.Batch{Columns: columns, Rows: got.Rows}, err
}
