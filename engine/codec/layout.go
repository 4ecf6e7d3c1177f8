package codec

import (
	"fmt"
	"math"
	"reflect"
	"unsafe"
)

// Layout writes and reads rows of one type, by a plan made once from the type.
// It is for what a running program puts aside and takes back itself, spills and
// shuffle files: rows that point to nothing are their memory, copied in one go.
// So the bytes are in the machine's own byte order, and mean nothing to another
// machine or build; what must last is written by Encode.
//
//	row      its fields in order, one behind the other
//	number   its memory; neighbours are copied together, padding included
//	bool     1 byte: 0 or 1
//	string   length (uvarint), bytes
//	slice    0 when nil, else length+1 (uvarint), elements
//	array    elements
//	other    length (uvarint), what Encode makes of it: maps, pointers, times, types that write themselves
//
// A Layout never changes: many goroutines may use one.
type Layout struct {
	row    reflect.Type
	plan   *plan
	slices int  // slice steps in the plan
	text   bool // whether there are strings
}

// LayoutOf makes the layout of a row type. What Check refuses it refuses in the
// same words, but for complex numbers: CBOR has none, memory has.
func LayoutOf(row reflect.Type) (*Layout, error) {
	known := checking{}
	known.admitComplex(row, map[reflect.Type]bool{})
	if err := known.check(row, row.String()); err != nil {
		return nil, err
	}
	l := &Layout{row: row}
	var err error
	l.plan, err = l.planOf(row, row.String())
	return l, err
}

// admitComplex notes the complex types that t's memory is made of as checked.
func (c checking) admitComplex(t reflect.Type, seen map[reflect.Type]bool) {
	if seen[t] {
		return
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Complex64, reflect.Complex128:
		c[t] = true
	case reflect.Slice, reflect.Array:
		c.admitComplex(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			c.admitComplex(t.Field(i).Type, seen)
		}
	}
}

// Append writes rows, a []R of the layout's row type, behind data. A type that
// writes itself may fail; data is then given back as it was.
func (l *Layout) Append(data []byte, rows any) ([]byte, error) {
	grown, _, err := l.AppendUntil(data, rows, 0, math.MaxInt)
	return grown, err
}

// AppendUntil writes rows[from:] behind data until data is size bytes long or
// more: one row at least, when there is one. next is the first row not written.
func (l *Layout) AppendUntil(data []byte, rows any, from, size int) (grown []byte, next int, err error) {
	v := reflect.ValueOf(rows)
	if v.Kind() != reflect.Slice || v.Type().Elem() != l.row {
		return data, from, fmt.Errorf("these rows are a %T, and the layout is that of a []%s", rows, l.row)
	}
	if from < 0 || from > v.Len() {
		return data, from, fmt.Errorf("row %d was asked for and there are %d", from, v.Len())
	}
	grown, left, base := data, v.Len()-from, v.UnsafePointer()
	if least := l.plan.least; l.plan.plain() && left > 0 {
		if least > 0 {
			left = min(left, max(1, (size-len(data)-1)/least+1))
		}
		return appendMemory(data, unsafe.Add(base, uintptr(from)*l.plan.size), left, l.plan.size), from + left, nil
	}
	for next = from; next < v.Len() && (next == from || len(grown) < size); next++ {
		if grown, err = l.plan.append(grown, unsafe.Add(base, uintptr(next)*l.plan.size)); err != nil {
			return data, from, fmt.Errorf("row %d of a %T: %w", next, rows, err)
		}
	}
	return grown, next, nil
}

// Read takes n rows out of data, which must hold them and nothing more: a []R.
// Damaged data gives an error that wraps ErrDamaged, or other rows: a checksum
// is the caller's affair. Room is made for no more rows or elements than data
// could hold.
//
// The rows do not refer to data, but to each other's memory they may: the
// strings of one Read share one copy of data, and its short slices, each with no
// room to grow, share arrays of a few KiB. Who keeps one string for long clones it.
func (l *Layout) Read(data []byte, n int) (rows any, err error) {
	if least := l.plan.least; n < 0 || least > 0 && n > len(data)/least {
		return nil, fmt.Errorf("%w: %d rows of type %s were expected in %d bytes, where each takes %d at least", ErrDamaged, n, l.row, len(data), least)
	}
	made := reflect.MakeSlice(reflect.SliceOf(l.row), n, n)
	d := reading{data: data, arenas: make([]arena, l.slices)}
	if l.text {
		d.text = string(data)
	}
	if err := d.values(l.plan, made.UnsafePointer(), n); err != nil {
		return nil, fmt.Errorf("%w: %d rows of type %s in %d bytes: %w", ErrDamaged, n, l.row, len(data), err)
	}
	if d.at != len(data) {
		return nil, fmt.Errorf("%w: %d rows of type %s were expected in %d bytes and end after %d", ErrDamaged, n, l.row, len(data), d.at)
	}
	return made.Interface(), nil
}
