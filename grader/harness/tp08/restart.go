package tp08

import (
	"errors"
	"fmt"
	"maps"
	"time"

	"etincelle/datasets"
	"etincelle/engine/frame"
	"etincelle/engine/stream"
	"etincelle/grader/harness"
	"etincelle/grader/harness/streams"
)

// Programs that die between a batch and its commit, and are started again.

// errDied is how a program dies here.
var errDied = errors.New("the program died before the commit")

// Saved is what a table held, each time that a step was over.
type Saved struct {
	Tables []map[string]int64
	Deaths int
}

// Upsert calls the function of that name for a count by windows in update mode.
func Upsert(f saver) harness.Function {
	return harness.Function{Name: "Upsert", Run: func(c *harness.Case) harness.Dataset {
		return saved(c, f, stream.Update, func(events *frame.Frame) *frame.Frame {
			return counted(events, 10*time.Minute, 5*time.Minute).SelectExpr(
				"concat(date_format(window.start, 'HH:mm'), ' ', word) AS key", "count")
		})
	}}
}

// AddUp calls the function of that name for the events themselves.
func AddUp(f saver) harness.Function {
	return harness.Function{Name: "AddUp", Run: func(c *harness.Case) harness.Dataset {
		return saved(c, f, stream.Append, func(events *frame.Frame) *frame.Frame { return events.SelectExpr("word AS key") })
	}}
}

// saved runs a query into what f returns. The program dies once, in the
// first batch of the step that the case says, after its rows went out and before the
// commit; the next one has the table and the checkpoint, and nothing else.
func saved(c *harness.Case, f saver, mode stream.OutputMode, query func(events *frame.Frame) *frame.Frame) harness.Dataset {
	steps, deadly := harness.Parts[datasets.Animal](c, "events"), 0
	if c.Given("diesAt") {
		deadly = c.Param("diesAt")
	}
	runs := 0
	return harness.Value(c, func() (all Saved, err error) {
		runs++
		root := fmt.Sprintf("/saved-%d", runs)
		in := stream.NewMemory(c.Session(), eventSchema)
		table := &Table{Counts: map[string]int64{}, Batch: -1}
		var q *stream.Query
		dies := false // in the batch under way
		for number, step := range steps {
			if err := in.Add(eventRows(step)...); err != nil {
				return all, err
			}
			dies = number+1 == deadly
			for {
				if q == nil {
					save := f(table)
					if save == nil {
						return all, harness.ErrNil
					}
					q, err = stream.Start(query(in.Frame), mode, stream.ForeachBatch(save), stream.ByHand(), stream.StatePartitions(2),
						stream.Checkpoint(root), stream.AtStep(func(at stream.Step, _ int64) error {
							if at == stream.SinkWritten && dies {
								dies = false
								return errDied
							}
							return nil
						}))
					if err != nil {
						return all, err
					}
				}
				more, err := q.Advance()
				if errors.Is(err, errDied) {
					all.Deaths++
					q = nil
					continue
				}
				if err != nil {
					return all, errors.Join(err, q.Stop())
				}
				if !more {
					break
				}
			}
			all.Tables = append(all.Tables, maps.Clone(table.Counts))
		}
		if q == nil {
			return all, nil
		}
		return all, q.Stop()
	})
}

// Resumed is what came of one start, and of those after it.
type Resumed []streams.Ran

// Resume calls the function of that name once for each pair of a length and a slide
// that the case lists; each time a part of the rows has come.
func Resume(f resumer) harness.Function {
	return harness.Function{Name: "Resume", Run: func(c *harness.Case) harness.Dataset {
		steps, starts := harness.Parts[datasets.Animal](c, "events"), harness.Parts[int](c, "windows")
		runs := 0
		return harness.Value(c, func() (all Resumed, err error) {
			runs++
			root := fmt.Sprintf("/resumed-%d", runs)
			source := stream.NewMemory(c.Session(), eventSchema)
			for i, w := range starts {
				length, slide := time.Duration(w[0])*time.Minute, time.Duration(w[1])*time.Minute
				in := streams.More(source, steps[i:min(i+1, len(steps))], eventRow)
				ran, err := streams.Run(in, streams.NewSink(streams.WindowText), func(sink stream.Sink, options ...stream.Option) (*stream.Query, error) {
					return f(counted(source.Frame, length, slide), length, slide, root, sink, options...)
				})
				if err != nil {
					return all, err
				}
				all = append(all, ran)
			}
			return all, nil
		})
	}}
}
