package frame

import (
	"time"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// WithWatermark says that a column is the time of the event, and how late a row may
// be: once a row of time t has been seen, groups that ended before t − delay are
// final, and their state is dropped. The column is a timestamp, or a window, whose
// end counts. Over a table it changes nothing.
func (f *Frame) WithWatermark(name string, delay time.Duration) *Frame {
	return f.watermark(name, delay, delay.String())
}

// WithWatermarkText is WithWatermark with the delay as Spark writes it: "10 minutes",
// "1 hour 30 seconds". A month counts 31 days.
func (f *Frame) WithWatermarkText(name, delay string) *Frame {
	v, err := expr.ParseInterval(delay)
	if err != nil {
		return f.failed(err)
	}
	const day = 24 * time.Hour
	length := time.Duration(v.Months)*31*day + time.Duration(v.Days)*day + time.Duration(v.Micros)*time.Microsecond
	return f.watermark(name, length, delay)
}

func (f *Frame) watermark(name string, delay time.Duration, text string) *Frame {
	if delay < 0 {
		return f.failed(expr.Errorf("IllegalArgumentException", "requirement failed: delay threshold (%s) should not be negative.", text))
	}
	return f.then(func(scope expr.Scope) (plan.Node, error) {
		found, err := scope.Find([]string{name})
		if err != nil {
			return nil, err
		}
		at, ok := found.(*expr.Attribute)
		if !ok || !isTime(at.Of) {
			return nil, expr.Errorf("EVENT_TIME_IS_NOT_ON_TIMESTAMP_TYPE", "The event time `%s` has the invalid type %q, but expected \"TIMESTAMP\".", name, found.Type().SQL())
		}
		return &plan.EventTimeWatermark{Unary: plan.Unary{Child: f.node}, Column: at, Delay: delay}, nil
	})
}

// isTime reports whether t is a timestamp, or a struct with an end that is one.
func isTime(t column.Type) bool {
	for _, field := range t.Fields {
		if field.Name == "end" && field.Type.Kind == column.TimestampMicros {
			return true
		}
	}
	return t.Kind == column.TimestampMicros
}

// DropDuplicatesWithinWatermark keeps the first row of those with equal values in
// columns (in all columns when none is named), and remembers the values until the
// watermark has passed the first row by its delay. It needs a watermark.
func (f *Frame) DropDuplicatesWithinWatermark(columns ...string) *Frame {
	return f.then(func(scope expr.Scope) (plan.Node, error) {
		keys, err := fieldsNamed(scope, columns)
		if err != nil {
			return nil, err
		}
		return &plan.DeduplicateWithinWatermark{Unary: plan.Unary{Child: f.node}, Keys: keys}, nil
	})
}

// ExprOf is an expression that is a tree already: for packages that read programs
// of another form.
func ExprOf(n expr.Node) Expr { return Expr{node: n} }
