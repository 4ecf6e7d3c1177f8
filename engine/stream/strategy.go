package stream

import (
	"fmt"
	"slices"
	"strings"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/stream/analyze"
	"etincelle/engine/stream/operator"
)

// strategy answers the planner for the nodes of a stream that need more than a
// table's operators do; nil for all others.
func (e *execution) strategy(p *physical.Planner, n plan.Node) (physical.Operator, error) {
	switch n := n.(type) {
	case *relation:
		scan := &streamScan{of: n}
		e.scans = append(e.scans, scan)
		return scan, nil
	case *plan.EventTimeWatermark:
		return e.planEventTime(p, n)
	}
	if !plan.Streaming(n) {
		return nil, nil
	}
	switch n := n.(type) {
	case *plan.Aggregate:
		return e.planAggregate(p, n)
	case *plan.Deduplicate:
		return e.planDedup(p, n.Child, n.Keys)
	case *plan.Distinct:
		return e.planDedup(p, n.Child, n.Child.Output())
	case *plan.DeduplicateWithinWatermark:
		return e.planDedupWithin(p, n)
	case *plan.Join:
		if plan.Streaming(n.Left) && plan.Streaming(n.Right) {
			return e.planJoin(p, n)
		}
	case *plan.Limit:
		if e.mode == operator.Append && !n.Local {
			return e.planLimit(p, n)
		}
		if n.Local {
			return e.planLocalLimit(p, n.Child, n.N)
		}
	case *groupState:
		return e.planGroupState(p, n)
	}
	return nil, nil
}

// add numbers a stateful operator.
func (e *execution) add(s *stateful) *stateful {
	s.batch, s.number = e, len(e.operators)
	if s.again == nil {
		s.again = func(evict, next int64) bool { return next > evict }
	}
	if s.passes == nil {
		s.passes = func(w int64) (int64, bool) { return w, true }
	}
	if s.placed == nil {
		s.placed = func(c []physical.Operator) physical.Partitioning { return c[0].Partitioning() }
	}
	e.operators = append(e.operators, s)
	return s
}

// clustered is how the rows of a stateful operator must lie: each key always in
// the partition that holds its state.
func (e *execution) clustered(keys []expr.Expr) physical.Need {
	if len(keys) == 0 {
		return physical.Need{Placed: physical.AllTuples{}}
	}
	return physical.Need{Placed: physical.ClusteredDistribution{Keys: keys, All: true, N: e.partitions}}
}

func (e *execution) planEventTime(p *physical.Planner, n *plan.EventTimeWatermark) (physical.Operator, error) {
	child, err := p.Plan(n.Child)
	if err != nil || !plan.Streaming(n.Child) {
		return child, err // a table has no watermark
	}
	mark := &eventTime{Unary: physical.Unary{Child: child}, of: n, at: len(e.marks), watch: &eventTimes{}}
	e.marks = append(e.marks, mark)
	return mark, nil
}

// planAggregate puts state between the two halves of an aggregation.
func (e *execution) planAggregate(p *physical.Planner, n *plan.Aggregate) (physical.Operator, error) {
	child, err := p.Plan(n.Child)
	if err != nil {
		return nil, err
	}
	if at := plan.SessionKey(n); at >= 0 {
		return e.planSession(n, child, at)
	}
	a := physical.NewAggregation(n)
	partial := physical.PartialAggregate(a, child)
	keys := partial.Output()[:len(a.Keys)]
	if err := oneEventTime(keys); err != nil {
		return nil, err
	}
	run := &operator.Aggregate{Keys: expr.SchemaOf(keys).Types(), Calls: callsOf(a), Time: delayedAt(keys)}
	op := e.add(&stateful{
		name: "stateStoreSave", title: "StateStoreSave", children: []physical.Operator{partial},
		text: describe(a, n), keys: expr.SchemaOf(keys).Names(), output: append(slices.Clone(keys), resultsOf(a)...),
		needs: []physical.Need{e.clustered(a.KeyAttributes())},
		run:   func(p *operator.Part, in [][]column.Batch) ([]column.Batch, error) { return run.Run(p, in[0]) },
		again: func(evict, next int64) bool { return e.mode != operator.Complete && next > evict },
	})
	return &physical.Project{Unary: physical.Unary{Child: op}, List: a.List}, nil
}

