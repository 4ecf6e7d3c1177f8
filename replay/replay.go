// Package replay runs a scenario on the engine and tells what happened as events:
// what the stepping screens show, and run again after each change. The screens
// themselves never meet the engine; they start replay/cmd as a process of its own.
//
// recorded/ holds scenarios of the course with their recordings, so that they open
// at once.
package replay

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/event"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
	"etincelle/engine/stream"
	"etincelle/replay/scenario"
)

// began is the time at which every replay begins: the same scenario gives the same
// events, to the last byte.
var began = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// Run runs a scenario and returns the facts of its queries. files is the course's
// folder.
func Run(files fs.FS, s scenario.Scenario) ([]event.Event, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	rows := s.Rows
	if s.File != "" {
		var err error
		if rows, err = readRows(files, s); err != nil {
			return nil, err
		}
	}
	arrivals, sizes := s.Arrivals(rows)
	var facts []event.Event
	session := engine.Start(engine.App(s.Title), engine.Sequential(), engine.Parallelism(1), engine.Clock(clock.NewManual(began)),
		engine.Progress(false), engine.Listen(func(e event.Event) {
			if e, told := ofQueries(e); told {
				facts = append(facts, e)
			}
		}))
	defer session.Stop()
	schema := frame.Schema{{Name: s.Time, Type: column.TimestampType}, {Name: s.Key, Type: column.StringType}}
	table := make([]frame.Row, len(arrivals))
	for i, r := range arrivals {
		table[i] = frame.Row{r.At, r.Key}
	}
	source, err := stream.Replay(session, schema, table, stream.BatchSizes(sizes...))
	if err != nil {
		return nil, err
	}
	counts := source.WithWatermark(s.Time, time.Duration(s.Delay)).
		GroupBy(frame.Window(frame.Col(s.Time), time.Duration(s.Window), time.Duration(s.Slide)), frame.Col(s.Key)).
		Count()
	compared, err := stream.Compare(counts, stream.StatePartitions(1))
	if err != nil {
		return nil, err
	}
	for mode, refused := range compared.Refused {
		if slices.Contains(s.Modes, string(mode)) {
			return nil, fmt.Errorf("mode %s: %w", mode, refused)
		}
	}
	session.Stop()
	return only(facts, s.Modes), nil
}

// ofQueries keeps the facts of streaming queries. Names that are drawn anew in
// each run are left out.
func ofQueries(e event.Event) (event.Event, bool) {
	switch e := e.(type) {
	case event.QueryStart:
		e.ID, e.Run = "", ""
		return e, true
	case event.BatchStart, event.RowsArrived, event.RowsLate, event.StateChanged, event.WatermarkMoved, event.RowsOut, event.BatchEnd, event.QueryEnd:
		return e, true
	}
	return nil, false
}

// only leaves out the queries in other modes.
func only(facts []event.Event, modes []string) []event.Event {
	kept := map[int]bool{}
	for _, e := range facts {
		if q, starts := e.(event.QueryStart); starts {
			kept[q.Query] = slices.Contains(modes, q.Mode)
		}
	}
	return slices.DeleteFunc(facts, func(e event.Event) bool {
		q, _ := event.QueryOf(e)
		return !kept[q]
	})
}

// readRows reads the rows of a scenario's file.
func readRows(files fs.FS, s scenario.Scenario) ([]scenario.Row, error) {
	f, err := files.Open(s.File)
	if err != nil {
		return nil, fmt.Errorf("the rows of the scenario: %w", err)
	}
	defer f.Close()
	in := csv.NewReader(f)
	in.ReuseRecord = true
	header, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.File, err)
	}
	at, key := slices.Index(header, s.Time), slices.Index(header, s.Key)
	if at < 0 || key < 0 {
		return nil, fmt.Errorf("%s has the columns %q; the scenario asks for %q and %q", s.File, header, s.Time, s.Key)
	}
	var rows []scenario.Row
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.File, err)
		}
		t, err := time.Parse(time.RFC3339, record[at])
		if err != nil {
			line, _ := in.FieldPos(at)
			return nil, fmt.Errorf("%s, line %d: %w", s.File, line, err)
		}
		rows = append(rows, scenario.Row{At: t, Key: record[key]})
	}
}
