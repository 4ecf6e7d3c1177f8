package physical

import (
	"iter"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// SortMergeJoin joins by equal keys: both sides are placed and sorted by them, and
// read side by side.
type SortMergeJoin struct {
	Binary
	How  plan.JoinType
	Keys plan.EquiJoin
}

// Name implements Operator.
func (j *SortMergeJoin) Name() string { return "SortMergeJoin" }

// Text implements Operator.
func (j *SortMergeJoin) Text() string {
	text := keysText(j.Keys) + ", " + string(j.How)
	if j.Keys.Rest != nil {
		text += ", " + j.Keys.Rest.String()
	}
	return text
}

// WithChildren implements Operator.
func (j *SortMergeJoin) WithChildren(c []Operator) Operator {
	return &SortMergeJoin{Binary{c[0], c[1]}, j.How, j.Keys}
}

// Output implements Operator.
func (j *SortMergeJoin) Output() []*expr.Attribute { return joinColumns(j.How, j.Left, j.Right) }

// Partitioning implements Operator.
func (j *SortMergeJoin) Partitioning() Partitioning {
	switch j.How {
	case plan.Inner, plan.Cross:
		return PartitioningCollection{j.Left.Partitioning(), j.Right.Partitioning()}
	case plan.RightOuter:
		return j.Right.Partitioning()
	case plan.FullOuter:
		return UnknownPartitioning{j.Left.Partitioning().Count()}
	}
	return j.Left.Partitioning()
}

// Ordering implements Operator.
func (j *SortMergeJoin) Ordering() []*expr.SortOrder {
	switch j.How {
	case plan.FullOuter:
		return nil
	case plan.RightOuter:
		return orderBy(j.Keys.Right)
	}
	return orderBy(j.Keys.Left)
}

func orderBy(keys []expr.Expr) []*expr.SortOrder {
	order := make([]*expr.SortOrder, len(keys))
	for i, k := range keys {
		order[i] = ascending(k)
	}
	return order
}

// Needs implements Operator.
func (j *SortMergeJoin) Needs() []Need {
	return []Need{
		{ClusteredDistribution{Keys: j.Keys.Left, All: true}, orderBy(j.Keys.Left)},
		{ClusteredDistribution{Keys: j.Keys.Right, All: true}, orderBy(j.Keys.Right)},
	}
}

// Run implements Operator.
func (j *SortMergeJoin) Run(x *Context) (*Rows, error) {
	build := BuildRight
	if j.How == plan.RightOuter {
		build = BuildLeft // so that rows come in the order of the right side
	}
	joining, err := newJoining(j.How, build, j.Left, j.Right, j.Keys.Rest)
	if err != nil {
		return nil, err
	}
	left, err := newMergeSide(x, j.Left, j.Keys.Left)
	if err != nil {
		return nil, err
	}
	right, err := newMergeSide(x, j.Right, j.Keys.Right)
	if err != nil {
		return nil, err
	}
	return zipped(left.rows, right.rows, "join", func(t *lineage.Task, l, r iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		first, second, in, other := left, right, l, r
		if build == BuildLeft {
			first, second, in, other = right, left, r, l
		}
		streamed, err := first.read(in)
		if err != nil || streamed.rows.Rows == 0 && j.How != plan.FullOuter {
			return err // the other side is not even read
		}
		built, err := second.read(other)
		if err != nil {
			return err
		}
		return mergeJoin(t, joining, streamed, built, emit)
	}), nil
}

// mergeSide is one side of a merge.
type mergeSide struct {
	rows  *Rows
	types []column.Type
	keys  []*expr.Bound
}

func newMergeSide(x *Context, op Operator, keys []expr.Expr) (*mergeSide, error) {
	rows, err := x.Run(op)
	if err != nil {
		return nil, err
	}
	bound, err := expr.BindAll(keys, op.Output())
	return &mergeSide{rows, expr.SchemaOf(op.Output()).Types(), bound}, err
}

// sortedRows is a side's rows of one partition, and their keys.
type sortedRows struct {
	rows  column.Batch
	keys  []column.Column
	types []column.Type
}

func (s *mergeSide) read(in iter.Seq[column.Batch]) (sortedRows, error) {
	var parts []column.Batch
	for b := range in {
		parts = append(parts, b)
	}
	whole := column.Concat(s.types, parts...)
	keys, err := expr.EvalAll(s.keys, whole)
	return sortedRows{whole, keys, s.types}, err
}

// mergeJoin goes up both sides at once. The streamed side is handed to the joiner
// in batches, with the pairs that were found.
func mergeJoin(t *lineage.Task, joining *joining, streamed, built sortedRows, emit func(column.Batch) bool) error {
	join := joining.over(built.rows)
	low := 0
	for from := 0; from < streamed.rows.Rows; from += column.BatchRows {
		t.Look()
		to := min(from+column.BatchRows, streamed.rows.Rows)
		var pairs pairRows
		for s := from; s < to; s++ {
			for low < built.rows.Rows && compareKeys(built.keys, low, streamed.keys, s) < 0 {
				low++
			}
			if hasNull(streamed.keys, s) {
				continue
			}
			for b := low; b < built.rows.Rows && compareKeys(built.keys, b, streamed.keys, s) == 0; b++ {
				pairs.streamed = append(pairs.streamed, int32(s-from))
				pairs.built = append(pairs.built, int32(b))
			}
		}
		out, err := join.join(streamed.rows.Slice(from, to), pairs)
		if err != nil {
			return err
		}
		if out.Rows > 0 && !emit(out) {
			return nil
		}
	}
	if join.matched != nil {
		if rest := join.rest(streamed.types); rest.Rows > 0 {
			emit(rest)
		}
	}
	return nil
}

func compareKeys(a []column.Column, i int, b []column.Column, j int) int {
	for k := range a {
		if c := column.Compare(a[k], i, b[k], j); c != 0 {
			return c
		}
	}
	return 0
}

func hasNull(keys []column.Column, i int) bool {
	for _, k := range keys {
		if k.Null(i) {
			return true
		}
	}
	return false
}

// zipped is the dataset of an operator that takes partition i of two children at
// once.
func zipped(left, right *Rows, op string, work func(t *lineage.Task, l, r iter.Seq[column.Batch], emit func(column.Batch) bool) error) *Rows {
	readLeft, readRight := rdd.Compute(left), rdd.Compute(right)
	err := left.Err()
	if err == nil {
		err = right.Err()
	}
	return rdd.Define(left.Session(), rdd.Definition[column.Batch]{
		Class: "ZippedPartitionsRDD2", Op: op, Partitions: rdd.Node(left).Partitions, Err: err,
		Deps: []lineage.Dep{lineage.Narrow(rdd.Node(left)), lineage.Narrow(rdd.Node(right))},
		Compute: func(t *lineage.Task, p int) iter.Seq[column.Batch] {
			return func(yield func(column.Batch) bool) { t.Check(work(t, readLeft(t, p), readRight(t, p), yield)) }
		},
	})
}
