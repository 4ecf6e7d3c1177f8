package physical

import "etincelle/engine/frame/expr"

// Rule makes an operator tree ready to run, or a better one.
type Rule struct {
	Name  string // Spark's
	About string
	Apply func(op Operator, conf Conf) Operator
}

// Rules are those applied to what the planner chose, in order. Those of adaptive
// execution, which look at what exchanges wrote, are beside it.
func Rules() []Rule {
	return []Rule{
		{"RemoveRedundantProjects", "a selection of the columns that are there goes away where their order does not matter", removeRedundantProjects},
		{"EnsureRequirements", "exchanges and sorts are put where rows do not lie as an operator needs them", ensureRequirements},
		{"CombineAdjacentAggregation", "a partial and a final aggregation without an exchange between them become one", combineAggregates},
		{"ReplaceHashWithSortAgg", "an aggregation whose input is sorted by its keys anyway needs no table", sortAggregates},
		{"RemoveRedundantSorts", "a sort of rows that come in that order goes away", removeRedundantSorts},
		{"RemoveRedundantWindowGroupLimits", "a limit by rank that is followed by the same one goes away", combineWindowLimits},
		{"ReuseExchange", "exchanges that do the same are done once", reuseExchanges},
	}
}

// Prepare makes what the planner chose ready to run; off names rules that are left
// out. With adaptive execution, a plan that has something to adapt is put below an
// AdaptiveSparkPlan, which goes on preparing each stage when its turn has come.
func Prepare(op Operator, conf Conf, off map[string]bool) Operator {
	plain := op
	apply := func(op Operator, without string) Operator {
		for _, r := range Rules() {
			if !off[r.Name] && r.Name != without {
				op = r.Apply(op, conf)
			}
		}
		return op
	}
	if !conf.Adaptive {
		return insertTransitions(apply(op, ""))
	}
	if op = apply(op, "ReuseExchange"); adaptable(op) { // stages find out themselves what they have run
		dropped := lastRepartition(plain) != nil && lastRepartition(op) == nil
		return &AdaptiveSparkPlan{Unary: Unary{op}, Repartitioned: dropped}
	}
	return insertTransitions(apply(plain, "RemoveRedundantProjects")) // so does Spark
}

// combineAggregates makes one aggregation of a partial and a final one that came
// to stand above each other because their input lay as the final one needs it.
func combineAggregates(op Operator, _ Conf) Operator {
	return Up(op, func(op Operator) Operator {
		final, ok := op.(*Aggregate)
		if !ok || final.Needed == nil {
			return op
		}
		child := final.Child
		if sort, ok := child.(*Sort); ok && final.Sorted {
			child = sort.Child
		}
		partial, ok := child.(*Aggregate)
		if !ok || partial.Needed != nil || !samePartial(final, partial) {
			return op
		}
		one := *final
		one.Child, one.Keys = partial.Child, partial.Keys
		one.Steps = inMode(Complete, partial.Steps)
		return &one
	})
}

// samePartial reports whether final ends just what partial began.
func samePartial(final, partial *Aggregate) bool {
	if len(final.Steps) != len(partial.Steps) || len(final.Keys) != len(partial.Keys) {
		return false
	}
	for i, s := range final.Steps {
		if s.Mode != Final || partial.Steps[i].Mode != Partial || s.Result.ID != partial.Steps[i].Result.ID {
			return false
		}
	}
	for i, k := range partial.Keys {
		if a, ok := k.(*expr.Attribute); !ok || a.ID != attributesOf(final.Keys)[i].ID {
			return false // the partial one computes its keys
		}
	}
	return true
}

// sortAggregates replaces hash aggregations whose input comes in the order of the
// keys. Of a partial and a final one without an exchange between, both.
func sortAggregates(op Operator, _ Conf) Operator {
	return Up(op, func(op Operator) Operator {
		a, ok := op.(*Aggregate)
		if !ok || a.Sorted || a.Objects || len(a.Keys) == 0 || len(a.Steps) == 0 && a.List == nil {
			return op
		}
		if !a.complete() || !sorted(a.Child.Ordering(), a.order()) {
			return op
		}
		with := *a
		with.Sorted = true
		return &with
	})
}

// combineWindowLimits drops the partial limit below a final one.
func combineWindowLimits(op Operator, _ Conf) Operator {
	return Up(op, func(op Operator) Operator {
		final, ok := op.(*WindowGroupLimit)
		if !ok || !final.Final {
			return op
		}
		if partial, ok := final.Child.(*WindowGroupLimit); ok && !partial.Final {
			return &WindowGroupLimit{partial.Unary, final.Of, true}
		}
		return op
	})
}

// removeRedundantSorts drops sorts of rows that come so, and lie so.
func removeRedundantSorts(op Operator, _ Conf) Operator {
	return Up(op, func(op Operator) Operator {
		s, ok := op.(*Sort)
		if ok && sorted(s.Child.Ordering(), s.Order) && s.Child.Partitioning().Satisfies(s.Needs()[0].Placed) {
			return s.Child
		}
		return op
	})
}
