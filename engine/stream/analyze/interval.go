package analyze

import (
	"math"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// StateWatermark is up to which time rows of one side of a join can have no more
// match, when no row of the other side at or before the watermark will come any
// more: what the comparisons of the condition imply. Times are milliseconds.
//
//	lt >= rt - 10 minutes, watermark W    a left row at or before W - 10 minutes - 1 ms is over
//	lt >  rt - 10 minutes, watermark W    a left row at or before W - 10 minutes is over
//
// of is the side whose rows may be over, other the one that has the watermark.
// As in Spark every comparison with a lower bound on a column of that side counts,
// and the least bound wins: "x > 5" beside the range makes it 0, and nothing is
// ever over.
func StateWatermark(of, other []*expr.Attribute, condition expr.Expr, watermark int64) (ms int64, ok bool) {
	if condition == nil || EventTime(other) == nil {
		return 0, false
	}
	mine, theirs := idsOf(of), idsOf(other)
	for _, part := range plan.Conjuncts(condition) {
		bound, found := lowerBound(part, mine, theirs, other, watermark)
		if found && (!ok || bound < ms) {
			ms, ok = bound, true
		}
	}
	return ms, ok
}

// EventTime is the first column that has a watermark, nil when none has.
func EventTime(columns []*expr.Attribute) *expr.Attribute {
	for _, a := range columns {
		if a.Delay != nil {
			return a
		}
	}
	return nil
}

func idsOf(columns []*expr.Attribute) map[expr.ID]bool {
	ids := map[expr.ID]bool{}
	for _, a := range columns {
		ids[a.ID] = true
	}
	return ids
}

// lowerBound is the bound that one comparison puts on a column of mine.
func lowerBound(e expr.Expr, mine, theirs map[expr.ID]bool, other []*expr.Attribute, watermark int64) (ms int64, ok bool) {
	call, isCall := e.(*expr.Invoke)
	if !isCall || len(call.Args) != 2 {
		return 0, false
	}
	low, high := call.Args[0], call.Args[1]
	equal := int64(0)
	switch call.Func.Name {
	case "<":
	case "<=":
		equal = 1
	case ">":
		low, high = high, low
	case ">=":
		low, high = high, low
		equal = 1
	default:
		return 0, false
	}
	// low < high is high - low > 0, a sum of columns and a constant.
	s := sum{terms: map[expr.ID]int{}}
	if !s.add(high, 1) || !s.add(low, -1) {
		return 0, false
	}
	found, bound := 0, -s.constant
	for id, times := range s.terms {
		switch {
		case mine[id]:
			found++
			if times != 1 {
				return 0, false // an upper bound, or no bound at all
			}
		case theirs[id] && delayed(other, id):
			bound -= float64(times) * float64(watermark) * 1000
		default:
			return 0, false
		}
	}
	if found != 1 || math.IsNaN(bound) {
		return 0, false
	}
	return int64(bound/1000) - equal, true // the decisive line: an equal row would still match
}

func delayed(columns []*expr.Attribute, id expr.ID) bool {
	for _, a := range columns {
		if a.ID == id {
			return a.Delay != nil
		}
	}
	return false
}

// sum is columns, each so many times, and a constant; times are microseconds.
type sum struct {
	terms    map[expr.ID]int
	constant float64
}

// add takes an expression in; false when it is no sum.
func (s *sum) add(e expr.Expr, sign int) bool {
	switch e := e.(type) {
	case *expr.Attribute:
		if !numeric(e.Type()) {
			return false
		}
		s.terms[e.ID] += sign
		return true
	case *expr.Cast:
		if numeric(e.Type()) && numeric(e.Child.Type()) {
			return s.add(e.Child, sign)
		}
	case *expr.Invoke:
		switch {
		case e.Type().Kind == column.TimestampMicros && len(e.Args) == 2 && !expr.Foldable(e):
			return s.shifted(e, sign)
		case e.Func.Name == "+" && len(e.Args) == 2:
			return s.add(e.Args[0], sign) && s.add(e.Args[1], sign)
		case e.Func.Name == "-" && len(e.Args) == 2:
			return s.add(e.Args[0], sign) && s.add(e.Args[1], -sign)
		case e.Func.Name == "negative" && len(e.Args) == 1:
			return s.add(e.Args[0], -sign)
		}
	}
	if !expr.Foldable(e) || !numeric(e.Type()) {
		return false
	}
	value, ok := number(e)
	s.constant += float64(sign) * value
	return ok
}

// shifted takes a time and an interval in: the interval is how far it moves the
// epoch. One with months has no fixed length.
func (s *sum) shifted(e *expr.Invoke, sign int) bool {
	at := -1
	for i, a := range e.Args {
		if a.Type().Kind == column.TimestampMicros {
			at = i
		} else if l := constant(a); l == nil || l.Months != 0 {
			return false
		}
	}
	if at < 0 || len(e.Args) != 2 || e.Args[1-at].Type().Kind != column.CalendarInterval {
		return false
	}
	args := append([]expr.Expr{}, e.Args...)
	args[at] = &expr.Literal{Value: column.Timestamp(0), Of: column.TimestampType}
	moved, ok := number(e.With(args))
	s.constant += float64(sign) * moved
	return ok && s.add(e.Args[at], sign)
}

// constant is a foldable interval's value, nil when it has none.
func constant(e expr.Expr) *column.Interval {
	if !expr.Foldable(e) || e.Type().Kind != column.CalendarInterval {
		return nil
	}
	if v, ok := evaluated(e).(column.Interval); ok {
		return &v
	}
	return nil
}

func number(e expr.Expr) (float64, bool) {
	switch v := evaluated(e).(type) {
	case int32:
		return float64(v), true
	case int64:
		return float64(v), true
	case float64:
		return v, true
	case column.Timestamp:
		return float64(v), true
	}
	return 0, false
}

// evaluated is the value of an expression without columns, nil when it has none.
func evaluated(e expr.Expr) any {
	bound, err := expr.Bind(e, nil)
	if err != nil {
		return nil
	}
	c, err := bound.Eval(column.Batch{Rows: 1})
	if err != nil || c.Len() == 0 {
		return nil
	}
	return c.Value(0)
}

func numeric(t column.Type) bool {
	switch t.Kind {
	case column.Int, column.BigInt, column.Double, column.TimestampMicros:
		return true
	}
	return false
}
