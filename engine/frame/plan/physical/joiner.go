package physical

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// joiner makes a join's rows from pairs of a row of the streamed side, which comes
// in batches, and a row of the built side, which is at hand.
type joiner struct {
	how       plan.JoinType
	streamed  int  // columns of the streamed side
	left      bool // the streamed side is the left one
	built     column.Batch
	condition *expr.Bound // over the left columns, then the right; nil for none
	matched   []bool      // built rows that found a partner: where they come too if not; nil else
}

// joining is a joiner as a plan's operator knows it before there are rows.
type joining struct {
	how         plan.JoinType
	build       Side
	left, right Operator
	condition   *expr.Bound
}

func newJoining(how plan.JoinType, build Side, left, right Operator, condition expr.Expr) (*joining, error) {
	j := &joining{how: how, build: build, left: left, right: right}
	if condition == nil {
		return j, nil
	}
	var err error
	both := append(append([]*expr.Attribute(nil), left.Output()...), right.Output()...)
	j.condition, err = expr.Bind(condition, both)
	return j, err
}

// over is a joiner for a built side.
func (j *joining) over(built column.Batch) *joiner {
	left := j.build == BuildRight
	streamed := len(j.right.Output())
	if left {
		streamed = len(j.left.Output())
	}
	r := &joiner{how: j.how, streamed: streamed, left: left, built: built, condition: j.condition}
	if r.keepsBuilt() {
		r.matched = make([]bool, built.Rows)
	}
	return r
}

// keepsBuilt reports whether built rows without a partner are in the result.
func (j *joiner) keepsBuilt() bool {
	return j.how == plan.FullOuter || j.how == plan.LeftOuter && !j.left || j.how == plan.RightOuter && j.left
}

// keepsStreamed reports the same of the streamed rows.
func (j *joiner) keepsStreamed() bool {
	return j.how == plan.FullOuter || j.how == plan.LeftOuter && j.left || j.how == plan.RightOuter && !j.left
}

// pairRows is pairs of rows: of the streamed side, in ascending order, and of the
// built side.
type pairRows struct{ streamed, built []int32 }

// join is the rows that pairs of a batch give.
func (j *joiner) join(stream column.Batch, pairs pairRows) (column.Batch, error) {
	pairs, err := j.check(stream, pairs)
	if err != nil {
		return column.Batch{}, err
	}
	for _, b := range pairs.built {
		if j.matched != nil {
			j.matched[b] = true
		}
	}
	switch j.how {
	case plan.LeftSemi, plan.LeftAnti:
		return stream.Take(hasPartner(stream.Rows, pairs, j.how == plan.LeftSemi)), nil
	}
	if j.keepsStreamed() {
		pairs = withLonely(stream.Rows, pairs)
	}
	return j.glue(stream.Take(pairs.streamed), j.built.Take(pairs.built)), nil
}

// rest is the built rows that found no partner.
func (j *joiner) rest(types []column.Type) column.Batch {
	var lonely, none []int32
	for i, found := range j.matched {
		if !found {
			lonely, none = append(lonely, int32(i)), append(none, -1)
		}
	}
	empty := column.Batch{}
	for _, t := range types {
		empty.Columns = append(empty.Columns, column.NewBuilder(t, 0).Build())
	}
	return j.glue(empty.Take(none), j.built.Take(lonely))
}

// glue puts the columns of the two sides beside each other, the left ones first.
func (j *joiner) glue(stream, built column.Batch) column.Batch {
	l, r := stream, built
	if !j.left {
		l, r = built, stream
	}
	return column.Batch{Columns: append(l.Columns[:len(l.Columns):len(l.Columns)], r.Columns...), Rows: l.Rows}
}

// check leaves the pairs that fulfil the condition.
func (j *joiner) check(stream column.Batch, pairs pairRows) (pairRows, error) {
	if j.condition == nil || len(pairs.streamed) == 0 {
		return pairs, nil
	}
	truth, err := j.condition.Eval(j.glue(stream.Take(pairs.streamed), j.built.Take(pairs.built)))
	if err != nil {
		return pairs, err
	}
	var kept pairRows
	for _, i := range trueRows(truth) {
		kept.streamed = append(kept.streamed, pairs.streamed[i])
		kept.built = append(kept.built, pairs.built[i])
	}
	return kept, nil
}

// hasPartner is the rows that are in a pair, or those that are in none.
func hasPartner(rows int, pairs pairRows, in bool) []int32 {
	found := make([]bool, rows)
	for _, s := range pairs.streamed {
		found[s] = true
	}
	var kept []int32
	for i, f := range found {
		if f == in {
			kept = append(kept, int32(i))
		}
	}
	return kept
}

// withLonely adds, in its place, each row that is in no pair, with nulls.
func withLonely(rows int, pairs pairRows) pairRows {
	var all pairRows
	at := 0
	for s := range int32(rows) {
		start := at
		for at < len(pairs.streamed) && pairs.streamed[at] == s {
			all.streamed, all.built = append(all.streamed, s), append(all.built, pairs.built[at])
			at++
		}
		if at == start {
			all.streamed, all.built = append(all.streamed, s), append(all.built, -1)
		}
	}
	return all
}
