package plan

import (
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// RewriteDistinctAggregates splits an aggregate whose DISTINCT calls have different
// arguments: each row is expanded to one row for each set of arguments, and one
// for the other calls; a number tells them apart. A first aggregation takes the
// doubles out, and a second one computes the calls, each from its own rows.
var RewriteDistinctAggregates = Rule{
	"RewriteDistinctAggregates", "DISTINCT over different columns is computed from expanded rows",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			a, ok := n.(*Aggregate)
			if !ok {
				return n
			}
			d := newDistinctRewrite(a)
			if len(d.sets) < 2 && !(len(d.sets) == 1 && d.filtered) {
				return n
			}
			return d.rewrite()
		})
	},
}

// distinctRewrite is an aggregate taken apart.
type distinctRewrite struct {
	of       *Aggregate
	sets     [][]expr.Expr         // the arguments of DISTINCT calls, each set once
	calls    []*expr.AggregateCall // those that take each value once
	plain    []*expr.AggregateCall
	filtered bool // a DISTINCT call has a FILTER
}

func newDistinctRewrite(a *Aggregate) *distinctRewrite {
	d := &distinctRewrite{of: a}
	for _, e := range a.List {
		for _, call := range callsIn(e) {
			known := func(c *expr.AggregateCall) bool { return expr.Equal(c, call) }
			switch {
			case call.Distinct && !slices.ContainsFunc(d.calls, known):
				d.calls = append(d.calls, call)
				d.filtered = d.filtered || call.Filter != nil
				if d.set(call) < 0 {
					d.sets = append(d.sets, argumentSet(call))
				}
			case !call.Distinct && !slices.ContainsFunc(d.plain, known):
				d.plain = append(d.plain, call)
			}
		}
	}
	return d
}

// argumentSet is the arguments of a call that differ from row to row, each once.
func argumentSet(call *expr.AggregateCall) []expr.Expr {
	var set []expr.Expr
	for _, e := range call.Args {
		if !expr.Foldable(e) {
			set = union(set, []expr.Expr{e})
		}
	}
	return set
}

func (d *distinctRewrite) set(call *expr.AggregateCall) int {
	wanted := argumentSet(call)
	return slices.IndexFunc(d.sets, func(set []expr.Expr) bool {
		return len(set) == len(wanted) && len(missing(set, wanted)) == 0
	})
}

// rewrite puts the expansion and the two aggregations together.
func (d *distinctRewrite) rewrite() Node {
	a := d.of
	gid := expr.NewAttribute(column.Field{Name: "gid", Type: column.IntType})
	keys := a.Keys
	var columns []*expr.Attribute // of the expansion
	values := map[int][]*expr.Attribute{}
	for _, k := range keys {
		columns = append(columns, attributeOf(expr.WithName(k)))
	}
	keyColumns := slices.Clone(columns)
	for s, set := range d.sets {
		for _, e := range set {
			made := expr.NewAttribute(column.Field{Name: expr.Pretty(e), Type: e.Type(), Nullable: true})
			values[s] = append(values[s], made)
			columns = append(columns, made)
		}
	}
	columns = append(columns, gid)
	plain := expr.References(exprsOf(d.plain)...)
	plainColumns := map[expr.ID]*expr.Attribute{}
	for _, e := range plain {
		made := expr.NewAttribute(column.Field{Name: e.Name, Type: e.Of, Nullable: true})
		plainColumns[e.ID] = made
		columns = append(columns, made)
	}
	filters := d.filterColumns(&columns)
	expand := &Expand{Unary: Unary{a.Child}, Made: columns}
	if len(d.plain) > 0 {
		expand.Lists = append(expand.Lists, d.list(-1, plain))
	}
	for s := range d.sets {
		expand.Lists = append(expand.Lists, d.list(s, plain))
	}
	return d.aggregates(expand, keyColumns, values, gid, plainColumns, filters)
}

// filterColumns adds a column for the FILTER of each DISTINCT call that has one.
func (d *distinctRewrite) filterColumns(columns *[]*expr.Attribute) map[*expr.AggregateCall]*expr.Attribute {
	filters := map[*expr.AggregateCall]*expr.Attribute{}
	for _, call := range d.calls {
		if call.Filter != nil {
			made := expr.NewAttribute(column.Field{Name: expr.Pretty(call.Filter), Type: column.BooleanType, Nullable: true})
			filters[call] = made
			*columns = append(*columns, made)
		}
	}
	return filters
}

