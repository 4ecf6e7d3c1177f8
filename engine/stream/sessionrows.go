package stream

import (
	"slices"
	"time"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
)

// sessionRows puts beside each row the session that it would be alone in: from
// its time to its time and the gap. A row without a time, or with a gap that is
// not positive, is in no session and goes no further.
type sessionRows struct {
	physical.Unary
	of      *expr.SessionWindow
	session *expr.Attribute
}

// withSession is an aggregate over rows that have their session beside them; at
// is the key that was the session.
func withSession(n *plan.Aggregate, child physical.Operator, at int) (physical.Operator, *plan.Aggregate, error) {
	key := n.Keys[at]
	named, ok := key.(*expr.Alias)
	if !ok {
		named = expr.NewAlias(key, "session_window")
	}
	window := named.Child.(*expr.SessionWindow)
	session := named.Attribute()
	if of, isColumn := window.Child.(*expr.Attribute); isColumn {
		if i := placeOf(of, child.Output()); i >= 0 {
			session.Delay = child.Output()[i].Delay
		}
	}
	rows := &sessionRows{Unary: physical.Unary{Child: child}, of: window, session: session}
	with := &plan.Aggregate{Unary: n.Unary, Keys: slices.Clone(n.Keys)}
	with.Keys[at] = session
	for _, item := range n.List {
		replaced := expr.Rewrite(item, func(e expr.Expr) expr.Expr {
			if expr.Equal(e, window) {
				return session
			}
			return e
		})
		with.List = append(with.List, replaced)
	}
	return rows, with, nil
}

// Name implements physical.Operator.
func (s *sessionRows) Name() string { return "Project" }

// Text implements physical.Operator.
func (s *sessionRows) Text() string { return "[" + s.of.String() + " AS " + s.session.Name + "]" }

// WithChildren implements physical.Operator.
func (s *sessionRows) WithChildren(c []physical.Operator) physical.Operator {
	return &sessionRows{physical.Unary{Child: c[0]}, s.of, s.session}
}

// Output implements physical.Operator.
func (s *sessionRows) Output() []*expr.Attribute {
	return append(slices.Clone(s.Child.Output()), s.session)
}

// Run implements physical.Operator.
func (s *sessionRows) Run(x *physical.Context) (*physical.Rows, error) {
	child, err := x.Run(s.Child)
	if err != nil {
		return nil, err
	}
	bound, err := expr.BindAll([]expr.Expr{s.of.Child, s.of.Gap}, s.Child.Output())
	if err != nil {
		return nil, err
	}
	return physical.Each(child, "sessionWindow", func(b column.Batch) (column.Batch, error) {
		columns, err := expr.EvalAll(bound, b)
		if err != nil {
			return b, err
		}
		session, kept := sessionsOf(columns[0], columns[1], s.session.Of)
		b.Columns = append(slices.Clone(b.Columns), session)
		return b.Keep(kept), nil
	}), nil
}

// sessionsOf are the sessions of times and gaps, and where there is one.
func sessionsOf(times, gaps column.Column, of column.Type) (column.Column, []bool) {
	at, gap := column.Data[int64](times), column.Data[column.Interval](gaps)
	kept := make([]bool, len(at))
	ends := make([]int64, len(at))
	for i := range at {
		if times.Null(i) || gaps.Null(i) {
			continue
		}
		ends[i] = after(at[i], gap[i])
		kept[i] = ends[i] > at[i]
	}
	start, end := column.New(column.TimestampType, at, times.Nulls()), column.New(column.TimestampType, ends, nil)
	return &column.Records{Of: of, Fields: []column.Column{start, end}, Count: len(at)}, kept
}

// after is a time and an interval, in microseconds: months by the calendar, in UTC.
func after(micros int64, gap column.Interval) int64 {
	const day = int64(24 * time.Hour / time.Microsecond)
	if gap.Months != 0 {
		micros = time.UnixMicro(micros).UTC().AddDate(0, int(gap.Months), 0).UnixMicro()
	}
	return micros + int64(gap.Days)*day + gap.Micros
}
