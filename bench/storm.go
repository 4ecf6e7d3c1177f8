package bench

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"time"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/stream"
)

// The storm week: flights as a stream whose late data are late flights, counted by
// hour of scheduled departure and by airport, in the three output modes. What the
// watermark costs is seen at once: complete mode counts every flight, the others
// lose those that left too late.

// StormPlan says how the week is run.
type StormPlan struct {
	File  string        // datasets/flights/stream_storm_week.csv
	Rows  int           // a batch
	Delay time.Duration // of the watermark
	// Slowly lets the batches without rows run in between, as when rows come slowly;
	// else new rows are read first, as Spark does when they are there.
	Slowly bool
}

// StormReport is what became of the week.
type StormReport struct {
	Flights int64
	Modes   []StormMode
}

// StormMode is the week in one output mode.
type StormMode struct {
	Mode    string
	Refused error // why the mode cannot run the query, nil when it can
	Batches int
	Empty   int   // of them without new rows
	Out     int   // rows that went to the sink, rewritten ones each time
	Dropped int64 // Spark's numRowsDroppedByWatermark: late groups, counted after partial aggregation
	Counted int64 // flights in what the sink has in the end
	Waiting int64 // flights in windows that nothing has closed
	Lost    int64 // flights that came too late
	State   int64 // rows remembered at the end
}

// Storm runs the week.
func Storm(s *engine.Session, plan StormPlan) (*StormReport, error) {
	rows, schema, err := readFlights(plan.File)
	if err != nil {
		return nil, err
	}
	flights, err := stream.Replay(s, schema, rows, stream.BatchRows(plan.Rows))
	if err != nil {
		return nil, err
	}
	counts := flights.WithWatermark("event_time", plan.Delay).
		GroupBy(frame.Window(frame.Col("event_time"), time.Hour, time.Hour), frame.Col("origin")).
		Agg(frame.CountAll().As("flights"), frame.Max(frame.Col("dep_delay")).As("worst"))
	c, err := stream.Compare(counts, stream.NoDataFirst(plan.Slowly))
	if err != nil {
		return nil, err
	}
	report := &StormReport{Flights: int64(len(rows))}
	for _, mode := range []stream.OutputMode{stream.Append, stream.Update, stream.Complete} {
		report.Modes = append(report.Modes, stormMode(c, mode))
	}
	settle(report)
	return report, nil
}

// stormMode adds up what one mode did.
func stormMode(c *stream.Comparison, mode stream.OutputMode) StormMode {
	whole := mode == stream.Complete // a batch's rows replace the table
	m := StormMode{Mode: string(mode), Refused: c.Refused[mode]}
	table := map[string]int64{} // what the sink has: the last count of each group
	for _, step := range c.Steps {
		for _, b := range step.Batches[mode] {
			m.Batches++
			if b.Progress.NumInputRows == 0 {
				m.Empty++
			}
			if whole {
				clear(table)
			}
			for _, row := range b.Rows {
				m.Out++
				table[fmt.Sprint(row[:2])], _ = row[2].(int64)
			}
			for _, op := range b.Progress.StateOperators {
				m.Dropped += op.NumRowsDroppedByWatermark
				m.State = op.NumRowsTotal
			}
		}
	}
	for _, n := range table {
		m.Counted += n
	}
	return m
}

// settle tells flights that wait from flights that are lost: update mode has counted
// both those that append mode has given and those that still wait there.
func settle(r *StormReport) {
	modes := map[string]*StormMode{}
	for i := range r.Modes {
		modes[r.Modes[i].Mode] = &r.Modes[i]
	}
	appended, updated := modes[string(stream.Append)], modes[string(stream.Update)]
	for i := range r.Modes {
		m := &r.Modes[i]
		if m.Refused != nil {
			continue
		}
		if m == appended && updated.Refused == nil {
			m.Waiting = updated.Counted - m.Counted
		}
		m.Lost = r.Flights - m.Counted - m.Waiting
	}
}

// readFlights reads the week's flights, in the order in which they left.
func readFlights(path string) ([]frame.Row, frame.Schema, error) {
	schema, err := frame.ParseSchema("event_time timestamp, arrival_time timestamp, carrier string, origin string, dest string, dep_delay bigint")
	if err != nil {
		return nil, nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(lines) == 0 {
		return nil, nil, fmt.Errorf("%s: it is empty, a line of names was expected", path)
	}
	at := map[string]int{}
	for i, name := range lines[0] {
		at[name] = i
	}
	var rows []frame.Row
	for n, line := range lines[1:] {
		row := make(frame.Row, len(schema))
		for i, column := range schema {
			place, known := at[column.Name]
			if !known {
				return nil, nil, fmt.Errorf("%s: column %s was not found among %v", path, column.Name, lines[0])
			}
			if row[i], err = flightValue(column.Type.String(), line[place]); err != nil {
				return nil, nil, fmt.Errorf("%s, line %d, column %s: %w", path, n+2, column.Name, err)
			}
		}
		rows = append(rows, row)
	}
	return rows, schema, nil
}

func flightValue(of, text string) (any, error) {
	switch of {
	case "timestamp":
		at, err := time.Parse(time.RFC3339, text)
		return at, err
	case "bigint":
		return strconv.ParseInt(text, 10, 64)
	}
	return text, nil
}

// StormWeek is Storm in a session of its own.
func StormWeek(plan StormPlan) (*StormReport, error) {
	s := engine.Start(engine.App("storm"))
	defer s.Stop()
	return Storm(s, plan)
}
