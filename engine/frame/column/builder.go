package column

import (
	"fmt"
	"time"
)

// Builder makes a column a value at a time.
type Builder interface {
	Len() int
	// Append adds a boxed value, nil for a null; an error when it is not of the
	// column's type. Go's own int, []string and time.Time are taken where they fit.
	Append(v any) error
	AppendNull()
	// AppendFrom adds value i of a column of the same type.
	AppendFrom(c Column, i int)
	// Build is the column so far; the builder starts again, empty.
	Build() Column
}

// NewBuilder is a builder of columns of type t, with room for n values.
func NewBuilder(t Type, n int) Builder {
	switch t.Kind {
	case Boolean:
		return newVectorBuilder[bool](t, n)
	case Int, Date32:
		return newVectorBuilder[int32](t, n)
	case BigInt, TimestampMicros:
		return newVectorBuilder[int64](t, n)
	case Double:
		return newVectorBuilder[float64](t, n)
	case String:
		return newVectorBuilder[string](t, n)
	case Decimal128:
		return newVectorBuilder[Int128](t, n)
	case CalendarInterval:
		return newVectorBuilder[Interval](t, n)
	case Array:
		return &listBuilder{elem: NewBuilder(*t.Elem, n), t: t}
	case Struct:
		return newRecordBuilder(t, n)
	}
	return new(nothingBuilder)
}

// mask is the nulls of a column that grows: nothing until there is one.
type mask struct{ null []bool }

func (m *mask) add(at int, null bool) {
	if null && m.null == nil {
		m.null = make([]bool, at, at+16)
	}
	if m.null != nil {
		m.null = append(m.null, null)
	}
}

// VectorBuilder builds a column that is not nested.
type VectorBuilder[T Element] struct {
	of   Type
	data []T
	mask
}

func newVectorBuilder[T Element](t Type, n int) *VectorBuilder[T] {
	return &VectorBuilder[T]{of: t, data: make([]T, 0, n)}
}

// Add adds a value that is not null.
func (b *VectorBuilder[T]) Add(v T) {
	b.mask.add(len(b.data), false)
	b.data = append(b.data, v)
}

// Len implements Builder.
func (b *VectorBuilder[T]) Len() int { return len(b.data) }

// AppendNull implements Builder.
func (b *VectorBuilder[T]) AppendNull() {
	b.mask.add(len(b.data), true)
	b.data = append(b.data, *new(T))
}

// AppendFrom implements Builder.
func (b *VectorBuilder[T]) AppendFrom(c Column, i int) {
	if c.Null(i) {
		b.AppendNull()
		return
	}
	b.Add(c.(*Vector[T]).Data[i])
}

// Append implements Builder.
func (b *VectorBuilder[T]) Append(v any) error {
	if v == nil {
		b.AppendNull()
		return nil
	}
	x, ok := unbox(b.of, v).(T)
	if !ok {
		return fmt.Errorf("a value of type %T (%v) cannot be stored in a column of type %s", v, v, b.of)
	}
	b.Add(x)
	return nil
}

// Build implements Builder.
func (b *VectorBuilder[T]) Build() Column {
	c := &Vector[T]{b.of, b.data, b.null}
	b.data, b.null = nil, nil
	return c
}

// unbox is v as the memory of a column of type t holds it, or v itself.
func unbox(t Type, v any) any {
	switch x := v.(type) {
	case int:
		return unboxInt(t, int64(x))
	case int32:
		return unboxInt(t, int64(x))
	case int64:
		return unboxInt(t, x)
	case float32:
		return float64(x)
	case Date:
		if t.Kind == Date32 {
			return int32(x)
		}
	case Timestamp:
		if t.Kind == TimestampMicros {
			return int64(x)
		}
	case time.Time:
		switch t.Kind {
		case TimestampMicros:
			return x.UnixMicro()
		case Date32:
			days := x.Unix() / 86400
			if x.Unix()%86400 < 0 {
				days--
			}
			return int32(days)
		}
	case Decimal:
		if t.Kind == Decimal128 && x.Scale == t.Scale {
			return x.Unscaled
		}
	}
	return v
}

func unboxInt(t Type, v int64) any {
	switch t.Kind {
	case Int:
		if int64(int32(v)) == v {
			return int32(v)
		}
	case BigInt:
		return v
	case Double:
		return float64(v)
	}
	return v
}
