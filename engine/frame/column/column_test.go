package column_test

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/frame/column"
)

// drawType is a type, not too deep.
func drawType(t *rapid.T, depth int) column.Type {
	kinds := []column.Type{
		column.VoidType, column.BooleanType, column.IntType, column.BigIntType, column.DoubleType, column.StringType,
		column.DateType, column.TimestampType, column.IntervalType, column.DecimalType(20, 3),
	}
	if depth > 0 {
		switch rapid.IntRange(0, 9).Draw(t, "nested") {
		case 0:
			return column.ArrayOf(drawType(t, depth-1))
		case 1:
			return column.StructOf(
				column.Field{Name: "x", Type: drawType(t, depth-1), Nullable: true},
				column.Field{Name: "é", Type: drawType(t, depth-1)})
		}
	}
	return rapid.SampledFrom(kinds).Draw(t, "type")
}

// drawValue is a boxed value of a type, null now and then.
func drawValue(t *rapid.T, of column.Type) any {
	if of.Kind == column.Void || rapid.IntRange(0, 4).Draw(t, "null") == 0 {
		return nil
	}
	switch of.Kind {
	case column.Boolean:
		return rapid.Bool().Draw(t, "v")
	case column.Int:
		return rapid.Int32().Draw(t, "v")
	case column.BigInt:
		return rapid.Int64().Draw(t, "v")
	case column.Double:
		return rapid.SampledFrom([]float64{0, 1.5, -2, math.NaN(), math.Inf(1)}).Draw(t, "v")
	case column.String:
		return rapid.String().Draw(t, "v")
	case column.Date32:
		return column.Date(rapid.Int32().Draw(t, "v"))
	case column.TimestampMicros:
		return column.Timestamp(rapid.Int64().Draw(t, "v"))
	case column.CalendarInterval:
		return column.Interval{Months: rapid.Int32().Draw(t, "m"), Days: rapid.Int32().Draw(t, "d"), Micros: rapid.Int64().Draw(t, "u")}
	case column.Decimal128:
		return column.Decimal{Unscaled: column.Int128{Hi: rapid.Int64().Draw(t, "hi"), Lo: rapid.Uint64().Draw(t, "lo")}, Scale: of.Scale}
	case column.Array:
		list := make([]any, rapid.IntRange(0, 3).Draw(t, "n"))
		for i := range list {
			list[i] = drawValue(t, *of.Elem)
		}
		return list
	}
	row := make(column.Row, len(of.Fields))
	for i, f := range of.Fields {
		row[i] = drawValue(t, f.Type)
	}
	return row
}

func drawBatch(t *rapid.T) (column.Schema, []column.Row, column.Batch) {
	var schema column.Schema
	for range rapid.IntRange(0, 3).Draw(t, "columns") {
		schema = append(schema, column.Field{Name: "c", Type: drawType(t, 2), Nullable: true})
	}
	rows := make([]column.Row, rapid.IntRange(0, 6).Draw(t, "rows"))
	for i := range rows {
		rows[i] = column.Row{}
		for _, f := range schema {
			rows[i] = append(rows[i], drawValue(t, f.Type))
		}
	}
	b, err := column.FromRows(schema, rows...)
	if err != nil {
		t.Fatal(err)
	}
	return schema, rows, b
}

// same compares batches as keys are compared: NaN is NaN.
func same(t *rapid.T, what string, want, got column.Batch) {
	if want.Rows != got.Rows || len(want.Columns) != len(got.Columns) {
		t.Fatalf("%s: %d rows of %d columns, wanted %d of %d", what, got.Rows, len(got.Columns), want.Rows, len(want.Columns))
	}
	for i := range want.Rows {
		if string(column.AppendRow(nil, want.Columns, i)) != string(column.AppendRow(nil, got.Columns, i)) {
			t.Fatalf("%s: row %d is %v, wanted %v", what, i, got.Row(i), want.Row(i))
		}
	}
}

