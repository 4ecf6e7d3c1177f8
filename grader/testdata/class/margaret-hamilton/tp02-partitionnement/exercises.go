// Package tp02 is TP 2: partitioning and shuffling, on the flights that left New
// York in January 2013. Write the bodies marked TODO, then run
//
//	go run . check tp02
package tp02

import (
	"etincelle/datasets"
	"etincelle/engine/rdd"
)

// Shrink (exercise 1) returns the rows of flights in n partitions, fewer than
// it has, without moving a single row: 0 rows are written to a shuffle.
func Shrink(flights *rdd.RDD[datasets.Flight], n int) *rdd.RDD[datasets.Flight] {
	return rdd.Coalesce(flights, n)
}

// Balance (exercise 1) returns the rows of flights in n partitions of about the
// same size, however uneven they are in flights: the largest holds at most 1.2
// times the mean. Each row is written to a shuffle once.
func Balance(flights *rdd.RDD[datasets.Flight], n int) *rdd.RDD[datasets.Flight] {
	return rdd.Coalesce(flights, n)
}

// DelayByCarrier (exercise 2) returns, for each airline, the sum of the delays
// of its flights that departed, in minutes; flights that left early count
// negatively. At most one row for each airline and partition is written to the
// shuffle.
func DelayByCarrier(flights *rdd.RDD[datasets.Flight]) *rdd.Pairs[string, int] {
	departed := rdd.Filter(flights, func(f datasets.Flight) bool { return f.Departed })
	delays := rdd.MapToPair(departed, func(f datasets.Flight) (string, int) { return f.Carrier, f.Delay })
	return rdd.ReduceByKey(delays, rdd.Add) // merged in each partition before the shuffle
}

// DistancesWithNames (exercise 3) pairs the distance of every flight, in miles,
// with the name of its airline. flights and names are placed by the same
// partitioner already, by the airline's code: not one more row may move.
func DistancesWithNames(flights *rdd.Pairs[string, datasets.Flight], names *rdd.Pairs[string, string]) *rdd.Pairs[string, rdd.Joined[int, string]] {
	distances := rdd.MapValues(flights, func(f datasets.Flight) int { return f.Distance }) // keeps the partitioner
	return rdd.Join(distances, names)
}
