package physical

import (
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// Aggregation is a logical aggregate taken apart: named keys, the calls that its
// list makes, each once, and the list over the keys and the calls' results. It is
// what operators for an aggregation, here and in streams, are put together from.
type Aggregation struct {
	Keys  []expr.Expr // each an *expr.Attribute or an *expr.Alias
	Calls []AggregateStep
	List  []expr.Expr
}

// NewAggregation takes an aggregate apart.
func NewAggregation(n *plan.Aggregate) Aggregation {
	a := Aggregation{List: []expr.Expr{}} // not nil: a list of no columns is a list
	for _, k := range n.Keys {
		switch k := k.(type) {
		case *expr.Attribute:
			a.Keys = append(a.Keys, normalized(k))
		case *expr.Alias:
			a.Keys = append(a.Keys, k)
		default:
			a.Keys = append(a.Keys, expr.NewAlias(normalized(k), expr.Pretty(k)))
		}
	}
	for _, item := range n.List {
		a.List = append(a.List, a.result(item))
	}
	return a
}

// result is an expression over the results of keys and calls.
func (a *Aggregation) result(e expr.Expr) expr.Expr {
	for _, k := range a.Keys {
		alias, ok := k.(*expr.Alias)
		if ok && expr.Equal(alias.Child, e) {
			return alias.Attribute()
		}
	}
	if call, ok := e.(*expr.AggregateCall); ok {
		return a.call(call).Result
	}
	children := e.Children()
	if len(children) == 0 {
		return e
	}
	with := make([]expr.Expr, len(children))
	for i, c := range children {
		with[i] = a.result(c)
	}
	return e.With(with)
}

// call is the step for a call; equal calls have one.
func (a *Aggregation) call(call *expr.AggregateCall) AggregateStep {
	for _, s := range a.Calls {
		if expr.Equal(s.Call, call) {
			return s
		}
	}
	s := AggregateStep{Call: call, Buffer: expr.AttributesOf(call.Buffer())}
	s.Result = expr.NewAttribute(column.Field{Name: call.String(), Type: call.Type(), Nullable: call.Nullable()})
	a.Calls = append(a.Calls, s)
	return s
}

// Steps are the calls in one mode.
func (a Aggregation) Steps(mode Mode) []AggregateStep { return inMode(mode, a.Calls) }

func inMode(mode Mode, steps []AggregateStep) []AggregateStep {
	with := slices.Clone(steps)
	for i := range with {
		with[i].Mode = mode
	}
	return with
}

// KeyAttributes are the keys as what comes out of a first step calls them.
func (a Aggregation) KeyAttributes() []expr.Expr { return asExprs(attributesOf(a.Keys)) }

func asExprs(attributes []*expr.Attribute) []expr.Expr {
	es := make([]expr.Expr, len(attributes))
	for i, a := range attributes {
		es[i] = a
	}
	return es
}

// Placed is how the rows of groups must lie: those of a group together.
func Placed(keys []expr.Expr) Distribution {
	if len(keys) == 0 {
		return AllTuples{}
	}
	return ClusteredDistribution{Keys: keys}
}

// PartialAggregate is the first step of an aggregation, where the rows are.
func PartialAggregate(a Aggregation, child Operator) *Aggregate {
	return kind(&Aggregate{Unary: Unary{child}, Keys: a.Keys, Steps: a.Steps(Partial)})
}

// FinalAggregate is its last step, over what a partial one gave.
func FinalAggregate(a Aggregation, child Operator) *Aggregate {
	keys := a.KeyAttributes()
	return kind(&Aggregate{Unary: Unary{child}, Keys: keys, Steps: a.Steps(Final), List: a.List, Needed: Placed(keys)})
}

// kind says whether an aggregation keeps its groups in a hash table, as objects,
// or needs its input sorted: Spark's table holds values of fixed size only.
func kind(a *Aggregate) *Aggregate {
	for _, s := range a.Steps {
		for _, f := range s.Call.Buffer() {
			switch f.Type.Kind {
			case column.Array:
				a.Objects, a.Sorted = true, false
				return a
			case column.String, column.Struct:
				a.Sorted = !s.Call.Func.Sketch
			}
		}
	}
	return a
}

func planAggregate(p *Planner, n plan.Node) (Operator, error) {
	node, ok := n.(*plan.Aggregate)
	if !ok {
		return nil, nil
	}
	child, err := p.Plan(node.Child)
	if err != nil {
		return nil, err
	}
	a := NewAggregation(node)
	if slices.ContainsFunc(a.Calls, func(s AggregateStep) bool { return s.Call.Distinct }) {
		return distinctAggregate(a, child), nil
	}
	return FinalAggregate(a, PartialAggregate(a, child)), nil
}

// distinctAggregate is an aggregation where some calls take each value once. The
// values become keys first, so that rows come together by keys and values; then
// the keys alone are left. All distinct calls have the same arguments here: an
// aggregate with several sets of them was rewritten by the optimiser.
func distinctAggregate(a Aggregation, child Operator) Operator {
	var plain, distinct []AggregateStep
	for _, s := range a.Calls {
		if s.Call.Distinct {
			distinct = append(distinct, s)
		} else {
			plain = append(plain, s)
		}
	}
	var values []expr.Expr
	for _, e := range distinct[0].Call.Args {
		if !expr.Foldable(e) {
			values = append(values, named(e))
		}
	}
	inside := append(slices.Clone(a.Keys), values...)
	first := kind(&Aggregate{Unary: Unary{child}, Keys: inside, Steps: inMode(Partial, plain)})
	keys := asExprs(attributesOf(inside))
	second := kind(&Aggregate{Unary: Unary{first}, Keys: keys, Steps: inMode(PartialMerge, plain), Needed: Placed(keys)})
	for i, s := range distinct {
		distinct[i].Call = s.Call.With(renamedAll(s.Call.Children(), values)).(*expr.AggregateCall)
	}
	third := kind(&Aggregate{Unary: Unary{second}, Keys: a.KeyAttributes(), Steps: append(inMode(PartialMerge, plain), inMode(Partial, distinct)...)})
	fourth := &Aggregate{Unary: Unary{third}, Keys: a.KeyAttributes(), List: a.List, Needed: Placed(a.KeyAttributes())}
	fourth.Steps = append(inMode(Final, plain), inMode(Final, distinct)...)
	return kind(fourth)
}

func named(e expr.Expr) expr.Expr {
	if a, ok := e.(*expr.Attribute); ok {
		return a
	}
	return expr.NewAlias(e, expr.Pretty(e))
}

func renamedAll(es, list []expr.Expr) []expr.Expr {
	rename := renaming(list)
	with := make([]expr.Expr, len(es))
	for i, e := range es {
		with[i] = expr.Rewrite(e, rename)
	}
	return with
}
