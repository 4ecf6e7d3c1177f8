package frame

import (
	"fmt"
	"iter"
	"reflect"
	"time"

	"etincelle/engine"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/frame/sql"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Range is the numbers from start up to, and without, end, step apart, in column
// "id". partitions is 1 or more, or rdd.DefaultPartitions.
func Range(s *engine.Session, start, end, step int64, partitions int) *Frame {
	r := &plan.Range{Column: expr.NewAttribute(column.Field{Name: "id", Type: column.BigIntType}), Start: start, End: end, Step: step}
	if partitions != rdd.DefaultPartitions {
		r.Partitions = max(partitions, 1)
	}
	f := FromPlan(s, r)
	switch {
	case step == 0:
		r.Step = 1
		return f.failed(fmt.Errorf("requirement failed: step (0) cannot be 0"))
	case partitions < 1 && partitions != rdd.DefaultPartitions:
		return f.failed(fmt.Errorf("Range: %d partitions were asked for: at least 1, or rdd.DefaultPartitions", partitions))
	}
	return f
}

// ParseSchema reads a schema in Spark's words: "carrier string, delay double, at timestamp".
func ParseSchema(text string) (Schema, error) {
	t, err := sql.Type("struct<" + text + ">")
	return t.Fields, err
}

// Of is a frame of rows that the program holds.
func Of(s *engine.Session, schema Schema, rows ...Row) *Frame {
	batch, err := column.FromRows(schema, rows...)
	if err != nil {
		batch, _ = column.FromRows(schema)
	}
	f := FromPlan(s, &plan.Local{Columns: expr.AttributesOf(schema), Rows: batch})
	if err != nil {
		return f.failed(err)
	}
	return f
}

// FromBatches is a frame of batches, a partition each slice: for packages that
// hold rows so.
func FromBatches(s *engine.Session, schema Schema, parts [][]column.Batch) *Frame {
	rows := rdd.Define(s, rdd.Definition[column.Batch]{
		Class: "ParallelCollectionRDD", Op: "batches", Partitions: func() (int, error) { return len(parts), nil },
		Compute: func(_ *lineage.Task, p int) iter.Seq[column.Batch] {
			return func(yield func(column.Batch) bool) {
				for _, b := range parts[p] {
					if !yield(b) {
						return
					}
				}
			}
		},
	})
	return fromRows(s, schema, rows)
}

func fromRows(s *engine.Session, schema Schema, rows *rdd.RDD[column.Batch]) *Frame {
	return FromPlan(s, &physical.LogicalRDD{Columns: expr.AttributesOf(schema), From: rows, Placed: physical.UnknownPartitioning{}})
}

// FromStructs is a frame of Go structs: a column for each exported field, under
// its name in lower case or the one that its tag `frame:"name"` gives.
func FromStructs[T any](s *engine.Session, rows ...T) *Frame {
	schema, fields, err := schemaOf(reflect.TypeFor[T]())
	if err != nil {
		return Of(s, nil).failed(err)
	}
	boxed := make([]Row, len(rows))
	for i, row := range rows {
		boxed[i] = rowOf(reflect.ValueOf(row), fields)
	}
	return Of(s, schema, boxed...)
}

// schemaOf is the columns that a struct's fields make, and which fields these are.
func schemaOf(t reflect.Type) (Schema, []int, error) {
	if t.Kind() != reflect.Struct {
		return nil, nil, fmt.Errorf("a row of type %s has no fields: use a struct", t)
	}
	var schema Schema
	var fields []int
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() {
			continue
		}
		of, err := typeOf(f.Type)
		if err != nil {
			return nil, nil, fmt.Errorf("field %s.%s: %w", t, f.Name, err)
		}
		of.Name = columnName(f)
		schema, fields = append(schema, of), append(fields, i)
	}
	return schema, fields, nil
}

// typeOf is the type of a column that holds a Go type; a pointer may be null.
func typeOf(t reflect.Type) (Field, error) {
	switch t {
	case reflect.TypeFor[time.Time](), reflect.TypeFor[column.Timestamp]():
		return Field{Type: column.TimestampType}, nil
	case reflect.TypeFor[column.Date]():
		return Field{Type: column.DateType}, nil
	}
	switch t.Kind() {
	case reflect.Bool:
		return Field{Type: column.BooleanType}, nil
	case reflect.Int, reflect.Int64:
		return Field{Type: column.BigIntType}, nil
	case reflect.Int32:
		return Field{Type: column.IntType}, nil
	case reflect.Float64:
		return Field{Type: column.DoubleType}, nil
	case reflect.String:
		return Field{Type: column.StringType, Nullable: true}, nil
	case reflect.Pointer:
		f, err := typeOf(t.Elem())
		f.Nullable = true
		return f, err
	case reflect.Slice:
		elem, err := typeOf(t.Elem())
		return Field{Type: column.ArrayOf(elem.Type), Nullable: true}, err
	case reflect.Struct:
		schema, _, err := schemaOf(t)
		return Field{Type: column.StructOf(schema...), Nullable: true}, err
	}
	return Field{}, fmt.Errorf("a %s is no type of a column: bool, int, int32, int64, float64, string, time.Time, slices, structs and pointers to them are", t)
}

// rowOf is a struct as a row.
func rowOf(v reflect.Value, fields []int) Row {
	row := make(Row, len(fields))
	for i, f := range fields {
		row[i] = boxed(v.Field(f))
	}
	return row
}

func boxed(v reflect.Value) any {
	switch {
	case v.Kind() == reflect.Pointer && v.IsNil():
		return nil
	case v.Kind() == reflect.Pointer:
		return boxed(v.Elem())
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
		if _, fields, err := schemaOf(v.Type()); err == nil {
			return rowOf(v, fields)
		}
	case v.Kind() == reflect.Slice:
		values := make([]any, v.Len())
		for i := range values {
			values[i] = boxed(v.Index(i))
		}
		return values
	}
	return v.Interface()
}
