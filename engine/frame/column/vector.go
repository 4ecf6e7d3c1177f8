package column

import "fmt"

// Column is some values of one type. It does not change.
type Column interface {
	Type() Type
	Len() int
	Null(i int) bool
	Nulls() []bool   // one a row, or nil when no value is null
	Value(i int) any // boxed; nil when it is null
	// Take is the values at rows, in that order; -1 gives a null.
	Take(rows []int32) Column
	// Slice is the values from, and without to.
	Slice(from, to int) Column
}

// Element is what the memory of a column that is not nested is made of.
type Element interface {
	bool | int32 | int64 | float64 | string | Int128 | Interval
}

// Vector is a column of a type that is not nested.
type Vector[T Element] struct {
	Of   Type
	Data []T    // what stands under a null has no meaning
	Mask []bool // true where null; nil when nothing is
}

// New is a column of data; null is nil when nothing is null. The column takes
// the slices over.
func New[T Element](t Type, data []T, null []bool) *Vector[T] { return &Vector[T]{t, data, null} }

// Data is the memory of a column that is not nested.
func Data[T Element](c Column) []T {
	v, ok := c.(*Vector[T])
	if !ok {
		panic(fmt.Sprintf("column: a %T of type %s was read as %T", c, c.Type(), *new(T)))
	}
	return v.Data
}

// Type implements Column.
func (v *Vector[T]) Type() Type { return v.Of }

// Len implements Column.
func (v *Vector[T]) Len() int { return len(v.Data) }

// Null implements Column.
func (v *Vector[T]) Null(i int) bool { return v.Mask != nil && v.Mask[i] }

// Nulls implements Column.
func (v *Vector[T]) Nulls() []bool { return v.Mask }

// Value implements Column.
func (v *Vector[T]) Value(i int) any {
	if v.Null(i) {
		return nil
	}
	switch x := any(v.Data[i]).(type) {
	case int32:
		if v.Of.Kind == Date32 {
			return Date(x)
		}
	case int64:
		if v.Of.Kind == TimestampMicros {
			return Timestamp(x)
		}
	case Int128:
		return Decimal{x, v.Of.Scale}
	}
	return v.Data[i]
}

// Take implements Column.
func (v *Vector[T]) Take(rows []int32) Column {
	data := make([]T, len(rows))
	for i, r := range rows {
		if r >= 0 {
			data[i] = v.Data[r]
		}
	}
	return &Vector[T]{v.Of, data, takeMask(v.Mask, rows)}
}

// Slice implements Column.
func (v *Vector[T]) Slice(from, to int) Column {
	return &Vector[T]{v.Of, v.Data[from:to:to], sliceMask(v.Mask, from, to)}
}

// takeMask is the mask of the values at rows: nil when none of them is null.
func takeMask(mask []bool, rows []int32) []bool {
	var taken []bool
	for i, r := range rows {
		if r < 0 || mask != nil && mask[r] {
			if taken == nil {
				taken = make([]bool, len(rows))
			}
			taken[i] = true
		}
	}
	return taken
}

func sliceMask(mask []bool, from, to int) []bool {
	if mask == nil {
		return nil
	}
	return mask[from:to:to]
}

// Nothing is a column of nulls of type void.
type Nothing int

// Type implements Column.
func (n Nothing) Type() Type { return VoidType }

// Len implements Column.
func (n Nothing) Len() int { return int(n) }

// Null implements Column.
func (n Nothing) Null(int) bool { return true }

// Nulls implements Column.
func (n Nothing) Nulls() []bool { return allNull(int(n)) }

// Value implements Column.
func (n Nothing) Value(int) any { return nil }

// Take implements Column.
func (n Nothing) Take(rows []int32) Column { return Nothing(len(rows)) }

// Slice implements Column.
func (n Nothing) Slice(from, to int) Column { return Nothing(to - from) }

func allNull(n int) []bool {
	mask := make([]bool, n)
	for i := range mask {
		mask[i] = true
	}
	return mask
}
