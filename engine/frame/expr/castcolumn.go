package expr

import (
	"math"
	"time"

	"etincelle/engine/frame/column"
)

// castColumn casts every value of a column. What cannot be cast is an error, or
// a null for try.
func castColumn(c column.Column, to column.Type, try bool, zone *time.Location) (column.Column, error) {
	from := c.Type()
	switch {
	case from.Equal(to):
		return c, nil
	case from.Kind == column.Void:
		return column.NullsOf(to, c.Len()), nil
	case to.Kind == column.String:
		return castEach(c, to, try, textOf(c, zone))
	case from.Kind == column.String:
		return castText(column.Data[string](c), c, to, try, zone)
	case from.Kind == column.Array:
		return castLists(c.(*column.Lists), to, try, zone)
	case from.Kind == column.Struct:
		return castRecords(c.(*column.Records), to, try, zone)
	case from.Kind == column.CalendarInterval:
		return column.New(to, column.Data[column.Interval](c), c.Nulls()), nil
	}
	if widened := widen(c, to); widened != nil {
		return widened, nil
	}
	if from.Kind == column.Double && to.Kind == column.Decimal128 {
		c = hide(c, notFinite(c)) // no number of digits holds these, and Spark says nothing
	}
	return castNumber(c, to, try, zone)
}

func notFinite(c column.Column) []bool {
	mask := make([]bool, c.Len())
	for i, v := range column.Data[float64](c) {
		mask[i] = math.IsNaN(v) || math.IsInf(v, 0)
	}
	return mask
}

// widens reports whether a cast can neither fail nor lose a digit of a number.
func widens(from, to column.Type) bool {
	return from.Kind == column.Int && (to.Kind == column.BigInt || to.Kind == column.Double) ||
		from.Kind == column.BigInt && to.Kind == column.Double
}

// widen casts numbers to a type that holds them all; nil for any other cast.
func widen(c column.Column, to column.Type) column.Column {
	from := c.Type()
	switch {
	case !widens(from, to):
		return nil
	case to.Kind == column.BigInt:
		return widened[int32, int64](c, to)
	case from.Kind == column.Int:
		return widened[int32, float64](c, to)
	}
	return widened[int64, float64](c, to)
}

func widened[A, B int32 | int64 | float64](c column.Column, to column.Type) column.Column {
	in := column.Data[A](c)
	out := make([]B, len(in))
	for i, v := range in {
		out[i] = B(v)
	}
	return column.New(to, out, c.Nulls())
}

// caster is the cast of row i; false is a value that cannot be cast.
type caster[T column.Element] func(i int) (T, error)

// castEach casts the rows that are not null.
func castEach[T column.Element](c column.Column, to column.Type, try bool, cast caster[T]) (column.Column, error) {
	data, null := make([]T, c.Len()), c.Nulls()
	mask, ours := null, false
	for i := range data {
		if null != nil && null[i] {
			continue
		}
		v, err := cast(i)
		switch {
		case err == nil:
			data[i] = v
		case !try:
			return nil, err
		default:
			if !ours {
				mask, ours = append(make([]bool, 0, len(data)), null...), true
				mask = mask[:len(data)]
			}
			mask[i] = true
		}
	}
	return column.New(to, data, mask), nil
}

func textOf(c column.Column, zone *time.Location) caster[string] {
	t := c.Type()
	return func(i int) (string, error) { return Text(c.Value(i), t, zone), nil }
}

func castLists(l *column.Lists, to column.Type, try bool, zone *time.Location) (column.Column, error) {
	elem, err := castColumn(l.Elem, *to.Elem, try, zone)
	if err != nil {
		return nil, err
	}
	return &column.Lists{Start: l.Start, Ends: l.Ends, Elem: elem, Mask: l.Mask}, nil
}

func castRecords(r *column.Records, to column.Type, try bool, zone *time.Location) (column.Column, error) {
	cast := &column.Records{Of: to, Fields: make([]column.Column, len(r.Fields)), Mask: r.Mask, Count: r.Count}
	for i, field := range r.Fields {
		if r.Mask != nil { // what stands under a null has no meaning, and raises no error
			field = hide(field, r.Mask)
		}
		var err error
		if cast.Fields[i], err = castColumn(field, to.Fields[i].Type, try, zone); err != nil {
			return nil, err
		}
	}
	return cast, nil
}

// hide is c with nulls where mask has them.
func hide(c column.Column, mask []bool) column.Column {
	rows := everyRow(c.Len())
	for i, null := range mask {
		if null {
			rows[i] = -1
		}
	}
	return c.Take(rows)
}

func malformed(value string, from, to column.Type) error {
	return Errorf("CAST_INVALID_INPUT", "The value '%s' of the type %q cannot be cast to %q because it is malformed. Correct the value as per the syntax, or change its target type. Use `try_cast` to tolerate malformed input and return NULL instead.",
		value, from.SQL(), to.SQL())
}

func overflowing(value string, from, to column.Type) error {
	return Errorf("CAST_OVERFLOW", "The value %s of the type %q cannot be cast to %q due to an overflow. Use `try_cast` to tolerate overflow and return NULL instead.",
		value, from.SQL(), to.SQL())
}

func outOfRange(value string, to column.Type) error {
	return Errorf("NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION", ` %s cannot be represented as Decimal(%d, %d). If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error, and return NULL instead.`,
		value, to.Precision, to.Scale)
}
