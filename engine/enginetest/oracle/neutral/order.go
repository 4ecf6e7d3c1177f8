package neutral

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf16"
)

// Compare is Scala's Ordering of values of one type: numbers by size (of
// different types too), strings by UTF-16 units, tuples and Lists part by part,
// None before Some, false before true, null first. Values of different types
// have an order too, so that a comparison never fails, but no program should
// count on it.
func Compare(a, b Value) int {
	if x, ok := a.number(); ok {
		if y, ok := b.number(); ok {
			return compareNumbers(a, b, x, y)
		}
	}
	if c := cmp.Compare(a.rank(), b.rank()); c != 0 {
		return c
	}
	switch of := a.of.(type) {
	case bool:
		return cmp.Compare(asInt(of), asInt(b.of.(bool)))
	case string:
		return slices.Compare(utf16.Encode([]rune(of)), utf16.Encode([]rune(b.of.(string))))
	case tuple, list, option, dict:
		return slices.CompareFunc(a.items(), b.items(), Compare)
	case blob:
		return cmp.Compare(len(of.zeros), len(b.of.(blob).zeros))
	}
	return 0
}

// compareNumbers compares two numbers, of which x and y are the nearest Doubles.
func compareNumbers(a, b Value, x, y float64) int {
	i, aWhole := a.whole()
	j, bWhole := b.whole()
	switch {
	case aWhole && bWhole:
		return cmp.Compare(i, j)
	case aWhole && x == y && x < math.MaxInt64: // alike as Doubles, which large Longs may be and yet differ
		return cmp.Compare(i, int64(y))
	case bWhole && x == y && x < math.MaxInt64:
		return cmp.Compare(int64(x), j)
	}
	return cmp.Compare(x, y)
}

func (v Value) rank() int {
	switch v.of.(type) {
	case nil:
		return 0
	case bool:
		return 1
	case int32, int64, float64:
		return 2
	case string:
		return 3
	case tuple:
		return 4
	case list:
		return 5
	case option:
		return 6
	}
	return 7
}

// number is the value as a Double, if it is a number.
func (v Value) number() (float64, bool) {
	switch of := v.of.(type) {
	case int32:
		return float64(of), true
	case int64:
		return float64(of), true
	case float64:
		return of, true
	}
	return 0, false
}

// whole is the value as a Long, if it is an Int or a Long.
func (v Value) whole() (int64, bool) {
	switch of := v.of.(type) {
	case int32:
		return int64(of), true
	case int64:
		return of, true
	}
	return 0, false
}

func asInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func sortValues(values []Value) { slices.SortStableFunc(values, Compare) }
