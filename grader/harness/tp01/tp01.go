// Package tp01 says how the functions of TP 1 are called: one function here for
// each of them, with its name and its type, so that a program under test holds
// no more than the exercises that it has.
package tp01

import (
	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/rdd"
	"etincelle/grader/harness"
)

// Functions are those that a student writes.
type Functions struct {
	LongDelays      func(*rdd.RDD[string], func(string) datasets.Flight) *rdd.RDD[int]
	Stages          func([]string) int
	BusiestFirst    func(*rdd.RDD[datasets.Flight], int) *rdd.Pairs[string, int]
	InTasks         func(*engine.Session, []int, int) *rdd.RDD[int]
	CountByCarrier  func(*rdd.RDD[datasets.Flight], int) *rdd.Pairs[string, int]
	AirlinesAndMost func(*rdd.RDD[datasets.Flight]) (int, int, error)
	StagesOf        func(string) int
	Rebuild         func(*rdd.RDD[datasets.Flight], int) *rdd.Pairs[string, int]
	Skipped         func(datasets.Run) int
	Shuffled        func(datasets.Run, int) int64
	Skew            func(datasets.Run, int) float64
	Retried         func(datasets.Run) int
	Total           func(*rdd.RDD[string], func(string) (int, error)) (int, error)
	Readable        func(*rdd.RDD[string], func(string) (int, error)) *rdd.RDD[int]
}

// Exercises are those of the TP, with these functions.
func Exercises(f Functions) []harness.Exercise {
	return []harness.Exercise{
		{Number: 1, Functions: []harness.Function{LongDelays(f.LongDelays)}},
		{Number: 2, Functions: []harness.Function{Stages(f.Stages), BusiestFirst(f.BusiestFirst)}},
		{Number: 3, Functions: []harness.Function{InTasks(f.InTasks), CountByCarrier(f.CountByCarrier)}},
		{Number: 4, Functions: []harness.Function{AirlinesAndMost(f.AirlinesAndMost)}},
		{Number: 5, Functions: []harness.Function{StagesOf(f.StagesOf), Rebuild(f.Rebuild)}},
		{Number: 6, Functions: []harness.Function{Skipped(f.Skipped), Shuffled(f.Shuffled), Skew(f.Skew), Retried(f.Retried)}},
		{Number: 7, Functions: []harness.Function{Total(f.Total), Readable(f.Readable)}},
	}
}

// Stages calls the function of that name.
func Stages(f func([]string) int) harness.Function {
	return harness.Function{Name: "Stages", Run: func(c *harness.Case) harness.Dataset {
		chain := harness.Rows[string](c, "chain")
		return harness.Value(c, func() (int, error) { return f(chain), nil })
	}}
}

// BusiestFirst calls the function of that name.
func BusiestFirst(f func(*rdd.RDD[datasets.Flight], int) *rdd.Pairs[string, int]) harness.Function {
	return flightsAndN("BusiestFirst", f)
}

// InTasks calls the function of that name.
func InTasks(f func(*engine.Session, []int, int) *rdd.RDD[int]) harness.Function {
	return harness.Function{Name: "InTasks", Run: func(c *harness.Case) harness.Dataset {
		delays, n := harness.Rows[int](c, "delays"), c.Param("n")
		return harness.Call(c, func() *rdd.RDD[int] { return f(c.Session(), delays, n) })
	}}
}

// CountByCarrier calls the function of that name.
func CountByCarrier(f func(*rdd.RDD[datasets.Flight], int) *rdd.Pairs[string, int]) harness.Function {
	return flightsAndN("CountByCarrier", f)
}

// AirlinesAndMost calls the function of that name.
func AirlinesAndMost(f func(*rdd.RDD[datasets.Flight]) (int, int, error)) harness.Function {
	type counts struct{ Airlines, Most int }
	return harness.Function{Name: "AirlinesAndMost", Run: func(c *harness.Case) harness.Dataset {
		flights := harness.Source[datasets.Flight](c, "flights")
		return harness.Value(c, func() (counts, error) {
			airlines, most, err := f(flights)
			return counts{airlines, most}, err
		})
	}}
}

// Rebuild calls the function of that name.
func Rebuild(f func(*rdd.RDD[datasets.Flight], int) *rdd.Pairs[string, int]) harness.Function {
	return flightsAndN("Rebuild", f)
}

func flightsAndN(name string, f func(*rdd.RDD[datasets.Flight], int) *rdd.Pairs[string, int]) harness.Function {
	return harness.Function{Name: name, Run: func(c *harness.Case) harness.Dataset {
		flights, n := harness.Source[datasets.Flight](c, "flights"), c.Param("n")
		return harness.Call(c, func() *rdd.Pairs[string, int] { return f(flights, n) })
	}}
}
