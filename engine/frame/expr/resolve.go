package expr

import (
	"strings"

	"etincelle/engine/frame/column"
)

// Resolve finds what the names in n mean: columns of the scope, functions of the
// tables. Types are checked, and casts put where signatures ask for them.
func Resolve(n Node, s Scope) (Expr, error) {
	e, err := understand(n, s)
	if err != nil {
		return nil, err
	}
	return unveil(e), nil
}

// unveil takes away what only names of columns need: what calls were written as
// that stand for others.
func unveil(e Expr) Expr {
	return Rewrite(e, func(e Expr) Expr {
		if s, ok := e.(*Stands); ok {
			return s.Child
		}
		return e
	})
}

// understand is Resolve, with calls that stand for others still under what was written.
func understand(n Node, s Scope) (Expr, error) {
	switch n := n.(type) {
	case Done:
		return n.Expr, nil
	case Ref:
		e, err := s.Find(n.Parts)
		return e, n.At.mark(err)
	case Lit:
		return &Literal{n.Value, n.Type}, nil
	case Named:
		child, err := understand(n.Child, s)
		if err != nil {
			return nil, err
		}
		return NewAlias(child, n.Name), nil
	case CastTo:
		child, err := understand(n.Child, s)
		if err != nil {
			return nil, err
		}
		if err := checkCast(child, n.Type, n.Try); err != nil {
			return nil, n.At.mark(err)
		}
		return &Cast{Child: child, To: n.Type, Try: n.Try}, nil
	case CaseWhen:
		return resolveCase(n, s)
	case GetItem:
		return resolveItem(n, s)
	case Sort:
		return ResolveSort(n, s)
	case Over:
		return resolveOver(n, s)
	case Apply:
		e, err := resolveApply(n, s)
		return e, n.At.mark(err)
	case Star:
		return nil, Errorf("INVALID_USAGE_OF_STAR_OR_REGEX", "Invalid usage of '*' in an expression.")
	}
	return nil, Errorf("INTERNAL_ERROR", "an expression of an unknown form: %T", n)
}

// ResolveOn resolves n over the columns of a schema and makes it computable:
// for programs and operators that have a batch and no plan.
func ResolveOn(n Node, schema column.Schema) (*Bound, error) {
	attributes := AttributesOf(schema)
	e, err := Resolve(n, attributes)
	if err != nil {
		return nil, err
	}
	return Bind(e, attributes)
}

// ResolveAll is Resolve for several expressions.
func ResolveAll(nodes []Node, s Scope) ([]Expr, error) {
	es, err := understandAll(nodes, s)
	for i, e := range es {
		es[i] = unveil(e)
	}
	return es, err
}

func understandAll(nodes []Node, s Scope) ([]Expr, error) {
	es := make([]Expr, len(nodes))
	for i, n := range nodes {
		var err error
		if es[i], err = understand(n, s); err != nil {
			return nil, err
		}
	}
	return es, nil
}

// ResolveList resolves a selection: stars become columns, and what has no name
// gets Spark's. Each result is an *Attribute or an *Alias.
func ResolveList(nodes []Node, s Scope) ([]Expr, error) {
	var list []Expr
	for _, n := range nodes {
		if star, ok := n.(Star); ok {
			all, err := s.expand(star)
			if err != nil {
				return nil, err
			}
			list = append(list, all...)
			continue
		}
		e, err := understand(n, s)
		if err != nil {
			return nil, err
		}
		if _, item := n.(GetItem); item { // st['x'] is named in full, st.x is named x
			e = NewAlias(e, Pretty(e))
		}
		list = append(list, unveil(WithName(e)))
	}
	return list, nil
}

// WithName is e, or e under the name that Spark gives a column of it.
func WithName(e Expr) Expr {
	switch e := e.(type) {
	case *Attribute, *Alias:
		return e
	case *Field:
		if _, inside := e.Child.(*Invoke); !inside {
			return NewAlias(e, e.Name())
		}
	case *Cast:
		child := e.Child
		for inner, is := child.(*Cast); is; inner, is = child.(*Cast) {
			child = inner.Child
		}
		if a, ok := child.(*Attribute); ok { // Spark names a column that was only cast as the column
			return NewAlias(e, a.Name)
		}
	case *TimeWindow:
		return NewAlias(e, "window")
	case *SessionWindow:
		return NewAlias(e, "session_window")
	case *Explode:
		return NewAlias(e, "col")
	}
	return NewAlias(e, Pretty(e))
}