// list is what the expansion computes for one set of arguments, or with -1 for the
// plain calls: nulls for all that is not theirs.
func (d *distinctRewrite) list(set int, plain []*expr.Attribute) []expr.Expr {
	list := slices.Clone(d.of.Keys)
	for s, of := range d.sets {
		for _, e := range of {
			list = append(list, onlyIf(s == set, e))
		}
	}
	list = append(list, &expr.Literal{Value: int32(set + 1), Of: column.IntType})
	for _, a := range plain {
		list = append(list, onlyIf(set < 0, a))
	}
	for _, call := range d.calls {
		if call.Filter != nil {
			list = append(list, onlyIf(d.set(call) == set, call.Filter))
		}
	}
	return list
}

func onlyIf(is bool, e expr.Expr) expr.Expr {
	if is {
		return e
	}
	return &expr.Literal{Of: e.Type()}
}

// aggregates puts the two aggregations above the expansion.
func (d *distinctRewrite) aggregates(expand *Expand, keys []*expr.Attribute, values map[int][]*expr.Attribute, gid *expr.Attribute,
	plain map[expr.ID]*expr.Attribute, filters map[*expr.AggregateCall]*expr.Attribute) Node {
	first := exprsOf(keys)
	for s := range d.sets {
		first = append(first, exprsOf(values[s])...)
	}
	first = append(first, gid)
	list := slices.Clone(first)
	results := map[*expr.AggregateCall]expr.Expr{}
	for _, call := range d.plain {
		inner := expr.NewAlias(renamed(call, plain), expr.Pretty(call))
		list = append(list, inner)
		results[call] = onlyFirst(inner.Attribute(), gid, 0, call)
	}
	for _, call := range d.calls {
		s := d.set(call)
		var filter expr.Expr = expr.Must("=", gid, &expr.Literal{Value: int32(s + 1), Of: column.IntType})
		if made := filters[call]; made != nil {
			inner := expr.NewAlias(expr.MustAggregate("max", made), made.Name)
			list = append(list, inner)
			filter = expr.Must("and", filter, inner.Attribute())
		}
		results[call] = d.overRows(call, values[s], s, filter)
	}
	below := &Aggregate{Unary{expand}, first, list}
	outer := make([]expr.Expr, len(d.of.List))
	for i, e := range d.of.List {
		outer[i] = d.withResults(withKeys(e, d.of.Keys, exprsOf(keys)), results)
	}
	return &Aggregate{Unary{below}, exprsOf(keys), outer}
}

// overRows is a DISTINCT call over rows that have no doubles any more.
func (d *distinctRewrite) overRows(call *expr.AggregateCall, values []*expr.Attribute, set int, filter expr.Expr) expr.Expr {
	with := *call
	with.Distinct, with.Filter = false, filter
	with.Args = make([]expr.Expr, len(call.Args))
	for i, e := range call.Args {
		with.Args[i] = e
		for k, of := range d.sets[set] {
			if expr.Equal(of, e) {
				with.Args[i] = values[k]
			}
		}
	}
	return &with
}

// onlyFirst is the result of a plain call, which one row of each group has.
func onlyFirst(result, gid *expr.Attribute, number int32, call *expr.AggregateCall) expr.Expr {
	first := expr.MustAggregate("first_ignore_nulls", result)
	first.Filter = expr.Must("=", gid, &expr.Literal{Value: number, Of: column.IntType})
	if call.Func.Never && call.Type().Equal(column.BigIntType) {
		return expr.Must("coalesce", first, &expr.Literal{Value: int64(0), Of: column.BigIntType})
	}
	return first
}

func (d *distinctRewrite) withResults(e expr.Expr, results map[*expr.AggregateCall]expr.Expr) expr.Expr {
	if call, ok := e.(*expr.AggregateCall); ok {
		for of, result := range results {
			if expr.Equal(of, call) {
				return result
			}
		}
	}
	children := e.Children()
	if len(children) == 0 {
		return e
	}
	with := make([]expr.Expr, len(children))
	for i, c := range children {
		with[i] = d.withResults(c, results)
	}
	return e.With(with)
}
