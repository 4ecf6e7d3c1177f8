package expr

import "etincelle/engine/frame/column"

// Implicit casts, as Spark's ANSI mode has them.

// commonType is the one type that two values of different types are cast to
// when they are compared, added or chosen between; false when there is none. A
// string gives way to what stands beside it: '1' = 1 compares bigints.
func commonType(a, b column.Type) (column.Type, bool) {
	switch {
	case a.Equal(b):
		return a, true
	case a.Kind == column.Void:
		return b, true
	case b.Kind == column.Void:
		return a, true
	case a.Kind == column.String:
		return besideText(b)
	case b.Kind == column.String:
		return besideText(a)
	case a.Numeric() && b.Numeric():
		return commonNumber(a, b), true
	case instantKind(a) && instantKind(b):
		return column.TimestampType, true
	case a.Kind == column.Array && b.Kind == column.Array:
		elem, ok := commonType(*a.Elem, *b.Elem)
		return column.ArrayOf(elem), ok
	case a.Kind == column.Struct && b.Kind == column.Struct:
		return commonStruct(a, b)
	case a.Kind == column.CalendarInterval && b.Kind == column.CalendarInterval:
		return commonInterval(a, b)
	}
	return column.Type{}, false
}

func instantKind(t column.Type) bool {
	return t.Kind == column.Date32 || t.Kind == column.TimestampMicros
}

// besideText is the type in which a string meets a value of type t.
func besideText(t column.Type) (column.Type, bool) {
	switch {
	case t.Integral():
		return column.BigIntType, true
	case t.Numeric():
		return column.DoubleType, true
	case t.Kind == column.Array, t.Kind == column.Struct:
		return t, false
	}
	return t, true
}

func commonNumber(a, b column.Type) column.Type {
	switch {
	case a.Kind == column.Double || b.Kind == column.Double:
		return column.DoubleType
	case a.Kind == column.Decimal128 || b.Kind == column.Decimal128:
		return widerDecimal(asDecimalType(a), asDecimalType(b))
	}
	return column.BigIntType
}

func commonStruct(a, b column.Type) (column.Type, bool) {
	if len(a.Fields) != len(b.Fields) {
		return a, false
	}
	both := column.Type{Kind: column.Struct}
	for i, f := range a.Fields {
		g := b.Fields[i]
		t, ok := commonType(f.Type, g.Type)
		if !ok || f.Name != g.Name {
			return a, false
		}
		both.Fields = append(both.Fields, column.Field{Name: f.Name, Type: t, Nullable: f.Nullable || g.Nullable})
	}
	return both, true
}

// castable reports whether CAST knows a way from one type to the other.
func castable(from, to column.Type) bool {
	switch {
	case from.Equal(to), from.Kind == column.Void, to.Kind == column.String:
		return true
	case from.Kind == column.String:
		return to.Kind != column.Array && to.Kind != column.Struct && to.Kind != column.Void
	case from.Numeric():
		return to.Numeric() || to.Kind == column.Boolean || to.Kind == column.TimestampMicros
	case from.Kind == column.Boolean:
		return to.Numeric()
	case from.Kind == column.Date32:
		return to.Kind == column.TimestampMicros
	case from.Kind == column.TimestampMicros:
		return to.Kind == column.Date32 || to.Numeric()
	case from.Kind == column.CalendarInterval:
		return to.Kind == column.CalendarInterval
	case from.Kind == column.Array && to.Kind == column.Array:
		return castable(*from.Elem, *to.Elem)
	case from.Kind == column.Struct && to.Kind == column.Struct && len(from.Fields) == len(to.Fields):
		for i, f := range from.Fields {
			if !castable(f.Type, to.Fields[i].Type) {
				return false
			}
		}
		return true
	}
	return false
}

// checkCast refuses a cast that CAST knows no way for.
func checkCast(e Expr, to column.Type, try bool) error {
	from := e.Type()
	if castable(from, to) {
		return nil
	}
	name := "CAST"
	if try {
		name = "TRY_CAST"
	}
	text := name + "(" + Pretty(e) + " AS " + to.SQL() + ")"
	if with := castFunction(from, to); with != "" {
		return Errorf("DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION", "Cannot resolve %q due to data type mismatch: cannot cast %q to %q.\nTo convert values from %q to %q, you can use the functions `%s` instead.",
			text, from.SQL(), to.SQL(), from.SQL(), to.SQL(), with)
	}
	return Errorf("DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION", "Cannot resolve %q due to data type mismatch: cannot cast %q to %q.", text, from.SQL(), to.SQL())
}

// castFunction is the function that does what a refused cast may have meant.
func castFunction(from, to column.Type) string {
	switch {
	case from.Kind == column.Date32 && to.Numeric():
		return "UNIX_DATE"
	case from.Integral() && to.Kind == column.Date32:
		return "DATE_FROM_UNIX_DATE"
	}
	return ""
}

// castMayNull reports whether Spark takes a cast's result for nullable though its
// value is not: casts that fail, ANSI mode or not.
func castMayNull(from, to column.Type) bool {
	switch {
	case from.Equal(to), to.Kind == column.String:
		return false
	case from.Kind == column.String, from.Kind == column.Void:
		return true
	case from.Kind == column.TimestampMicros && to.Kind == column.Int:
		return true
	case from.Kind == column.Double && to.Kind == column.TimestampMicros:
		return true
	case (from.Kind == column.Double || from.Kind == column.Decimal128) && to.Integral():
		return true
	case to.Kind == column.Decimal128:
		wide := asDecimalType(from)
		return from.Kind == column.Double || from.Numeric() &&
			(wide.Precision-wide.Scale > to.Precision-to.Scale || wide.Scale > to.Scale)
	}
	return false
}
