package physical

import (
	"iter"
	"slices"

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

// withoutEmpty replaces what stands on stages without rows, and so gives none, and
// joins of which only one side has rows.
func withoutEmpty(op Operator) Operator {
	if _, stage := op.(Inner); stage {
		return op // a stage stays: it is what tells
	}
	if isEmpty(op) {
		return &EmptyRelation{Columns: op.Output()}
	}
	if sides, how, ok := sidesOf(op); ok {
		if alone := oneSide(op, sides, how); alone != nil {
			return withoutEmpty(alone)
		}
	}
	if a, ok := op.(*Aggregate); ok && a.Needed != nil && len(a.Keys) == 0 && !isExchange(a.Child) {
		return op // it gives a row of nothing too, from the one partition that lies below it
	}
	children := op.Children()
	with := make([]Operator, len(children))
	for i, c := range children {
		with[i] = withoutEmpty(c)
	}
	if slices.Equal(with, children) {
		return op
	}
	return op.WithChildren(with)
}

// isEmpty reports whether an operator is known to give no rows.
func isEmpty(op Operator) bool {
	switch o := op.(type) {
	case *EmptyRelation:
		return true
	case *ShuffleQueryStage:
		return o.rows() == 0
	case *BroadcastQueryStage:
		return o.Rows.Rows == 0
	case *Aggregate: // whole, and right above the stage: Spark does not look further
		_, stage := o.Child.(*ShuffleQueryStage)
		_, empty := o.Child.(*EmptyRelation)
		return len(o.Keys) > 0 && o.List != nil && (stage || empty) && isEmpty(o.Child)
	case *Sort:
		return o.Global && isEmpty(o.Child) // one that the program did not ask for is no step of its query
	case *Filter, *Project, *Window, *WindowGroupLimit, *Generate, *Expand, *Limit:
		return isEmpty(bare(op.Children()[0]))
	}
	if sides, how, ok := sidesOf(op); ok {
		left, right := isEmpty(bare(sides.Left)), isEmpty(bare(sides.Right))
		switch how {
		case plan.Inner, plan.Cross, plan.LeftSemi:
			return left || right
		case plan.LeftOuter, plan.LeftAnti:
			return left
		case plan.RightOuter:
			return right
		}
		return left && right
	}
	return false
}

// sidesOf is a join's sides and type.
func sidesOf(op Operator) (sides Binary, how plan.JoinType, ok bool) {
	switch o := op.(type) {
	case *SortMergeJoin:
		return o.Binary, o.How, true
	case *BroadcastHashJoin:
		return o.Binary, o.How, true
	case *BroadcastNestedLoopJoin:
		return o.Binary, o.How, true
	}
	return Binary{}, "", false
}

// oneSide is what a join gives when the other side has no rows: the rows of one
// side, with nulls; nil when both have some.
func oneSide(join Operator, sides Binary, how plan.JoinType) Operator {
	kept := sides.Left
	switch {
	case isEmpty(bare(sides.Right)) && how == plan.LeftAnti:
		return bare(sides.Left)
	case isEmpty(bare(sides.Right)) && (how == plan.LeftOuter || how == plan.FullOuter):
	case isEmpty(bare(sides.Left)) && (how == plan.RightOuter || how == plan.FullOuter):
		kept = sides.Right
	default:
		return nil
	}
	if _, broadcast := kept.(*BroadcastQueryStage); broadcast {
		return nil // its rows are at the driver, not in partitions
	}
	own := map[expr.ID]bool{}
	for _, a := range kept.Output() {
		own[a.ID] = true
	}
	var list []expr.Expr
	for _, a := range join.Output() {
		if own[a.ID] {
			list = append(list, a)
		} else {
			list = append(list, &expr.Alias{Child: &expr.Literal{Of: a.Of}, Name: a.Name, ID: a.ID})
		}
	}
	return &Project{Unary{bare(kept)}, list}
}

// bare is what stands below a sort.
func bare(op Operator) Operator {
	if s, ok := op.(*Sort); ok {
		return s.Child
	}
	return op
}

func isExchange(op Operator) bool { _, ok := op.(*Exchange); return ok }
