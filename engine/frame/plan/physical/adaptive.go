package physical

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// AdaptiveSparkPlan runs the plan below it stage by stage.
type AdaptiveSparkPlan struct {
	Unary
	// KeepLast leaves the last stage as it is: the plan of a cached table, whose
	// partitions somebody may count on.
	KeepLast bool
	// Repartitioned: the query ends with a repartition that was dropped, as its rows lie
	// so anyway. Over no rows it would have to be done after all.
	Repartitioned bool
}

// Name implements Operator.
func (a *AdaptiveSparkPlan) Name() string { return "AdaptiveSparkPlan" }

// Text implements Operator.
func (a *AdaptiveSparkPlan) Text() string { return "isFinalPlan=false" }

// WithChildren implements Operator.
func (a *AdaptiveSparkPlan) WithChildren(c []Operator) Operator {
	return &AdaptiveSparkPlan{Unary{c[0]}, a.KeepLast, a.Repartitioned}
}

// Partitioning implements Operator: nobody knows before it has run.
func (a *AdaptiveSparkPlan) Partitioning() Partitioning { return UnknownPartitioning{} }

// Ordering implements Operator.
func (a *AdaptiveSparkPlan) Ordering() []*expr.SortOrder { return nil }

// Run implements Operator.
func (a *AdaptiveSparkPlan) Run(x *Context) (*Rows, error) {
	final, err := x.Final(a)
	if err != nil {
		return nil, err
	}
	return x.Run(final)
}

// adaptable reports whether a plan has something to adapt: an exchange, an operator
// that may need one, or a cached table whose own plan is adaptive.
func adaptable(op Operator) bool {
	worth := false
	Walk(op, func(op Operator) bool {
		switch o := op.(type) {
		case *Exchange, *BroadcastExchange:
			worth = true
		case *InMemoryTableScan:
			_, adaptive := o.Cache.Plan.(*AdaptiveSparkPlan)
			worth = worth || adaptive
		}
		for _, need := range op.Needs() {
			worth = worth || need.Placed != nil
		}
		return !worth
	})
	return worth
}

// Final is the plan that a came to: its stages are run, by a job each, until only
// the last one is left.
func (x *Context) Final(a *AdaptiveSparkPlan) (Operator, error) {
	if final := x.final[a]; final != nil {
		return final, nil
	}
	op := a.Child
	for {
		ready := readyStages(op)
		if len(ready) == 0 {
			break
		}
		done := map[Operator]Operator{}
		for _, leaf := range ready {
			stage, err := x.runStage(leaf)
			if err != nil {
				return nil, err
			}
			done[leaf] = stage
		}
		op = replaced(op, done)
		again := x.planAgain(op)
		cost := exchangesIn(again) // Spark's measure
		if a.Repartitioned && endsEmpty(again) {
			cost++
		}
		if cost <= exchangesIn(op) {
			op = again
		}
	}
	if !a.KeepLast {
		op = coalesceShuffles(op, x.Conf)
	}
	final := &ResultQueryStage{Unary{insertTransitions(op)}}
	x.final[a] = final
	return final, nil
}

// Adapted is the plan that a came to, nil when it has not run.
func (x *Context) Adapted(a *AdaptiveSparkPlan) Operator {
	if x == nil {
		return nil
	}
	if final := x.final[a]; final != nil {
		return final
	}
	return nil
}

// planAgain is what a plan is better made of, now that some of its stages have run.
func (x *Context) planAgain(op Operator) Operator {
	op = withoutNeedless(withoutEmpty(withoutExchanges(op, x.Conf)))
	return sortAggregates(ensureRequirements(op, x.Conf), x.Conf)
}

// endsEmpty reports whether nothing but selections and filters follow on no rows.
func endsEmpty(op Operator) bool {
	switch o := op.(type) {
	case *Project:
		return endsEmpty(o.Child)
	case *Filter:
		return endsEmpty(o.Child)
	case *EmptyRelation:
		return true
	}
	return false
}

// exchangesIn is how many exchanges of a plan have not run.
func exchangesIn(op Operator) int {
	n := 0
	Walk(op, func(op Operator) bool {
		if _, ok := op.(*Exchange); ok {
			n++
		}
		return true
	})
	return n
}

// readyStages are the exchanges and cached tables that need no other stage to run
// first; broadcasts come before the others.
func readyStages(op Operator) []Operator {
	var ready []Operator
	var find func(op Operator) (found bool)
	find = func(op Operator) bool {
		found := false
		for _, c := range op.Children() {
			found = find(c) || found
		}
		switch op.(type) {
		case *Exchange, *BroadcastExchange, *InMemoryTableScan:
			if !found && !slices.Contains(ready, op) {
				ready = append(ready, op)
			}
			return true
		}
		return found
	}
	find(op)
	slices.SortStableFunc(ready, func(a, b Operator) int { return rankStage(a) - rankStage(b) })
	return ready
}

