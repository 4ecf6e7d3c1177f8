package expr_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/sql"
)

// BenchmarkExpr computes expressions over batches of 4096 rows; MB/s are millions
// of rows a second.
func BenchmarkExpr(b *testing.B) {
	schema := column.Schema{{Name: "i", Type: column.IntType}, {Name: "l", Type: column.BigIntType}, {Name: "d", Type: column.DoubleType}, {Name: "s", Type: column.StringType}, {Name: "m", Type: column.DecimalType(10, 2)}}
	var rows []column.Row
	for i := range int32(column.BatchRows) {
		rows = append(rows, column.Row{i, int64(i) * 7, float64(i) / 3, []string{"AA", "DL", "United"}[i%3], column.Decimal{Unscaled: column.Int128Of(int64(i)), Scale: 2}})
	}
	batch, err := column.FromRows(schema, rows...)
	require.NoError(b, err)
	for _, text := range []string{
		"i + 1", "l * 2 + i", "d * 1.5D - d", "i > 100", "i > 100 AND l < 20000", "i % 7 = 0 AND 10 / i > 1", "s = 'AA'", "s IN ('AA', 'DL')",
		"s LIKE 'A%'", "upper(s)", "CASE WHEN i > 5 THEN 'x' ELSE s END", "coalesce(s, 'x')", "m + m", "m * 1.5", "CAST(i AS string)", "year(date_add(DATE '2024-01-01', i))",
	} {
		b.Run(text, func(b *testing.B) {
			node, err := sql.Expression(text)
			require.NoError(b, err)
			bound, err := expr.ResolveOn(node, schema)
			require.NoError(b, err)
			b.SetBytes(column.BatchRows)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := bound.Eval(batch); err != nil {
					if expr.ClassOf(err) != "DIVIDE_BY_ZERO" {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkAggregate adds rows of 16 groups up.
func BenchmarkAggregate(b *testing.B) {
	data, groups := make([]int64, column.BatchRows), make([]int32, column.BatchRows)
	for i := range data {
		data[i], groups[i] = int64(i), int32(i%16)
	}
	schema := column.Schema{{Name: "l", Type: column.BigIntType}}
	attributes := expr.AttributesOf(schema)
	args := []column.Column{column.New(column.BigIntType, data, nil)}
	for _, name := range []string{"count", "sum", "max", "avg", "stddev", "first", "collect_set", "approx_count_distinct"} {
		b.Run(name, func(b *testing.B) {
			call := expr.MustAggregate(name, attributes[0])
			bound, err := expr.BindAll(call.Args, attributes)
			require.NoError(b, err)
			values, err := expr.EvalAll(bound, column.NewBatch(args...))
			require.NoError(b, err)
			a := call.Accumulator()
			a.Grow(16)
			b.SetBytes(column.BatchRows)
			for b.Loop() {
				if err := a.Update(groups, values); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