func callsOf(a physical.Aggregation) []*expr.AggregateCall {
	var calls []*expr.AggregateCall
	for _, s := range a.Calls {
		calls = append(calls, s.Call)
	}
	return calls
}

func resultsOf(a physical.Aggregation) []*expr.Attribute {
	var results []*expr.Attribute
	for _, s := range a.Calls {
		results = append(results, s.Result)
	}
	return results
}

// describe is what the state of an aggregation depends on.
func describe(a physical.Aggregation, n *plan.Aggregate) string {
	keys := make([]string, len(n.Keys))
	for i, k := range n.Keys {
		keys[i] = k.String()
		if column, ok := k.(*expr.Attribute); ok {
			keys[i] = defined(n.Child, column)
		}
	}
	return fmt.Sprintf("[%s], [%s]", strings.Join(keys, ", "), expr.Texts(callsOf(a)))
}

// defined is what a column was computed from, as far down as the plan says: a window
// with its lengths, and not only its name.
func defined(n plan.Node, a *expr.Attribute) string {
	switch n := n.(type) {
	case *plan.Project:
		for _, item := range n.List {
			if alias, ok := item.(*expr.Alias); ok && alias.ID == a.ID {
				return alias.Child.String()
			}
		}
	case *plan.Expand:
		for i, made := range n.Made {
			if made.ID == a.ID {
				if _, same := n.Lists[0][i].(*expr.Attribute); !same {
					return n.Lists[0][i].String()
				}
			}
		}
	case *plan.SessionRows:
		if n.Made.ID == a.ID {
			return n.Window.String()
		}
	}
	if below := n.Children(); len(below) == 1 {
		return defined(below[0], a)
	}
	return a.Name
}

// oneEventTime refuses rows with several event times: which of them says that a row
// is late?
func oneEventTime(columns []*expr.Attribute) error {
	var texts []string
	for _, a := range columns {
		if a.Delay != nil && !slices.ContainsFunc(texts, func(t string) bool { return strings.HasPrefix(t, a.Name+"-T") }) {
			texts = append(texts, fmt.Sprintf("%s-T%dms", a.Name, a.Delay.Milliseconds()))
		}
	}
	if len(texts) < 2 {
		return nil
	}
	const class = "MULTIPLE_EVENT_TIME_COLUMNS"
	return &analyze.Refusal{Class: class, Message: "[" + class + "] More than one event time columns are available. Please ensure there is at most one event time column per stream. event time columns: (" + strings.Join(texts, ",") + ") SQLSTATE: 42K09", Advice: analyze.Advice{
		French:  "Ne gardez qu'une des colonnes de temps avant cet opérateur (Select ou Drop).",
		English: "Keep only one of the time columns before this operator (Select or Drop).",
	}}
}

// delayedAt is where the first column with a watermark is, operator.None for none.
func delayedAt(columns []*expr.Attribute) int {
	return placeOf(analyze.EventTime(columns), columns)
}

// planSession is planAggregate for session windows: the session is no part of
// what rows are clustered by, for sessions of a key grow together.
func (e *execution) planSession(n *plan.Aggregate, child physical.Operator, at int) (physical.Operator, error) {
	a := physical.NewAggregation(n)
	partial := physical.PartialAggregate(a, child)
	keys := partial.Output()[:len(a.Keys)]
	rest := slices.Delete(a.KeyAttributes(), at, at+1)
	if len(rest) == 0 {
		return nil, &analyze.Refusal{Class: "_LEGACY_ERROR_TEMP_3068", Message: "Global aggregation with session window in streaming query is not supported.", Advice: sessionNeedsKey}
	}
	run := &operator.Session{Aggregate: operator.Aggregate{Keys: expr.SchemaOf(keys).Types(), Calls: callsOf(a), Time: delayedAt(keys)}, Window: at}
	op := e.add(&stateful{
		name: "sessionWindowStateStoreSaveExec", title: "SessionWindowStateStoreSave", children: []physical.Operator{partial},
		text: describe(a, n), keys: expr.SchemaOf(keys).Names(), output: append(slices.Clone(keys), resultsOf(a)...),
		needs: []physical.Need{e.clustered(rest)},
		run:   func(p *operator.Part, in [][]column.Batch) ([]column.Batch, error) { return run.Run(p, in[0]) },
		again: func(evict, next int64) bool { return e.mode != operator.Complete && next > evict },
	})
	return &physical.Project{Unary: physical.Unary{Child: op}, List: a.List}, nil
}

