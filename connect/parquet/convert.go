package parquet

import (
	"fmt"
	"math/big"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"etincelle/engine/frame/column"
)

// typeOf is the column type that holds an Arrow type.
func typeOf(t arrow.DataType) (column.Type, error) {
	switch t := t.(type) {
	case *arrow.BooleanType:
		return column.BooleanType, nil
	case *arrow.Int8Type, *arrow.Int16Type, *arrow.Int32Type, *arrow.Uint8Type, *arrow.Uint16Type:
		return column.IntType, nil
	case *arrow.Int64Type, *arrow.Uint32Type:
		return column.BigIntType, nil
	case *arrow.Float32Type, *arrow.Float64Type:
		return column.DoubleType, nil
	case *arrow.StringType, *arrow.LargeStringType, *arrow.BinaryType, *arrow.LargeBinaryType:
		return column.StringType, nil
	case *arrow.Date32Type:
		return column.DateType, nil
	case *arrow.TimestampType:
		return column.TimestampType, nil
	case *arrow.Decimal128Type:
		return column.DecimalType(int(t.Precision), int(t.Scale)), nil
	case *arrow.ListType:
		elem, err := typeOf(t.Elem())
		return column.ArrayOf(elem), err
	case *arrow.LargeListType:
		elem, err := typeOf(t.Elem())
		return column.ArrayOf(elem), err
	case *arrow.StructType:
		var fields []column.Field
		for _, f := range t.Fields() {
			of, err := typeOf(f.Type)
			if err != nil {
				return column.Type{}, err
			}
			fields = append(fields, column.Field{Name: f.Name, Type: of, Nullable: true})
		}
		return column.StructOf(fields...), nil
	case *arrow.DictionaryType:
		return typeOf(t.ValueType)
	}
	return column.Type{}, fmt.Errorf("its type %s is none that a frame has", t)
}

// toBatch copies columns of a record; places are theirs.
func toBatch(r arrow.RecordBatch, places []int) (column.Batch, error) {
	batch := column.Batch{Columns: make([]column.Column, len(places)), Rows: int(r.NumRows())}
	for i, p := range places {
		c, err := toColumn(r.Column(p))
		if err != nil {
			return batch, fmt.Errorf("column %q: %w", r.ColumnName(p), err)
		}
		batch.Columns[i] = c
	}
	return batch, nil
}

// toColumn copies an array: its memory goes back to Arrow.
func toColumn(a arrow.Array) (column.Column, error) {
	t, err := typeOf(a.DataType())
	if err != nil {
		return nil, err
	}
	null := nullsOf(a)
	switch a := a.(type) {
	case *array.Boolean:
		return each(t, a, null, a.Value), nil
	case *array.Int8:
		return each(t, a, null, func(i int) int32 { return int32(a.Value(i)) }), nil
	case *array.Int16:
		return each(t, a, null, func(i int) int32 { return int32(a.Value(i)) }), nil
	case *array.Uint8:
		return each(t, a, null, func(i int) int32 { return int32(a.Value(i)) }), nil
	case *array.Uint16:
		return each(t, a, null, func(i int) int32 { return int32(a.Value(i)) }), nil
	case *array.Int32:
		return column.New(t, append([]int32(nil), a.Int32Values()...), null), nil
	case *array.Uint32:
		return each(t, a, null, func(i int) int64 { return int64(a.Value(i)) }), nil
	case *array.Int64:
		return column.New(t, append([]int64(nil), a.Int64Values()...), null), nil
	case *array.Float32:
		return each(t, a, null, func(i int) float64 { return float64(a.Value(i)) }), nil
	case *array.Float64:
		return column.New(t, append([]float64(nil), a.Float64Values()...), null), nil
	case *array.String:
		return texts(t, a, null, a.Value), nil
	case *array.LargeString:
		return texts(t, a, null, a.Value), nil
	case *array.Binary:
		return texts(t, a, null, func(i int) string { return string(a.Value(i)) }), nil
	case *array.LargeBinary:
		return texts(t, a, null, func(i int) string { return string(a.Value(i)) }), nil
	case *array.Date32:
		return each(t, a, null, func(i int) int32 { return int32(a.Value(i)) }), nil
	case *array.Timestamp:
		unit := a.DataType().(*arrow.TimestampType).Unit
		return each(t, a, null, func(i int) int64 { return a.Value(i).ToTime(unit).UnixMicro() }), nil
	case *array.Decimal128:
		return each(t, a, null, func(i int) column.Int128 { return int128(a.Value(i).BigInt()) }), nil
	case *array.Dictionary:
		return fromDictionary(a)
	case *array.Struct:
		return toRecords(t, a, null)
	case array.ListLike:
		return toLists(a, null)
	}
	return nil, fmt.Errorf("its type %s is none that a frame has", a.DataType())
}

func nullsOf(a arrow.Array) []bool {
	if a.NullN() == 0 {
		return nil
	}
	null := make([]bool, a.Len())
	for i := range null {
		null[i] = a.IsNull(i)
	}
	return null
}

func each[T column.Element](t column.Type, a arrow.Array, null []bool, value func(i int) T) column.Column {
	data := make([]T, a.Len())
	for i := range data {
		if null == nil || !null[i] {
			data[i] = value(i)
		}
	}
	return column.New(t, data, null)
}

// texts copies strings: equal neighbours share their memory.
func texts(t column.Type, a arrow.Array, null []bool, value func(i int) string) column.Column {
	known := map[string]string{}
	return each(t, a, null, func(i int) string {
		s := value(i)
		if kept, ok := known[s]; ok {
			return kept
		}
		kept := string(append([]byte(nil), s...))
		known[kept] = kept
		return kept
	})
}

func int128(v *big.Int) column.Int128 {
	size := new(big.Int).Abs(v)
	lo := new(big.Int).And(size, new(big.Int).SetUint64(^uint64(0))).Uint64()
	hi := new(big.Int).Rsh(size, 64).Int64()
	if v.Sign() < 0 {
		lo, hi = ^lo+1, ^hi
		if lo == 0 {
			hi++
		}
	}
	return column.Int128{Hi: hi, Lo: lo}
}

func fromDictionary(a *array.Dictionary) (column.Column, error) {
	values, err := toColumn(a.Dictionary())
	if err != nil {
		return nil, err
	}
	rows := make([]int32, a.Len())
	for i := range rows {
		rows[i] = -1
		if !a.IsNull(i) {
			rows[i] = int32(a.GetValueIndex(i))
		}
	}
	return values.Take(rows), nil
}

func toRecords(t column.Type, a *array.Struct, null []bool) (column.Column, error) {
	fields := make([]column.Column, a.NumField())
	for i := range fields {
		var err error
		if fields[i], err = toColumn(a.Field(i)); err != nil {
			return nil, err
		}
	}
	return &column.Records{Of: t, Fields: fields, Mask: null, Count: a.Len()}, nil
}

func toLists(a array.ListLike, null []bool) (column.Column, error) {
	elem, err := toColumn(a.ListValues())
	if err != nil {
		return nil, err
	}
	lists := &column.Lists{Ends: make([]int32, a.Len()), Elem: elem, Mask: null}
	for i := range lists.Ends {
		start, end := a.ValueOffsets(i)
		if i == 0 {
			lists.Start = int32(start)
		}
		lists.Ends[i] = int32(end)
	}
	return lists, nil
}
