package tp09

import (
	"fmt"
	"slices"
	"time"

	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/stream"
	"etincelle/grader/harness/streams"
)

// The columns of the inputs.
var (
	flightSchema = engine.Must(frame.ParseSchema("scheduled timestamp, left timestamp, origin string"))
	eventSchema  = engine.Must(frame.ParseSchema("at timestamp, word string"))
)

func flightRow(d datasets.Departure) frame.Row { return frame.Row{d.Scheduled, d.Left, d.Origin} }

func eventRow(a datasets.Animal) frame.Row { return frame.Row{a.At, a.Word} }

// hourText tells a row of ByHour: "06-24 09:00–10:00 EWR" and a number.
var hourText = streams.CountText("origin")

func cloned(steps [][]time.Time) [][]time.Time {
	all := make([][]time.Time, len(steps))
	for i := range steps {
		all[i] = slices.Clone(steps[i])
	}
	return all
}

// byWord is the count that exercises 2, 3, 5 and 6 are about.
func byWord(events *frame.Frame, delay, length, slide time.Duration) *frame.Frame {
	return events.WithWatermark("at", delay).
		GroupBy(frame.Window(frame.Col("at"), length, slide), frame.Col("word")).Count()
}

// apart is the length of the windows of exercise 2: the times of the cases are whole
// minutes, and ends are multiples of it.
const apart = 5 * time.Minute

// windowsOf runs events through a count by windows in append mode: by end of window, the
// batch that wrote it.
func windowsOf(s *engine.Session, steps [][]time.Time, delay time.Duration) (map[time.Time]int64, error) {
	written := map[time.Time]int64{}
	sink := stream.SinkFunc(func(out *stream.Output) error {
		for row := range out.Rows() {
			end, ok := row[0].(frame.Row)[1].(interface{ Time() time.Time })
			if !ok {
				return fmt.Errorf("column window is %v, and no window", row[0])
			}
			written[end.Time().UTC()] = out.Batch
		}
		return nil
	})
	var events [][]datasets.Animal
	for _, step := range steps {
		var some []datasets.Animal
		for _, at := range step {
			some = append(some, datasets.Animal{At: at, Word: "hibou"})
		}
		events = append(events, some)
	}
	_, err := reported(s, events, sink, delay, apart, apart)
	return written, err
}

// reported runs batches in append mode: the report of each of them.
func reported(s *engine.Session, steps [][]datasets.Animal, sink stream.Sink, delay, length, slide time.Duration) ([]stream.Progress, error) {
	in := stream.NewMemory(s, eventSchema)
	q, err := stream.Start(byWord(in.Frame, delay, length, slide), stream.Append, sink, stream.ByHand(), stream.StatePartitions(2))
	if err != nil {
		return nil, err
	}
	for _, step := range steps {
		var rows []frame.Row
		for _, a := range step {
			rows = append(rows, eventRow(a))
		}
		if err := in.Add(rows...); err != nil {
			return nil, err
		}
		if err := q.ProcessAllAvailable(); err != nil {
			return nil, err
		}
	}
	return q.Progress(), q.Stop()
}

// dropped is numRowsDroppedByWatermark of a batch that comes after the watermark has
// reached mark.
func dropped(s *engine.Session, batch []datasets.Animal, mark time.Time, length, slide time.Duration) (int, error) {
	before := []datasets.Animal{{At: mark, Word: "avant"}} // no delay: the watermark is there
	reports, err := reported(s, [][]datasets.Animal{before, batch}, stream.MemorySink(), 0, length, slide)
	total := int64(0)
	for _, p := range reports {
		total += p.StateOperators[0].NumRowsDroppedByWatermark
	}
	return int(total), err
}
