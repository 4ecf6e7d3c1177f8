// The programs whose recordings are drawn as the figures of TP 7: figures.json
// says which figure is made of which. Each runs its tasks one after the other, so
// that the recording, and with it the figure, is the same every time.
//
//	ETINCELLE_RECORD=modes.jsonl go run ./labs/tp07-trois-modes/figures modes
//	go run . figure modes modes.jsonl
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
	scenes := map[string]func(){"model": model, "modes": modes, "state": state}
	if len(os.Args) != 2 || scenes[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "expected the name of one scene: model, modes or state")
		os.Exit(2)
	}
	scenes[os.Args[1]]()
}

func session() *engine.Session {
	return engine.Start(engine.Sequential(), engine.Conf("spark.sql.shuffle.partitions", "1"))
}

// source is the stream of animals, and a function that lets the next step arrive.
func source(s *engine.Session) (*stream.Memory, []func()) {
	events := stream.NewMemory(s, engine.Must(frame.ParseSchema("at timestamp, word string")))
	var arrivals []func()
	for _, step := range engine.Must(datasets.Animals()) {
		arrivals = append(arrivals, func() {
			for _, animal := range step {
				engine.Check(events.Add(frame.Row{animal.At, animal.Word}))
			}
		})
	}
	return events, arrivals
}

// follow runs one query over all steps.
func follow(arrivals []func(), result *frame.Frame, mode stream.OutputMode) {
	q := engine.Must(stream.Start(result, mode, stream.MemorySink(), stream.ByHand()))
	for _, arrive := range arrivals {
		arrive()
		engine.Check(q.ProcessAllAvailable())
	}
	engine.Check(q.Stop())
}

var windows = frame.Window(frame.Col("at"), 10*time.Minute, 5*time.Minute)

// model counts the first flights of January by airport, a few at each trigger:
// complete mode tells what is in the table, update mode is what the figure chooses.
func model() {
	s := session()
	defer s.Stop()
	first := engine.Must(datasets.Flights(s, 1).Take(5))
	for _, mode := range []stream.OutputMode{stream.Complete, stream.Update} {
		flights := stream.NewMemory(s, engine.Must(frame.ParseSchema("origin string")))
		var arrivals []func()
		for _, some := range [][]datasets.Flight{first[:2], first[2:4], first[4:]} {
			arrivals = append(arrivals, func() {
				for _, flight := range some {
					engine.Check(flights.Add(frame.Row{flight.Origin}))
				}
			})
		}
		follow(arrivals, flights.GroupBy(frame.Col("origin")).Count(), mode)
	}
}

// modes counts them by window, ten minutes waited for, in each of the three modes.
func modes() {
	s := session()
	defer s.Stop()
	for _, mode := range []stream.OutputMode{stream.Append, stream.Update, stream.Complete} {
		events, arrivals := source(s)
		follow(arrivals, events.WithWatermark("at", 10*time.Minute).GroupBy(windows, frame.Col("word")).Count(), mode)
	}
}

// state counts them in update mode, with a watermark and without one.
func state() {
	s := session()
	defer s.Stop()
	for _, marked := range []bool{true, false} {
		events, arrivals := source(s)
		counted := events.Frame
		if marked {
			counted = counted.WithWatermark("at", 10*time.Minute)
		}
		follow(arrivals, counted.GroupBy(windows, frame.Col("word")).Count(), stream.Update)
	}
}
