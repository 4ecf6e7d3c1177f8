package rdd

import (
	"reflect"
	"slices"
	"unsafe"

	"etincelle/engine/radix"
)

// Sorting looks at a number made of each key first (package radix); the program's
// comparison is left for those that are equal. Nothing here knows the type of the
// rows.

// prefixed numbers the keys of n rows that lie stride bytes apart from first on.
// Keys of a kind that has no such numbers all get 0. exact says that equal
// numbers are equal keys.
func prefixed(key reflect.Type, natural bool, first unsafe.Pointer, stride uintptr, n int) (items []radix.Item, exact bool) {
	items = make([]radix.Item, n)
	number, exact := prefixOf(key)
	for i := range items {
		items[i].Row = uint32(i)
		if natural && number != nil {
			items[i].Prefix = number(unsafe.Add(first, uintptr(i)*stride))
		}
	}
	return items, exact && natural
}

// prefixOf is the number of a key by the natural order of its kind, NaN last.
func prefixOf(key reflect.Type) (number func(unsafe.Pointer) uint64, exact bool) {
	switch key.Kind() {
	case reflect.Int, reflect.Int64:
		if key.Size() == 8 {
			return func(p unsafe.Pointer) uint64 { return radix.OfInt(*(*int64)(p)) }, true
		}
		return func(p unsafe.Pointer) uint64 { return radix.OfInt(int64(*(*int32)(p))) }, true
	case reflect.Int32:
		return func(p unsafe.Pointer) uint64 { return radix.OfInt(int64(*(*int32)(p))) }, true
	case reflect.Int16:
		return func(p unsafe.Pointer) uint64 { return radix.OfInt(int64(*(*int16)(p))) }, true
	case reflect.Int8:
		return func(p unsafe.Pointer) uint64 { return radix.OfInt(int64(*(*int8)(p))) }, true
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
		return func(p unsafe.Pointer) uint64 { return radix.OfFloat(*(*float64)(p)) }, true
	case reflect.Float32:
		return func(p unsafe.Pointer) uint64 { return radix.OfFloat(float64(*(*float32)(p))) }, true
	case reflect.String:
		return func(p unsafe.Pointer) uint64 { return radix.OfString(*(*string)(p)) }, false
	}
	return nil, false
}

// sortItems sorts by prefix, then by compare on the rows at two places (nil:
// equal prefixes are equal keys); equal rows keep their order.
func sortItems(items []radix.Item, descending bool, compare func(i, j uint32) int) []radix.Item {
	if descending {
		for i := range items {
			items[i].Prefix = ^items[i].Prefix
		}
	}
	items = radix.Sort(items)
	if compare == nil {
		return items
	}
	for begin := 0; begin < len(items); {
		end := begin + 1
		for end < len(items) && items[end].Prefix == items[begin].Prefix {
			end++
		}
		if end-begin > 1 {
			// The place breaks ties: equal rows keep their order.
			slices.SortFunc(items[begin:end], func(a, b radix.Item) int {
				if c := compare(a.Row, b.Row); c != 0 {
					return c
				}
				return int(a.Row) - int(b.Row)
			})
		}
		begin = end
	}
	return items
}
