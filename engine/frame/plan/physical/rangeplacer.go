package physical

import (
	"iter"
	"math"
	"sort"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

const (
	sampledRows = 100 // for each partition asked for (spark.sql.execution.rangeExchange.sampleSizePerPartition)
	overSample  = 3   // partitions are rarely as even as one hopes
)

// sketch is the sample of one partition: keys, and the rows that it has.
type sketch struct {
	keys column.Batch
	rows int64
}

// rangePlacer finds bounds by a job that samples the child's keys; rows are then
// placed by the bounds.
func (e *Exchange) rangePlacer(x *Context, child *Rows, to RangePartitioning) (func(int) placing, int, error) {
	keys, err := expr.BindAll(to.Order, e.Child.Output())
	if err != nil {
		return nil, 0, err
	}
	order := comparing(to.Order)
	if to.N <= 1 {
		return byBounds(keys, column.Batch{}, order), 1, nil
	}
	partitions, err := rdd.Node(child).Partitions()
	if err != nil {
		return nil, 0, err
	}
	wanted := min(sampledRows*float64(to.N), 1e6)
	each := int(math.Ceil(overSample * wanted / float64(max(partitions, 1))))
	sketches := make([]sketch, partitions)
	id := rdd.Node(child).ID
	err = rdd.RunJob(child, x.Action, nil, func(t *lineage.Task, in iter.Seq[column.Batch]) (sketch, error) {
		return sketched(rdd.NewXORShift(rdd.SketchSeed(id, t.Partition)), in, keys, to, each)
	}, func(p int, s sketch) { sketches[p] = s })
	if err != nil {
		return nil, 0, err
	}
	types := make([]column.Type, len(to.Order))
	for i, o := range to.Order {
		types[i] = o.Type()
	}
	var parts []column.Batch
	var at []int32
	var weights []float32
	for _, s := range sketches {
		parts = append(parts, s.keys)
		for range s.keys.Rows {
			at = append(at, int32(len(at)))
			weights = append(weights, float32(float64(s.rows)/float64(s.keys.Rows)))
		}
	}
	all := column.Concat(types, parts...)
	found := rdd.RangeBounds(at, weights, to.N, func(a, b int32) int { return order(all, int(a), all, int(b)) })
	return byBounds(keys, all.Take(found), order), len(found) + 1, nil
}

// sketched samples the keys of a partition by reservoir: every row has the same
// chance.
func sketched(random rdd.XORShift, in iter.Seq[column.Batch], keys []*expr.Bound, to RangePartitioning, each int) (sketch, error) {
	var s sketch
	builders := make([][]column.Builder, 0, each) // a row each
	for batch := range in {
		columns, err := expr.EvalAll(keys, batch)
		if err != nil {
			return s, err
		}
		for row := range batch.Rows {
			s.rows++
			at := len(builders)
			if at == each {
				if at = int(random.Float() * float64(s.rows)); at >= each {
					continue
				}
			} else {
				builders = append(builders, nil)
			}
			kept := make([]column.Builder, len(columns))
			for i, c := range columns {
				kept[i] = column.NewBuilder(c.Type(), 1)
				kept[i].AppendFrom(c, row)
			}
			builders[at] = kept
		}
	}
	s.keys.Rows = len(builders)
	for i, o := range to.Order {
		values := make([]column.Column, len(builders))
		for row, kept := range builders {
			values[row] = kept[i].Build()
		}
		s.keys.Columns = append(s.keys.Columns, column.Join(o.Type(), values...))
	}
	return s, nil
}

// byBounds places rows: partition i has the rows up to bound i that are above
// bound i-1; the last one the rest.
func byBounds(keys []*expr.Bound, bounds column.Batch, order comparison) func(int) placing {
	return func(int) placing {
		return func(b column.Batch) ([]int32, error) {
			columns, err := expr.EvalAll(keys, b)
			if err != nil {
				return nil, err
			}
			rows := column.Batch{Columns: columns, Rows: b.Rows}
			places := make([]int32, b.Rows)
			for i := range places {
				places[i] = int32(sort.Search(bounds.Rows, func(p int) bool { return order(rows, i, bounds, p) <= 0 }))
			}
			return places, nil
		}
	}
}

// comparison is the order of row i of a and row j of b, whose columns are the keys
// of an order.
type comparison func(a column.Batch, i int, b column.Batch, j int) int

// comparing is the comparison by an order.
func comparing(order []*expr.SortOrder) comparison {
	return func(a column.Batch, i int, b column.Batch, j int) int {
		for k, o := range order {
			if c := compareBy(o, a.Columns[k], i, b.Columns[k], j); c != 0 {
				return c
			}
		}
		return 0
	}
}

func compareBy(o *expr.SortOrder, a column.Column, i int, b column.Column, j int) int {
	an, bn := a.Null(i), b.Null(j)
	switch {
	case an && bn:
		return 0
	case an || bn:
		if an == o.NullsFirst {
			return -1
		}
		return 1
	}
	c := column.Compare(a, i, b, j)
	if o.Desc {
		return -c
	}
	return c
}
