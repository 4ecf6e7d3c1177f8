package physical

import (
	"iter"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// LocalTableScan gives rows that the program holds.
type LocalTableScan struct {
	Leaf
	Columns []*expr.Attribute
	Rows    column.Batch
}

// Name implements Operator.
func (l *LocalTableScan) Name() string { return "LocalTableScan" }

// Text implements Operator.
func (l *LocalTableScan) Text() string {
	if l.Rows.Rows == 0 {
		return "<empty>, [" + expr.Texts(l.Columns) + "]"
	}
	return "[" + expr.Texts(l.Columns) + "]"
}

// WithChildren implements Operator.
func (l *LocalTableScan) WithChildren([]Operator) Operator { return l }

// Output implements Operator.
func (l *LocalTableScan) Output() []*expr.Attribute { return l.Columns }

// Partitioning implements Operator.
func (l *LocalTableScan) Partitioning() Partitioning { return UnknownPartitioning{} }

// Run implements Operator: the rows are dealt out over as many partitions as can
// be computed at once, a slice each, but no more than there are rows.
func (l *LocalTableScan) Run(x *Context) (*Rows, error) {
	n := min(l.Rows.Rows, x.Conf.Parallelism)
	return rdd.Define(x.Session, rdd.Definition[column.Batch]{
		Class: "ParallelCollectionRDD", Op: "local", Partitions: func() (int, error) { return n, nil },
		Compute: func(t *lineage.Task, p int) iter.Seq[column.Batch] {
			return chunks(l.Rows.Slice(p*l.Rows.Rows/n, (p+1)*l.Rows.Rows/n), column.BatchRows)
		},
	}), nil
}

// chunks cuts a batch into batches of at most so many rows.
func chunks(b column.Batch, rows int) iter.Seq[column.Batch] {
	return func(yield func(column.Batch) bool) {
		for from := 0; from < b.Rows; from += rows {
			if !yield(b.Slice(from, min(from+rows, b.Rows))) {
				return
			}
		}
	}
}

// Range gives numbers.
type Range struct {
	Leaf
	Of *plan.Range
}

// Name implements Operator.
func (r *Range) Name() string { return "Range" }

// Text implements Operator.
func (r *Range) Text() string { return r.Of.Text() }

// WithChildren implements Operator.
func (r *Range) WithChildren([]Operator) Operator { return r }

// Output implements Operator.
func (r *Range) Output() []*expr.Attribute { return r.Of.Output() }

// Partitioning implements Operator.
func (r *Range) Partitioning() Partitioning {
	if r.Of.Partitions == 1 {
		return SinglePartition{}
	}
	return UnknownPartitioning{r.Of.Partitions}
}

// Ordering implements Operator.
func (r *Range) Ordering() []*expr.SortOrder {
	return []*expr.SortOrder{{Child: r.Of.Column, Desc: r.Of.Step < 0, NullsFirst: r.Of.Step > 0}}
}

// Run implements Operator.
func (r *Range) Run(x *Context) (*Rows, error) {
	numbers := rdd.Range(x.Session, r.Of.Start, r.Of.End, r.Of.Step, r.Of.Partitions)
	read, node := rdd.Compute(numbers), rdd.Node(numbers)
	return rdd.Define(x.Session, rdd.Definition[column.Batch]{
		Class: "MapPartitionsRDD", Op: "range", Partitions: node.Partitions, Deps: []lineage.Dep{lineage.Narrow(node)}, Err: numbers.Err(),
		Compute: func(t *lineage.Task, p int) iter.Seq[column.Batch] {
			return func(yield func(column.Batch) bool) {
				var data []int64
				flush := func() bool {
					batch := column.NewBatch(column.New(column.BigIntType, data, nil))
					t.Metrics.Input += int64(len(data))
					data = nil
					return yield(batch)
				}
				for v := range read(t, p) {
					data = append(data, v)
					if len(data) == column.BatchRows && !flush() {
						return
					}
				}
				if len(data) > 0 {
					flush()
				}
			}
		},
	}), nil
}

// ExistingRDD gives the rows of a dataset that is there already: a checkpoint, or
// one that the program made.
type ExistingRDD struct {
	Leaf
	Columns []*expr.Attribute
	From    *Rows
	Placed  Partitioning // as the rows lie
	Sorted  []*expr.SortOrder
}

// Name implements Operator.
func (e *ExistingRDD) Name() string { return "Scan ExistingRDD" }

// Text implements Operator.
func (e *ExistingRDD) Text() string { return "[" + expr.Texts(e.Columns) + "]" }

// WithChildren implements Operator.
func (e *ExistingRDD) WithChildren([]Operator) Operator { return e }

// Output implements Operator.
func (e *ExistingRDD) Output() []*expr.Attribute { return e.Columns }

// Partitioning implements Operator.
func (e *ExistingRDD) Partitioning() Partitioning { return e.Placed }

// Ordering implements Operator.
func (e *ExistingRDD) Ordering() []*expr.SortOrder { return e.Sorted }

// Run implements Operator.
func (e *ExistingRDD) Run(*Context) (*Rows, error) { return e.From, nil }

// LogicalRDD is a dataset of batches as a logical plan's leaf.
type LogicalRDD struct {
	plan.Leaf
	plan.NoExprs
	Columns []*expr.Attribute
	From    *Rows
	Placed  Partitioning
	Sorted  []*expr.SortOrder
}

// Name implements plan.Node.
func (l *LogicalRDD) Name() string { return "LogicalRDD" }

// Text implements plan.Node.
func (l *LogicalRDD) Text() string { return "[" + expr.Texts(l.Columns) + "], false" }

// WithChildren implements plan.Node.
func (l *LogicalRDD) WithChildren([]plan.Node) plan.Node { return l }

// Output implements plan.Node.
func (l *LogicalRDD) Output() []*expr.Attribute { return l.Columns }

// WithExprs implements plan.Node.
func (l *LogicalRDD) WithExprs([]expr.Expr) plan.Node { return l }

func planSource(p *Planner, n plan.Node) (Operator, error) {
	switch n := n.(type) {
	case *plan.Local:
		return &LocalTableScan{Columns: n.Columns, Rows: n.Rows}, nil
	case *plan.Range:
		with := *n
		if with.Partitions == 0 {
			with.Partitions = p.Conf.Parallelism
		}
		return &Range{Of: &with}, nil
	case *LogicalRDD:
		return &ExistingRDD{Columns: n.Columns, From: n.From, Placed: n.Placed, Sorted: n.Sorted}, nil
	}
	return nil, nil
}
