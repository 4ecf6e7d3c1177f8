package physical

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// Rows are ranked as a stable sort that compares them ranks them: all types, nulls
// on either side, both directions, keys with many equal values.
func TestRankRowsIsAStableSort(t *testing.T) {
	decimal := column.DecimalType(38, 2)
	types := []column.Type{column.BooleanType, column.IntType, column.BigIntType, column.DoubleType, column.StringType, decimal, column.ArrayOf(column.IntType)}
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.OneOf(rapid.IntRange(0, 3*fewRows), rapid.Just(20*fewRows)).Draw(t, "rows")
		var order []*expr.SortOrder
		var keys []column.Column
		for range rapid.IntRange(1, 3).Draw(t, "keys") {
			of := rapid.SampledFrom(types).Draw(t, "type")
			values := rapid.SliceOfN(valuesOf(of), 1, 40).Draw(t, "values") // fewer than rows: many are equal
			nulls := rapid.Bool().Draw(t, "nulls")
			b := column.NewBuilder(of, rows)
			for i := range rows {
				if nulls && i%7 == 3 {
					b.AppendNull()
					continue
				}
				require.NoError(t, b.Append(values[i*i%len(values)]))
			}
			keys = append(keys, b.Build())
			order = append(order, &expr.SortOrder{Desc: rapid.Bool().Draw(t, "desc"), NullsFirst: rapid.Bool().Draw(t, "nulls first")})
		}
		want := make([]int32, rows)
		for i := range want {
			want[i] = int32(i)
		}
		b, compare := column.Batch{Columns: keys, Rows: rows}, comparing(order)
		slices.SortStableFunc(want, func(i, j int32) int { return compare(b, int(i), b, int(j)) })
		assert.Equal(t, want, rankRows(order, keys, rows))
	})
}

func valuesOf(of column.Type) *rapid.Generator[any] {
	switch of.Kind {
	case column.Boolean:
		return rapid.Bool().AsAny()
	case column.Int:
		return rapid.Int32().AsAny()
	case column.BigInt:
		return rapid.Int64().AsAny()
	case column.Double:
		return rapid.OneOf(rapid.Float64(), rapid.SampledFrom(oddDoubles)).AsAny()
	case column.String:
		return rapid.StringMatching(`(abcdefg)?[a-c\x00]{0,3}`).AsAny()
	case column.Decimal128:
		return rapid.Custom(func(t *rapid.T) any {
			return column.Decimal{Unscaled: column.Int128{Hi: rapid.Int64Range(-2, 2).Draw(t, "hi"), Lo: rapid.Uint64().Draw(t, "lo")}, Scale: of.Scale}
		})
	}
	return rapid.SliceOfN(rapid.Int32Range(0, 2), 0, 3).AsAny()
}

var oddDoubles = []float64{0, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1)}
