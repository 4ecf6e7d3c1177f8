package stream_test

import (
	"fmt"
	"iter"
	"os"
	"time"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/frame"
	"etincelle/engine/stream"
)

// columns of the streams of these examples.
var columns = engine.Must(frame.ParseSchema("at timestamp, animal string"))

func at(minute int) frame.Timestamp {
	return frame.TimestampOf(time.Date(2024, 1, 1, 12, minute, 0, 0, time.UTC))
}

// counts is how many of each animal were seen in each ten minutes.
func counts(in *frame.Frame) *frame.Frame {
	return in.WithWatermark("at", 10*time.Minute).
		GroupBy(frame.Window(frame.Col("at"), 10*time.Minute, 10*time.Minute), frame.Col("animal")).
		Agg(frame.CountAll().As("n"))
}

// A window comes out once, in the batch whose watermark has passed its end.
func ExampleStart() {
	s := engine.Start()
	defer s.Stop()
	in := stream.NewMemory(s, columns)
	table := stream.MemorySink()
	q := engine.Must(stream.Start(counts(in.Frame), stream.Append, table, stream.ByHand()))
	for _, minute := range []int{2, 7, 15, 21} {
		engine.Check(in.Add(frame.Row{at(minute), "owl"}))
		engine.Check(q.ProcessAllAvailable())
		w, _ := engine.Must(last(q)).Watermark()
		fmt.Println(w.Format("15:04"), "rows so far:", len(table.Rows()))
	}
	// Output:
	// 11:52 rows so far: 0
	// 11:57 rows so far: 0
	// 12:05 rows so far: 0
	// 12:11 rows so far: 1
}

func last(q *stream.Query) (stream.Progress, error) {
	p, _ := q.LastProgress()
	return p, nil
}

// Each Advance is one micro-batch; here the second has no rows: it lets the moved
// watermark close windows.
func ExampleQuery_Advance() {
	s := engine.Start()
	defer s.Stop()
	in := stream.NewMemory(s, columns)
	q := engine.Must(stream.Start(counts(in.Frame), stream.Update, stream.MemorySink(), stream.ByHand()))
	engine.Check(in.Add(frame.Row{at(2), "owl"}))
	for range 3 {
		fmt.Println(q.Advance())
	}
	// Output:
	// true <nil>
	// true <nil>
	// false <nil>
}

// Complete mode may be sorted; the console prints what each batch gives.
func ExampleConsoleTo() {
	s := engine.Start()
	defer s.Stop()
	in := stream.NewMemory(s, columns)
	seen := in.GroupBy(frame.Col("animal")).Agg(frame.CountAll().As("n")).OrderBy(frame.Col("animal"))
	q := engine.Must(stream.Start(seen, stream.Complete, stream.ConsoleTo(os.Stdout, 20), stream.ByHand()))
	engine.Check(in.Add(frame.Row{at(1), "owl"}, frame.Row{at(2), "cat"}, frame.Row{at(3), "owl"}))
	engine.Check(q.ProcessAllAvailable())
	// Output:
	// -------------------------------------------
	// Batch: 0
	// -------------------------------------------
	// +------+---+
	// |animal|  n|
	// +------+---+
	// |   cat|  1|
	// |   owl|  2|
	// +------+---+
}

// A batch is a frame: it can be queried as any other.
func ExampleForeachBatch() {
	s := engine.Start()
	defer s.Stop()
	in := stream.NewMemory(s, columns)
	q := engine.Must(stream.Start(in.Frame, stream.Append, stream.ForeachBatch(func(batch *frame.Frame, id int64) error {
		owls, err := batch.Where(frame.SQL("animal = 'owl'")).Count()
		fmt.Println("batch", id, "owls", owls)
		return err
	}), stream.ByHand()))
	engine.Check(in.Add(frame.Row{at(1), "owl"}, frame.Row{at(2), "cat"}))
	engine.Check(q.ProcessAllAvailable())
	// Output: batch 0 owls 1
}

type printer struct{}

func (printer) Open(partition int, batch int64) (bool, error) { return true, nil }
func (printer) Process(row frame.Row) error                   { fmt.Println(row[1]); return nil }
func (printer) Close(problem error) error                     { return nil }

func ExampleForeach() {
	s := engine.Start()
	defer s.Stop()
	in := stream.NewMemory(s, columns)
	q := engine.Must(stream.Start(in.Frame, stream.Append, stream.Foreach(printer{}), stream.ByHand()))
	engine.Check(in.Add(frame.Row{at(1), "owl"}, frame.Row{at(2), "cat"}))
	engine.Check(q.ProcessAllAvailable())
	// Output:
	// owl
	// cat
}

// visits is what is kept for each animal.
type visits struct{ N int }

