package tp09

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/rdd"
	"etincelle/engine/stream"
	"etincelle/grader/harness"
)

// Exercises 5 and 6: a query that is started again on its checkpoint.

// Kill says where a query dies: at a step of a batch, once. Batch -1 is nowhere.
type Kill struct {
	Batch, Step int
}

// kills are the steps by the numbers that cases give them.
var kills = []stream.Step{stream.Planned, stream.OffsetsSaved, stream.StateSaved, stream.SinkWritten, stream.Committed}

// errKilled is why a batch did not end.
var errKilled = errors.New("killed")

// Archived is what lies in the archive in the end.
type Archived struct {
	Dropped bool // the options were not passed on
	Killed  bool
	Rows    []json.RawMessage
}

// name tells a query that was started with the grader's options.
const name = "archived"

// columns are those of the count that is archived: a window is no column of a CSV file.
const columns = "start string, word string, count bigint"

// archived starts f's query, lets everything arrive, and starts it again when it dies.
func archived(s *engine.Session, steps [][]datasets.Animal, kill Kill, run int,
	f func(counts *frame.Frame, archive, logs string, options ...stream.Option) (*stream.Query, error),
) (a Archived, err error) {
	archive, logs := fmt.Sprintf("/run-%d/archive", run), fmt.Sprintf("/run-%d/logs", run)
	in := stream.NewMemory(s, eventSchema)
	dies := stream.AtStep(func(step stream.Step, batch int64) error {
		if !a.Killed && int(batch) == kill.Batch && step == kills[kill.Step] {
			a.Killed = true
			return errKilled
		}
		return nil
	})
	start := func() (*stream.Query, error) {
		counts := byWord(in.Frame, 10*time.Minute, 10*time.Minute, 5*time.Minute).
			SelectExpr("date_format(window.start, 'HH:mm') AS start", "word", "count")
		q, err := f(counts, archive, logs, stream.ByHand(), stream.StatePartitions(2), stream.Name(name), dies)
		if q == nil && err == nil {
			err = harness.ErrNil
		}
		return q, err
	}
	q, err := start()
	if err != nil {
		return a, err
	}
	defer func() {
		if q != nil {
			err = errors.Join(err, q.Stop())
		}
	}()
	if q.Name() != name {
		return Archived{Dropped: true}, nil
	}
	for _, step := range steps {
		var rows []frame.Row
		for _, one := range step {
			rows = append(rows, eventRow(one))
		}
		if err := in.Add(rows...); err != nil {
			return a, err
		}
		for {
			err := q.ProcessAllAvailable()
			if err == nil {
				break
			}
			if !errors.Is(err, errKilled) {
				return a, err
			}
			if q, err = start(); err != nil {
				return a, err
			}
		}
	}
	a.Rows, err = kept(s, archive)
	return a, err
}

// kept is the rows of the files that count, in an order of their own.
func kept(s *engine.Session, archive string) ([]json.RawMessage, error) {
	paths, err := stream.CommittedFiles(s, archive)
	if err != nil {
		return nil, err
	}
	all := []json.RawMessage{}
	for _, path := range paths {
		rows, err := frame.Read(s).Header().Schema(columns).CSV(path).Collect()
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			text, err := json.Marshal(rdd.KV(fmt.Sprintf("%v %v", row[0], row[1]), row[2]))
			if err != nil {
				return nil, err
			}
			all = append(all, text)
		}
	}
	slices.SortFunc(all, func(x, y json.RawMessage) int { return bytes.Compare(x, y) })
	return all, nil
}

// changed is the query of exercise 6 after a change, as exercises.go numbers them.
func changed(events *frame.Frame, change int) (*frame.Frame, stream.OutputMode) {
	delay, length, slide, mode := 10*time.Minute, 10*time.Minute, 5*time.Minute, stream.Append
	switch change {
	case 0:
		delay = 30 * time.Minute
	case 1:
		length = 20 * time.Minute
	case 2:
		slide = 10 * time.Minute
	case 3:
		return events.WithWatermark("at", delay).GroupBy(frame.Window(frame.Col("at"), length, slide)).Count(), mode
	case 4:
		return events.WithWatermark("at", delay).GroupBy(frame.Window(frame.Col("at"), length, slide), frame.Col("word")).
			Agg(frame.Max(frame.Col("at")).As("last")), mode
	case 5:
		events = events.Where(frame.Col("word").Ne(frame.Lit("chat")))
	case 6:
		mode = stream.Update
	}
	return byWord(events, delay, length, slide), mode
}

// unchanged is no change.
const unchanged = -1

// resumed starts the query of exercise 6, stops it, changes it and starts it again: why
// the old checkpoint is refused, "" when it goes on.
func resumed(s *engine.Session, change, run int) (refused string, err error) {
	in := stream.NewMemory(s, eventSchema)
	first := time.Date(2024, 1, 1, 12, 7, 0, 0, time.UTC)
	for i, what := range []int{unchanged, change} {
		counts, mode := changed(in.Frame, what)
		var sink stream.Sink = stream.MemorySink()
		if what == 7 {
			sink = stream.SinkFunc(func(*stream.Output) error { return nil })
		}
		q, err := stream.Start(counts, mode, sink, stream.ByHand(), stream.StatePartitions(1), stream.Checkpoint(fmt.Sprintf("/change-%d", run)))
		if err != nil && i == 1 {
			return err.Error(), nil
		}
		if err != nil {
			return "", err
		}
		if err := in.Add(frame.Row{first.Add(time.Duration(i) * 15 * time.Minute), "chien"}); err != nil {
			return "", err
		}
		if err := errors.Join(q.ProcessAllAvailable(), q.Stop()); err != nil {
			return "", err
		}
	}
	return "", nil
}