func rankStage(op Operator) int {
	if _, ok := op.(*BroadcastExchange); ok {
		return 0
	}
	return 1
}

// replaced is op with stages in the place of what they ran.
func replaced(op Operator, done map[Operator]Operator) Operator {
	if stage := done[op]; stage != nil {
		return stage
	}
	children := op.Children()
	with := make([]Operator, len(children))
	for i, c := range children {
		with[i] = replaced(c, done)
	}
	if slices.Equal(with, children) {
		return op
	}
	return op.WithChildren(with)
}

// runStage runs an exchange, or fills a cached table. What was done already in
// this run is not done again.
func (x *Context) runStage(op Operator) (Operator, error) {
	key := Canonical(op)
	earlier := x.stages[key]
	switch op := op.(type) {
	case *BroadcastExchange:
		if same, ok := earlier.(*BroadcastQueryStage); ok {
			return &BroadcastQueryStage{Of: same.Of, Shown: &ReusedExchange{Of: same.Of, Columns: op.Output()}, Rows: same.Rows}, nil
		}
		with := &BroadcastExchange{Unary{insertTransitions(coalesceShuffles(op.Child, x.Conf))}, op.Mode}
		rows, err := with.broadcast(x)
		stage := &BroadcastQueryStage{Of: with, Shown: with, Rows: rows}
		x.stages[key] = stage
		return stage, err
	case *InMemoryTableScan:
		return &TableCacheQueryStage{Of: op}, op.Cache.fill(x)
	case *Exchange:
		if same, ok := earlier.(*ShuffleQueryStage); ok {
			reused := *same
			reused.Shown, reused.Columns = &ReusedExchange{Of: same.Of, Columns: op.Output()}, op.Output()
			return &reused, nil
		}
		with := &Exchange{Unary{insertTransitions(coalesceShuffles(op.Child, x.Conf))}, op.To, op.Origin}
		shuffle, err := x.shuffle(with)
		if err != nil {
			return nil, err
		}
		pieces, err := shuffle.Write(x.Action)
		stage := &ShuffleQueryStage{Of: with, Shown: with, Columns: with.Output(), Pieces: pieces, shuffle: shuffle}
		x.stages[key] = stage
		return stage, err
	}
	return op, nil
}

// withoutNeedless drops limits over stages that turned out to have no more rows,
// orders of one row, and exchanges of rows that turned out to lie right.
func withoutNeedless(op Operator) Operator {
	return Up(op, func(op Operator) Operator {
		switch o := op.(type) {
		case *Limit:
			if !o.Local && mostRows(o.Child) <= int64(o.N) {
				return o.Child
			}
		case *TakeOrderedAndProject:
			if o.N > 0 && mostRows(o.Child) <= 1 {
				return selected(o.Child, o.List, nil)
			}
		case *Sort:
			below := o.Child
			if x, ok := below.(*Exchange); ok && x.Origin == EnsureRequirements {
				below = x.Child
			}
			if o.Global && mostRows(below) <= 1 {
				return below
			}
		}
		return op
	})
}

// withoutExchanges drops exchanges that only see to it that rows lie as they turn
// out to lie anyway: those of a cached table that is computed now.
func withoutExchanges(op Operator, conf Conf) Operator {
	return combineAggregates(Up(op, func(op Operator) Operator {
		needs, children := op.Needs(), op.Children()
		if len(children) != 1 {
			return op
		}
		x, ok := children[0].(*Exchange)
		if !ok || x.Origin != EnsureRequirements || !x.Child.Partitioning().Satisfies(needs[0].Placed) || !overCache(x.Child) {
			return op
		}
		return op.WithChildren([]Operator{x.Child})
	}), conf)
}

// overCache reports whether op stands on a cached table, with nothing between that
// moves rows.
func overCache(op Operator) bool {
	if _, ok := op.(*TableCacheQueryStage); ok {
		return true
	}
	children := op.Children()
	return len(children) == 1 && overCache(children[0])
}

// mostRows is how many rows an operator gives at most, where stages tell.
func mostRows(op Operator) int64 {
	const unknown = 1<<63 - 1
	switch o := op.(type) {
	case *ShuffleQueryStage:
		return o.rows()
	case *Filter, *Project, *Sort:
		return mostRows(o.Children()[0])
	case *Aggregate:
		if len(o.Keys) == 0 {
			return 1
		}
		return mostRows(o.Child)
	}
	return unknown
}
