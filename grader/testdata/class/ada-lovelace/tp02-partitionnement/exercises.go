// Package tp02 is TP 2: partitioning and shuffling, on the flights that left New
// York in January 2013. Write the bodies marked TODO, then run
//
//	go run . check tp02
package tp02

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"etincelle/datasets"
	"etincelle/engine"
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
	return rdd.Repartition(flights, n)
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
	distances := rdd.MapToPair(flights, func(f datasets.Flight) (string, int) { return f.Carrier, f.Distance })
	placed := rdd.PartitionBy(distances, rdd.Hash(n)).Cache() // placed for both sides, kept for the second
	return rdd.Join(placed, rdd.ReduceByKey(placed, rdd.Add))
}

// DistancesByBroadcast (exercise 5) pairs the distance of every flight, in miles,
// with the name of its airline, without a shuffle. names is small: its rows are
// brought to the driver, once, and shared with the tasks. Each airline has one
// name at most; as in a join, a flight of an airline without a name is left out.
func DistancesByBroadcast(flights *rdd.RDD[datasets.Flight], names *rdd.Pairs[string, string]) *rdd.Pairs[string, rdd.Joined[int, string]] {
	known := rdd.NewBroadcast(flights.Session(), engine.Must(rdd.CollectMap(names)))
	return rdd.FlatMap(flights, func(f datasets.Flight) []rdd.Pair[string, rdd.Joined[int, string]] {
		name, named := known.Value()[f.Carrier]
		if !named {
			return nil
		}
		return []rdd.Pair[string, rdd.Joined[int, string]]{rdd.KV(f.Carrier, rdd.Joined[int, string]{Left: f.Distance, Right: name})}
	})
}

// Sizes (exercise 6) counts the rows of each partition where they lie. The result
// has the partitions of flights, in their order; each holds one number, how many
// rows that partition of flights has, 0 too. No job runs, no row moves.
func Sizes(flights *rdd.RDD[datasets.Flight]) *rdd.RDD[int] {
	return rdd.MapPartitions(flights, func(rows iter.Seq[datasets.Flight]) iter.Seq[int] {
		n := 0 // a new one for each partition: tasks share nothing
		for range rows {
			n++
		}
		return slices.Values([]int{n})
	})
}

// jfkAlone is comparable: two of the same n are equal by ==.
type jfkAlone struct{ n int }

func (p jfkAlone) NumPartitions() int { return p.n }

func (p jfkAlone) Partition(key any) int {
	code, _ := key.(string)
	if code == "JFK" || code == "" {
		return 0
	}
	return 1 + int(code[0])%(p.n-1)
}

// JFKAlone (exercise 7) returns a partitioner of n partitions, at least 2, for the
// codes of airports. Partition 0 is for JFK alone. Any other code is in partition
// 1 + l mod (n-1), where l is its first letter as a number ('A' is 65). Two such
// partitioners with the same n are equal: who places by one what is placed by the
// other moves nothing.
func JFKAlone(n int) rdd.Partitioner { return jfkAlone{n} }

// SaltedDistances (exercise 8) pairs the distance of every flight, in miles, with
// the name of the airport it left from; names has one for each airport, and stands
// for a dataset that is too large for the driver: no job runs. There are few
// airports, so their codes are salted: each flight is written to a shuffle once,
// each name at most once for each of the salts (0 to salts-1), and no task reads
// more than a fifth of the flights.
func SaltedDistances(flights *rdd.RDD[datasets.Flight], names *rdd.Pairs[string, string], salts int) *rdd.Pairs[string, rdd.Joined[int, string]] {
	salted := rdd.MapToPair(flights, func(f datasets.Flight) (string, int) {
		return f.Origin + "#" + strconv.Itoa(f.Number%salts), f.Distance // the row alone decides: a task run again salts alike
	})
	copies := rdd.FlatMap(names, func(p rdd.Pair[string, string]) []rdd.Pair[string, string] {
		var all []rdd.Pair[string, string]
		for salt := range salts {
			all = append(all, rdd.KV(p.Key+"#"+strconv.Itoa(salt), p.Value))
		}
		return all
	})
	return rdd.Map(rdd.Join(salted, copies), func(p rdd.Pair[string, rdd.Joined[int, string]]) rdd.Pair[string, rdd.Joined[int, string]] {
		code, _, _ := strings.Cut(p.Key, "#")
		return rdd.KV(code, p.Value)
	})
}

// ByDistance (exercise 9) returns the flights in n partitions by their distance:
// none in a partition is farther than one in the next partition, and the largest
// partition holds at most 1.5 times the mean, however the distances are spread.
// The order inside a partition is free. Each row is written to a shuffle once, and
// no job runs but Spark's own, which takes a sample of the distances.
func ByDistance(flights *rdd.RDD[datasets.Flight], n int) *rdd.RDD[datasets.Flight] {
	return rdd.SortBy(flights, func(f datasets.Flight) int { return f.Distance }, rdd.Ascending, n) // bounds by sampling
}

// PartitionOf (exercise 10) is the partition, from 0 to n-1, in which Spark's hash
// partitioner of n partitions places a key: the same in every run, on every
// computer. rdd.HashCode is Spark's hash; it may be negative.
func PartitionOf(key string, n int) int {
	p := int(rdd.HashCode(key)) % n // Go's remainder has the sign of the hash
	if p < 0 {
		p += n
	}
	return p
}
