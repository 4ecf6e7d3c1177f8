package column

import (
	"encoding/binary"
	"fmt"
	"math"
)

// A batch as bytes, for blocks on disk, spills, replicas and checkpoints:
//
//	rows, columns (uvarint each), then each column:
//	type      kind (1 byte); precision and scale; the element's type; the fields'
//	values    as AppendRow writes them
//
// Columns come back equal, and with memory of their own.

// MarshalBinary implements encoding.BinaryMarshaler.
func (b Batch) MarshalBinary() ([]byte, error) {
	data := binary.AppendUvarint(nil, uint64(b.Rows))
	data = binary.AppendUvarint(data, uint64(len(b.Columns)))
	for _, c := range b.Columns {
		data = appendType(data, c.Type())
		for i := range b.Rows {
			data = appendValue(data, c, i)
		}
	}
	return data, nil
}

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (b *Batch) UnmarshalBinary(data []byte) error {
	r := &reader{data: data}
	rows, columns := r.length(), r.length()
	if columns > uint64(len(r.data)) {
		return fmt.Errorf("%w: %d columns in %d bytes", ErrDamaged, columns, len(data))
	}
	b.Rows, b.Columns = int(rows), make([]Column, columns)
	for i := range b.Columns {
		t := r.typed(0)
		if r.short || rows > uint64(len(r.data)) {
			return fmt.Errorf("%w: it ends too early", ErrDamaged)
		}
		builder := NewBuilder(t, int(rows))
		for range rows {
			r.value(builder)
		}
		b.Columns[i] = builder.Build()
	}
	if r.short || len(r.data) > 0 {
		return fmt.Errorf("%w: %d bytes of a batch, %d too many", ErrDamaged, len(data), len(r.data))
	}
	return nil
}

func appendType(data []byte, t Type) []byte {
	data = append(data, byte(t.Kind))
	switch t.Kind {
	case Decimal128:
		return append(data, byte(t.Precision), byte(t.Scale))
	case Array:
		return appendType(data, *t.Elem)
	case Struct:
		data = binary.AppendUvarint(data, uint64(len(t.Fields)))
		for _, f := range t.Fields {
			data = append(binary.AppendUvarint(data, uint64(len(f.Name))), f.Name...)
			nullable := byte(0)
			if f.Nullable {
				nullable = 1
			}
			data = appendType(append(data, nullable), f.Type)
		}
	}
	return data
}

// deepestType is how far types may be inside each other, so that damaged bytes
// end somewhere.
const deepestType = 64

func (r *reader) typed(depth int) Type {
	t := Type{Kind: Kind(r.next(1)[0])}
	if t.Kind > Struct || depth > deepestType {
		r.short = true
		return Type{}
	}
	switch t.Kind {
	case Decimal128:
		t.Precision, t.Scale = int(r.next(1)[0]), int(r.next(1)[0])
	case Array:
		elem := r.typed(depth + 1)
		t.Elem = &elem
	case Struct:
		for n := r.length(); n > 0 && !r.short; n-- {
			size := r.length()
			if size > uint64(min(len(r.data), math.MaxInt32)) {
				r.short = true
				break
			}
			f := Field{Name: string(r.next(size))}
			f.Nullable = r.next(1)[0] != 0
			f.Type = r.typed(depth + 1)
			t.Fields = append(t.Fields, f)
		}
	}
	return t
}
