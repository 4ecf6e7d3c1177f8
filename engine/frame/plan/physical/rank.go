package physical

import (
	"cmp"
	"slices"
	"strings"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/radix"
)

// fewRows are compared at once: numbers of their keys would cost more.
const fewRows = 48

// rankRows is the numbers of rows in the order of keys. Equal rows stay in order.
func rankRows(order []*expr.SortOrder, keys []column.Column, rows int) []int32 {
	numbers := make([]int32, rows)
	for i := range numbers {
		numbers[i] = int32(i)
	}
	r := rowSort{order: order, keys: keys, compare: make([]func(i, j int32) int, len(order))}
	for k, o := range order {
		r.compare[k] = comparingRows(o, keys[k])
	}
	r.sort(0, numbers)
	return numbers
}

// rowSort sorts key by key: by the first, then what is equal there by the next.
type rowSort struct {
	order   []*expr.SortOrder
	keys    []column.Column
	compare []func(i, j int32) int // by key
}

// sort puts rows, which come in their order in the batch, in that of key k and
// those behind it.
func (r *rowSort) sort(k int, rows []int32) {
	if k == len(r.keys) || len(rows) < 2 {
		return
	}
	if len(rows) < fewRows {
		r.sortByComparing(k, rows)
		return
	}
	nulls, values := r.nullsApart(k, rows)
	r.sort(k+1, nulls)
	items, exact, ok := prefixes(r.keys[k], r.order[k].Desc, values)
	if !ok {
		r.sortByComparing(k, values)
		return
	}
	items = radix.Sort(items)
	for i, it := range items {
		values[i] = int32(it.Row)
	}
	for begin, end := 0, 0; begin < len(items); begin = end {
		for end = begin + 1; end < len(items) && items[end].Prefix == items[begin].Prefix; {
			end++
		}
		switch equal := values[begin:end]; {
		case len(equal) == 1:
		case exact:
			r.sort(k+1, equal)
		default:
			r.sortByComparing(k, equal)
		}
	}
}

// sortByComparing compares rows by key k and those behind it. The number breaks ties:
// equal rows stay in order.
func (r *rowSort) sortByComparing(k int, rows []int32) {
	slices.SortFunc(rows, func(i, j int32) int {
		for _, c := range r.compare[k:] {
			if d := c(i, j); d != 0 {
				return d
			}
		}
		return cmp.Compare(i, j)
	})
}

// nullsApart moves the rows whose key k is null to the end where the order has
// them; both kinds stay in order.
func (r *rowSort) nullsApart(k int, rows []int32) (nulls, values []int32) {
	null := r.keys[k].Nulls()
	if null == nil {
		return nil, rows
	}
	for _, row := range rows {
		if null[row] {
			nulls = append(nulls, row)
		} else {
			values = append(values, row)
		}
	}
	n := len(values)
	if r.order[k].NullsFirst {
		n = len(nulls)
		copy(rows[copy(rows, nulls):], values)
		return rows[:n], rows[n:]
	}
	copy(rows[copy(rows, values):], nulls)
	return rows[n:], rows[:n]
}

// prefixes are numbers in the order of the values of rows, none of them null. exact
// says that equal numbers are equal values; ok is false for a type that has none.
func prefixes(c column.Column, descending bool, rows []int32) (items []radix.Item, exact, ok bool) {
	switch c := c.(type) {
	case *column.Vector[int32]:
		items, exact = numbered(c.Data, rows, func(v int32) uint64 { return radix.OfInt(int64(v)) }), true
	case *column.Vector[int64]:
		items, exact = numbered(c.Data, rows, radix.OfInt), true
	case *column.Vector[float64]:
		items, exact = numbered(c.Data, rows, radix.OfFloat), true
	case *column.Vector[string]:
		items = numbered(c.Data, rows, radix.OfString)
	case *column.Vector[column.Int128]:
		items = numbered(c.Data, rows, func(v column.Int128) uint64 { return radix.OfInt(v.Hi) })
	default:
		return nil, false, false
	}
	if descending {
		for i := range items {
			items[i].Prefix = ^items[i].Prefix
		}
	}
	return items, exact, true
}

func numbered[T any](data []T, rows []int32, number func(T) uint64) []radix.Item {
	items := make([]radix.Item, len(rows))
	for i, row := range rows {
		items[i] = radix.Item{Prefix: number(data[row]), Row: uint32(row)}
	}
	return items
}

// comparingRows is the order of two rows of one column.
func comparingRows(o *expr.SortOrder, c column.Column) func(i, j int32) int {
	if c.Nulls() != nil {
		return func(i, j int32) int { return compareBy(o, c, int(i), c, int(j)) }
	}
	switch c := c.(type) {
	case *column.Vector[int32]:
		return directed(o, c.Data, cmp.Compare[int32])
	case *column.Vector[int64]:
		return directed(o, c.Data, cmp.Compare[int64])
	case *column.Vector[float64]:
		return directed(o, c.Data, column.CompareDoubles)
	case *column.Vector[string]:
		return directed(o, c.Data, strings.Compare)
	}
	return func(i, j int32) int { return compareBy(o, c, int(i), c, int(j)) }
}

func directed[T any](o *expr.SortOrder, data []T, compare func(a, b T) int) func(i, j int32) int {
	if o.Desc {
		return func(i, j int32) int { return compare(data[j], data[i]) }
	}
	return func(i, j int32) int { return compare(data[i], data[j]) }
}
