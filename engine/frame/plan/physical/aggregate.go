package physical

import (
	"iter"
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/lineage"
)

// Mode is which part of an aggregation an operator does for one call.
type Mode string

// The modes. Complete does all of it at once.
const (
	Partial      Mode = "partial"
	PartialMerge Mode = "merge"
	Final        Mode = "final"
	Complete     Mode = "complete"
)

// AggregateStep is one call in one mode: from rows to a buffer, from buffers to
// a buffer, from buffers to the result, or from rows to the result.
type AggregateStep struct {
	Call   *expr.AggregateCall
	Mode   Mode
	Buffer []*expr.Attribute // what the partial result is called
	Result *expr.Attribute   // what the result is called
}

// String is Spark's: "partial_count(1)".
func (s AggregateStep) String() string {
	unfiltered := *s.Call
	unfiltered.Filter = nil // the rows that it keeps out were kept out already
	switch s.Mode {
	case Partial:
		return "partial_" + s.Call.String()
	case PartialMerge:
		return "merge_" + unfiltered.String()
	case Final:
		return unfiltered.String()
	}
	return s.Call.String()
}

// reads reports whether the step takes rows, and not buffers.
func (s AggregateStep) reads() bool { return s.Mode == Partial || s.Mode == Complete }

// ends reports whether the step gives results, and not buffers.
func (s AggregateStep) ends() bool { return s.Mode == Final || s.Mode == Complete }

// Aggregate groups rows by keys, and computes steps of aggregate calls for each
// group.
type Aggregate struct {
	Unary
	Keys  []expr.Expr // each an *expr.Attribute or an *expr.Alias
	Steps []AggregateStep
	// List is what comes out, over the keys' attributes and the steps' results;
	// nil where partial results come out: keys, then buffers.
	List []expr.Expr
	// Needed is how rows must lie; nil for a partial aggregation.
	Needed Distribution
	// Sorted: the input comes in the order of the keys (SortAggregate).
	Sorted bool
	// Objects: a buffer holds more than one value (ObjectHashAggregate).
	Objects bool
}

// Name implements Operator.
func (a *Aggregate) Name() string {
	switch {
	case a.Sorted:
		return "SortAggregate"
	case a.Objects:
		return "ObjectHashAggregate"
	}
	return "HashAggregate"
}

// Text implements Operator.
func (a *Aggregate) Text() string {
	key := "keys"
	if a.Sorted {
		key = "key"
	}
	return "(" + key + "=[" + a.KeyText() + "], functions=[" + a.FunctionText() + "])"
}

// KeyText is the keys: "carrier, month".
func (a *Aggregate) KeyText() string { return expr.Texts(a.Keys) }

// FunctionText is the steps: "partial_count(1), partial_sum(distance)".
func (a *Aggregate) FunctionText() string {
	text := ""
	for i, s := range a.Steps {
		if i > 0 {
			text += ", "
		}
		text += s.String()
	}
	return text
}

// WithChildren implements Operator.
func (a *Aggregate) WithChildren(c []Operator) Operator { b := *a; b.Child = c[0]; return &b }

// complete reports whether every step takes rows in and gives results.
func (a *Aggregate) complete() bool {
	return len(a.Steps) > 0 && !slices.ContainsFunc(a.Steps, func(s AggregateStep) bool { return s.Mode != Complete })
}

// Output implements Operator.
func (a *Aggregate) Output() []*expr.Attribute {
	if a.List != nil {
		return attributesOf(a.List)
	}
	return a.columns()
}

// columns are the keys, and what the steps make of each group.
func (a *Aggregate) columns() []*expr.Attribute {
	out := attributesOf(a.Keys)
	for _, s := range a.Steps {
		if s.ends() {
			out = append(out, s.Result)
		} else {
			out = append(out, s.Buffer...)
		}
	}
	return out
}

// Partitioning implements Operator.
func (a *Aggregate) Partitioning() Partitioning {
	return renamedPlaces(renamedPlaces(a.Child.Partitioning(), a.Keys), a.List)
}

// Ordering implements Operator.
func (a *Aggregate) Ordering() []*expr.SortOrder {
	if !a.Sorted {
		return nil
	}
	return renamedOrder(a.order(), a.List)
}

// order is the order of the keys.
func (a *Aggregate) order() []*expr.SortOrder {
	var order []*expr.SortOrder
	for _, k := range a.Keys {
		order = append(order, ascending(k))
	}
	return order
}

func ascending(e expr.Expr) *expr.SortOrder { return &expr.SortOrder{Child: e, NullsFirst: true} }

// Needs implements Operator.
func (a *Aggregate) Needs() []Need {
	need := Need{Placed: a.Needed}
	if a.Sorted {
		need.Sorted = a.order()
	}
	return []Need{need}
}

// Run implements Operator.
func (a *Aggregate) Run(x *Context) (*Rows, error) {
	child, err := x.Run(a.Child)
	if err != nil {
		return nil, err
	}
	g, err := a.bind()
	if err != nil {
		return nil, err
	}
	return Narrow(child, "aggregate", func(t *lineage.Task, _ int, in iter.Seq[column.Batch], emit func(column.Batch) bool) error {
		groups := g.start()
		for batch := range in {
			t.Look()
			if err := groups.take(batch); err != nil {
				return err
			}
		}
		out, err := groups.finish()
		if err != nil {
			return err
		}
		for part := range chunks(out, column.BatchRows) {
			if !emit(part) {
				return nil
			}
		}
		return nil
	}), nil
}