var sessionNeedsKey = analyze.Advice{
	French:  "Groupez aussi par une clé : les sessions sont celles de chaque clé.",
	English: "Group by a key too: sessions are those of each key.",
}

func (e *execution) planDedup(p *physical.Planner, below plan.Node, keys []*expr.Attribute) (physical.Operator, error) {
	child, err := p.Plan(below)
	if err != nil {
		return nil, err
	}
	output := child.Output()
	if err := oneEventTime(output); err != nil {
		return nil, err
	}
	own := inOutput(keys, output)
	run := &operator.Dedup{Keys: placesOf(keys, output), Types: expr.SchemaOf(own).Types(), Time: delayedAt(output), KeyTime: delayedAt(own)}
	return e.add(&stateful{
		name: "dedupe", title: "StreamingDeduplicate", children: []physical.Operator{child}, text: "[" + expr.Texts(keys) + "]",
		keys: expr.SchemaOf(own).Names(), output: output, needs: []physical.Need{e.clustered(asExprs(own))},
		run: func(p *operator.Part, in [][]column.Batch) ([]column.Batch, error) { return run.Run(p, in[0]) },
	}), nil
}

func (e *execution) planDedupWithin(p *physical.Planner, n *plan.DeduplicateWithinWatermark) (physical.Operator, error) {
	child, err := p.Plan(n.Child)
	if err != nil {
		return nil, err
	}
	output := child.Output()
	if err := oneEventTime(output); err != nil {
		return nil, err
	}
	at := delayedAt(output)
	if at == operator.None {
		return nil, fmt.Errorf("no column of %s has a watermark", n.Name())
	}
	run := &operator.DedupWithinWatermark{Keys: placesOf(n.Keys, output), Time: at, Delay: output[at].Delay.Microseconds()}
	return e.add(&stateful{
		name: "dedupeWithinWatermark", title: "StreamingDeduplicateWithinWatermark", children: []physical.Operator{child},
		text: "[" + expr.Texts(n.Keys) + "]", keys: expr.SchemaOf(n.Keys).Names(), output: output, needs: []physical.Need{e.clustered(asExprs(inOutput(n.Keys, output)))},
		run: func(p *operator.Part, in [][]column.Batch) ([]column.Batch, error) { return run.Run(p, in[0]) },
	}), nil
}

// planLimit counts rows over the whole life of the query.
func (e *execution) planLimit(p *physical.Planner, n *plan.Limit) (physical.Operator, error) {
	below := n.Child
	if local, ok := below.(*plan.Limit); ok && local.Local && local.N == n.N {
		below = local.Child
	}
	local, err := e.planLocalLimit(p, below, n.N)
	if err != nil {
		return nil, err
	}
	if n.N == 0 {
		return &nothing{columns: local.Output()}, nil // and nothing below is asked for rows
	}
	run := &operator.Limit{N: int64(n.N)}
	return e.add(&stateful{
		name: "globalLimit", title: "StreamingGlobalLimit", children: []physical.Operator{local}, text: n.Text(),
		output: local.Output(), needs: []physical.Need{{Placed: physical.AllTuples{}}},
		run:   func(p *operator.Part, in [][]column.Batch) ([]column.Batch, error) { return run.Run(p, in[0]) },
		again: func(int64, int64) bool { return false },
	}), nil
}

func asExprs(attributes []*expr.Attribute) []expr.Expr {
	es := make([]expr.Expr, len(attributes))
	for i, a := range attributes {
		es[i] = a
	}
	return es
}

// inOutput is attributes as an operator gives them.
func inOutput(attributes, output []*expr.Attribute) []*expr.Attribute {
	own := make([]*expr.Attribute, len(attributes))
	for i, at := range placesOf(attributes, output) {
		own[i] = attributes[i]
		if at >= 0 {
			own[i] = output[at]
		}
	}
	return own
}

func placesOf(attributes, output []*expr.Attribute) []int {
	places := make([]int, len(attributes))
	for i, a := range attributes {
		places[i] = placeOf(a, output)
	}
	return places
}
