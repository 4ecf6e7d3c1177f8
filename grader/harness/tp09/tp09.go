// Package tp09 says how the functions of TP 9 are called: one function here for
// each of them, with its name and its type, so that a program under test holds
// no more than the exercises that it has. What the engine itself does with the same
// input is told beside each answer.
package tp09

import (
	"slices"
	"time"

	"etincelle/datasets"
	"etincelle/engine/frame"
	"etincelle/engine/stream"
	"etincelle/grader/harness"
	"etincelle/grader/harness/streams"
)

// Trial is a run of ByHour over a stream, as exercises.go has it.
type Trial = struct {
	Delay   time.Duration
	Flights int
	Written int
	Waiting int
	Dropped int
}

// Tried is a trial as cases write it.
type Tried struct {
	Minutes, Flights, Written, Waiting, Dropped int
}

// Chosen is a delay in words: "1h0m0s", "-1ns" for NoDelay.
type Chosen struct{ Delay string }

// Functions are those that a student writes.
type Functions struct {
	ByHour        func(flights *frame.Frame, delay time.Duration) *frame.Frame
	BatchOf       func(steps [][]time.Time, delay time.Duration, end time.Time) int
	LastCall      func(ends []time.Time, delay time.Duration) time.Time
	Late          func(batch []datasets.Animal, watermark time.Time, length, slide time.Duration) (lost, partly, rows int)
	SmallestDelay func(trials []Trial, most float64) time.Duration
	Archive       func(counts *frame.Frame, archive, logs string, options ...stream.Option) (*stream.Query, error)
	FreshStart    func(change int) bool
}

// Exercises are those of the TP, with these functions.
func Exercises(f Functions) []harness.Exercise {
	return []harness.Exercise{
		{Number: 1, Functions: []harness.Function{ByHour(f.ByHour)}},
		{Number: 2, Functions: []harness.Function{BatchOf(f.BatchOf), LastCall(f.LastCall)}},
		{Number: 3, Functions: []harness.Function{Late(f.Late)}},
		{Number: 4, Functions: []harness.Function{SmallestDelay(f.SmallestDelay)}},
		{Number: 5, Functions: []harness.Function{Archive(f.Archive)}},
		{Number: 6, Functions: []harness.Function{FreshStart(f.FreshStart)}},
	}
}

// minutes is a parameter of the case as a time.
func minutes(c *harness.Case, name string) time.Duration {
	return time.Duration(c.Param(name)) * time.Minute
}

// Hours is what came of one frame in the three modes.
type Hours struct {
	Append, Update, Complete streams.Ran
}

// ByHour calls the function of that name, and runs what it returns in each mode.
func ByHour(f func(flights *frame.Frame, delay time.Duration) *frame.Frame) harness.Function {
	return harness.Function{Name: "ByHour", Run: func(c *harness.Case) harness.Dataset {
		steps, delay := harness.Parts[datasets.Departure](c, "flights"), minutes(c, "delay")
		return harness.Value(c, func() (all Hours, err error) {
			for _, one := range []struct {
				mode stream.OutputMode
				ran  *streams.Ran
			}{{stream.Complete, &all.Complete}, {stream.Update, &all.Update}, {stream.Append, &all.Append}} {
				in := streams.Of(c.Session(), flightSchema, steps, flightRow)
				if *one.ran, err = streams.Start(in, f(in.Stream.Frame, delay), one.mode, hourText); err != nil {
					return all, err
				}
			}
			return all, nil
		})
	}}
}

// Answer is what a function said of a stream, and what the engine did with it.
type Answer struct {
	Said, Engine int
}

// BatchOf calls the function of that name, and lets the engine write the same windows.
func BatchOf(f func(steps [][]time.Time, delay time.Duration, end time.Time) int) harness.Function {
	return harness.Function{Name: "BatchOf", Run: func(c *harness.Case) harness.Dataset {
		steps, delay := harness.Parts[time.Time](c, "steps"), minutes(c, "delay")
		ends := harness.Rows[time.Time](c, "end")
		return harness.Value(c, func() ([]Answer, error) {
			written, err := windowsOf(c.Session(), steps, delay)
			if err != nil {
				return nil, err
			}
			var all []Answer
			for _, end := range ends {
				a := Answer{f(cloned(steps), delay, end), -1}
				if batch, came := written[end]; came {
					a.Engine = int(batch)
				}
				all = append(all, a)
			}
			return all, nil
		})
	}}
}

