package physical

import (
	"slices"
	"time"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// SessionRows puts beside each row the session that it would be alone in.
type SessionRows struct {
	Unary
	Of *plan.SessionRows
}

// Name implements Operator: Spark computes the session in a selection.
func (s *SessionRows) Name() string { return "Project" }

// Text implements Operator.
func (s *SessionRows) Text() string { return "[" + s.Of.Text() + "]" }

// WithChildren implements Operator.
func (s *SessionRows) WithChildren(c []Operator) Operator { return &SessionRows{Unary{c[0]}, s.Of} }

// Output implements Operator.
func (s *SessionRows) Output() []*expr.Attribute {
	return append(slices.Clone(s.Child.Output()), s.Of.Made)
}

// Run implements Operator.
func (s *SessionRows) Run(x *Context) (*Rows, error) {
	child, err := x.Run(s.Child)
	if err != nil {
		return nil, err
	}
	bound, err := expr.BindAll(s.Of.Window.Children(), s.Child.Output())
	if err != nil {
		return nil, err
	}
	return Each(child, "sessionWindow", func(b column.Batch) (column.Batch, error) {
		columns, err := expr.EvalAll(bound, b)
		if err != nil {
			return b, err
		}
		session, kept := sessionsOf(columns[0], columns[1], s.Of.Made.Of)
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

func planSessionRows(p *Planner, n plan.Node) (Operator, error) {
	s, ok := n.(*plan.SessionRows)
	if !ok {
		return nil, nil
	}
	child, err := p.Plan(s.Child)
	if err != nil {
		return nil, err
	}
	return &SessionRows{Unary{child}, s}, nil
}
