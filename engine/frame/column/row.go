package column

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// ErrDamaged is the error of bytes that are no row of the types asked for.
var ErrDamaged = errors.New("damaged row")

// AppendRow writes row i of columns behind data:
//
//	each value   0 for a null, else 1 and the value
//	boolean      1 byte         int, date        4 bytes, little-endian
//	bigint, timestamp 8 bytes   double           8 bytes: -0.0 as 0.0, one NaN
//	decimal      16 bytes       interval         16 bytes
//	string       length (uvarint), bytes
//	array        length (uvarint), elements      struct   fields
//
// Rows of the same types are equal, as GROUP BY has it (nulls alike, NaN alike,
// -0.0 as 0.0), when their bytes are, so the bytes serve as keys.
func AppendRow(data []byte, columns []Column, i int) []byte {
	for _, c := range columns {
		data = appendValue(data, c, i)
	}
	return data
}

func appendValue(data []byte, c Column, i int) []byte {
	if c.Null(i) {
		return append(data, 0)
	}
	data = append(data, 1)
	order := binary.LittleEndian
	switch c := c.(type) {
	case *Vector[bool]:
		if c.Data[i] {
			return append(data, 1)
		}
		return append(data, 0)
	case *Vector[int32]:
		return order.AppendUint32(data, uint32(c.Data[i]))
	case *Vector[int64]:
		return order.AppendUint64(data, uint64(c.Data[i]))
	case *Vector[float64]:
		return order.AppendUint64(data, math.Float64bits(Normal(c.Data[i])))
	case *Vector[string]:
		return append(binary.AppendUvarint(data, uint64(len(c.Data[i]))), c.Data[i]...)
	case *Vector[Int128]:
		return order.AppendUint64(order.AppendUint64(data, c.Data[i].Lo), uint64(c.Data[i].Hi))
	case *Vector[Interval]:
		v := c.Data[i]
		data = order.AppendUint32(order.AppendUint32(data, uint32(v.Months)), uint32(v.Days))
		return order.AppendUint64(data, uint64(v.Micros))
	case *Lists:
		from, to := c.Span(i)
		data = binary.AppendUvarint(data, uint64(to-from))
		for j := from; j < to; j++ {
			data = appendValue(data, c.Elem, j)
		}
	case *Records:
		for _, field := range c.Fields {
			data = appendValue(data, field, i)
		}
	}
	return data
}

// Normal is v as a key: one zero, one NaN.
func Normal(v float64) float64 {
	switch {
	case v == 0:
		return 0
	case v != v:
		return math.Float64frombits(0x7ff8000000000000) // Java's: the one that Spark hashes
	}
	return v
}

// ReadRow takes one row out of data, adds it to builders, one a column, and
// returns the bytes behind it. An error wraps ErrDamaged; the builders may then
// have taken a part of the row.
func ReadRow(data []byte, builders []Builder) (rest []byte, err error) {
	r := reader{data: data}
	for _, b := range builders {
		r.value(b)
	}
	if r.short {
		return nil, fmt.Errorf("%w: it ends too early", ErrDamaged)
	}
	return r.data, nil
}

// reader takes values off the front of data.
type reader struct {
	data  []byte
	short bool
}

func (r *reader) next(n uint64) []byte {
	if n > uint64(len(r.data)) {
		r.short = true
		r.data = nil
		return make([]byte, min(n, 16))
	}
	bytes := r.data[:n]
	r.data = r.data[n:]
	return bytes
}

func (r *reader) u32() uint32 { return binary.LittleEndian.Uint32(r.next(4)) }
func (r *reader) u64() uint64 { return binary.LittleEndian.Uint64(r.next(8)) }

func (r *reader) length() uint64 {
	v, n := binary.Uvarint(r.data)
	if n <= 0 || v > math.MaxInt32 {
		r.short = true
		return 0
	}
	r.data = r.data[n:]
	return v
}

func (r *reader) value(b Builder) {
	if r.next(1)[0] == 0 {
		b.AppendNull()
		return
	}
	switch b := b.(type) {
	case *VectorBuilder[bool]:
		b.Add(r.next(1)[0] != 0)
	case *VectorBuilder[int32]:
		b.Add(int32(r.u32()))
	case *VectorBuilder[int64]:
		b.Add(int64(r.u64()))
	case *VectorBuilder[float64]:
		b.Add(math.Float64frombits(r.u64()))
	case *VectorBuilder[string]:
		n := r.length()
		if n > uint64(len(r.data)) {
			r.short = true
			n = 0
		}
		b.Add(string(r.next(n)))
	case *VectorBuilder[Int128]:
		lo := r.u64()
		b.Add(Int128{Hi: int64(r.u64()), Lo: lo})
	case *VectorBuilder[Interval]:
		months, days := int32(r.u32()), int32(r.u32())
		b.Add(Interval{months, days, int64(r.u64())})
	case *listBuilder:
		for n := r.length(); n > 0 && !r.short; n-- {
			r.value(b.elem)
		}
		b.end(false)
	case *recordBuilder:
		for _, field := range b.fields {
			r.value(field)
		}
		b.end(false)
	}
}
