package stream

import (
	"iter"

	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
)

// Sink takes the rows that a batch gives. After a crash it may get a batch again,
// with the same id and the same rows: one that ignores ids that it has seen is
// exactly once.
type Sink interface {
	// Description is what progress reports call it: "MemorySink".
	Description() string
	// Write takes the rows of one batch. A batch without rows comes too.
	Write(out *Output) error
}

// Output is what one batch gives the sink.
type Output struct {
	Batch  int64
	Mode   OutputMode
	Schema frame.Schema
	Parts  [][]column.Batch // by partition of the result

	query *Query
}

// Count is the number of rows.
func (o *Output) Count() int {
	n := 0
	for _, part := range o.Parts {
		for _, b := range part {
			n += b.Rows
		}
	}
	return n
}

// Rows yields the rows, in the order of the partitions.
func (o *Output) Rows() iter.Seq[frame.Row] {
	return func(yield func(frame.Row) bool) {
		for _, part := range o.Parts {
			for _, b := range part {
				for i := range b.Rows {
					if !yield(b.Row(i)) {
						return
					}
				}
			}
		}
	}
}

// SinkFunc lets a function be a Sink.
type SinkFunc func(out *Output) error

// Description implements Sink.
func (f SinkFunc) Description() string { return "SinkFunc" }

// Write implements Sink.
func (f SinkFunc) Write(out *Output) error { return f(out) }
