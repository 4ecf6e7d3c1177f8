package files

import (
	"math"
	"strconv"
	"time"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// fieldReader makes a column of the texts of one field.
type fieldReader interface {
	// read adds a value; text is no longer its own when read returns.
	read(text []byte, quoted bool)
	null()
	column(rows int) column.Column
}

func newFieldReader(t column.Type) fieldReader {
	switch t.Kind {
	case column.Int:
		return newTyped(t, func(text []byte) (int32, bool) {
			v, ok := parseInt(text)
			return int32(v), ok && int64(int32(v)) == v
		})
	case column.BigInt:
		return newTyped(t, parseInt)
	case column.Double:
		return newTyped(t, parseDouble)
	case column.Boolean:
		return newTyped(t, parseBool)
	case column.String:
		return &stringReader{typed: typed[string]{of: t, data: make([]string, 0, column.BatchRows)}}
	case column.Decimal128:
		return newTyped(t, parseBy(t, func(v any) column.Int128 { return v.(column.Decimal).Unscaled }))
	case column.Date32:
		return newTyped(t, parseBy(t, func(v any) int32 { return int32(v.(column.Date)) }))
	case column.TimestampMicros:
		return newTyped(t, parseBy(t, func(v any) int64 { return int64(v.(column.Timestamp)) }))
	}
	return &typed[string]{of: t} // a type that no text holds is null everywhere
}

// parseBy reads a value as a cast of a string does.
func parseBy[T column.Element](t column.Type, unbox func(any) T) func([]byte) (T, bool) {
	return func(text []byte) (T, bool) {
		v, ok := expr.ParseText(string(text), t, time.UTC)
		if !ok {
			return *new(T), false
		}
		return unbox(v), true
	}
}

// typed is a fieldReader of one type.
type typed[T column.Element] struct {
	of    column.Type
	data  []T
	mask  []bool
	parse func([]byte) (T, bool)
}

func newTyped[T column.Element](t column.Type, parse func([]byte) (T, bool)) *typed[T] {
	return &typed[T]{of: t, parse: parse, data: make([]T, 0, column.BatchRows)}
}

func (f *typed[T]) read(text []byte, _ bool) {
	v, ok := f.parse(text)
	f.add(v, !ok)
}

func (f *typed[T]) add(v T, null bool) {
	if null && f.mask == nil {
		f.mask = make([]bool, len(f.data), column.BatchRows)
	}
	if f.mask != nil {
		f.mask = append(f.mask, null)
	}
	f.data = append(f.data, v)
}

func (f *typed[T]) null() { f.add(*new(T), true) }

func (f *typed[T]) column(rows int) column.Column {
	if f.parse == nil && f.of.Kind != column.String {
		return column.NullsOf(f.of, rows)
	}
	c := column.New(f.of, f.data, f.mask)
	f.data, f.mask = make([]T, 0, column.BatchRows), nil
	return c
}

// stringReader keeps one string for values that come again and again, as codes
// and names do: a frame that is cached then holds each once.
type stringReader struct {
	typed[string]
	met [256]string // by hash
}

func (f *stringReader) read(text []byte, _ bool) {
	slot := &f.met[slotOf(text)]
	if *slot != string(text) { // the compiler makes no string to compare
		*slot = string(text)
	}
	f.add(*slot, false)
}

func slotOf(text []byte) byte {
	h := uint32(len(text)) * 0x9E3779B1
	for _, c := range text[:min(len(text), 16)] {
		h = (h ^ uint32(c)) * 0x01000193
	}
	return byte(h ^ h>>16)
}

// parseInt reads a sign and digits.
func parseInt(text []byte) (int64, bool) {
	digits, negative := text, false
	if len(digits) > 0 && (digits[0] == '-' || digits[0] == '+') {
		negative, digits = digits[0] == '-', digits[1:]
	}
	if len(digits) == 0 || len(digits) > 18 {
		v, err := strconv.ParseInt(string(text), 10, 64)
		return v, err == nil
	}
	v := int64(0)
	for _, c := range digits {
		d := c - '0'
		if d > 9 {
			return 0, false
		}
		v = v*10 + int64(d)
	}
	if negative {
		v = -v
	}
	return v, true
}

// exact are the powers of ten that a double holds exactly.
var exact = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// parseDouble reads up to 15 digits with a point itself: both the number without
// the point and the power are exact then, so the quotient is the nearest double.
func parseDouble(text []byte) (float64, bool) {
	digits, negative := text, false
	if len(digits) > 0 && digits[0] == '-' {
		negative, digits = true, digits[1:]
	}
	if len(digits) > 0 && len(digits) <= 16 {
		v, behind, point := int64(0), 0, false
		for i, c := range digits {
			switch d := c - '0'; {
			case d <= 9:
				v = v*10 + int64(d)
				if point {
					behind++
				}
			case c == '.' && !point && i+behind >= 0 && len(digits) > 1:
				point = true
			default:
				return anyDouble(text)
			}
		}
		if v < 1e15 {
			d := float64(v) / exact[behind]
			if negative {
				d = math.Copysign(d, -1)
			}
			return d, true
		}
	}
	return anyDouble(text)
}

func anyDouble(text []byte) (float64, bool) {
	v, ok := expr.ParseText(string(text), column.DoubleType, time.UTC)
	if !ok {
		return 0, false
	}
	return v.(float64), true
}

func parseBool(text []byte) (bool, bool) {
	switch {
	case len(text) == 4 && (string(text) == "true" || string(text) == "True" || string(text) == "TRUE"):
		return true, true
	case len(text) == 5 && (string(text) == "false" || string(text) == "False" || string(text) == "FALSE"):
		return false, true
	}
	return false, false
}