// Called is the time of one more event, and the windows that still wait after it.
type Called struct {
	At   time.Time
	Left int
}

// LastCall calls the function of that name, and sends the event.
func LastCall(f func(ends []time.Time, delay time.Duration) time.Time) harness.Function {
	return harness.Function{Name: "LastCall", Run: func(c *harness.Case) harness.Dataset {
		ends, delay := harness.Rows[time.Time](c, "ends"), minutes(c, "delay")
		return harness.Value(c, func() (called Called, err error) {
			called.At = f(slices.Clone(ends), delay).UTC()
			var inside []time.Time
			for _, end := range ends {
				inside = append(inside, end.Add(-time.Minute))
			}
			written, err := windowsOf(c.Session(), [][]time.Time{inside, {called.At}}, delay)
			if err != nil {
				return called, err
			}
			for _, end := range ends {
				if _, came := written[end]; !came {
					called.Left++
				}
			}
			return called, nil
		})
	}}
}

// Lateness is what became of a batch's events, and what Spark's report calls dropped.
type Lateness struct {
	Lost, Partly, Rows int
	Engine             int
}

// Late calls the function of that name, and gives the engine the same batch.
func Late(f func(batch []datasets.Animal, watermark time.Time, length, slide time.Duration) (lost, partly, rows int)) harness.Function {
	return harness.Function{Name: "Late", Run: func(c *harness.Case) harness.Dataset {
		batch, marks := harness.Rows[datasets.Animal](c, "batch"), harness.Rows[time.Time](c, "watermark")
		length, slide := minutes(c, "length"), minutes(c, "slide")
		return harness.Value(c, func() (l Lateness, err error) {
			l.Lost, l.Partly, l.Rows = f(slices.Clone(batch), marks[0], length, slide)
			l.Engine, err = dropped(c.Session(), batch, marks[0], length, slide)
			return l, err
		})
	}}
}

// SmallestDelay calls the function of that name with a share in percent.
func SmallestDelay(f func(trials []Trial, most float64) time.Duration) harness.Function {
	return harness.Function{Name: "SmallestDelay", Run: func(c *harness.Case) harness.Dataset {
		tried, percent := harness.Rows[Tried](c, "trials"), c.Param("percent")
		return harness.Value(c, func() (Chosen, error) {
			var trials []Trial
			for _, t := range tried {
				trials = append(trials, Trial{time.Duration(t.Minutes) * time.Minute, t.Flights, t.Written, t.Waiting, t.Dropped})
			}
			return Chosen{f(trials, float64(percent)/100).String()}, nil
		})
	}}
}

// Archive calls the function of that name, kills its query at a step of a batch, and
// calls it again.
func Archive(f func(counts *frame.Frame, archive, logs string, options ...stream.Option) (*stream.Query, error)) harness.Function {
	runs := 0
	return harness.Function{Name: "Archive", Run: func(c *harness.Case) harness.Dataset {
		steps, kill := harness.Parts[datasets.Animal](c, "events"), Kill{c.Param("batch"), c.Param("step")}
		return harness.Value(c, func() (Archived, error) {
			runs++ // each run has folders of its own
			return archived(c.Session(), steps, kill, runs, f)
		})
	}}
}

// Resumed is an answer about a change, and why the engine refuses the old checkpoint;
// "" when it goes on.
type Resumed struct {
	Fresh   bool
	Refused string
}

// FreshStart calls the function of that name, and changes a query in the same way.
func FreshStart(f func(change int) bool) harness.Function {
	runs := 0
	return harness.Function{Name: "FreshStart", Run: func(c *harness.Case) harness.Dataset {
		changes := harness.Rows[int](c, "changes")
		return harness.Value(c, func() ([]Resumed, error) {
			var all []Resumed
			for _, change := range changes {
				runs++
				refused, err := resumed(c.Session(), change, runs)
				if err != nil {
					return nil, err
				}
				all = append(all, Resumed{f(change), refused})
			}
			return all, nil
		})
	}}
}
