package stream

import (
	"errors"
	"fmt"

	"etincelle/engine/frame"
)

// ForeachBatch gives each batch to f as a frame, which f may query, join and
// write as any other. After a crash f may see a batch again, under the same id.
func ForeachBatch(f func(batch *frame.Frame, id int64) error) Sink { return foreachBatch(f) }

type foreachBatch func(batch *frame.Frame, id int64) error

func (foreachBatch) Description() string { return "ForeachBatchSink" }

func (f foreachBatch) Write(out *Output) (err error) {
	defer recovered("the function of ForeachBatch", &err)
	return f(out.Frame(), out.Batch)
}

// Writer is what Foreach calls, partition by partition: Open, Process for each
// row, Close with what went wrong.
type Writer interface {
	// Open says whether the rows of this partition of this batch are wanted: false
	// when they were taken before a crash.
	Open(partition int, batch int64) (wanted bool, err error)
	Process(row frame.Row) error
	Close(problem error) error
}

// Foreach gives each row to w.
func Foreach(w Writer) Sink { return foreach{w} }

type foreach struct{ w Writer }

func (foreach) Description() string { return "ForeachWriterSink" }

func (f foreach) Write(out *Output) error {
	for p, part := range out.Parts {
		wanted, err := f.w.Open(p, out.Batch)
		if err == nil && wanted {
			single := Output{Parts: out.Parts[p : p+1]}
			for row := range single.Rows() {
				if err = f.process(row); err != nil {
					break
				}
			}
		}
		if err = errors.Join(err, f.w.Close(err)); err != nil {
			return fmt.Errorf("partition %d of %d rows: %w", p, len(part), err)
		}
	}
	return nil
}

func (f foreach) process(row frame.Row) (err error) {
	defer recovered("Process", &err)
	return f.w.Process(row)
}

// recovered turns a panic of the program's function into an error.
func recovered(what string, err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%s has panicked: %v", what, r)
	}
}
