package physical

import (
	"iter"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// EmptyRelation stands where a stage that has run showed that there are no rows:
// what would have been computed of them is not.
type EmptyRelation struct {
	Leaf
	Columns []*expr.Attribute
}

// Name implements Operator.
func (e *EmptyRelation) Name() string { return "EmptyRelation" }

// Text implements Operator.
func (e *EmptyRelation) Text() string { return "" }

// WithChildren implements Operator.
func (e *EmptyRelation) WithChildren([]Operator) Operator { return e }

// Output implements Operator.
func (e *EmptyRelation) Output() []*expr.Attribute { return e.Columns }

// Partitioning implements Operator.
func (e *EmptyRelation) Partitioning() Partitioning { return UnknownPartitioning{} }

// Run implements Operator: there is not even a partition.
func (e *EmptyRelation) Run(x *Context) (*Rows, error) {
	return rdd.Define(x.Session, rdd.Definition[column.Batch]{
		Class: "EmptyRDD", Op: "empty", Partitions: func() (int, error) { return 0, nil },
		Compute: func(*lineage.Task, int) iter.Seq[column.Batch] { return func(func(column.Batch) bool) {} },
	}), nil
}

// withoutEmpty replaces what stands on stages without rows, and so gives none.
func withoutEmpty(op Operator) Operator {
	return Up(op, func(op Operator) Operator {
		if givesNothing(op) {
			return &EmptyRelation{Columns: op.Output()}
		}
		return op
	})
}

// givesNothing reports whether an operator over inputs without rows gives none. A
// stage alone stays: it is what tells.
func givesNothing(op Operator) bool {
	switch o := op.(type) {
	case *Aggregate:
		return len(o.Keys) > 0 && isEmpty(o.Child)
	case *Filter, *Project, *Sort, *Window, *WindowGroupLimit, *Generate, *Expand, *Limit:
		return isEmpty(op.Children()[0])
	case *SortMergeJoin:
		return emptyJoin(o.How, o.Left, o.Right)
	case *BroadcastHashJoin:
		return emptyJoin(o.How, o.Left, o.Right)
	case *BroadcastNestedLoopJoin:
		return emptyJoin(o.How, o.Left, o.Right)
	}
	return false
}

func isEmpty(op Operator) bool {
	switch o := op.(type) {
	case *EmptyRelation:
		return true
	case *ShuffleQueryStage:
		return o.rows() == 0
	case *BroadcastQueryStage:
		return o.Rows.Rows == 0
	}
	return false
}

// emptyJoin reports whether a join has no rows because an input has none.
func emptyJoin(how plan.JoinType, left, right Operator) bool {
	l, r := bare(left), bare(right)
	switch how {
	case plan.Inner, plan.Cross, plan.LeftSemi:
		return isEmpty(l) || isEmpty(r)
	case plan.LeftOuter, plan.LeftAnti:
		return isEmpty(l)
	case plan.RightOuter:
		return isEmpty(r)
	}
	return isEmpty(l) && isEmpty(r)
}

// bare is what stands below a sort.
func bare(op Operator) Operator {
	if s, ok := op.(*Sort); ok {
		return s.Child
	}
	return op
}
