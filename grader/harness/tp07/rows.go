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
	"etincelle/engine/stream"
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

// text is how a row of a result is told.
type text = func(columns []string, row frame.Row) (json.RawMessage, error)

// table is a frame that ends, as one batch.
func table(f *frame.Frame, tell text) (ran streams.Ran, err error) {
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

// start runs a frame as a query in a mode.
func start(in *streams.Input, f *frame.Frame, mode stream.OutputMode, tell text) (streams.Ran, error) {
	if f == nil {
		return streams.Ran{}, harness.ErrNil
	}
	return streams.Run(in, streams.NewSink(tell), func(sink stream.Sink, options ...stream.Option) (*stream.Query, error) {
		return stream.Start(f, mode, sink, options...)
	})
}

// named is the values of these columns, in whatever order the result has them.
func named(columns []string, row frame.Row, wanted ...string) ([]any, error) {
	var values []any
	for _, name := range wanted {
		at := slices.Index(columns, name)
		if at < 0 || len(columns) != len(wanted) {
			return nil, fmt.Errorf("found the columns (%s), expected (%s)", strings.Join(columns, ", "), strings.Join(wanted, ", "))
		}
		values = append(values, row[at])
	}
	return values, nil
}

// delayText tells a row of exercise 1: the airline, its flights and its mean delay,
// to the millionth of a minute, for sums of doubles depend on their order.
func delayText(columns []string, row frame.Row) (json.RawMessage, error) {
	values, err := named(columns, row, "carrier", "flights", "delay")
	if err != nil {
		return nil, err
	}
	if mean, ok := values[2].(float64); ok {
		values[2] = math.Round(mean*1e6) / 1e6
	}
	return json.Marshal(rdd.KV(fmt.Sprint(values[0]), values[1:]))
}

// windowText tells a row of a count by windows: "01-01 12:00–12:10 chat" and a number.
func windowText(columns []string, row frame.Row) (json.RawMessage, error) {
	values, err := named(columns, row, "window", "word", "count")
	if err != nil {
		return nil, err
	}
	bounds, ok := values[0].(frame.Row)
	if !ok || len(bounds) != 2 {
		return nil, fmt.Errorf("column window is %v, and no window", values[0])
	}
	start, starts := bounds[0].(interface{ Time() time.Time })
	end, ends := bounds[1].(interface{ Time() time.Time })
	if !starts || !ends {
		return nil, fmt.Errorf("column window is %v, and no window", values[0])
	}
	key := fmt.Sprintf("%s–%s %v", start.Time().Format("01-02 15:04"), end.Time().Format("15:04"), values[1])
	return json.Marshal(rdd.KV(key, values[2]))
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
