package frame

import (
	"fmt"
	"iter"
	"path/filepath"

	"etincelle/engine"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/files"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Writer writes a frame into a folder, a file for each partition and _SUCCESS when
// all are there:
//
//	f.Write().Header().CSV("out")
type Writer struct {
	frame *Frame
	mode  WriteMode
	csv   files.CSV
}

// WriteMode is what to do when the folder exists.
type WriteMode string

// The modes.
const (
	ErrorIfExists WriteMode = "error"
	Overwrite     WriteMode = "overwrite" // the folder is emptied first
	Ignore        WriteMode = "ignore"    // nothing is written
)

// Write starts to write f.
func (f *Frame) Write() *Writer { return &Writer{frame: f, mode: ErrorIfExists, csv: files.NewCSV()} }

// Mode says what to do when the folder exists; ErrorIfExists unless said.
func (w *Writer) Mode(mode WriteMode) *Writer { w.mode = mode; return w }

// Header begins each CSV file with the columns' names.
func (w *Writer) Header() *Writer { w.csv.Header = true; return w }

// CSV writes fields set apart by commas. It runs a job.
func (w *Writer) CSV(path string) error { return w.save(path, w.csv) }

// JSON writes an object a line. It runs a job.
func (w *Writer) JSON(path string) error { return w.save(path, files.JSON{}) }

// Text writes a frame of one column of strings, a line each. It runs a job.
func (w *Writer) Text(path string) error { return w.save(path, files.Text{}) }

func (w *Writer) save(path string, encoder files.Encoder) error {
	f := w.frame
	if f.err != nil {
		return f.err
	}
	schema, store := f.Schema(), engine.Inside(f.session).Files()
	if err := encoder.Check(schema); err != nil {
		return analysis(err)
	}
	switch _, err := store.Stat(path); {
	case fs.Missing(err):
	case err != nil:
		return err
	case w.mode == Ignore:
		return nil
	case w.mode == Overwrite:
		if err := store.Remove(path); err != nil {
			return err
		}
	default:
		return analysis(expr.Errorf("PATH_ALREADY_EXISTS", `Path file:%s already exists. Set mode as "overwrite" to overwrite the existing path.`, path))
	}
	rows, err := f.dataset("save")
	if err != nil {
		return err
	}
	zone := Zone(f.session)
	err = rdd.RunJob(rows, "save", nil, func(t *lineage.Task, batches iter.Seq[column.Batch]) (struct{}, error) {
		data := encoder.Head(schema)
		for b := range batches {
			data = encoder.Append(data, schema, b, zone)
			t.Metrics.Output += int64(b.Rows)
		}
		return struct{}{}, store.Write(filepath.Join(path, fmt.Sprintf("part-%05d%s", t.Partition, encoder.Suffix())), data)
	}, func(int, struct{}) {})
	if err != nil {
		return err
	}
	return store.Write(filepath.Join(path, "_SUCCESS"), nil) // from here on the folder is whole
}
