package tp07

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/rdd"
	"etincelle/grader/harness"
	"etincelle/grader/harness/streams"
)

// The columns of the inputs.
var (
	flightSchema = engine.Must(frame.ParseSchema("carrier string, origin string, delay bigint"))
	eventSchema  = engine.Must(frame.ParseSchema("at timestamp, seen timestamp, word string"))
)

// flightRow is a flight; one that was cancelled has no delay.
func flightRow(f datasets.Flight) frame.Row {
	row := frame.Row{f.Carrier, f.Origin, nil}
	if f.Departed {
		row[2] = int64(f.Delay)
	}
	return row
}

// eventRow is a word: the rows of a step are seen together, five minutes after those
// of the step before.
func eventRow(a datasets.Animal) frame.Row {
	seen := time.Date(2024, 1, 1, 12, 5+5*a.Step, 0, 0, time.UTC)
	return frame.Row{a.At, seen, a.Word}
}

func rowsOf[T any](all []T, row func(T) frame.Row) []frame.Row {
	rows := make([]frame.Row, len(all))
	for i, one := range all {
		rows[i] = row(one)
	}
	return rows
}

// table is a frame that ends, as one batch.
func table(f *frame.Frame, tell streams.Text) (ran streams.Ran, err error) {
	if f == nil {
		return ran, harness.ErrNil
	}
	rows, err := f.Collect()
	if err != nil {
		return ran, err
	}
	b := streams.Batch{Rows: []json.RawMessage{}}
	for _, row := range rows {
		told, err := tell(f.Columns(), row)
		if err != nil {
			return ran, err
		}
		b.Rows = append(b.Rows, told)
	}
	slices.SortFunc(b.Rows, func(x, y json.RawMessage) int { return strings.Compare(string(x), string(y)) })
	return streams.Ran{Batches: []streams.Batch{b}}, nil
}

// delayText tells a row of exercise 1: the airline, its flights and its mean delay,
// to the millionth of a minute, for sums of doubles depend on their order.
func delayText(columns []string, row frame.Row) (json.RawMessage, error) {
	values, err := streams.Named(columns, row, "carrier", "flights", "delay")
	if err != nil {
		return nil, err
	}
	if mean, ok := values[2].(float64); ok {
		values[2] = math.Round(mean*1e6) / 1e6
	}
	return json.Marshal(rdd.KV(fmt.Sprint(values[0]), values[1:]))
}

// windowed is the count that exercises 3 and 5 are about.
func windowed(events *frame.Frame, marked string) *frame.Frame {
	return events.WithWatermark(marked, 10*time.Minute).
		GroupBy(frame.Window(frame.Col("at"), 10*time.Minute, 5*time.Minute), frame.Col("word")).Count()
}

// asked is the query of a question of exercise 5, as exercises.go describes it.
func asked(question int, events *frame.Frame) *frame.Frame {
	counted := events.GroupBy(frame.Col("word")).Count()
	switch question {
	case 0:
		return events.Where(frame.Col("word").Ne(frame.Lit("chat")))
	case 1:
		return counted
	case 2:
		return windowed(events, "at")
	case 3:
		return windowed(events, "seen")
	case 4:
		return counted.OrderBy(frame.Col("count").Desc())
	case 5:
		return events.OrderBy(frame.Col("at"))
	}
	return events.GroupBy(frame.Col("word")).Agg(frame.CountDistinct(frame.Col("at")).As("times"))
}
