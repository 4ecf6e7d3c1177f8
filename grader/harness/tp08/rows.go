package tp08

import (
	"time"

	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/grader/harness/streams"
)

// The columns of the inputs.
var (
	departureSchema = engine.Must(frame.ParseSchema("scheduled timestamp, departed timestamp, origin string, delay bigint"))
	eventSchema     = engine.Must(frame.ParseSchema("at timestamp, word string"))
)

func departureRow(d datasets.Departure) frame.Row {
	return frame.Row{d.Scheduled, d.Left, d.Origin, int64(d.Delay)}
}

func eventRow(a datasets.Animal) frame.Row { return frame.Row{a.At, a.Word} }

func eventRows(step []datasets.Animal) []frame.Row {
	var rows []frame.Row
	for _, a := range step {
		rows = append(rows, eventRow(a))
	}
	return rows
}

// counted is the count by windows that exercises 5 and 6 are about.
func counted(events *frame.Frame, length, slide time.Duration) *frame.Frame {
	return events.WithWatermark("at", 10*time.Minute).
		GroupBy(frame.Window(frame.Col("at"), length, slide), frame.Col("word")).Count()
}

// airportText tells a row of exercise 3: "06-24 12:00–13:00 JFK" and a number.
var airportText = streams.CountText("origin")