// A function of the program's own, called for each key: here it counts, and tells
// when an animal has not been seen for half an hour.
func ExampleFlatMapGroupsWithState() {
	s := engine.Start()
	defer s.Stop()
	in := stream.NewMemory(s, columns)
	spec := stream.GroupStateSpec{
		Keys: []string{"animal"}, Schema: engine.Must(frame.ParseSchema("animal string, n bigint")),
		Mode: stream.Append, Timeout: stream.EventTimeTimeout,
	}
	gone := stream.FlatMapGroupsWithState(in.WithWatermark("at", 10*time.Minute), spec,
		func(key frame.Row, rows iter.Seq[frame.Row], state stream.GroupState[visits], emit func(frame.Row)) error {
			v, _, err := state.Get()
			if err != nil {
				return err
			}
			if state.HasTimedOut() {
				emit(frame.Row{key[0], v.N})
				state.Remove()
				return nil
			}
			latest := state.Watermark()
			for row := range rows {
				v.N++
				if seen := row[0].(frame.Timestamp).Time(); seen.After(latest) {
					latest = seen
				}
			}
			if err := state.Update(v); err != nil {
				return err
			}
			return state.SetTimeoutTimestamp(latest.Add(30 * time.Minute))
		})
	table := stream.MemorySink()
	q := engine.Must(stream.Start(gone, stream.Append, table, stream.ByHand()))
	engine.Check(in.Add(frame.Row{at(1), "owl"}, frame.Row{at(5), "owl"}))
	engine.Check(q.ProcessAllAvailable())
	engine.Check(in.Add(frame.Row{at(50), "cat"}))
	engine.Check(q.ProcessAllAvailable())
	fmt.Println(table.Rows())
	// Output: [[owl 2]]
}

// One query in the three modes over the same recording: append and update run
// batches without rows, complete does not.
func ExampleCompare() {
	s := engine.Start()
	defer s.Stop()
	rows := []frame.Row{{at(2), "owl"}, {at(7), "owl"}, {at(21), "cat"}, {at(4), "owl"}}
	in := engine.Must(stream.Replay(s, columns, rows, stream.BatchRows(2)))
	c := engine.Must(stream.Compare(counts(in)))
	for i, step := range c.Steps {
		for _, mode := range []stream.OutputMode{stream.Append, stream.Update, stream.Complete} {
			batches := step.Batches[mode]
			out, lost := 0, int64(0)
			for _, b := range batches {
				out += len(b.Rows)
				lost += b.Progress.StateOperators[0].NumRowsDroppedByWatermark
			}
			fmt.Printf("step %d %s: %d batches, %d rows out, %d late\n", i, mode, len(batches), out, lost)
		}
	}
	// Output:
	// step 0 append: 2 batches, 0 rows out, 0 late
	// step 0 update: 2 batches, 1 rows out, 0 late
	// step 0 complete: 1 batches, 1 rows out, 0 late
	// step 1 append: 2 batches, 1 rows out, 0 late
	// step 1 update: 2 batches, 2 rows out, 0 late
	// step 1 complete: 1 batches, 2 rows out, 0 late
}

// The first batch has the rows of the first minute of arrivals, and so on.
func ExampleByArrival() {
	s := engine.Start()
	defer s.Stop()
	rows := []frame.Row{{at(2), "owl"}, {at(2), "cat"}, {at(3), "owl"}}
	in := engine.Must(stream.Replay(s, columns, rows, stream.ByArrival("at", time.Minute)))
	q := engine.Must(stream.Start(in, stream.Append, stream.MemorySink(), stream.ByHand()))
	engine.Check(q.ProcessAllAvailable())
	for _, p := range q.Progress() {
		fmt.Println("batch", p.BatchID, "rows", p.NumInputRows)
	}
	// Output:
	// batch 0 rows 2
	// batch 1 rows 1
}

// The session's clock is the stream's.
func ExampleRate() {
	hands := clock.NewManual(time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC))
	s := engine.Start(engine.Clock(hands))
	defer s.Stop()
	table := stream.MemorySink()
	q := engine.Must(stream.Start(stream.Rate(s, 2), stream.Append, table, stream.ByHand()))
	hands.Advance(2 * time.Second)
	engine.Check(q.ProcessAllAvailable())
	for _, row := range table.Rows() {
		fmt.Println(row...)
	}
	// Output:
	// 2024-01-01 12:00:00 0
	// 2024-01-01 12:00:00.5 1
	// 2024-01-01 12:00:01 2
	// 2024-01-01 12:00:01.5 3
}

// A query that is started again on its checkpoint goes on where it was.
func ExampleCheckpoint() {
	s := engine.Start()
	defer s.Stop()
	dir := engine.Must(os.MkdirTemp("", "example"))
	defer os.RemoveAll(dir)
	in := stream.NewMemory(s, columns)
	seen := in.GroupBy(frame.Col("animal")).Agg(frame.CountAll().As("n"))
	for _, minute := range []int{1, 2} {
		table := stream.MemorySink()
		q := engine.Must(stream.Start(seen, stream.Update, table, stream.ByHand(), stream.Checkpoint(dir)))
		engine.Check(in.Add(frame.Row{at(minute), "owl"}))
		engine.Check(q.ProcessAllAvailable())
		engine.Check(q.Stop())
		b, _ := table.Last()
		fmt.Println("batch", b.Batch, b.Rows)
	}
	// Output:
	// batch 0 [[owl 1]]
	// batch 1 [[owl 2]]
}
