package parquet

import (
	"bytes"
	"fmt"
	"iter"
	"path"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Write writes a frame into a folder, a Parquet file for each partition, and
// _SUCCESS when all are there. It runs a job. A folder that exists is an error.
func Write(f *frame.Frame, folder string) error {
	if err := f.Err(); err != nil {
		return err
	}
	files := engine.Inside(f.Session()).Files()
	if _, err := files.Stat(folder); !fs.Missing(err) {
		if err != nil {
			return err
		}
		return failure(fmt.Errorf("[PATH_ALREADY_EXISTS] Path file:%s already exists: choose another folder, or remove it", folder))
	}
	schema, err := arrowSchema(f.Schema())
	if err != nil {
		return failure(err)
	}
	rows, err := frame.Batches(f, "parquet")
	if err != nil {
		return err
	}
	err = rdd.RunJob(rows, "parquet", nil, func(t *lineage.Task, in iter.Seq[column.Batch]) (int, error) {
		data, n, err := encode(schema, in)
		if err != nil {
			return 0, err
		}
		t.Metrics.Output += int64(n)
		return n, files.Write(path.Join(folder, fmt.Sprintf("part-%05d.snappy.parquet", t.Partition)), data)
	}, func(int, int) {})
	if err != nil {
		return err
	}
	return files.Write(path.Join(folder, "_SUCCESS"), nil)
}

// encode is the rows of a partition as a file.
func encode(schema *arrow.Schema, in iter.Seq[column.Batch]) ([]byte, int, error) {
	var out bytes.Buffer
	props := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Snappy))
	w, err := pqarrow.NewFileWriter(schema, &out, props, pqarrow.NewArrowWriterProperties())
	if err != nil {
		return nil, 0, err
	}
	rows := 0
	for b := range in {
		builder := array.NewRecordBuilder(memory.DefaultAllocator, schema)
		for c, col := range b.Columns {
			for i := range b.Rows {
				appendValue(builder.Field(c), col, i)
			}
		}
		record := builder.NewRecordBatch()
		err := w.WriteBuffered(record)
		record.Release()
		builder.Release()
		if err != nil {
			return nil, 0, err
		}
		rows += b.Rows
	}
	err = w.Close()
	return out.Bytes(), rows, err
}

// arrowSchema is a schema as Arrow has it.
func arrowSchema(s column.Schema) (*arrow.Schema, error) {
	fields, err := arrowFields(s)
	return arrow.NewSchema(fields, nil), err
}

func arrowFields(s []column.Field) ([]arrow.Field, error) {
	fields := make([]arrow.Field, len(s))
	for i, f := range s {
		t, err := arrowType(f.Type)
		if err != nil {
			return nil, fmt.Errorf("column %q: %w", f.Name, err)
		}
		fields[i] = arrow.Field{Name: f.Name, Type: t, Nullable: true}
	}
	return fields, nil
}

func arrowType(t column.Type) (arrow.DataType, error) {
	switch t.Kind {
	case column.Boolean:
		return arrow.FixedWidthTypes.Boolean, nil
	case column.Int:
		return arrow.PrimitiveTypes.Int32, nil
	case column.BigInt:
		return arrow.PrimitiveTypes.Int64, nil
	case column.Double:
		return arrow.PrimitiveTypes.Float64, nil
	case column.String:
		return arrow.BinaryTypes.String, nil
	case column.Date32:
		return arrow.FixedWidthTypes.Date32, nil
	case column.TimestampMicros:
		return &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}, nil
	case column.Decimal128:
		return &arrow.Decimal128Type{Precision: int32(t.Precision), Scale: int32(t.Scale)}, nil
	case column.Array:
		elem, err := arrowType(*t.Elem)
		return arrow.ListOf(elem), err
	case column.Struct:
		fields, err := arrowFields(t.Fields)
		return arrow.StructOf(fields...), err
	}
	return nil, fmt.Errorf("[UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE] the Parquet datasource doesn't support the type %q", t.SQL())
}

// appendValue adds a value to an array; arrowType chose the array.
func appendValue(b array.Builder, c column.Column, i int) {
	if c.Null(i) {
		b.AppendNull()
		return
	}
	switch b := b.(type) {
	case *array.BooleanBuilder:
		b.Append(column.Data[bool](c)[i])
	case *array.Int32Builder:
		b.Append(column.Data[int32](c)[i])
	case *array.Int64Builder:
		b.Append(column.Data[int64](c)[i])
	case *array.Float64Builder:
		b.Append(column.Data[float64](c)[i])
	case *array.StringBuilder:
		b.Append(column.Data[string](c)[i])
	case *array.Date32Builder:
		b.Append(arrow.Date32(column.Data[int32](c)[i]))
	case *array.TimestampBuilder:
		b.Append(arrow.Timestamp(column.Data[int64](c)[i]))
	case *array.Decimal128Builder:
		v := column.Data[column.Int128](c)[i]
		b.Append(decimal128.New(v.Hi, v.Lo))
	case *array.ListBuilder:
		b.Append(true)
		l := c.(*column.Lists)
		from, to := l.Span(i)
		for j := from; j < to; j++ {
			appendValue(b.ValueBuilder(), l.Elem, j)
		}
	case *array.StructBuilder:
		b.Append(true)
		for f, field := range c.(*column.Records).Fields {
			appendValue(b.FieldBuilder(f), field, i)
		}
	}
}
