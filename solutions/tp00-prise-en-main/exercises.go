// Package tp00 is TP 0: the kit itself. You write in this file, between the
// braces, and nowhere else. Then run
//
//	go run . check tp00
package tp00

import (
	"etincelle/datasets"
	"etincelle/engine/rdd"
)

// LateFlights (exercise 1) returns the flights that departed more than minutes
// minutes late. A cancelled flight did not depart: its Delay means nothing.
func LateFlights(flights *rdd.RDD[datasets.Flight], minutes int) *rdd.RDD[datasets.Flight] {
	return rdd.Filter(flights, func(f datasets.Flight) bool { return f.Departed && f.Delay > minutes })
}

// CountLate (exercise 2) returns how many flights departed more than minutes
// minutes late. The executors count them, in one job: no flight is brought to the
// driver. When the job fails, its error is returned.
func CountLate(flights *rdd.RDD[datasets.Flight], minutes int) (int, error) {
	return LateFlights(flights, minutes).Count()
}
