// Package radix sorts by numbers made of keys, as Spark's sorters do: if a < b then
// a's number is not above b's. Numbers are sorted byte by byte without comparing
// anything; what compares keys is left for those whose numbers are equal.
package radix

import "math"

// Item is a row that waits to be sorted: its key's number, and its place.
type Item struct {
	Prefix uint64
	Row    uint32
}

// OfInt is the number of a whole number; equal numbers are equal keys.
func OfInt(v int64) uint64 { return uint64(v) ^ 1<<63 }

// OfFloat is the number of a float, NaN last, -0 equal to 0; equal numbers are
// equal keys.
func OfFloat(f float64) uint64 {
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

// OfString is the first eight bytes: longer strings may differ and have the same.
func OfString(s string) uint64 {
	var n uint64
	for i := range min(len(s), 8) {
		n |= uint64(s[i]) << (56 - 8*i)
	}
	return n
}

// Sort is items in the order of their numbers, in a slice that may be another. It goes
// byte by byte, the last one first; bytes that are the same in all items are passed
// over. Items of equal numbers keep their order.
func Sort(items []Item) []Item {
	if len(items) == 0 {
		return items
	}
	var differ uint64
	for _, it := range items {
		differ |= it.Prefix ^ items[0].Prefix
	}
	var spare []Item
	for shift := 0; shift < 64; shift += 8 {
		if differ>>shift&0xff == 0 {
			continue
		}
		if spare == nil {
			spare = make([]Item, len(items))
		}
		var at [256]int
		for _, it := range items {
			at[it.Prefix>>shift&0xff]++
		}
		sum := 0
		for b, n := range at {
			at[b], sum = sum, sum+n
		}
		for _, it := range items {
			b := it.Prefix >> shift & 0xff
			spare[at[b]] = it
			at[b]++
		}
		items, spare = spare, items
	}
	return items
}
