package chaos

import (
	"fmt"
	"slices"
	"strconv"

	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// kind is the type of a dataset's rows.
type kind int

const (
	nothing kind = iota // of a step that makes no dataset
	ints
	longs
	texts
	lists
	pairs
	words
	groups
	sides
	halves
	tallies
)

// The types of the kinds.
type (
	pair  = rdd.Pair[int, int]
	word  = rdd.Pair[string, int]
	group = rdd.Pair[int, []int]
	side  = rdd.Pair[int, rdd.Grouped[int, int]]
	half  = rdd.Pair[int, rdd.Joined[rdd.Maybe[int], rdd.Maybe[int]]]
	tally = rdd.Pair[string, record]
)

// record is a value that functions change in place.
type record struct {
	Sum    int
	Values []int
	Times  map[int]int
}

var kindNames = map[kind]string{
	ints: "int", longs: "int64", texts: "string", lists: "[]int", pairs: "Pair[int, int]", words: "Pair[string, int]",
	groups: "Pair[int, []int]", sides: "Pair[int, Grouped[int, int]]", halves: "Pair[int, Joined[Maybe[int], Maybe[int]]]",
	tallies: "Pair[string, record]",
}

func (k kind) String() string { return kindNames[k] }

// kindOf is the kind whose type is T.
func kindOf[T any]() kind {
	var row T
	switch any(row).(type) {
	case int:
		return ints
	case int64:
		return longs
	case string:
		return texts
	case []int:
		return lists
	case pair:
		return pairs
	case word:
		return words
	case group:
		return groups
	case side:
		return sides
	case half:
		return halves
	case tally:
		return tallies
	}
	panic(fmt.Sprintf("no kind of row is a %T", row))
}

// nodeOf is the place of a dataset of any kind in its lineage.
func nodeOf(r any) *lineage.Node {
	switch r := r.(type) {
	case *rdd.RDD[int]:
		return rdd.Node(r)
	case *rdd.RDD[int64]:
		return rdd.Node(r)
	case *rdd.RDD[string]:
		return rdd.Node(r)
	case *rdd.RDD[[]int]:
		return rdd.Node(r)
	case *rdd.RDD[pair]:
		return rdd.Node(r)
	case *rdd.RDD[word]:
		return rdd.Node(r)
	case *rdd.RDD[group]:
		return rdd.Node(r)
	case *rdd.RDD[side]:
		return rdd.Node(r)
	case *rdd.RDD[half]:
		return rdd.Node(r)
	case *rdd.RDD[tally]:
		return rdd.Node(r)
	}
	panic(fmt.Sprintf("no kind of dataset is a %T", r))
}

// keyOf is the key of a row of pairs; other rows are their own key.
func keyOf(row any) any {
	switch row := row.(type) {
	case pair:
		return row.Key
	case word:
		return row.Key
	case group:
		return row.Key
	case side:
		return row.Key
	case half:
		return row.Key
	case tally:
		return row.Key
	}
	return row
}

// text is a row as text, by which rows are compared. What a slice inside a row
// holds has no order that a program may count on: it is sorted.
func text(row any) string { return string(appendText(nil, row)) }

func appendText(b []byte, row any) []byte {
	switch row := row.(type) {
	case int:
		return strconv.AppendInt(b, int64(row), 10)
	case int64:
		return strconv.AppendInt(b, row, 10)
	case string:
		return append(b, row...)
	case []int:
		return appendSorted(b, row)
	case pair:
		return appendPair(b, row.Key, row.Value)
	case word:
		return appendPair(b, row.Key, row.Value)
	case group:
		return appendPair(b, row.Key, row.Value)
	case side:
		return appendSorted(append(appendPair(b, row.Key, row.Value.Left), '|'), row.Value.Right)
	case half:
		return appendMaybe(append(appendMaybe(append(appendText(b, row.Key), ':'), row.Value.Left), '|'), row.Value.Right)
	case tally:
		b = appendPair(b, row.Key, row.Value.Sum)
		return fmt.Append(appendSorted(b, row.Value.Values), row.Value.Times) // fmt prints maps in order of their keys
	}
	return fmt.Append(b, row)
}

func appendPair(b []byte, key, value any) []byte {
	return appendText(append(appendText(b, key), ':'), value)
}

func appendSorted(b []byte, values []int) []byte {
	if !slices.IsSorted(values) {
		values = slices.Sorted(slices.Values(values))
	}
	b = append(b, '[')
	for _, v := range values {
		b = append(strconv.AppendInt(b, int64(v), 10), ' ')
	}
	return append(b, ']')
}

func appendMaybe(b []byte, m rdd.Maybe[int]) []byte {
	if !m.OK {
		return append(b, '-')
	}
	return appendText(b, m.Value)
}

// hash is a number for a row that says nothing of its order.
func hash(row any) int {
	h := uint32(2166136261)
	for _, c := range appendText(nil, row) {
		h = (h ^ uint32(c)) * 16777619
	}
	return int(h >> 8)
}

func boxed[T any](rows []T) []any {
	out := make([]any, len(rows))
	for i, row := range rows {
		out[i] = row
	}
	return out
}

func unboxed[T any](rows []any) []T {
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = row.(T)
	}
	return out
}
