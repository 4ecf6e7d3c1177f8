package physical

import (
	"cmp"
	"slices"
	"strings"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// rankRows is the numbers of rows in the order of keys. Equal rows stay in order.
func rankRows(order []*expr.SortOrder, keys []column.Column, rows int) []int32 {
	numbers := make([]int32, rows)
	for i := range numbers {
		numbers[i] = int32(i)
	}
	compare := make([]func(i, j int32) int, len(order))
	for k, o := range order {
		compare[k] = comparingRows(o, keys[k])
	}
	slices.SortStableFunc(numbers, func(i, j int32) int {
		for _, c := range compare {
			if d := c(i, j); d != 0 {
				return d
			}
		}
		return 0
	})
	return numbers
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
