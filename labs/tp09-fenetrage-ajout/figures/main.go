// The programs whose recordings are drawn as the figures of TP 9: figures.json
// says which figure is made of which. Each runs its tasks one after the other, so
// that the recording, and with it the figure, is the same every time.
//
//	ETINCELLE_RECORD=storm.jsonl go run ./labs/tp09-fenetrage-ajout/figures storm
//	go run . figure delays storm.jsonl
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
	scenes := map[string]func(*engine.Session){"animals": animals, "storm": storm}
	if len(os.Args) != 2 || scenes[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "expected the name of one scene: animals or storm")
		os.Exit(2)
	}
	s := engine.Start(engine.Sequential(), engine.Conf("spark.sql.shuffle.partitions", "1"))
	defer s.Stop()
	scenes[os.Args[1]](s)
}

// animals are counted by windows in append mode, step by step.
func animals(s *engine.Session) {
	events := stream.NewMemory(s, engine.Must(frame.ParseSchema("at timestamp, word string")))
	window := frame.Window(frame.Col("at"), 10*time.Minute, 5*time.Minute)
	counts := events.WithWatermark("at", 10*time.Minute).GroupBy(window, frame.Col("word")).Count()
	q := engine.Must(stream.Start(counts, stream.Append, stream.MemorySink(), stream.ByHand()))
	for _, step := range engine.Must(datasets.Animals()) {
		var rows []frame.Row
		for _, animal := range step {
			rows = append(rows, frame.Row{animal.At, animal.Word})
		}
		engine.Check(events.Add(rows...))
		engine.Check(q.ProcessAllAvailable())
	}
	engine.Check(q.Stop())
}

// oneDay is how many flights left on the first day of the storm week.
const oneDay = 883

// storm counts that day by hour, once for each delay.
func storm(s *engine.Session) {
	columns := engine.Must(frame.ParseSchema("scheduled timestamp, left timestamp"))
	var rows []frame.Row
	for _, f := range engine.Must(datasets.StormWeek())[:oneDay] {
		rows = append(rows, frame.Row{f.Scheduled, f.Left})
	}
	for _, minutes := range []int{0, 10, 30, 60, 120, 180} {
		flights := engine.Must(stream.Replay(s, columns, rows, stream.ByArrival("left", 15*time.Minute)))
		counts := flights.WithWatermark("scheduled", time.Duration(minutes)*time.Minute).
			GroupBy(frame.SQL("window(scheduled, '1 hour')")).Count()
		q := engine.Must(stream.Start(counts, stream.Append, stream.MemorySink(), stream.ByHand(), stream.NoDataFirst(true)))
		for engine.Must(q.Advance()) {
			continue // as many batches as there are
		}
		engine.Check(q.Stop())
	}
}
