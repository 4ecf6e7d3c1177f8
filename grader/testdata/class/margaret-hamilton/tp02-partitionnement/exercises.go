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

// DistanceAndTotal (exercise 4) pairs the distance of every flight with the sum
// of the distances of its airline, both in miles, in n partitions. The flights are
// used twice and moved once: each is written to a shuffle once, read from it once,
// and nothing else is shuffled. No job runs.
func DistanceAndTotal(flights *rdd.RDD[datasets.Flight], n int) *rdd.Pairs[string, rdd.Joined[int, int]] {
	// TODO
	return nil
}

// DistancesByBroadcast (exercise 5) pairs the distance of every flight, in miles,
// with the name of its airline, without a shuffle. names is small: its rows are
// brought to the driver, once, and shared with the tasks. Each airline has one
// name at most; as in a join, a flight of an airline without a name is left out.
func DistancesByBroadcast(flights *rdd.RDD[datasets.Flight], names *rdd.Pairs[string, string]) *rdd.Pairs[string, rdd.Joined[int, string]] {
	// TODO
	return nil
}

// Sizes (exercise 6) counts the rows of each partition where they lie. The result
// has the partitions of flights, in their order; each holds one number, how many
// rows that partition of flights has, 0 too. No job runs, no row moves.
func Sizes(flights *rdd.RDD[datasets.Flight]) *rdd.RDD[int] {
	// TODO
	return nil
}

// JFKAlone (exercise 7) returns a partitioner of n partitions, at least 2, for the
// codes of airports. Partition 0 is for JFK alone. Any other code is in partition
// 1 + l mod (n-1), where l is its first letter as a number ('A' is 65). Two such
// partitioners with the same n are equal: who places by one what is placed by the
// other moves nothing.
func JFKAlone(n int) rdd.Partitioner {
	// TODO
	return nil
}

// SaltedDistances (exercise 8) pairs the distance of every flight, in miles, with
// the name of the airport it left from; names has one for each airport, and stands
// for a dataset that is too large for the driver: no job runs. There are few
// airports, so their codes are salted: each flight is written to a shuffle once,
// each name at most once for each of the salts (0 to salts-1), and no task reads
// more than a fifth of the flights.
func SaltedDistances(flights *rdd.RDD[datasets.Flight], names *rdd.Pairs[string, string], salts int) *rdd.Pairs[string, rdd.Joined[int, string]] {
	// TODO
	return nil
}

// ByDistance (exercise 9) returns the flights in n partitions by their distance:
// none in a partition is farther than one in the next partition, and the largest
// partition holds at most 1.5 times the mean, however the distances are spread.
// The order inside a partition is free. Each row is written to a shuffle once, and
// no job runs but Spark's own, which takes a sample of the distances.
func ByDistance(flights *rdd.RDD[datasets.Flight], n int) *rdd.RDD[datasets.Flight] {
	// TODO
	return flights
}

// PartitionOf (exercise 10) is the partition, from 0 to n-1, in which Spark's hash
// partitioner of n partitions places a key: the same in every run, on every
// computer. rdd.HashCode is Spark's hash; it may be negative.
func PartitionOf(key string, n int) int {
	// TODO
	return 0
}
