// Package stream runs a frame over a source that never ends: each micro-batch
// reads what is new, brings it together with what is remembered, and gives the
// sink what the output mode asks for. It is Spark's Structured Streaming.
//
//	clicks := stream.NewMemory(s, schema)
//	counts := clicks.WithWatermark("at", 10*time.Minute).
//		GroupBy(frame.Window(frame.Col("at"), 10*time.Minute, 10*time.Minute)).Agg(frame.CountAll().As("n"))
//	table := stream.MemorySink()
//	q, err := stream.Start(counts, stream.Append, table, stream.ByHand())
//	clicks.Add(…)
//	ran, err := q.Advance() // one micro-batch
//
// One batch, step by step (see microbatch.go):
//
//	plan      what each source has, the watermark, the time        offsets/N is written
//	compute   the same physical plan each time, on the scheduler
//	save      what the operators remember                          state/…/N+1.delta is written
//	sink      the rows go out
//	commit    the batch will not run again                         commits/N is written
//
// A batch that was planned and not committed runs again with the same rows, the
// same watermark and the same state: that is how each row counts exactly once.
package stream

import (
	"errors"
	"fmt"

	"etincelle/engine/frame"
	"etincelle/engine/stream/operator"
)

// OutputMode says which rows of the result a micro-batch gives the sink. There is
// no default: choosing it is the exercise.
type OutputMode = operator.Mode

// The output modes.
const (
	// Append gives rows that can never change again: with an aggregation, the
	// groups that the watermark has passed. Each row comes out once.
	Append = operator.Append
	// Update gives the rows that this batch changed.
	Update = operator.Update
	// Complete gives the whole result every time; its state is never dropped.
	Complete = operator.Complete
)

// Start runs result as a query. The mode has no default. Without a trigger among
// the options a batch follows another as soon as there are rows; ByHand leaves
// each batch to Advance.
//
// What cannot be done with a stream is refused here, under Spark's class and in
// Spark's words, and with what to do instead. A checkpoint folder of another
// query, of a newer version or with a damaged file is refused too.
func Start(result *frame.Frame, mode OutputMode, sink Sink, options ...Option) (*Query, error) {
	if err := result.Err(); err != nil {
		return nil, err
	}
	if mode != Append && mode != Update && mode != Complete {
		return nil, fmt.Errorf("output mode %q: choose stream.Append, stream.Update or stream.Complete", mode)
	}
	if sink == nil {
		return nil, errors.New("no sink was given: try stream.MemorySink() or stream.Console()")
	}
	q, err := newQuery(result, mode, sink, options)
	if err != nil {
		return nil, err
	}
	if !q.set.byHand {
		go q.loop()
	}
	return q, nil
}
