// Package parquet reads and writes Parquet files as frames. It stands apart from
// the engine because its library, arrow-go, weighs more than all the rest: only
// programs that use it compile it.
//
//	flights := parquet.Read(s, "flights.parquet")
package parquet

import (
	"fmt"
	"iter"
	"path"
	"strings"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Read is the frame of a Parquet file, or of all those of a folder. It is eager, as
// in Spark: a job of one task reads the schema from a file.
func Read(s *engine.Session, at string) *frame.Frame {
	t, err := open(s, at)
	if err != nil {
		return frame.Failed(frame.FromPlan(s, &plan.Local{}), err)
	}
	return frame.FromPlan(s, plan.NewScan(t))
}

// table is Parquet files as a plan's table.
type table struct {
	at     string
	files  fs.FS
	data   []fs.Info
	schema column.Schema
}

func open(s *engine.Session, at string) (*table, error) {
	files := engine.Inside(s).Files()
	data, err := physical.DataFiles(files, at)
	switch {
	case fs.Missing(err):
		return nil, failure(fmt.Errorf("[PATH_NOT_FOUND] Path does not exist: file:%s", at))
	case err != nil:
		return nil, failure(err)
	case len(data) == 0:
		return nil, failure(fmt.Errorf("[UNABLE_TO_INFER_SCHEMA] Unable to infer schema for Parquet: there is no file in %s", at))
	}
	t := &table{at: at, files: files, data: data}
	err = rdd.RunJob(footers(s, files, data[0].Path), "parquet", nil, func(_ *lineage.Task, schemas iter.Seq[column.Schema]) (column.Schema, error) {
		for schema := range schemas {
			return schema, nil
		}
		return nil, nil
	}, func(_ int, schema column.Schema) { t.schema = schema })
	return t, err
}

func failure(err error) error {
	return &lineage.Failure{Class: "org.apache.spark.sql.AnalysisException", Message: err.Error(), Cause: err, Site: lineage.Caller()}
}

// footers is a dataset of the schema of a file.
func footers(s *engine.Session, files fs.FS, at string) *rdd.RDD[column.Schema] {
	return rdd.Define(s, rdd.Definition[column.Schema]{
		Class: "ParallelCollectionRDD", Op: "parquet", Partitions: func() (int, error) { return 1, nil },
		Compute: func(t *lineage.Task, _ int) iter.Seq[column.Schema] {
			return func(yield func(column.Schema) bool) {
				f, err := openFile(files, at)
				t.Check(err)
				defer f.Close()
				schema, err := f.schema()
				t.Check(err)
				yield(schema)
			}
		},
	})
}

// Format implements plan.Table.
func (t *table) Format() string { return "parquet" }

// Name implements plan.Table: the file's name without its end.
func (t *table) Name() string {
	return strings.TrimSuffix(path.Base(strings.ReplaceAll(t.at, `\`, "/")), ".parquet")
}

// Schema implements plan.Table.
func (t *table) Schema() column.Schema { return t.schema }

// Bytes implements plan.Table.
func (t *table) Bytes() int64 {
	var sum int64
	for _, f := range t.data {
		sum += f.Size
	}
	return sum
}

// Pushes implements plan.Table.
func (t *table) Pushes(condition expr.Expr) string { return plan.PushedText(condition) }

// Columnar implements physical.Readable.
func (t *table) Columnar() bool { return true }

// Parts implements physical.Readable.
func (t *table) Parts(parallelism int) ([]physical.Part, error) {
	var parts []physical.Part
	for _, spans := range physical.PackFiles(t.data, parallelism, true) {
		parts = append(parts, &part{t.files, spans})
	}
	return parts, nil
}

// part is what one task reads: the row groups whose middle lies in its spans.
type part struct {
	files fs.FS
	spans []physical.FileSpan
}

// Read implements physical.Part.
func (p *part) Read(t *lineage.Task, columns []column.Field, pushed []expr.Expr, emit func(column.Batch) bool) error {
	for _, span := range p.spans {
		more, err := p.readSpan(t, span, columns, pushed, emit)
		if err != nil {
			return fmt.Errorf("read %s: %w", span.Path, err)
		}
		if !more {
			return nil
		}
	}
	return nil
}

func (p *part) readSpan(t *lineage.Task, span physical.FileSpan, columns []column.Field, pushed []expr.Expr, emit func(column.Batch) bool) (bool, error) {
	f, err := openFile(p.files, span.Path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	groups, err := f.groups(span, pushed)
	if err != nil || len(groups) == 0 {
		return true, err
	}
	return f.read(t, groups, columns, emit)
}
