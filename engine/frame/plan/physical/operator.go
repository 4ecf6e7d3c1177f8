package physical

import (
	"iter"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Rows is what an operator gives: a dataset whose elements are batches.
type Rows = rdd.RDD[column.Batch]

// Operator is one step of a physical plan. It does not change: the planner makes
// another one, WithChildren. Operators are pointers, and each is one place in the
// plan: counters are kept by operator.
type Operator interface {
	// Name is Spark's: "HashAggregate".
	Name() string
	// Text is what plans write behind the name.
	Text() string
	Children() []Operator
	WithChildren([]Operator) Operator
	// Output is the attributes of the rows that it gives.
	Output() []*expr.Attribute
	// Partitioning says how the rows lie in its partitions, Ordering how those of
	// each partition are sorted.
	Partitioning() Partitioning
	Ordering() []*expr.SortOrder
	// Needs says, for each child, how its rows must lie.
	Needs() []Need
	// Run defines the dataset. Children are run by x.Run.
	Run(x *Context) (*Rows, error)
}

// Need is how an operator needs the rows of a child to lie.
type Need struct {
	Placed Distribution // nil: anyhow
	Sorted []*expr.SortOrder
}

// Leaf is embedded by operators without children.
type Leaf struct{}

// Children implements Operator.
func (Leaf) Children() []Operator { return nil }

// Needs implements Operator.
func (Leaf) Needs() []Need { return nil }

// Ordering implements Operator: rows lie as they come.
func (Leaf) Ordering() []*expr.SortOrder { return nil }

// Unary is embedded by operators with one child, whose rows stay where they are
// and in their order, and may lie anyhow. An operator for which that is not so has
// methods of its own.
type Unary struct{ Child Operator }

// Children implements Operator.
func (u Unary) Children() []Operator { return []Operator{u.Child} }

// Output implements Operator.
func (u Unary) Output() []*expr.Attribute { return u.Child.Output() }

// Partitioning implements Operator.
func (u Unary) Partitioning() Partitioning { return u.Child.Partitioning() }

// Ordering implements Operator.
func (u Unary) Ordering() []*expr.SortOrder { return u.Child.Ordering() }

// Needs implements Operator.
func (u Unary) Needs() []Need { return []Need{{}} }

// Binary is embedded by operators with two children.
type Binary struct{ Left, Right Operator }

// Children implements Operator.
func (b Binary) Children() []Operator { return []Operator{b.Left, b.Right} }

// Narrow is the dataset of an operator that works a partition at a time: work is
// given the batches of a partition of the child, and hands on its own until emit
// returns false.
func Narrow(child *Rows, op string, work func(t *lineage.Task, partition int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error) *Rows {
	read, node := rdd.Compute(child), rdd.Node(child)
	return rdd.Define(child.Session(), rdd.Definition[column.Batch]{
		Class: "MapPartitionsRDD", Op: op, Partitions: node.Partitions,
		Deps: []lineage.Dep{lineage.Narrow(node)}, Err: child.Err(),
		Compute: func(t *lineage.Task, p int) iter.Seq[column.Batch] {
			return func(yield func(column.Batch) bool) { t.Check(work(t, p, read(t, p), yield)) }
		},
	})
}

// Each is Narrow for an operator that makes one batch of one batch. A batch
// without rows is not handed on.
func Each(child *Rows, op string, work func(column.Batch) (column.Batch, error)) *Rows {
	return Narrow(child, op, func(t *lineage.Task, _ int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		for batch := range in {
			t.Look()
			out, err := work(batch)
			if err != nil {
				return err
			}
			if out.Rows > 0 && !emit(out) {
				return nil
			}
		}
		return nil
	})
}

// Walk calls f on op and what is below it, the root first, until f returns false
// for a branch.
func Walk(op Operator, f func(Operator) bool) {
	if !f(op) {
		return
	}
	for _, c := range op.Children() {
		Walk(c, f)
	}
}

// Up replaces operators by what f makes of them, the leaves first.
func Up(op Operator, f func(Operator) Operator) Operator {
	children := op.Children()
	with := make([]Operator, len(children))
	changed := false
	for i, c := range children {
		with[i] = Up(c, f)
		changed = changed || with[i] != c
	}
	if changed {
		op = op.WithChildren(with)
	}
	return f(op)
}
