// Package tp08 says how the functions of TP 8 are called: one function here for
// each of them, with its name and its type, so that a program under test holds
// no more than the exercises that it has.
package tp08

import (
	"time"

	"etincelle/datasets"
	"etincelle/engine/frame"
	"etincelle/engine/stream"
	"etincelle/grader/harness"
	"etincelle/grader/harness/streams"
)

// The types that exercises.go gives names to.
type (
	// Window is a stretch of time.
	Window = struct{ Start, End time.Time }
	// Sighting is a word, and when it was said.
	Sighting = struct {
		At   time.Time
		Word string
	}
	// Outlook is what is foreseen of one step.
	Outlook = struct {
		Rows      int
		State     int
		Watermark time.Time
	}
	// Table is a table that outlives a program.
	Table = struct {
		Counts map[string]int64
		Batch  int64
	}
)

// The types of the functions.
type (
	saver   = func(table *Table) func(batch *frame.Frame, id int64) error
	resumer = func(counts *frame.Frame, length, slide time.Duration, root string, sink stream.Sink, options ...stream.Option) (*stream.Query, error)
)

// Functions are those that a student writes.
type Functions struct {
	Windows   func(at time.Time, length, slide time.Duration) []Window
	Sessions  func(at []time.Time, gap time.Duration) []Window
	ByAirport func(departures *frame.Frame) *frame.Frame
	Forecast  func(steps [][]Sighting, length, slide, delay time.Duration) []Outlook
	Upsert    saver
	AddUp     saver
	Resume    resumer
}

// Exercises are those of the TP, with these functions.
func Exercises(f Functions) []harness.Exercise {
	return []harness.Exercise{
		{Number: 1, Functions: []harness.Function{Windows(f.Windows)}},
		{Number: 2, Functions: []harness.Function{Sessions(f.Sessions)}},
		{Number: 3, Functions: []harness.Function{ByAirport(f.ByAirport)}},
		{Number: 4, Functions: []harness.Function{Forecast(f.Forecast)}},
		{Number: 5, Functions: []harness.Function{Upsert(f.Upsert), AddUp(f.AddUp)}},
		{Number: 6, Functions: []harness.Function{Resume(f.Resume)}},
	}
}

// minutes is a number of the case, as a duration.
func minutes(c *harness.Case, name string) time.Duration {
	return time.Duration(c.Param(name)) * time.Minute
}

// Windows calls the function of that name for each instant of a source.
func Windows(f func(at time.Time, length, slide time.Duration) []Window) harness.Function {
	return harness.Function{Name: "Windows", Run: func(c *harness.Case) harness.Dataset {
		instants, length, slide := harness.Rows[time.Time](c, "at"), minutes(c, "length"), minutes(c, "slide")
		return harness.Value(c, func() ([][]Window, error) {
			var all [][]Window
			for _, at := range instants {
				all = append(all, f(at, length, slide))
			}
			return all, nil
		})
	}}
}

// Sessions calls the function of that name with the instants of a source.
func Sessions(f func(at []time.Time, gap time.Duration) []Window) harness.Function {
	return harness.Function{Name: "Sessions", Run: func(c *harness.Case) harness.Dataset {
		instants, gap := harness.Rows[time.Time](c, "at"), minutes(c, "gap")
		return harness.Value(c, func() ([]Window, error) {
			return f(append([]time.Time(nil), instants...), gap), nil
		})
	}}
}

// Departures is what came of one frame in two modes.
type Departures struct {
	Update, Complete streams.Ran
}

// ByAirport calls the function of that name, and runs what it returns in each mode.
func ByAirport(f func(departures *frame.Frame) *frame.Frame) harness.Function {
	return harness.Function{Name: "ByAirport", Run: func(c *harness.Case) harness.Dataset {
		steps := harness.Parts[datasets.Departure](c, "departures")
		return harness.Value(c, func() (all Departures, err error) {
			for _, one := range []struct {
				mode stream.OutputMode
				ran  *streams.Ran
			}{{stream.Complete, &all.Complete}, {stream.Update, &all.Update}} {
				in := streams.Of(c.Session(), departureSchema, steps, departureRow)
				if *one.ran, err = streams.Start(in, f(in.Stream.Frame), one.mode, airportText); err != nil {
					return all, err
				}
			}
			return all, nil
		})
	}}
}

// Forecast calls the function of that name with the steps of a source.
func Forecast(f func(steps [][]Sighting, length, slide, delay time.Duration) []Outlook) harness.Function {
	return harness.Function{Name: "Forecast", Run: func(c *harness.Case) harness.Dataset {
		steps := harness.Parts[datasets.Animal](c, "events")
		return harness.Value(c, func() ([]Outlook, error) {
			var given [][]Sighting
			for _, step := range steps {
				var now []Sighting
				for _, a := range step {
					now = append(now, Sighting{At: a.At, Word: a.Word})
				}
				given = append(given, now)
			}
			return f(given, minutes(c, "length"), minutes(c, "slide"), minutes(c, "delay")), nil
		})
	}}
}
