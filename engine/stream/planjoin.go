package stream

import (
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/stream/analyze"
	"etincelle/engine/stream/operator"
)

// planJoin joins two streams.
func (e *execution) planJoin(p *physical.Planner, n *plan.Join) (physical.Operator, error) {
	left, err := p.Plan(n.Left)
	if err != nil {
		return nil, err
	}
	right, err := p.Plan(n.Right)
	if err != nil {
		return nil, err
	}
	for _, side := range []physical.Operator{left, right} {
		if err := oneEventTime(side.Output()); err != nil {
			return nil, err
		}
	}
	keys := plan.EquiJoinOf(n)
	if len(keys.Left) == 0 {
		return nil, &analyze.Refusal{Class: "_LEGACY_ERROR_TEMP_1181", Message: "Stream-stream join without equality predicate is not supported.", Advice: joinNeedsKey}
	}
	run, err := joinOf(n, keys, left.Output(), right.Output())
	if err != nil {
		return nil, err
	}
	return e.add(&stateful{
		name: "symmetricHashJoin", title: "StreamingSymmetricHashJoin", children: []physical.Operator{left, right},
		text:   "[" + expr.Texts(keys.Left) + "], [" + expr.Texts(keys.Right) + "], " + n.Text(),
		output: n.Output(),
		needs:  []physical.Need{e.clustered(keys.Left), e.clustered(keys.Right)},
		run: func(p *operator.Part, in [][]column.Batch) ([]column.Batch, error) {
			return run.Run(p, in[0], in[1])
		},
		again:  func(evict, next int64) bool { return forgets(run) && next > evict },
		passes: func(w int64) (int64, bool) { return min(overAt(&run.Left, w), overAt(&run.Right, w)), true },
		placed: func(c []physical.Operator) physical.Partitioning { return placedByJoin(n.How, c[0], c[1]) },
	}), nil
}

// forgets reports whether rows of a side are ever over.
func forgets(j *operator.Join) bool {
	return j.Left.OverKey != operator.None || j.Left.OverTime != operator.None || j.Right.OverTime != operator.None
}

// overAt is up to which time rows of a side are over: what comes out of the join
// may be as old. A side that is never over counts as the watermark, as in Spark.
func overAt(s *operator.Side, w int64) int64 {
	if s.OverTime == operator.None {
		return w
	}
	if ms, ok := s.OverAt(w); ok {
		return ms
	}
	return w
}

var joinNeedsKey = analyze.Advice{
	French:  "Ajoutez à la condition une égalité entre une colonne de chaque flux : c'est elle qui dit où chercher une correspondance.",
	English: "Add to the condition an equality between a column of each stream: it says where to look for a match.",
}

// placedByJoin is how the rows of a join lie: by the keys of a side that has no
// nulls put in.
func placedByJoin(how plan.JoinType, left, right physical.Operator) physical.Partitioning {
	switch how {
	case plan.RightOuter:
		return right.Partitioning()
	case plan.FullOuter:
		return physical.UnknownPartitioning{N: left.Partitioning().Count()}
	case plan.Inner:
		return physical.PartitioningCollection{left.Partitioning(), right.Partitioning()}
	}
	return left.Partitioning()
}

// joinOf is the join over rows of left and right: which of its conditions can be
// judged on one side alone, and when rows are over.
func joinOf(n *plan.Join, keys plan.EquiJoin, left, right []*expr.Attribute) (*operator.Join, error) {
	j := &operator.Join{How: operator.JoinType(n.How)}
	var both []expr.Expr
	only := [2][]expr.Expr{}
	var rest []expr.Expr
	if keys.Rest != nil {
		rest = plan.Conjuncts(keys.Rest)
	}
	for _, part := range rest {
		switch {
		case reads(part, left):
			only[0] = append(only[0], part)
		case reads(part, right):
			only[1] = append(only[1], part)
		default:
			both = append(both, part)
		}
	}
	at := analyze.TimeKey(keys, left, right)
	for i, side := range []struct {
		of           *operator.Side
		keys         []expr.Expr
		mine, theirs []*expr.Attribute
	}{{&j.Left, keys.Left, left, right}, {&j.Right, keys.Right, right, left}} {
		s := side.of
		s.Types, s.Time = expr.SchemaOf(side.mine).Types(), delayedAt(side.mine)
		s.OverKey, s.OverTime = at, operator.None
		var err error
		if s.Keys, err = expr.BindAll(side.keys, side.mine); err != nil {
			return nil, err
		}
		if s.Only, err = bindAnd(only[i], side.mine); err != nil {
			return nil, err
		}
		mine, theirs := side.mine, side.theirs
		if _, ok := analyze.StateWatermark(mine, theirs, n.Condition, 0); ok && at < 0 {
			s.OverTime = s.Time
			s.OverAt = func(w int64) (int64, bool) { return analyze.StateWatermark(mine, theirs, n.Condition, w) }
		}
	}
	var err error
	j.Condition, err = bindAnd(both, append(slices.Clone(left), right...))
	return j, err
}

// bindAnd is parts joined by AND, nil when there is none.
func bindAnd(parts []expr.Expr, input []*expr.Attribute) (*expr.Bound, error) {
	if len(parts) == 0 {
		return nil, nil
	}
	return expr.Bind(plan.Both(parts), input)
}

// reads reports whether e reads only columns of input.
func reads(e expr.Expr, input []*expr.Attribute) bool {
	for _, a := range expr.References(e) {
		if placeOf(a, input) < 0 {
			return false
		}
	}
	return true
}
