package plan

import "etincelle/engine/frame/expr"

// InferFiltersFromConstraints adds conditions that follow from those that are
// there: a > 3 means that a is not null, and with a = b that b > 3. A join's keys
// cannot be null, so that rows without them need not come.
var InferFiltersFromConstraints = Rule{
	"InferFiltersFromConstraints", "what conditions and joins imply is checked early",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			switch n := n.(type) {
			case *Filter:
				known := append(constraints(n.Child), Conjuncts(n.Condition)...)
				if more := missing(constraints(n), known); len(more) > 0 {
					return NewFilter(expr.Must("and", Both(more), n.Condition), n.Child)
				}
			case *Join:
				return inferJoin(n)
			}
			return n
		})
	},
}

func inferJoin(j *Join) Node {
	base := union(union(constraints(j.Left), constraints(j.Right)), conditionsOf(j))
	all := union(base, equalities(base))
	k := *j
	switch j.How {
	case Inner, Cross, LeftSemi:
		k.Left, k.Right = inferred(j.Left, all), inferred(j.Right, all)
	case RightOuter:
		k.Left = inferred(j.Left, all)
	case LeftOuter, LeftAnti:
		k.Right = inferred(j.Right, all)
	}
	if k.Left == j.Left && k.Right == j.Right {
		return j
	}
	return &k
}

// inferred is n with the conditions that hold of its columns and are not known of
// it yet.
func inferred(n Node, all []expr.Expr) Node {
	own := idsOf(n.Output()...)
	var more []expr.Expr
	for _, e := range missing(union(all, notNulls(all)), constraints(n)) {
		if len(expr.References(e)) > 0 && own.holds(e) && !isVolatile(e) && !needless(e, n) {
			more = append(more, e)
		}
	}
	if len(more) == 0 {
		return n
	}
	return NewFilter(Both(more), n)
}

// needless reports whether e says that a column of n without nulls is not null.
func needless(e expr.Expr, n Node) bool {
	for _, a := range NotNull(e) {
		for _, b := range n.Output() {
			if a.ID == b.ID && !b.Null {
				return true
			}
		}
	}
	return false
}

// constraints are conditions that every row of n fulfils, over its own columns.
func constraints(n Node) []expr.Expr {
	valid := known(n)
	valid = union(valid, equalities(valid))
	valid = union(notNulls(valid), valid)
	own := idsOf(n.Output()...)
	var kept []expr.Expr
	for _, e := range valid {
		if len(expr.References(e)) > 0 && own.holds(e) && !isVolatile(e) && !needless(e, n) {
			kept = append(kept, e)
		}
	}
	return kept
}

// known are the conditions that n brings and those it hands on.
func known(n Node) []expr.Expr {
	switch n := n.(type) {
	case *Filter:
		return union(constraints(n.Child), Conjuncts(n.Condition))
	case *Project:
		return throughList(constraints(n.Child), n.List)
	case *Aggregate:
		return throughList(constraints(n.Child), n.List)
	case *Join:
		switch n.How {
		case Inner, Cross:
			return union(union(constraints(n.Left), constraints(n.Right)), conditionsOf(n))
		case LeftSemi:
			return union(constraints(n.Left), conditionsOf(n))
		case LeftOuter, LeftAnti:
			return constraints(n.Left)
		case RightOuter:
			return constraints(n.Right)
		}
		return nil
	case *Sort, *Limit, *Window, *Repartition, *RepartitionBy, *Generate, *Deduplicate, *Distinct, *WindowGroupLimit:
		return constraints(n.Children()[0])
	}
	if _, ok := n.(Passing); ok {
		return constraints(n.Children()[0])
	}
	return nil
}

// throughList is conditions under the names that a list gives.
func throughList(conditions, list []expr.Expr) []expr.Expr {
	all := conditions
	for _, item := range list {
		alias, ok := item.(*expr.Alias)
		if !ok {
			continue
		}
		from, ok := alias.Child.(*expr.Attribute)
		if !ok {
			continue
		}
		for _, e := range conditions {
			all = union(all, []expr.Expr{renamed(e, map[expr.ID]*expr.Attribute{from.ID: alias.Attribute()})})
		}
	}
	return all
}

// equalities are what follows by putting one side of a = b in place of the other.
func equalities(conditions []expr.Expr) []expr.Expr {
	var more []expr.Expr
	for _, e := range conditions {
		if !expr.Is(e, "=") {
			continue
		}
		a, ok := e.Children()[0].(*expr.Attribute)
		b, both := e.Children()[1].(*expr.Attribute)
		if !ok || !both {
			continue
		}
		for _, other := range conditions {
			if expr.Equal(other, e) || expr.Is(other, "isnotnull") {
				continue // those follow by themselves
			}
			more = union(more, []expr.Expr{
				renamed(other, map[expr.ID]*expr.Attribute{a.ID: b}), renamed(other, map[expr.ID]*expr.Attribute{b.ID: a}),
			})
		}
	}
	return missing(more, conditions)
}

// notNulls are the attributes that cannot be null where conditions hold.
func notNulls(conditions []expr.Expr) []expr.Expr {
	var found []expr.Expr
	for _, e := range conditions {
		for _, a := range strict(e) {
			if a.Null {
				found = union(found, []expr.Expr{expr.Must("isnotnull", a)})
			}
		}
	}
	return missing(found, conditions)
}

// strict are the attributes a null of which makes e null, or false.
func strict(e expr.Expr) []*expr.Attribute {
	switch v := e.(type) {
	case *expr.Attribute:
		return []*expr.Attribute{v}
	case *expr.Cast, *expr.Alias, *expr.Field:
		return strict(e.Children()[0])
	case *expr.Invoke:
		if v.Func.Name != "isnotnull" && !v.Func.Strict() {
			return nil
		}
		var all []*expr.Attribute
		for _, c := range v.Args {
			all = append(all, strict(c)...)
		}
		return all
	}
	return nil
}

// missing is what of es is not in have.
func missing(es, have []expr.Expr) []expr.Expr {
	var more []expr.Expr
	for _, e := range es {
		if !contains(have, e) && !contains(more, e) {
			more = append(more, e)
		}
	}
	return more
}