// A batch is what its bytes, its rows' bytes and its pieces make up again.
func TestBatchesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		schema, _, b := drawBatch(t)
		data, err := b.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var back column.Batch
		if err := back.UnmarshalBinary(data); err != nil {
			t.Fatal(err)
		}
		same(t, "bytes", b, back)
		for i, c := range back.Columns {
			if !c.Type().Equal(schema[i].Type) {
				t.Fatalf("a %s came back as a %s", schema[i].Type, c.Type())
			}
		}
		cut := rapid.IntRange(0, b.Rows).Draw(t, "cut")
		same(t, "slices", b, column.Concat(schema.Types(), b.Slice(0, cut), b.Slice(cut, b.Rows)))
		builders := make([]column.Builder, len(schema))
		for i, f := range schema {
			builders[i] = column.NewBuilder(f.Type, 0)
		}
		var bytes []byte
		order := make([]int32, b.Rows)
		for i := range b.Rows {
			bytes = column.AppendRow(bytes, b.Columns, i)
			order[i] = int32(i)
		}
		for range b.Rows {
			if bytes, err = column.ReadRow(bytes, builders); err != nil {
				t.Fatal(err)
			}
		}
		read := column.Batch{Rows: b.Rows}
		for _, builder := range builders {
			read.Columns = append(read.Columns, builder.Build())
		}
		same(t, "rows", b, read)
		same(t, "taken", b, b.Take(order))
	})
}

// Bytes that are no batch give an error, and no panic.
func TestDamageIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, b := drawBatch(t)
		data, err := b.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var back column.Batch
		if at := rapid.IntRange(0, len(data)).Draw(t, "cut"); at < len(data) {
			if err := back.UnmarshalBinary(data[:at]); !errors.Is(err, column.ErrDamaged) {
				t.Fatalf("%d of %d bytes: %v", at, len(data), err)
			}
		}
		wrong := append([]byte(nil), data...)
		wrong[rapid.IntRange(0, len(wrong)-1).Draw(t, "at")] ^= rapid.Byte().Draw(t, "flip")
		_ = back.UnmarshalBinary(wrong) // another batch, or an error
	})
}

// Spark's hash(…) of these values.
func TestHashIsSparks(t *testing.T) {
	one := func(of column.Type, v any) int32 {
		c, err := column.Repeat(of, v, 1)
		require.NoError(t, err)
		return column.Hash(1, c)[0]
	}
	assert.Equal(t, int32(-559580957), one(column.IntType, int32(1)))
	assert.Equal(t, int32(-1712319331), one(column.BigIntType, int64(1)))
	assert.Equal(t, int32(-460888942), one(column.DoubleType, 1.0))
	assert.Equal(t, int32(1485273170), one(column.StringType, "a"))
	assert.Equal(t, int32(-559580957), one(column.BooleanType, true))
	assert.Equal(t, int32(42), one(column.StringType, nil), "a null changes nothing")
	assert.Equal(t, one(column.DoubleType, 0.0), one(column.DoubleType, math.Copysign(0, -1)))
}

func TestOrderOfValues(t *testing.T) {
	compare := func(of column.Type, a, b any) int {
		x, err := column.Repeat(of, a, 1)
		require.NoError(t, err)
		y, err := column.Repeat(of, b, 1)
		require.NoError(t, err)
		return column.Compare(x, 0, y, 0)
	}
	assert.Negative(t, compare(column.IntType, nil, int32(math.MinInt32)), "null is first")
	assert.Positive(t, compare(column.DoubleType, math.NaN(), math.Inf(1)), "NaN is last")
	assert.Zero(t, compare(column.DoubleType, math.NaN(), math.NaN()))
	assert.Negative(t, compare(column.ArrayOf(column.IntType), []any{int32(1)}, []any{int32(1), nil}))
	assert.Negative(t, compare(column.DecimalType(10, 0), column.Decimal{Unscaled: column.Int128Of(-1)}, column.Decimal{Unscaled: column.Int128Of(0)}))
}

func TestValuesOfOtherTypesAreRefused(t *testing.T) {
	_, err := column.FromRows(column.Schema{{Name: "n", Type: column.IntType}}, column.Row{"seven"})
	assert.ErrorContains(t, err, "a value of type string (seven) cannot be stored in a column of type int")
	_, err = column.FromRows(column.Schema{{Name: "n", Type: column.IntType}}, column.Row{int64(1) << 40})
	assert.Error(t, err)
}
