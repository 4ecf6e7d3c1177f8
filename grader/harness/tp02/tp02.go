// Package tp02 says how the functions of TP 2 are called: one function here for
// each of them, with its name and its type, so that a program under test holds
// no more than the exercises that it has.
package tp02

import (
	"etincelle/datasets"
	"etincelle/engine/rdd"
	"etincelle/grader/harness"
)

// Functions are those that a student writes.
type Functions struct {
	Shrink               func(*rdd.RDD[datasets.Flight], int) *rdd.RDD[datasets.Flight]
	Balance              func(*rdd.RDD[datasets.Flight], int) *rdd.RDD[datasets.Flight]
	DelayByCarrier       func(*rdd.RDD[datasets.Flight]) *rdd.Pairs[string, int]
	DistancesWithNames   func(*rdd.Pairs[string, datasets.Flight], *rdd.Pairs[string, string]) *rdd.Pairs[string, rdd.Joined[int, string]]
	DistanceAndTotal     func(*rdd.RDD[datasets.Flight], int) *rdd.Pairs[string, rdd.Joined[int, int]]
	DistancesByBroadcast func(*rdd.RDD[datasets.Flight], *rdd.Pairs[string, string]) *rdd.Pairs[string, rdd.Joined[int, string]]
	Sizes                func(*rdd.RDD[datasets.Flight]) *rdd.RDD[int]
	JFKAlone             func(int) rdd.Partitioner
	SaltedDistances      func(*rdd.RDD[datasets.Flight], *rdd.Pairs[string, string], int) *rdd.Pairs[string, rdd.Joined[int, string]]
	ByDistance           func(*rdd.RDD[datasets.Flight], int) *rdd.RDD[datasets.Flight]
	PartitionOf          func(string, int) int
}

// Exercises are those of the TP, with these functions.
func Exercises(f Functions) []harness.Exercise {
	return []harness.Exercise{
		{Number: 1, Functions: []harness.Function{Shrink(f.Shrink), Balance(f.Balance)}},
		{Number: 2, Functions: []harness.Function{DelayByCarrier(f.DelayByCarrier)}},
		{Number: 3, Functions: []harness.Function{DistancesWithNames(f.DistancesWithNames)}},
		{Number: 4, Functions: []harness.Function{DistanceAndTotal(f.DistanceAndTotal)}},
		{Number: 5, Functions: []harness.Function{DistancesByBroadcast(f.DistancesByBroadcast)}},
		{Number: 6, Functions: []harness.Function{Sizes(f.Sizes)}},
		{Number: 7, Functions: []harness.Function{JFKAlone(f.JFKAlone)}},
		{Number: 8, Functions: []harness.Function{SaltedDistances(f.SaltedDistances)}},
		{Number: 9, Functions: []harness.Function{ByDistance(f.ByDistance)}},
		{Number: 10, Functions: []harness.Function{PartitionOf(f.PartitionOf)}},
	}
}

// Shrink calls the function of that name.
func Shrink(f func(*rdd.RDD[datasets.Flight], int) *rdd.RDD[datasets.Flight]) harness.Function {
	return harness.Function{Name: "Shrink", Run: resizing(f)}
}

// Balance calls the function of that name.
func Balance(f func(*rdd.RDD[datasets.Flight], int) *rdd.RDD[datasets.Flight]) harness.Function {
	return harness.Function{Name: "Balance", Run: resizing(f)}
}

// DelayByCarrier calls the function of that name.
func DelayByCarrier(f func(*rdd.RDD[datasets.Flight]) *rdd.Pairs[string, int]) harness.Function {
	return harness.Function{Name: "DelayByCarrier", Run: func(c *harness.Case) harness.Dataset {
		flights := harness.Source[datasets.Flight](c, "flights")
		return harness.Call(c, func() *rdd.Pairs[string, int] { return f(flights) })
	}}
}

// DistancesWithNames calls the function of that name.
func DistancesWithNames(f func(*rdd.Pairs[string, datasets.Flight], *rdd.Pairs[string, string]) *rdd.Pairs[string, rdd.Joined[int, string]]) harness.Function {
	return harness.Function{Name: "DistancesWithNames", Run: func(c *harness.Case) harness.Dataset {
		// Both sides are placed before the call, by two partitioners that are equal and
		// not the same: what the function does to one of them shows in the shuffles.
		byCode := rdd.KeyBy(harness.Source[datasets.Flight](c, "flights"), func(f datasets.Flight) string { return f.Carrier })
		flights := rdd.PartitionBy(byCode, partitioner(c))
		names := rdd.PartitionBy(harness.Source[rdd.Pair[string, string]](c, "names"), partitioner(c))
		return harness.Call(c, func() *rdd.Pairs[string, rdd.Joined[int, string]] { return f(flights, names) })
	}}
}

func resizing(resize func(*rdd.RDD[datasets.Flight], int) *rdd.RDD[datasets.Flight]) func(*harness.Case) harness.Dataset {
	return func(c *harness.Case) harness.Dataset {
		flights, n := harness.Source[datasets.Flight](c, "flights"), c.Param("n")
		return harness.Call(c, func() *rdd.RDD[datasets.Flight] { return resize(flights, n) })
	}
}

// partitioner places the inputs of exercise 3: by hash, or by the first letter
// when the case says so.
func partitioner(c *harness.Case) rdd.Partitioner {
	n := c.Param("partitions")
	if c.Param("byLetter") == 1 {
		return byLetter{n}
	}
	return rdd.Hash(n)
}

// byLetter places codes by their first letter: a partitioner that is not Spark's.
type byLetter struct{ n int }

func (b byLetter) NumPartitions() int { return b.n }

func (b byLetter) Partition(key any) int {
	code, _ := key.(string)
	if code == "" {
		return 0
	}
	return int(code[0]) % b.n
}
