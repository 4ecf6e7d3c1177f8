package files

import (
	"path"
	"strings"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

// Format reads the lines of files into typed columns.
type Format interface {
	Name() string // "csv"
	// Read hands on the columns asked for of the lines that begin in a span.
	Read(lines *Blocks, span physical.FileSpan, columns []Wanted, emit func(column.Batch) bool) error
}

// Wanted is a column to be read, and its place among the table's columns.
type Wanted struct {
	column.Field
	At int
}

// Table is the files of a path.
type Table struct {
	Files fs.FS
	At    string
	Data  []fs.Info
}

// Open finds the files of a path.
func Open(files fs.FS, at string) (*Table, error) {
	data, err := physical.DataFiles(files, at)
	switch {
	case fs.Missing(err):
		return nil, expr.Errorf("PATH_NOT_FOUND", "Path does not exist: file:%s.", at)
	case err != nil:
		return nil, err
	}
	return &Table{Files: files, At: at, Data: data}, nil
}

// With is the table read by a format, with these columns.
func (t *Table) With(f Format, schema column.Schema) *TextTable { return &TextTable{t, f, schema} }

// TextTable is a Table that a plan can read.
type TextTable struct {
	table  *Table
	format Format
	schema column.Schema
}

// Format implements plan.Table.
func (t *TextTable) Format() string { return t.format.Name() }

// Name implements plan.Table: the file's name without its end.
func (t *TextTable) Name() string {
	base := path.Base(strings.ReplaceAll(t.table.At, `\`, "/"))
	return strings.TrimSuffix(base, path.Ext(base))
}

// Schema implements plan.Table.
func (t *TextTable) Schema() column.Schema { return t.schema }

// Bytes implements plan.Table.
func (t *TextTable) Bytes() int64 {
	var sum int64
	for _, f := range t.table.Data {
		sum += f.Size
	}
	return sum
}

// Pushes implements plan.Table: a reader of text has no use for conditions.
func (t *TextTable) Pushes(expr.Expr) string { return "" }

// Columnar implements physical.Readable.
func (t *TextTable) Columnar() bool { return false }

// Parts implements physical.Readable. Compressed files are not cut.
func (t *TextTable) Parts(parallelism int) ([]physical.Part, error) {
	return t.table.parts(t.format, t.schema, parallelism), nil
}

func (t *Table) parts(f Format, schema column.Schema, parallelism int) []physical.Part {
	cut := true
	for _, file := range t.Data {
		cut = cut && !strings.HasSuffix(file.Path, ".gz")
	}
	var parts []physical.Part
	for _, spans := range physical.PackFiles(t.Data, parallelism, cut) {
		parts = append(parts, &part{t.Files, f, schema, spans})
	}
	return parts
}

// part is what one task reads.
type part struct {
	files  fs.FS
	format Format
	schema column.Schema
	spans  []physical.FileSpan
}

// Read implements physical.Part.
func (p *part) Read(t *lineage.Task, columns []column.Field, _ []expr.Expr, emit func(column.Batch) bool) error {
	wanted := make([]Wanted, len(columns))
	for i, c := range columns {
		wanted[i] = Wanted{c, placeOf(p.schema, c.Name)}
	}
	more := true
	for _, span := range p.spans {
		lines, err := openBlocks(p.files, span, t.Look)
		if err == nil {
			err = p.format.Read(lines, span, wanted, func(b column.Batch) bool {
				more = emit(b)
				return more
			})
			lines.Close()
		}
		if err != nil || !more {
			return err
		}
	}
	return nil
}

func placeOf(schema column.Schema, name string) int {
	for i, f := range schema {
		if f.Name == name {
			return i
		}
	}
	return -1
}