// ResolveSort resolves one key of an order.
func ResolveSort(n Sort, s Scope) (*SortOrder, error) {
	child, err := Resolve(n.Child, s)
	if err != nil {
		return nil, err
	}
	first := n.Nulls == NullsFirst || n.Nulls == NullsDefault && !n.Desc
	return &SortOrder{child, n.Desc, first}, nil
}

func resolveCase(n CaseWhen, s Scope) (Expr, error) {
	c := &Case{Short: n.Else == nil}
	var results []Expr
	for _, b := range n.Branches {
		when := b.When
		if n.Operand != nil {
			when = Apply{Name: "=", Args: []Node{n.Operand, b.When}}
		}
		condition, err := caseCondition(when, len(c.Branches), s)
		if err != nil {
			return nil, err
		}
		then, err := understand(b.Then, s)
		if err != nil {
			return nil, err
		}
		c.Branches = append(c.Branches, CaseBranch{When: condition})
		results = append(results, then)
	}
	c.Else = &Literal{nil, column.VoidType}
	if n.Else != nil {
		var err error
		if c.Else, err = understand(n.Else, s); err != nil {
			return nil, err
		}
	}
	results, err := castToCommon("CASE", append(results, c.Else))
	if err != nil {
		return nil, err
	}
	for i := range c.Branches {
		c.Branches[i].Then = results[i]
	}
	c.Else = results[len(results)-1]
	return c, nil
}

// castToCommon casts expressions to one type that holds them all.
func castToCommon(name string, es []Expr) ([]Expr, error) {
	t := es[0].Type()
	for _, e := range es[1:] {
		common, ok := commonType(t, e.Type())
		if !ok {
			return nil, Errorf("DATATYPE_MISMATCH.DATA_DIFF_TYPES", "Input to `%s` should all be the same type, but it's [%q, %q].", name, t.SQL(), e.Type().SQL())
		}
		t = common
	}
	cast := make([]Expr, len(es))
	for i, e := range es {
		cast[i] = NewCast(e, t)
	}
	return cast, nil
}

// Condition resolves n, which must be true or false.
func Condition(n Node, s Scope) (Expr, error) {
	e, err := condition(n, s)
	if err != nil {
		return nil, err
	}
	return unveil(e), nil
}

func condition(n Node, s Scope) (Expr, error) {
	e, err := understand(n, s)
	if err != nil {
		return nil, err
	}
	switch e.Type().Kind {
	case column.Boolean:
		return e, nil
	case column.Void:
		return NewCast(e, column.BooleanType), nil
	}
	return nil, Errorf("DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN", "Cannot resolve %q due to data type mismatch: Filter expression %q of type %q is not a boolean.", Pretty(e), Pretty(e), e.Type().SQL())
}

func caseCondition(n Node, branch int, s Scope) (Expr, error) {
	e, err := understand(n, s)
	if err != nil {
		return nil, err
	}
	if e.Type().Kind != column.Boolean {
		return nil, explain(&unexpected{branch, `"BOOLEAN" type`}, "CASE", func(a []string) string { return "CASE WHEN " + a[branch] + " … END" }, placed(e, branch))
	}
	return e, nil
}

// placed is a list of arguments with e at index.
func placed(e Expr, index int) []Expr {
	list := make([]Expr, index+1)
	for i := range list {
		list[i] = e
	}
	return list
}

func resolveItem(n GetItem, s Scope) (Expr, error) {
	child, err := understand(n.Child, s)
	if err != nil {
		return nil, err
	}
	if key, ok := n.Key.(Lit); ok && child.Type().Kind == column.Struct {
		if name, ok := key.Value.(string); ok {
			return fieldOf(child, name)
		}
	}
	return understand(Apply{Name: "[]", Args: []Node{Done{child}, n.Key}}, s)
}

func resolveApply(n Apply, s Scope) (Expr, error) {
	if len(n.Args) == 1 && strings.EqualFold(n.Name, "count") {
		if _, star := n.Args[0].(Star); star {
			n.Args = []Node{Lit{int32(1), column.IntType}}
		}
	}
	for _, arg := range n.Args {
		if _, is := arg.(Lambda); is {
			return resolveHigher(n, s)
		}
	}
	nodes, err := withoutStars(n.Args, s)
	if err != nil {
		return nil, err
	}
	args, err := understandAll(nodes, s)
	if err != nil {
		return nil, err
	}
	if e, special, err := resolveSpecial(n, args); special || err != nil {
		return e, err
	}
	if f := Lookup(n.Name); f != nil {
		if n.Distinct || n.Filter != nil {
			return nil, Errorf("INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX", "The function `%s` does not support DISTINCT or FILTER.", f.Name)
		}
		return invokeAs(f, strings.ToLower(n.Name), args)
	}
	if a := LookupAggregate(n.Name); a != nil {
		var filter Expr
		if n.Filter != nil {
			if filter, err = condition(n.Filter, s); err != nil {
				return nil, err
			}
		}
		return newAggregateOf(a, n, filter, args)
	}
	if r := ranks[strings.ToLower(n.Name)]; r != nil {
		return newRank(r, n.IgnoreNulls, args)
	}
	return nil, Errorf("UNRESOLVED_ROUTINE", "Cannot resolve routine `%s`.%s", n.Name, nearFunction(n.Name))
}

