package column

// Repeat is n times the boxed value v.
func Repeat(t Type, v any, n int) (Column, error) {
	b := NewBuilder(t, 1)
	if err := b.Append(v); err != nil {
		return nil, err
	}
	return b.Build().Take(make([]int32, n)), nil
}

// NullsOf is n nulls of type t.
func NullsOf(t Type, n int) Column {
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = -1
	}
	return NewBuilder(t, 0).Build().Take(rows)
}

// Join is the values of several columns of type t, one behind the other.
func Join(t Type, parts ...Column) Column {
	switch t.Kind {
	case Boolean:
		return joinVectors[bool](t, parts)
	case Int, Date32:
		return joinVectors[int32](t, parts)
	case BigInt, TimestampMicros:
		return joinVectors[int64](t, parts)
	case Double:
		return joinVectors[float64](t, parts)
	case String:
		return joinVectors[string](t, parts)
	case Decimal128:
		return joinVectors[Int128](t, parts)
	}
	b := NewBuilder(t, 0)
	for _, part := range parts {
		for i := range part.Len() {
			b.AppendFrom(part, i)
		}
	}
	return b.Build()
}

func joinVectors[T Element](t Type, parts []Column) Column {
	n, nulls := 0, false
	for _, part := range parts {
		n += part.Len()
		nulls = nulls || part.Nulls() != nil
	}
	data := make([]T, 0, n)
	for _, part := range parts {
		data = append(data, Data[T](part)...)
	}
	if !nulls {
		return New(t, data, nil)
	}
	mask := make([]bool, 0, n)
	for _, part := range parts {
		if m := part.Nulls(); m != nil {
			mask = append(mask, m...)
		} else {
			mask = mask[:len(mask)+part.Len()]
		}
	}
	return New(t, data, mask)
}
