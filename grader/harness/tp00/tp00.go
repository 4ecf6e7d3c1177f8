// Package tp00 says how the functions of TP 0 are called: one function here for
// each of them, with its name and its type, so that a program under test holds
// no more than the exercises that it has.
package tp00

import (
	"etincelle/datasets"
	"etincelle/engine/rdd"
	"etincelle/grader/harness"
)

// Functions are those that a student writes.
type Functions struct {
	LateFlights func(*rdd.RDD[datasets.Flight], int) *rdd.RDD[datasets.Flight]
	CountLate   func(*rdd.RDD[datasets.Flight], int) (int, error)
}

// Exercises are those of the TP, with these functions.
func Exercises(f Functions) []harness.Exercise {
	return []harness.Exercise{
		{Number: 1, Functions: []harness.Function{LateFlights(f.LateFlights)}},
		{Number: 2, Functions: []harness.Function{CountLate(f.CountLate)}},
	}
}

// LateFlights calls the function of that name.
func LateFlights(f func(*rdd.RDD[datasets.Flight], int) *rdd.RDD[datasets.Flight]) harness.Function {
	return harness.Function{Name: "LateFlights", Run: func(c *harness.Case) harness.Dataset {
		flights, minutes := harness.Source[datasets.Flight](c, "flights"), c.Param("minutes")
		return harness.Call(c, func() *rdd.RDD[datasets.Flight] { return f(flights, minutes) })
	}}
}

// CountLate calls the function of that name.
func CountLate(f func(*rdd.RDD[datasets.Flight], int) (int, error)) harness.Function {
	return harness.Function{Name: "CountLate", Run: func(c *harness.Case) harness.Dataset {
		flights, minutes := harness.Source[datasets.Flight](c, "flights"), c.Param("minutes")
		return harness.Value(c, func() (int, error) { return f(flights, minutes) })
	}}
}
