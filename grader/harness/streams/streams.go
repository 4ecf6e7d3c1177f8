// Package streams feeds a streaming query of the code under test, batch by batch,
// and gathers what its sink got. A source of the case is the stream: each of its
// partitions is what arrives before one call for batches, and the query then runs
// every batch that is worth running, those without rows included.
//
// It stands apart from package harness, so that a TP without frames compiles none.
package streams

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/stream"
	"etincelle/grader/harness"
)

// Ran is what came of a query.
type Ran struct {
	Refused string  `json:"refused,omitempty"` // why it was not started, Spark's sentence
	Dropped bool    `json:"dropped,omitempty"` // the options were not passed on
	Batches []Batch `json:"batches,omitempty"`
}

// Batch is what one micro-batch gave the sink.
type Batch struct {
	Batch int64             `json:"batch"`
	Rows  []json.RawMessage `json:"rows"`            // in an order of their own: a sink may count on none
	State int64             `json:"state,omitempty"` // rows of the state after it
}

// Input is a stream and what will arrive on it.
type Input struct {
	Stream *stream.Memory
	steps  [][]frame.Row
}

// Of is a stream with these columns on which the rows of each step will arrive.
func Of[T any](s *engine.Session, schema frame.Schema, steps [][]T, row func(T) frame.Row) *Input {
	return More(stream.NewMemory(s, schema), steps, row)
}

// More is what will arrive on a stream that has had rows already.
func More[T any](source *stream.Memory, steps [][]T, row func(T) frame.Row) *Input {
	in := &Input{Stream: source}
	for _, step := range steps {
		rows := make([]frame.Row, len(step))
		for i, r := range step {
			rows[i] = row(r)
		}
		in.steps = append(in.steps, rows)
	}
	return in
}

// Sink gathers the rows of each batch, told as text says.
type Sink struct {
	batches []Batch
	text    Text
}

// NewSink is an empty sink. text tells a row.
func NewSink(text Text) *Sink {
	return &Sink{text: text}
}

// Description implements stream.Sink.
func (s *Sink) Description() string { return "the grader's sink" }

// Write implements stream.Sink.
func (s *Sink) Write(out *stream.Output) error {
	b := Batch{Batch: out.Batch, Rows: []json.RawMessage{}}
	for row := range out.Rows() {
		text, err := s.text(out.Schema.Names(), row)
		if err != nil {
			return err
		}
		b.Rows = append(b.Rows, text)
	}
	slices.SortFunc(b.Rows, func(x, y json.RawMessage) int { return bytes.Compare(x, y) })
	s.batches = append(s.batches, b)
	return nil
}

// remembered notes the state after the last batch.
func (s *Sink) remembered(q *stream.Query) {
	p, ok := q.LastProgress()
	if !ok || len(s.batches) == 0 {
		return
	}
	last := &s.batches[len(s.batches)-1]
	last.State = 0
	for _, op := range p.StateOperators {
		last.State += op.NumRowsTotal
	}
}

// name tells a query that was started with the grader's options.
const name = "judged"

// Run starts a query by start, which is given where its rows must go and how its
// batches are run, and lets everything arrive. One that runs by itself is stopped
// before anything has arrived: its batches would be others in each run. A mode that Spark refuses is an
// answer; any other error is the program's.
func Run(in *Input, sink *Sink, start func(sink stream.Sink, options ...stream.Option) (*stream.Query, error)) (ran Ran, err error) {
	q, err := start(sink, stream.ByHand(), stream.StatePartitions(2), stream.Name(name))
	_, refused := stream.Refused(err)
	switch {
	case refused != "":
		return Ran{Refused: refused}, nil
	case err != nil:
		return ran, err
	case q == nil:
		return ran, harness.ErrNil
	}
	defer func() { err = errors.Join(err, q.Stop()) }()
	if q.Name() != name {
		return Ran{Dropped: true}, nil
	}
	for _, rows := range in.steps {
		if err := in.Stream.Add(rows...); err != nil {
			return ran, err
		}
		for {
			more, err := q.Advance()
			if err != nil {
				return ran, err
			}
			if !more {
				break
			}
			sink.remembered(q)
		}
	}
	ran.Batches = sink.batches
	return ran, nil
}
