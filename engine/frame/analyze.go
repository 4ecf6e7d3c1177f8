package frame

import (
	"slices"

	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// selection is a list over a plan. What changes how many rows there are, or needs
// other rows than its own, gets an operator below the list: aggregates, windows,
// generators.
func selection(list []expr.Expr, child plan.Node) (plan.Node, error) {
	if slices.ContainsFunc(list, hasAggregate) {
		return aggregation(nil, list, child)
	}
	list, child, err := plan.TimeWindows(list, child)
	if err != nil {
		return nil, err
	}
	if list, child, err = generated(list, child); err != nil {
		return nil, err
	}
	list, child = windowed(list, child)
	return plan.NewProject(list, child), nil
}

// aggregation is a list over groups by keys.
func aggregation(keys, list []expr.Expr, child plan.Node) (plan.Node, error) {
	all, child, err := plan.TimeWindows(append(slices.Clone(keys), list...), child)
	if err != nil {
		return nil, err
	}
	if all, child, err = plan.SessionWindows(all, child); err != nil {
		return nil, err
	}
	keys, list = all[:len(keys)], all[len(keys):]
	bare := make([]expr.Expr, len(keys))
	for i, k := range keys {
		bare[i] = k
		if alias, ok := k.(*expr.Alias); ok {
			bare[i] = alias.Child
		}
	}
	for _, e := range list {
		if err := checkGrouped(e, bare); err != nil {
			return nil, err
		}
	}
	windows := slices.ContainsFunc(list, func(e expr.Expr) bool { return expr.Any(e, isWindow) })
	if !windows {
		return &plan.Aggregate{Unary: plan.Unary{Child: child}, Keys: bare, List: list}, nil
	}
	return windowsOverGroups(bare, list, child), nil
}

// windowsOverGroups computes what windows need of the groups first, then the
// windows.
func windowsOverGroups(keys, list []expr.Expr, child plan.Node) plan.Node {
	var inner []expr.Expr
	name := func(e expr.Expr) expr.Expr {
		for _, known := range inner {
			switch known := known.(type) {
			case *expr.Alias:
				if expr.Equal(known.Child, e) {
					return known.Attribute()
				}
			case *expr.Attribute:
				if expr.Equal(known, e) {
					return known
				}
			}
		}
		made := expr.WithName(e)
		inner = append(inner, made)
		if alias, ok := made.(*expr.Alias); ok {
			return alias.Attribute()
		}
		return made
	}
	var lift func(e expr.Expr, inWindow bool) expr.Expr
	lift = func(e expr.Expr, inWindow bool) expr.Expr {
		if isCall(e) && !inWindow || slices.ContainsFunc(keys, func(k expr.Expr) bool { return expr.Equal(k, e) }) {
			return name(e)
		}
		children := e.Children()
		if len(children) == 0 {
			return e
		}
		with := make([]expr.Expr, len(children))
		for i, c := range children {
			with[i] = lift(c, isWindow(e) && i == 0)
		}
		return e.With(with)
	}
	outer := make([]expr.Expr, len(list))
	for i, e := range list {
		outer[i] = expr.WithName(lift(e, false))
		if alias, ok := e.(*expr.Alias); ok {
			outer[i] = lift(alias, false)
		}
	}
	var groups plan.Node = &plan.Aggregate{Unary: plan.Unary{Child: child}, Keys: keys, List: inner}
	outer, groups = windowed(outer, groups)
	return plan.NewProject(outer, groups)
}

func isCall(e expr.Expr) bool   { _, ok := e.(*expr.AggregateCall); return ok }
func isWindow(e expr.Expr) bool { _, ok := e.(*expr.WindowCall); return ok }

// hasAggregate reports whether an aggregate stands in e that no window computes.
func hasAggregate(e expr.Expr) bool {
	if isCall(e) {
		return true
	}
	children := e.Children()
	if isWindow(e) {
		children = slices.Concat(e.(*expr.WindowCall).Func.Children(), children[1:])
	}
	return slices.ContainsFunc(children, hasAggregate)
}

// checkGrouped refuses a column that is neither a key nor inside an aggregate.
func checkGrouped(e expr.Expr, keys []expr.Expr) error {
	if isCall(e) || slices.ContainsFunc(keys, func(k expr.Expr) bool { return expr.Equal(unnamed(k), unnamed(e)) }) {
		return nil
	}
	if a, ok := e.(*expr.Attribute); ok {
		if len(keys) == 0 {
			return expr.Errorf("MISSING_GROUP_BY", "The query does not include a GROUP BY clause. Add GROUP BY or turn it into the window functions using OVER clauses.")
		}
		return expr.Errorf("MISSING_AGGREGATION", "The non-aggregating expression %q is based on columns which are not participating in the GROUP BY clause.\nAdd the columns or the expression to the GROUP BY, aggregate the expression, or use \"any_value(%s)\" if you do not care which of the values within a group is returned.", a.Name, a.Name)
	}
	children := e.Children()
	if isWindow(e) {
		children = slices.Concat(e.(*expr.WindowCall).Func.Children(), children[1:])
	}
	for _, c := range children {
		if err := checkGrouped(c, keys); err != nil {
			return err
		}
	}
	return nil
}

func unnamed(e expr.Expr) expr.Expr {
	if alias, ok := e.(*expr.Alias); ok {
		return alias.Child
	}
	return e
}

// generated takes a generator out of a list: its columns come from a Generate.
func generated(list []expr.Expr, child plan.Node) ([]expr.Expr, plan.Node, error) {
	out := make([]expr.Expr, 0, len(list))
	taken := false
	for _, e := range list {
		alias, ok := e.(*expr.Alias)
		if !ok {
			out = append(out, e)
			continue
		}
		explode, ok := alias.Child.(*expr.Explode)
		if !ok {
			if expr.Any(alias.Child, func(e expr.Expr) bool { _, ok := e.(*expr.Explode); return ok }) {
				return nil, nil, expr.Errorf("UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS", "The generator is not supported: nested in expressions %q.", alias.Child)
			}
			out = append(out, e)
			continue
		}
		if taken {
			return nil, nil, expr.Errorf("UNSUPPORTED_GENERATOR.MULTI_GENERATOR", "The generator is not supported: only one generator allowed per SELECT clause but found 2: %q.", explode)
		}
		taken = true
		made := expr.AttributesOf(explode.Fields())
		made[len(made)-1].Name = alias.Name
		child = &plan.Generate{Unary: plan.Unary{Child: child}, Generator: explode, Made: made, Keep: child.Output()}
		for _, a := range made {
			out = append(out, a)
		}
	}
	return out, child, nil
}
