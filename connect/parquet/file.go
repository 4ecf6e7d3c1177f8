package parquet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

// batchRows is how many rows Spark's reader gives at a time
// (spark.sql.parquet.columnarReaderBatchSize).
const batchRows = column.BatchRows

// parquetFile is an open file.
type parquetFile struct {
	reader *file.Reader
	arrow  *pqarrow.FileReader
	under  fs.File
}

func openFile(files fs.FS, at string) (*parquetFile, error) {
	under, err := files.Open(at)
	if err != nil {
		return nil, err
	}
	reader, err := file.NewParquetReader(&seeking{File: under})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s is no Parquet file: %w", at, err), under.Close())
	}
	read := pqarrow.ArrowReadProperties{BatchSize: batchRows}
	arrow, err := pqarrow.NewFileReader(reader, read, memory.DefaultAllocator)
	if err != nil {
		return nil, errors.Join(err, under.Close())
	}
	return &parquetFile{reader, arrow, under}, nil
}

// Close closes the file.
func (f *parquetFile) Close() error { return f.reader.Close() }

// seeking is a file that can be read at any place.
type seeking struct {
	fs.File
	mu sync.Mutex
}

// ReadAt implements io.ReaderAt.
func (s *seeking) ReadAt(data []byte, at int64) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.File.Seek(at, io.SeekStart); err != nil {
		return 0, err
	}
	return io.ReadFull(s.File, data)
}

// schema is the file's columns. Spark takes every column as nullable.
func (f *parquetFile) schema() (column.Schema, error) {
	s, err := f.arrow.Schema()
	if err != nil {
		return nil, err
	}
	var schema column.Schema
	for _, field := range s.Fields() {
		t, err := typeOf(field.Type)
		if err != nil {
			return nil, fmt.Errorf("column %q: %w", field.Name, err)
		}
		schema = append(schema, column.Field{Name: field.Name, Type: t, Nullable: true})
	}
	return schema, nil
}

// groups are the row groups of a span that may hold rows which fulfil the
// conditions. A group belongs to the span in which its middle lies.
func (f *parquetFile) groups(span physical.FileSpan, pushed []expr.Expr) ([]int, error) {
	var groups []int
	for g := range f.reader.NumRowGroups() {
		meta := f.reader.MetaData().RowGroup(g)
		first, err := meta.ColumnChunk(0)
		if err != nil {
			return nil, err
		}
		start := first.DataPageOffset()
		if first.HasDictionaryPage() {
			start = min(start, first.DictionaryPageOffset())
		}
		middle := start + meta.TotalCompressedSize()/2
		if middle >= span.From && (middle < span.To || span.To == span.Size) && f.mayHold(g, pushed) {
			groups = append(groups, g)
		}
	}
	return groups, nil
}

// read hands on columns of row groups, a batch at a time.
func (f *parquetFile) read(t *lineage.Task, groups []int, columns []column.Field, emit func(column.Batch) bool) (more bool, err error) {
	if len(columns) == 0 {
		return f.count(groups, emit), nil
	}
	schema, err := f.arrow.Schema()
	if err != nil {
		return false, err
	}
	wanted, places, err := f.leaves(schema, columns)
	if err != nil {
		return false, err
	}
	for _, g := range groups {
		records, err := f.arrow.GetRecordReader(context.Background(), wanted, []int{g})
		if err != nil {
			return false, err
		}
		for records.Next() {
			t.Look()
			batch, err := toBatch(records.RecordBatch(), places)
			if err != nil || !emit(batch) {
				records.Release()
				return false, err
			}
		}
		err = records.Err()
		records.Release()
		if err != nil && !errors.Is(err, io.EOF) {
			return false, err
		}
	}
	return true, nil
}

// count hands on rows without columns: their number is in the file's foot.
func (f *parquetFile) count(groups []int, emit func(column.Batch) bool) bool {
	for _, g := range groups {
		for left := f.reader.MetaData().RowGroup(g).NumRows(); left > 0; left -= batchRows {
			if !emit(column.Batch{Rows: int(min(left, batchRows))}) {
				return false
			}
		}
	}
	return true
}

// leaves are the file's columns that hold those wanted, and for each of these its
// place among what is read.
func (f *parquetFile) leaves(schema *arrow.Schema, columns []column.Field) (wanted []int, places []int, err error) {
	at := map[string]int{}
	for i, field := range schema.Fields() {
		at[field.Name] = i
	}
	place := map[int]int{}
	root := f.reader.MetaData().Schema.Root()
	chosen := map[int]bool{}
	for _, c := range columns {
		i, ok := at[c.Name]
		if !ok {
			return nil, nil, fmt.Errorf("there is no column %q", c.Name)
		}
		chosen[i] = true
	}
	for i := range root.NumFields() {
		if chosen[i] {
			place[i] = len(place)
		}
	}
	for leaf := range f.reader.MetaData().Schema.NumColumns() {
		top := f.reader.MetaData().Schema.ColumnRoot(leaf)
		if i := root.FieldIndexByField(top); chosen[i] {
			wanted = append(wanted, leaf)
		}
	}
	for _, c := range columns {
		places = append(places, place[at[c.Name]])
	}
	return wanted, places, nil
}
