// Package tp03 says how the functions of TP 3 are called: one function here for
// each of them, with its name and its type, so that a program under test holds
// no more than the exercises that it has.
package tp03

import (
	"encoding/json"
	"fmt"
	"slices"

	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/rdd"
	"etincelle/grader/harness"
)

type (
	flights = *rdd.RDD[datasets.Flight]
	numbers = *rdd.RDD[int]
	step    = func(*rdd.RDD[int]) *rdd.RDD[int]
)

// Functions are those that a student writes.
type Functions struct {
	LateFlights func(flights, []int) ([]int, error)
	CountAll    func(often, first, second flights) ([]int, error)
	Totals      func(numbers, step, int) ([]int, error)
	Publish     func(flights, int) (string, error)
	Resume      func(*engine.Session, string, int) flights
	Iterate     func(start numbers, step step, n, every int) (numbers, error)
	Keep        func(flights, int) flights
}

// Exercises are those of the TP, with these functions.
func Exercises(f Functions) []harness.Exercise {
	return []harness.Exercise{
		{Number: 1, Functions: []harness.Function{LateFlights(f.LateFlights)}},
		{Number: 2, Functions: []harness.Function{CountAll(f.CountAll)}},
		{Number: 3, Functions: []harness.Function{Totals(f.Totals)}},
		{Number: 4, Functions: []harness.Function{Publish(f.Publish), Resume(f.Resume)}},
		{Number: 5, Functions: []harness.Function{Iterate(f.Iterate)}},
		{Number: 6, Functions: []harness.Function{Keep(f.Keep)}},
	}
}

// LateFlights calls the function of that name, with as many limits as the case says.
func LateFlights(f func(flights, []int) ([]int, error)) harness.Function {
	return harness.Function{Name: "LateFlights", Run: func(c *harness.Case) harness.Dataset {
		all := stumbling(c, harness.Source[datasets.Flight](c, "flights"))
		limits := harness.Rows[int](c, "limits")
		return harness.Value(c, func() ([]int, error) { return f(all, slices.Clone(limits)) })
	}}
}

// CountAll calls the function of that name, with three datasets marked already.
func CountAll(f func(often, first, second flights) ([]int, error)) harness.Function {
	return harness.Function{Name: "CountAll", Run: func(c *harness.Case) harness.Dataset {
		var all []flights
		for _, name := range []string{"often", "first", "second"} {
			all = append(all, harness.Source[datasets.Flight](c, name).SetName(name))
		}
		return harness.Value(c, func() ([]int, error) {
			for _, one := range all {
				one.Cache()
			}
			return f(all[0], all[1], all[2])
		})
	}}
}

// stepName is the name of the datasets that a step makes: grader/check/tp03 counts
// them in lineages.
const stepName = "step"

// delays is the rows that the steps of a case start with, and a step: a tenth of
// each delay is made up for.
func delays(c *harness.Case) (numbers, step) {
	start := rdd.Map(harness.Source[datasets.Flight](c, "flights"), func(f datasets.Flight) int { return f.Delay })
	return start, func(r numbers) numbers {
		return rdd.Map(r, func(delay int) int { return delay - delay/10 }).SetName(stepName)
	}
}

// Totals calls the function of that name.
func Totals(f func(numbers, step, int) ([]int, error)) harness.Function {
	return harness.Function{Name: "Totals", Run: func(c *harness.Case) harness.Dataset {
		start, step := delays(c)
		n := c.Param("n")
		return harness.Value(c, func() ([]int, error) { return f(start, step, n) })
	}}
}

// Publish calls the function of that name, and reads what it published as another
// program does.
func Publish(f func(flights, int) (string, error)) harness.Function {
	return harness.Function{Name: "Publish", Run: func(c *harness.Case) harness.Dataset {
		all, limit := harness.Source[datasets.Flight](c, "flights"), c.Param("limit")
		c.Session().SetCheckpointDir("/checkpoints")
		return harness.Value(c, func() ([]string, error) {
			folder, err := f(all, limit)
			if err != nil {
				return nil, err
			}
			return readElsewhere(c, folder)
		})
	}}
}

// elsewhere opens another application on the same disk.
func elsewhere(c *harness.Case) *engine.Session {
	return engine.Start(engine.Files(engine.Inside(c.Session()).Files()), engine.Progress(false))
}

// readElsewhere is the rows of a checkpoint as text, in an order of their own: which
// part they lay in is not asked for.
func readElsewhere(c *harness.Case, folder string) ([]string, error) {
	other := elsewhere(c)
	defer other.Stop()
	rows, err := rdd.FromCheckpoint[datasets.Flight](other, folder).Collect()
	if err != nil {
		return nil, fmt.Errorf("another program finds no checkpoint in %q: %w", folder, err)
	}
	texts := make([]string, len(rows))
	for i, row := range rows {
		text, err := json.Marshal(row)
		if err != nil {
			return nil, fmt.Errorf("row %d of the checkpoint: %w", i, err)
		}
		texts[i] = string(text)
	}
	slices.Sort(texts)
	return texts, nil
}

// Resume calls the function of that name, with what another program has written and
// ended.
func Resume(f func(*engine.Session, string, int) flights) harness.Function {
	return harness.Function{Name: "Resume", Run: func(c *harness.Case) harness.Dataset {
		rows, miles := harness.Rows[datasets.Flight](c, "published"), c.Param("miles")
		folder, err := publishElsewhere(c, rows, c.Param("partitions"))
		return harness.Try(c, func() (flights, error) {
			if err != nil {
				return nil, err
			}
			return f(c.Session(), folder, miles), nil
		})
	}}
}

func publishElsewhere(c *harness.Case, rows []datasets.Flight, partitions int) (folder string, err error) {
	other := elsewhere(c)
	defer other.Stop()
	other.SetCheckpointDir("/checkpoints")
	published := rdd.FromSlice(other, partitions, rows).Checkpoint()
	if _, err := published.Count(); err != nil {
		return "", err
	}
	folder, _ = published.CheckpointFile()
	return folder, nil
}

// Iterate calls the function of that name.
func Iterate(f func(start numbers, step step, n, every int) (numbers, error)) harness.Function {
	return harness.Function{Name: "Iterate", Run: func(c *harness.Case) harness.Dataset {
		start, step := delays(c)
		n, every := c.Param("n"), c.Param("every")
		c.Session().SetCheckpointDir("/checkpoints")
		return harness.Try(c, func() (numbers, error) { return f(start, step, n, every) })
	}}
}

// Keep calls the function of that name.
func Keep(f func(flights, int) flights) harness.Function {
	return harness.Function{Name: "Keep", Run: func(c *harness.Case) harness.Dataset {
		all, situation := harness.Source[datasets.Flight](c, "flights"), c.Param("situation")
		c.Session().SetCheckpointDir("/checkpoints")
		return harness.Call(c, func() flights { return f(all, situation) })
	}}
}
