package stream

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

// Source is where a stream's rows come from. An offset says how far a query has
// read: it is JSON text, which only the source understands, "" before the first
// row. The same two offsets always stand for the same rows, so that a batch can
// run again after a crash.
type Source interface {
	// Description is what progress reports call it: "MemoryStream[events]".
	Description() string
	// Schema is the columns of its rows.
	Schema() column.Schema
	// Latest is the offset behind the rows that the next batch is to read, when the
	// last one ended at start; start itself when there is nothing new.
	Latest(start string) (end string, err error)
	// Batch is the rows from start to end, in the parts that tasks read. It must
	// not be kept: rows come once for each batch that asks.
	Batch(start, end string) ([]Part, error)
	// Commit says that rows before end will not be asked for again.
	Commit(end string) error
}

// Part is what one task reads of a source.
type Part interface {
	// Read hands on batches until emit returns false.
	Read(t *lineage.Task, emit func(column.Batch) bool) error
}

// Stopper is implemented by sources that hold something open.
type Stopper interface{ Stop() error }

// rows is a Part that is in memory.
type rows column.Batch

func (r rows) Read(t *lineage.Task, emit func(column.Batch) bool) error {
	b := column.Batch(r)
	for from := 0; from < b.Rows; from += column.BatchRows {
		t.Look()
		if !emit(b.Slice(from, min(from+column.BatchRows, b.Rows))) {
			return nil
		}
	}
	return nil
}

// keeper is implemented by sources that keep something in the query's checkpoint:
// in dir, a folder of their own.
type keeper interface {
	Keep(files fs.FS, dir string) error
}

// saver is implemented by sources whose offsets need something of their own on the
// disk: it is written before a batch that is planned with them.
type saver interface{ Save() error }