// withoutStars is a call's arguments with columns in place of stars.
func withoutStars(args []Node, s Scope) ([]Node, error) {
	var all []Node
	for _, arg := range args {
		star, is := arg.(Star)
		if !is {
			all = append(all, arg)
			continue
		}
		columns, err := s.expand(star)
		if err != nil {
			return nil, err
		}
		for _, c := range columns {
			all = append(all, Done{c})
		}
	}
	return all, nil
}

// invokeAs calls f under one of its names.
func invokeAs(f *Function, name string, args []Expr) (Expr, error) {
	e, err := NewInvoke(f, args...)
	if call, ok := e.(*Invoke); ok && err == nil && call.Func == f && name != f.Name {
		call.As = name
	}
	return e, err
}

func newAggregateOf(a *Aggregate, n Apply, filter Expr, args []Expr) (Expr, error) {
	for _, arg := range args {
		if Any(arg, func(e Expr) bool { _, is := e.(*AggregateCall); return is }) {
			return nil, Errorf("NESTED_AGGREGATE_FUNCTION", "It is not allowed to use an aggregate function in the argument of another aggregate function. Please use the inner aggregate function in a sub-query.")
		}
	}
	if n.IgnoreNulls {
		if with := LookupAggregate(a.Name + "_ignore_nulls"); with != nil {
			a = with
		}
	}
	call, err := NewAggregate(a, n.Distinct, filter, args...)
	if err != nil {
		return nil, err // not call: a nil *AggregateCall is no nil Expr
	}
	switch name := strings.ToLower(n.Name); {
	case name == "array_agg" || name == "last_value" && n.IgnoreNulls: // which Spark forgets
	case name != a.Name:
		call.As = name
	}
	return call, nil
}

func newRank(r *WindowFunction, ignoreNulls bool, args []Expr) (Expr, error) {
	if err := checkArity(r.Name, r.Min, r.Max, len(args)); err != nil {
		return nil, err
	}
	sig, err := r.Sign(args)
	if err != nil {
		return nil, err
	}
	return &RankCall{r, castAll(args, sig.Args), sig, ignoreNulls}, nil
}

// resolveSpecial resolves what is in no table, because it changes how many rows
// there are: windows of time, and explode.
func resolveSpecial(n Apply, args []Expr) (e Expr, special bool, err error) {
	name := strings.ToLower(n.Name)
	switch name {
	case "window":
		e, err = newTimeWindow(args)
	case "session_window":
		e, err = newSessionWindow(args)
	case "explode", "explode_outer", "posexplode", "posexplode_outer":
		if err = checkArity(name, 1, 1, len(args)); err == nil && args[0].Type().Kind != column.Array {
			err = Errorf("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", "Cannot resolve \"%s(%s)\" due to data type mismatch: The first parameter requires the (\"ARRAY\" or \"MAP\") type, however %q has the type %q.", name, Pretty(args[0]), Pretty(args[0]), args[0].Type().SQL())
		}
		e = nil
		if err == nil {
			e = &Explode{args[0], strings.HasPrefix(name, "pos"), strings.HasSuffix(name, "_outer")}
		}
	case "grouping", "grouping_id":
		err = Errorf("UNSUPPORTED_GROUPING_EXPRESSION", "grouping()/grouping_id() can only be used with GroupingSets/Cube/Rollup.")
	default:
		return nil, false, nil
	}
	return e, true, err
}

// nearFunction proposes the function whose name is nearest.
func nearFunction(name string) string {
	name = strings.ToLower(name)
	best, least := "", 3
	propose := func(candidate string) {
		if d := distance(candidate, name); d < least || d == least && best != "" && candidate < best {
			best, least = candidate, d
		}
	}
	for candidate := range functions {
		propose(candidate)
	}
	for candidate := range aggregates {
		propose(candidate)
	}
	for candidate := range ranks {
		propose(candidate)
	}
	if best == "" {
		return ""
	}
	return " Did you mean `" + best + "`?"
}
