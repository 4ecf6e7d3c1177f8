// The programs whose recordings are drawn as the figures of TP 8: figures.json
// says which figure is made of which. Tasks run one after the other, so that the
// recording, and with it the figure, is the same every time.
//
//	ETINCELLE_RECORD=storm.jsonl go run ./labs/tp08-fenetrage-mise-a-jour/figures storm
//	go run . figure state storm.jsonl
package main

import (
	"fmt"
	"os"
	"time"

	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/stream"
)

func main() {
	scene := map[string]func(s *engine.Session){"animals": animals, "storm": storm}
	if len(os.Args) != 2 || scene[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "expected the name of one scene: animals or storm")
		os.Exit(2)
	}
	s := engine.Start(engine.Sequential(), engine.Conf("spark.sql.shuffle.partitions", "1"))
	defer s.Stop()
	scene[os.Args[1]](s)
}

// inUpdateMode runs a count; what count is given arrives step by step.
func inUpdateMode(s *engine.Session, columns string, steps [][]frame.Row, count func(events *frame.Frame) *frame.Frame) {
	events := stream.NewMemory(s, engine.Must(frame.ParseSchema(columns)))
	q := engine.Must(stream.Start(count(events.Frame), stream.Update, stream.MemorySink(), stream.ByHand()))
	for _, rows := range steps {
		for _, row := range rows {
			engine.Check(events.Add(row))
		}
		engine.Check(q.ProcessAllAvailable())
	}
	engine.Check(q.Stop())
}

// animals counts the thirteen animals in sliding windows, ten minutes waited for.
func animals(s *engine.Session) {
	var steps [][]frame.Row
	for i, step := range engine.Must(datasets.Animals()) {
		steps = append(steps, nil)
		for _, seen := range step {
			steps[i] = append(steps[i], frame.Row{seen.At, seen.Word})
		}
	}
	inUpdateMode(s, "at timestamp, word string", steps, func(events *frame.Frame) *frame.Frame {
		sliding := frame.Window(frame.Col("at"), 10*time.Minute, 5*time.Minute)
		return events.WithWatermark("at", 10*time.Minute).GroupBy(sliding, frame.Col("word")).Count()
	})
}

// storm counts the departures of the stormy week by airport and hour, a day at a time:
// with two hours waited for, and without a watermark.
func storm(s *engine.Session) {
	var days [][]frame.Row
	day := time.Time{}
	for _, d := range engine.Must(datasets.StormWeek()) {
		if night := 8 * time.Hour; d.Left.Add(-night).Truncate(24*time.Hour) != day { // nothing leaves then
			day = d.Left.Add(-night).Truncate(24 * time.Hour)
			days = append(days, nil)
		}
		days[len(days)-1] = append(days[len(days)-1], frame.Row{d.Scheduled, d.Origin})
	}
	byHour := func(events *frame.Frame) *frame.Frame {
		return events.GroupBy(frame.Window(frame.Col("scheduled"), time.Hour, time.Hour), frame.Col("origin")).Count()
	}
	marked := func(events *frame.Frame) *frame.Frame { return byHour(events.WithWatermark("scheduled", 2*time.Hour)) }
	for _, count := range []func(events *frame.Frame) *frame.Frame{marked, byHour} {
		inUpdateMode(s, "scheduled timestamp, origin string", days, count)
	}
}
