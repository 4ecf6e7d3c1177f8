package stream

import (
	"iter"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
	"etincelle/engine/stream/analyze"
)

// localLimit hands the first rows of each partition on, and reads the others all the
// same: what is below may remember them. Spark's StreamingLocalLimit.
type localLimit struct{ physical.Limit }

// WithChildren implements physical.Operator.
func (l *localLimit) WithChildren(c []physical.Operator) physical.Operator {
	with := *l
	with.Child = c[0]
	return &with
}

// Name implements physical.Operator.
func (l *localLimit) Name() string { return "StreamingLocalLimit" }

// Run implements physical.Operator.
func (l *localLimit) Run(x *physical.Context) (*physical.Rows, error) {
	child, err := x.Run(l.Child)
	if err != nil {
		return nil, err
	}
	return physical.Narrow(child, "limit", func(_ *lineage.Task, _ int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		left := l.N
		for b := range in {
			n := min(left, b.Rows)
			left -= n
			if n > 0 && !emit(b.Slice(0, n)) {
				return nil
			}
		}
		return nil
	}), nil
}

// planLocalLimit is the first n rows of each partition. Above what has state all
// rows are read; else reading stops when there are enough, and rows come one by one,
// so that no more are read, and counted, than Spark reads.
func (e *execution) planLocalLimit(p *physical.Planner, below plan.Node, n int) (physical.Operator, error) {
	before := len(e.scans)
	child, err := p.Plan(below)
	if err != nil {
		return nil, err
	}
	limit := physical.Limit{Unary: physical.Unary{Child: child}, N: n, Local: true}
	if plan.Any(below, analyze.Stateful) {
		return &localLimit{limit}, nil
	}
	for _, scan := range e.scans[before:] {
		scan.single = true
	}
	return &limit, nil
}

// nothing gives no rows: what a limit of 0 comes to.
type nothing struct {
	physical.Leaf
	columns []*expr.Attribute
}

// Name implements physical.Operator.
func (n *nothing) Name() string { return "LocalTableScan" }

// Text implements physical.Operator.
func (n *nothing) Text() string { return "<empty>, [" + expr.Texts(n.columns) + "]" }

// WithChildren implements physical.Operator.
func (n *nothing) WithChildren([]physical.Operator) physical.Operator { return n }

// Output implements physical.Operator.
func (n *nothing) Output() []*expr.Attribute { return n.columns }

// Partitioning implements physical.Operator.
func (n *nothing) Partitioning() physical.Partitioning { return physical.UnknownPartitioning{} }

// Run implements physical.Operator.
func (n *nothing) Run(x *physical.Context) (*physical.Rows, error) {
	return rdd.Define(x.Session, rdd.Definition[column.Batch]{
		Class: "ParallelCollectionRDD", Op: "empty", Partitions: func() (int, error) { return 0, nil },
		Compute: func(*lineage.Task, int) iter.Seq[column.Batch] { return func(func(column.Batch) bool) {} },
	}), nil
}
