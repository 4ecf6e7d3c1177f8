package rdd

import (
	"math"
	"reflect"
	"slices"
	"unsafe"
)

// Sorting looks at a number made of each key first, as Spark's sorter does: if
// a < b then a's number is not above b's. Numbers are sorted byte by byte without
// comparing anything; the program's comparison is left for those that are equal.
// Nothing here knows the type of the rows.

// item is a row that waits to be sorted: its key's number, and its place.
type item struct {
	prefix uint64
	row    uint32
}

// prefixed numbers the keys of n rows that lie stride bytes apart from first on.
// Keys of a kind that has no such numbers all get 0. exact says that equal
// numbers are equal keys.
func prefixed(key reflect.Type, natural bool, first unsafe.Pointer, stride uintptr, n int) (items []item, exact bool) {
	items = make([]item, n)
	number, exact := prefixOf(key)
	for i := range items {
		items[i].row = uint32(i)
		if natural && number != nil {
			items[i].prefix = number(unsafe.Add(first, uintptr(i)*stride))
		}
	}
	return items, exact && natural
}

// prefixOf is the number of a key by the natural order of its kind, NaN last.
func prefixOf(key reflect.Type) (number func(unsafe.Pointer) uint64, exact bool) {
	const sign = 1 << 63
	switch key.Kind() {
	case reflect.Int, reflect.Int64:
		if key.Size() == 8 {
			return func(p unsafe.Pointer) uint64 { return uint64(*(*int64)(p)) ^ sign }, true
		}
		return func(p unsafe.Pointer) uint64 { return uint64(*(*int32)(p)) ^ sign }, true
	case reflect.Int32:
		return func(p unsafe.Pointer) uint64 { return uint64(*(*int32)(p)) ^ sign }, true
	case reflect.Int16:
		return func(p unsafe.Pointer) uint64 { return uint64(*(*int16)(p)) ^ sign }, true
	case reflect.Int8:
		return func(p unsafe.Pointer) uint64 { return uint64(*(*int8)(p)) ^ sign }, true
	case reflect.Uint64:
		return func(p unsafe.Pointer) uint64 { return *(*uint64)(p) }, true
	case reflect.Uint, reflect.Uintptr:
		return func(p unsafe.Pointer) uint64 { return uint64(*(*uint)(p)) }, true
	case reflect.Uint32:
		return func(p unsafe.Pointer) uint64 { return uint64(*(*uint32)(p)) }, true
	case reflect.Uint16:
		return func(p unsafe.Pointer) uint64 { return uint64(*(*uint16)(p)) }, true
	case reflect.Uint8:
		return func(p unsafe.Pointer) uint64 { return uint64(*(*uint8)(p)) }, true
	case reflect.Float64:
		return func(p unsafe.Pointer) uint64 { return prefixOfFloat(*(*float64)(p)) }, true
	case reflect.Float32:
		return func(p unsafe.Pointer) uint64 { return prefixOfFloat(float64(*(*float32)(p))) }, true
	case reflect.String:
		return func(p unsafe.Pointer) uint64 { return prefixOfString(*(*string)(p)) }, false
	}
	return nil, false
}

func prefixOfFloat(f float64) uint64 {
	switch b := math.Float64bits(f); {
	case f != f:
		return math.MaxUint64
	case f == 0:
		return 1 << 63 // -0 is 0
	case f < 0:
		return ^b
	default:
		return b | 1<<63
	}
}

// prefixOfString is its first eight bytes.
func prefixOfString(s string) uint64 {
	var n uint64
	for i := range min(len(s), 8) {
		n |= uint64(s[i]) << (56 - 8*i)
	}
	return n
}

// sortItems sorts by prefix, then by compare on the rows at two places (nil:
// equal prefixes are equal keys); equal rows keep their order.
func sortItems(items []item, descending bool, compare func(i, j uint32) int) []item {
	if descending {
		for i := range items {
			items[i].prefix = ^items[i].prefix
		}
	}
	items = sortByPrefix(items)
	if compare == nil {
		return items
	}
	for begin := 0; begin < len(items); {
		end := begin + 1
		for end < len(items) && items[end].prefix == items[begin].prefix {
			end++
		}
		if end-begin > 1 {
			// The place breaks ties: equal rows keep their order.
			slices.SortFunc(items[begin:end], func(a, b item) int {
				if c := compare(a.row, b.row); c != 0 {
					return c
				}
				return int(a.row) - int(b.row)
			})
		}
		begin = end
	}
	return items
}

// sortByPrefix sorts byte by byte, the last one first; bytes that are the same
// in all items are passed over.
func sortByPrefix(items []item) []item {
	if len(items) == 0 {
		return items
	}
	var differ uint64
	for _, it := range items {
		differ |= it.prefix ^ items[0].prefix
	}
	var spare []item
	for shift := 0; shift < 64; shift += 8 {
		if differ>>shift&0xff == 0 {
			continue
		}
		if spare == nil {
			spare = make([]item, len(items))
		}
		var at [256]int
		for _, it := range items {
			at[it.prefix>>shift&0xff]++
		}
		sum := 0
		for b, n := range at {
			at[b], sum = sum, sum+n
		}
		for _, it := range items {
			b := it.prefix >> shift & 0xff
			spare[at[b]] = it
			at[b]++
		}
		items, spare = spare, items
	}
	return items
}
