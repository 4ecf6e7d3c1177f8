package stream

import (
	"fmt"
	"time"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
)

// Pace says how many of a recording's rows each batch reads.
type Pace func(r *recording, from int) (to int, err error)

// BatchRows gives each batch n rows.
func BatchRows(n int) Pace {
	return func(r *recording, from int) (int, error) {
		if n < 1 {
			return from, fmt.Errorf("BatchRows(%d): at least 1 is needed", n)
		}
		return min(from+n, r.rows.Rows), nil
	}
}

// BatchSizes gives the first batch the first number of rows, and so on; what is
// left when the numbers are over comes in one batch. A 0 is an empty batch.
func BatchSizes(sizes ...int) Pace {
	return func(r *recording, from int) (int, error) {
		to := 0
		for _, n := range sizes {
			if to += n; to > from {
				return min(to, r.rows.Rows), nil
			}
		}
		return r.rows.Rows, nil
	}
}

// ByArrival gives each batch the rows that arrived during the next d, by a column
// of times; rows must lie in the order of their arrival.
func ByArrival(arrival string, d time.Duration) Pace {
	return func(r *recording, from int) (int, error) {
		at := -1
		for i, f := range r.schema {
			if f.Name == arrival && f.Type.Kind == column.TimestampMicros {
				at = i
			}
		}
		if at < 0 || d <= 0 {
			return from, fmt.Errorf("ByArrival(%q, %s): a column of timestamps and a positive time are needed; the columns are %s", arrival, d, r.schema)
		}
		times := column.Data[int64](r.rows.Columns[at])
		if from >= len(times) {
			return from, nil
		}
		first := times[from] / d.Microseconds() * d.Microseconds()
		to := from + 1
		for to < len(times) && times[to] < first+d.Microseconds() {
			to++
		}
		return to, nil
	}
}

// Replay is a recorded stream: rows in the order in which they came, of which each
// batch reads as many as pace says. The same recording gives the same batches in
// every run.
func Replay(s *engine.Session, schema frame.Schema, rows []frame.Row, pace Pace) (*frame.Frame, error) {
	b, err := column.FromRows(schema, rows...)
	if err != nil {
		return nil, fmt.Errorf("rows of a recording of %s: %w", schema, err)
	}
	return From(s, &recording{schema: schema, rows: b, pace: pace}), nil
}

// recording is a source whose offset is the number of rows before it.
type recording struct {
	schema column.Schema
	rows   column.Batch
	pace   Pace
}

func (r *recording) Description() string { return "Replay[" + names(r.schema) + "]" }

func (r *recording) Schema() column.Schema { return r.schema }

func (r *recording) Latest(start string) (string, error) {
	from, _, err := span(start, "")
	if err != nil {
		return "", err
	}
	to, err := r.pace(r, from)
	if err != nil || to <= from {
		return start, err
	}
	return fmt.Sprint(to - 1), nil
}

func (r *recording) Batch(start, end string) ([]Part, error) {
	from, to, err := span(start, end)
	if err != nil {
		return nil, err
	}
	if from > to || to > r.rows.Rows {
		return nil, fmt.Errorf("rows %d to %d were asked for, and the recording has %d", from, to, r.rows.Rows)
	}
	return []Part{rows(r.rows.Slice(from, to))}, nil
}

func (r *recording) Commit(string) error { return nil }
