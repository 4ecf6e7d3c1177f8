// Package tp07 says how the functions of TP 7 are called: one function here for
// each of them, with its name and its type, so that a program under test holds
// no more than the exercises that it has.
package tp07

import (
	"slices"

	"etincelle/datasets"
	"etincelle/engine/frame"
	"etincelle/engine/rdd"
	"etincelle/engine/stream"
	"etincelle/grader/harness"
	"etincelle/grader/harness/streams"
)

// Functions are those that a student writes.
type Functions struct {
	ByCarrier func(flights *frame.Frame) *frame.Frame
	InWindows func(events *frame.Frame) *frame.Frame
	Publish   func(counts *frame.Frame, need int, sink stream.Sink, options ...stream.Option) (*stream.Query, error)
	Standings func(mode stream.OutputMode, batches [][]rdd.Pair[string, int]) []rdd.Pair[string, int]
	Modes     func(question int) []stream.OutputMode
}

// Exercises are those of the TP, with these functions.
func Exercises(f Functions) []harness.Exercise {
	return []harness.Exercise{
		{Number: 1, Functions: []harness.Function{ByCarrier(f.ByCarrier)}},
		{Number: 2, Functions: []harness.Function{InWindows(f.InWindows)}},
		{Number: 3, Functions: []harness.Function{Publish(f.Publish)}},
		{Number: 4, Functions: []harness.Function{Standings(f.Standings)}},
		{Number: 5, Functions: []harness.Function{Modes(f.Modes)}},
	}
}

// ByCarrier calls the function of that name, on a table of all rows or on a stream
// of them, as the case says.
func ByCarrier(f func(flights *frame.Frame) *frame.Frame) harness.Function {
	return harness.Function{Name: "ByCarrier", Run: func(c *harness.Case) harness.Dataset {
		steps, streamed := harness.Parts[datasets.Flight](c, "flights"), c.Param("streamed") == 1
		return harness.Value(c, func() (streams.Ran, error) {
			if !streamed {
				c.Session().SetConf("spark.sql.shuffle.partitions", "2")
				return table(f(frame.Of(c.Session(), flightSchema, rowsOf(slices.Concat(steps...), flightRow)...)), delayText)
			}
			in := streams.Of(c.Session(), flightSchema, steps, flightRow)
			return streams.Start(in, f(in.Stream.Frame), stream.Update, delayText)
		})
	}}
}

// Windows is what came of one frame in the three modes.
type Windows struct {
	Append, Update, Complete streams.Ran
}

// InWindows calls the function of that name, and runs what it returns in each mode.
func InWindows(f func(events *frame.Frame) *frame.Frame) harness.Function {
	return harness.Function{Name: "InWindows", Run: func(c *harness.Case) harness.Dataset {
		steps := harness.Parts[datasets.Animal](c, "events")
		return harness.Value(c, func() (all Windows, err error) {
			for _, one := range []struct {
				mode stream.OutputMode
				ran  *streams.Ran
			}{{stream.Complete, &all.Complete}, {stream.Update, &all.Update}, {stream.Append, &all.Append}} {
				in := streams.Of(c.Session(), eventSchema, steps, eventRow)
				if *one.ran, err = streams.Start(in, f(in.Stream.Frame), one.mode, streams.WindowText); err != nil {
					return all, err
				}
			}
			return all, nil
		})
	}}
}

// Publish calls the function of that name with a count by windows, a sink and what
// lets the grader run its batches.
func Publish(f func(counts *frame.Frame, need int, sink stream.Sink, options ...stream.Option) (*stream.Query, error)) harness.Function {
	return harness.Function{Name: "Publish", Run: func(c *harness.Case) harness.Dataset {
		steps, need := harness.Parts[datasets.Animal](c, "events"), c.Param("need")
		return harness.Value(c, func() (streams.Ran, error) {
			in := streams.Of(c.Session(), eventSchema, steps, eventRow)
			return streams.Run(in, streams.NewSink(streams.WindowText), func(sink stream.Sink, options ...stream.Option) (*stream.Query, error) {
				return f(windowed(in.Stream.Frame, "at"), need, sink, options...)
			})
		})
	}}
}

// modes are the modes by the numbers that cases give them.
var modes = []stream.OutputMode{stream.Append, stream.Update, stream.Complete}

// Standings calls the function of that name: a source is the batches.
func Standings(f func(mode stream.OutputMode, batches [][]rdd.Pair[string, int]) []rdd.Pair[string, int]) harness.Function {
	return harness.Function{Name: "Standings", Run: func(c *harness.Case) harness.Dataset {
		batches, mode := harness.Parts[rdd.Pair[string, int]](c, "batches"), c.Param("mode")
		return harness.Value(c, func() ([]rdd.Pair[string, int], error) {
			given := make([][]rdd.Pair[string, int], len(batches))
			for i := range batches {
				given[i] = slices.Clone(batches[i])
			}
			return f(modes[mode], given), nil
		})
	}}
}

// Accepted is an answer about a question of exercise 5, and what Spark says.
type Accepted struct {
	Modes []stream.OutputMode          // as the function says
	Spark map[stream.OutputMode]string // why a mode is refused
}

// Modes calls the function of that name, and asks the engine the same question.
func Modes(f func(question int) []stream.OutputMode) harness.Function {
	return harness.Function{Name: "Modes", Run: func(c *harness.Case) harness.Dataset {
		questions := harness.Rows[int](c, "questions")
		return harness.Value(c, func() ([]Accepted, error) {
			var all []Accepted
			for _, question := range questions {
				said := slices.Clone(f(question))
				slices.Sort(said)
				a := Accepted{Modes: slices.Compact(said), Spark: map[stream.OutputMode]string{}}
				for _, mode := range modes {
					events := stream.NewMemory(c.Session(), eventSchema).Frame
					q, err := stream.Start(asked(question, events), mode, stream.MemorySink(), stream.ByHand())
					if _, refused := stream.Refused(err); refused != "" {
						a.Spark[mode] = refused
						continue
					}
					if err != nil {
						return nil, err
					}
					if err := q.Stop(); err != nil {
						return nil, err
					}
				}
				all = append(all, a)
			}
			return all, nil
		})
	}}
}
