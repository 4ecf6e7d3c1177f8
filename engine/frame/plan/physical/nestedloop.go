package physical

import (
	"iter"
	"math"
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// BroadcastNestedLoopJoin joins by any condition: each row of one side meets all
// rows of the other, which every task has.
type BroadcastNestedLoopJoin struct {
	Binary
	How       plan.JoinType
	Condition expr.Expr // nil: every pair
	Build     Side
}

// Name implements Operator.
func (j *BroadcastNestedLoopJoin) Name() string { return "BroadcastNestedLoopJoin" }

// Text implements Operator.
func (j *BroadcastNestedLoopJoin) Text() string {
	text := string(j.Build) + ", " + string(j.How)
	if j.Condition != nil {
		text += ", " + j.Condition.String()
	}
	return text
}

// WithChildren implements Operator.
func (j *BroadcastNestedLoopJoin) WithChildren(c []Operator) Operator {
	return &BroadcastNestedLoopJoin{Binary{c[0], c[1]}, j.How, j.Condition, j.Build}
}

// Output implements Operator.
func (j *BroadcastNestedLoopJoin) Output() []*expr.Attribute {
	return joinColumns(j.How, j.Left, j.Right)
}

// Partitioning implements Operator.
func (j *BroadcastNestedLoopJoin) Partitioning() Partitioning {
	streamed := j.Left.Partitioning()
	if j.Build == BuildLeft {
		streamed = j.Right.Partitioning()
	}
	if j.keepsBuilt() {
		return UnknownPartitioning{streamed.Count()}
	}
	return streamed
}

// keepsBuilt reports whether rows of the side that every task has come out without
// a partner: only all tasks together know which.
func (j *BroadcastNestedLoopJoin) keepsBuilt() bool {
	return j.How == plan.FullOuter || j.How == plan.LeftOuter && j.Build == BuildLeft || j.How == plan.RightOuter && j.Build == BuildRight
}

// Ordering implements Operator.
func (j *BroadcastNestedLoopJoin) Ordering() []*expr.SortOrder { return nil }

// Needs implements Operator.
func (j *BroadcastNestedLoopJoin) Needs() []Need {
	all := Need{Placed: BroadcastDistribution{"IdentityBroadcastMode"}}
	if j.Build == BuildLeft {
		return []Need{all, {}}
	}
	return []Need{{}, all}
}

// Run implements Operator.
func (j *BroadcastNestedLoopJoin) Run(x *Context) (*Rows, error) {
	build, stream := j.Right, j.Left
	if j.Build == BuildLeft {
		build, stream = stream, build
	}
	built, err := x.Broadcasted(build)
	if err != nil {
		return nil, err
	}
	rows, err := x.Run(stream)
	if err != nil {
		return nil, err
	}
	joining, err := newJoining(j.How, j.Build, j.Left, j.Right, j.Condition)
	if err != nil {
		return nil, err
	}
	joined := Narrow(rows, "join", func(t *lineage.Task, _ int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		return loopJoin(t, joining.over(built), in, emit)
	})
	if !j.keepsBuilt() {
		return joined, nil
	}
	lonely, err := j.lonely(x, rows, joining, built, expr.SchemaOf(stream.Output()).Types())
	if err != nil {
		return nil, err
	}
	return rdd.Union(x.Session, joined, lonely), nil
}

// lonely is a dataset of the built rows that found no partner in any task: a job
// finds them.
func (j *BroadcastNestedLoopJoin) lonely(x *Context, rows *Rows, joining *joining, built column.Batch, types []column.Type) (*Rows, error) {
	all := joining.over(built)
	err := rdd.RunJob(rows, x.Action, nil, func(t *lineage.Task, in iter.Seq[column.Batch]) ([]bool, error) {
		join := joining.over(built)
		err := loopJoin(t, join, in, func(column.Batch) bool { return true })
		return join.matched, err
	}, func(_ int, matched []bool) {
		for i, m := range matched {
			all.matched[i] = all.matched[i] || m
		}
	})
	if err != nil {
		return nil, err
	}
	rest := all.rest(types)
	return rdd.Define(x.Session, rdd.Definition[column.Batch]{
		Class: "ParallelCollectionRDD", Op: "join", Partitions: func() (int, error) { return 1, nil },
		Compute: func(*lineage.Task, int) iter.Seq[column.Batch] { return chunks(rest, column.BatchRows) },
	}), nil
}

// loopJoin pairs every row with every built row, a few streamed rows at a time.
func loopJoin(t *lineage.Task, join *joiner, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
	some := max(1, 1<<16/max(join.built.Rows, 1))
	for batch := range in {
		for part := range chunks(batch, some) {
			t.Look()
			out, err := join.join(part, everyPair(part.Rows, join.built.Rows))
			if err != nil {
				return err
			}
			if out.Rows > 0 && !emit(out) {
				return nil
			}
		}
	}
	return nil
}

func everyPair(streamed, built int) pairRows {
	pairs := pairRows{make([]int32, 0, streamed*built), make([]int32, 0, streamed*built)}
	for s := range int32(streamed) {
		for b := range int32(built) {
			pairs.streamed, pairs.built = append(pairs.streamed, s), append(pairs.built, b)
		}
	}
	return pairs
}

// CartesianProduct pairs every partition of one side with every one of the other.
type CartesianProduct struct {
	Binary
	Condition expr.Expr // nil: every pair
}

// Name implements Operator.
func (c *CartesianProduct) Name() string { return "CartesianProduct" }

// Text implements Operator.
func (c *CartesianProduct) Text() string {
	if c.Condition == nil {
		return ""
	}
	return c.Condition.String()
}

// WithChildren implements Operator.
func (c *CartesianProduct) WithChildren(children []Operator) Operator {
	return &CartesianProduct{Binary{children[0], children[1]}, c.Condition}
}

// Output implements Operator.
func (c *CartesianProduct) Output() []*expr.Attribute {
	return joinColumns(plan.Inner, c.Left, c.Right)
}

// Partitioning implements Operator.
func (c *CartesianProduct) Partitioning() Partitioning { return UnknownPartitioning{} }

// Ordering implements Operator.
func (c *CartesianProduct) Ordering() []*expr.SortOrder { return nil }

// Needs implements Operator.
func (c *CartesianProduct) Needs() []Need { return []Need{{}, {}} }

// Run implements Operator.
func (c *CartesianProduct) Run(x *Context) (*Rows, error) {
	left, err := x.Run(c.Left)
	if err != nil {
		return nil, err
	}
	right, err := x.Run(c.Right)
	if err != nil {
		return nil, err
	}
	joining, err := newJoining(plan.Inner, BuildRight, c.Left, c.Right, c.Condition)
	if err != nil {
		return nil, err
	}
	width, err := rdd.Node(right).Partitions()
	if err != nil {
		return nil, err
	}
	types := expr.SchemaOf(c.Right.Output()).Types()
	readLeft, readRight := rdd.Compute(left), rdd.Compute(right)
	return rdd.Define(x.Session, rdd.Definition[column.Batch]{
		Class: "CartesianRDD", Op: "cartesian",
		Partitions: func() (int, error) {
			n, err := rdd.Node(left).Partitions()
			if err == nil && n*width > math.MaxInt32 {
				n = math.MaxInt32
			}
			return n * width, err
		},
		Deps: []lineage.Dep{
			lineage.NarrowFrom(rdd.Node(left), lineage.Many, func(p int) []int { return []int{p / width} }),
			lineage.NarrowFrom(rdd.Node(right), lineage.Many, func(p int) []int { return []int{p % width} }),
		},
		Compute: func(t *lineage.Task, p int) iter.Seq[column.Batch] {
			return func(yield func(column.Batch) bool) {
				built := column.Concat(types, slices.Collect(readRight(t, p%width))...)
				t.Check(loopJoin(t, joining.over(built), readLeft(t, p/width), yield))
			}
		},
	}), nil
}
