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
// joins and unions of which only one side has rows.
//
// A repartition that the program asked for at the end of its query stays.
func withoutEmpty(op Operator) Operator {
	return withoutEmptyBut(op, lastRepartition(op))
}

func withoutEmptyBut(op, kept Operator) Operator {
	if _, stage := op.(Inner); stage {
		return op // a stage stays: it is what tells
	}
	children := op.Children()
	with := make([]Operator, len(children))
	for i, c := range children {
		if with[i] = withoutEmptyBut(c, kept); c == kept {
			kept = with[i]
		}
	}
	again := op
	if !slices.Equal(with, children) {
		again = op.WithChildren(with)
	}
	if op == kept {
		kept = again
	}
	empty := emptiness{kept}
	if union, ok := again.(*Union); ok {
		return empty.smaller(union)
	}
	if sides, how, ok := sidesOf(again); ok {
		if alone := empty.oneSide(again, sides, how); alone != nil {
			return alone
		}
	}
	if empty.of(again) {
		return &EmptyRelation{Columns: again.Output()}
	}
	return again
}

// lastRepartition is the repartition that the program asked for at the end of its
// query, where only selections and filters may follow; nil for none.
func lastRepartition(op Operator) Operator {
	switch o := op.(type) {
	case *Project:
		return lastRepartition(o.Child)
	case *Filter:
		return lastRepartition(o.Child)
	case *Exchange:
		if o.Origin != EnsureRequirements {
			return op
		}
	case *ShuffleQueryStage:
		if o.Of.Origin != EnsureRequirements {
			return op
		}
	case *Coalesce:
		return op
	}
	return nil
}

// emptiness tells which operators give no rows; kept is said to give some.
type emptiness struct{ kept Operator }

// below reports whether the step of the query below an operator gives no rows.
// Exchanges and sorts that only see to it that rows lie as they must are no steps.
func (e emptiness) below(op Operator) bool {
	for {
		switch o := op.(type) {
		case *Exchange:
			if o.Origin != EnsureRequirements {
				return false
			}
			op = o.Child
		case *BroadcastExchange:
			op = o.Child
		case *Sort:
			if o.Global {
				return false
			}
			op = o.Child
		case *EmptyRelation:
			return true
		case *ShuffleQueryStage:
			return op != e.kept && o.rows() == 0
		case *BroadcastQueryStage:
			return o.Rows.Rows == 0
		default:
			return false
		}
	}
}

// of reports whether an operator, whose inputs were looked at before, gives no rows.
func (e emptiness) of(op Operator) bool {
	switch o := op.(type) {
	case *Aggregate:
		return o.List != nil && len(o.Keys) > 0 && e.grouped(o)
	case *Sort:
		return o.Global && e.below(o.Child) // one that the program did not ask for is no step of its query
	case *Exchange:
		return o.Origin != EnsureRequirements && op != e.kept && e.below(o.Child)
	case *Coalesce:
		return op != e.kept && e.below(o.Child)
	case *WindowGroupLimit:
		return !ownStage(o) && e.below(o.Child)
	case *Filter, *Project, *Window, *Generate, *Expand, *Limit, *CollectLimit, *TakeOrderedAndProject:
		return e.below(op.Children()[0])
	}
	if sides, how, ok := sidesOf(op); ok {
		left, right := e.below(sides.Left), e.below(sides.Right)
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

// ownStage reports whether a limit by rank reads what a stage of its own first part wrote,
// which Spark does not ask.
func ownStage(w *WindowGroupLimit) bool {
	stage, ok := bare(w.Child).(*ShuffleQueryStage)
	if !ok || !w.Final {
		return false
	}
	first, ok := bare(stage.Of.Child).(*WindowGroupLimit)
	return ok && !first.Final
}

// grouped reports whether an aggregation by keys, the last of the operators that do
// it, has no rows to group: its input, below all of them, has none, or the stage
// right below this one. What stages between two of the operators wrote is not asked.
func (e emptiness) grouped(last *Aggregate) bool {
	if stage, ok := last.Child.(*ShuffleQueryStage); ok {
		return stage.rows() == 0
	}
	first, op := last, last.Child
	for {
		switch o := op.(type) {
		case *Aggregate:
			if o.List != nil {
				return false // another aggregation
			}
			first, op = o, o.Child
			continue
		case *Exchange:
			if o.Origin == EnsureRequirements {
				op = o.Child
				continue
			}
		case *Sort:
			if !o.Global {
				op = o.Child
				continue
			}
		case *EmptyRelation:
			return true
		case *ShuffleQueryStage:
			return (first.Needed == nil || first.complete()) && e.below(o)
		}
		return false
	}
}

// smaller is a union without its empty inputs.
func (e emptiness) smaller(u *Union) Operator {
	rest := slices.DeleteFunc(slices.Clone(u.Inputs), e.below)
	switch len(rest) {
	case 0:
		return &EmptyRelation{Columns: u.Columns}
	case len(u.Inputs):
		return u
	case 1:
		list := make([]expr.Expr, len(u.Columns))
		for i, a := range rest[0].Output() {
			list[i] = &expr.Alias{Child: a, Name: u.Columns[i].Name, ID: u.Columns[i].ID}
		}
		return &Project{Unary{rest[0]}, list}
	}
	return u.WithChildren(rest)
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
func (e emptiness) oneSide(join Operator, sides Binary, how plan.JoinType) Operator {
	kept := sides.Left
	switch {
	case e.below(sides.Left) && e.below(sides.Right):
		return nil
	case e.below(sides.Right) && how == plan.LeftAnti:
		return bare(sides.Left)
	case e.below(sides.Right) && (how == plan.LeftOuter || how == plan.FullOuter):
	case e.below(sides.Left) && (how == plan.RightOuter || how == plan.FullOuter):
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

// bare is what stands below exchanges and sorts that only see to it that rows lie as
// a join needs them.
func bare(op Operator) Operator {
	switch o := op.(type) {
	case *Sort:
		if !o.Global {
			return bare(o.Child)
		}
	case *Exchange:
		if o.Origin == EnsureRequirements {
			return bare(o.Child)
		}
	}
	return op
}
