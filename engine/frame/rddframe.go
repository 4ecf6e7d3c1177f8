package frame

import (
	"iter"
	"reflect"

	"etincelle/engine"
	"etincelle/engine/frame/column"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

type batch = column.Batch

// RDD is f as a dataset of rows: from here on functions of the program's own are
// called row by row, and no rule looks inside.
func (f *Frame) RDD() (*rdd.RDD[Row], error) {
	batches, err := f.dataset("rdd")
	if err != nil {
		return nil, err
	}
	return rdd.FlatMap(batches, func(b column.Batch) []Row {
		rows := make([]Row, b.Rows)
		for i := range rows {
			rows[i] = b.Row(i)
		}
		return rows
	}), nil
}

// FromRDD is a frame of a dataset of structs: a column for each exported field. The
// type says the schema, so nothing is read to know it.
func FromRDD[T any](r *rdd.RDD[T]) *Frame {
	s := r.Session()
	schema, fields, err := schemaOf(reflect.TypeFor[T]())
	if err != nil {
		return Of(s, nil).failed(err)
	}
	return fromRows(s, schema, batchesOf(s, r, schema, func(row T) Row { return rowOf(reflect.ValueOf(row), fields) }))
}

// FromRows is a frame of a dataset of rows, with a schema that says what they hold.
func FromRows(r *rdd.RDD[Row], schema Schema) *Frame {
	s := r.Session()
	return fromRows(s, schema, batchesOf(s, r, schema, func(row Row) Row { return row }))
}

// batchesOf gathers rows in batches.
func batchesOf[T any](s *engine.Session, r *rdd.RDD[T], schema Schema, row func(T) Row) *rdd.RDD[column.Batch] {
	read, node := rdd.Compute(r), rdd.Node(r)
	return rdd.Define(s, rdd.Definition[column.Batch]{
		Class: "MapPartitionsRDD", Op: "toDF", Partitions: node.Partitions, Deps: []lineage.Dep{lineage.Narrow(node)}, Err: r.Err(),
		Compute: func(t *lineage.Task, p int) iter.Seq[column.Batch] {
			return func(yield func(column.Batch) bool) {
				var rows []Row
				flush := func() bool {
					b, err := column.FromRows(schema, rows...)
					t.Check(err)
					rows = rows[:0]
					return yield(b)
				}
				for v := range read(t, p) {
					if rows = append(rows, row(v)); len(rows) == column.BatchRows && !flush() {
						return
					}
				}
				if len(rows) > 0 {
					flush()
				}
			}
		},
	})
}
