// Package tp01 is TP 1: what a program becomes before it runs: jobs, stages,
// tasks. Write the bodies marked TODO, then run
//
//	go run . check tp01
package tp01

import (
	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/rdd"
)

// LongDelays (exercise 1) returns the delay, in minutes, of each flight that
// left more than 60 minutes late. parse reads a line and takes its time: it is
// called once for each line, and not before an action asks for the result.
func LongDelays(lines *rdd.RDD[string], parse func(line string) datasets.Flight) *rdd.RDD[int] {
	// TODO
	return nil
}

// Stages (exercise 2) returns how many stages the job of an action has, when the
// dataset was made by these transformations, the first one first. They are among
//
//	map flatMap filter mapValues mapPartitions coalesce
//	reduceByKey groupByKey partitionBy sortByKey repartition distinct
//
// The dataset at the start is read from a file, and coalesce makes fewer partitions.
// Between two of reduceByKey, groupByKey, partitionBy, sortByKey and distinct there
// is always a map. Stages that the job skips count; the jobs that a sort runs to
// sample do not.
func Stages(chain []string) int {
	// TODO
	return 0
}

// BusiestFirst (exercise 2) returns the number of flights that departed for each
// destination, the busiest first: sorted over all partitions, by the engine, into
// about n partitions. Its job has three stages.
func BusiestFirst(flights *rdd.RDD[datasets.Flight], n int) *rdd.Pairs[string, int] {
	// TODO
	return nil
}

// InTasks (exercise 3) makes a dataset of delays, in their order, that takes n
// tasks to compute, and no shuffle.
func InTasks(s *engine.Session, delays []int, n int) *rdd.RDD[int] {
	// TODO
	return nil
}

// CountByCarrier (exercise 3) returns the number of flights of each airline. The
// stage that reads flights keeps its tasks; the one after the shuffle, of which
// there is only one, has n tasks.
func CountByCarrier(flights *rdd.RDD[datasets.Flight], n int) *rdd.Pairs[string, int] {
	// TODO
	return nil
}

// AirlinesAndMost (exercise 4) runs two actions: one counts the airlines, the
// other finds the number of flights of the airline that has the most. The flights
// are shuffled once: the second job skips the stage that the first one ran. flights
// has a row at least.
func AirlinesAndMost(flights *rdd.RDD[datasets.Flight]) (airlines, most int, err error) {
	// TODO
	return 0, 0, nil
}

// StagesOf (exercise 5) returns how many stages the job of an action on a dataset
// has, read from the text of its lineage, as Lineage gives it. No dataset stands in
// the text twice.
func StagesOf(lineage string) int {
	// TODO
	return 0
}

// Rebuild (exercise 5) returns the dataset that has this lineage, where p is the
// number of partitions of flights, which is even, m is half of p, and n is given
// (the numbers in square brackets may differ):
//
//	(n) MapPartitionsRDD[5] at filter []
//	 |  ShuffledRDD[4] at reduceByKey []
//	 +-(m) MapPartitionsRDD[3] at map []
//	    |  CoalescedRDD[2] at coalesce []
//	    |  MapPartitionsRDD[1] at filter []
//	    |  ParallelCollectionRDD[0] at flights []
//
// The text does not tell what the functions do: the first filter keeps flights of
// more than 1000 miles, map (MapToPair) makes a pair of the destination and the
// distance, reduceByKey keeps the longest distance, and the last filter keeps the
// destinations farther than 2000 miles.
func Rebuild(flights *rdd.RDD[datasets.Flight], n int) *rdd.Pairs[string, int] {
	// TODO
	return nil
}

// Skipped (exercise 6) returns how many stages of a recorded run were skipped.
func Skipped(run datasets.Run) int {
	// TODO
	return 0
}

// Shuffled (exercise 6) returns how many rows a job wrote to shuffles. What a
// failed attempt wrote does not count, as on Spark's pages.
func Shuffled(run datasets.Run, job int) int64 {
	// TODO
	return 0
}

// Skew (exercise 6) returns how many times the median the largest task of a stage
// has: its rows read over the median of the rows read, of the attempts that did not
// fail, over all jobs. The median of an even number of tasks is the mean of the two
// in the middle. It is 0 when the median is 0 or the stage has no such task.
func Skew(run datasets.Run, stage int) float64 {
	// TODO
	return 0
}

// Retried (exercise 6) returns how many tasks failed and were tried again: a task
// that failed twice counts once. Two stages' tasks for the same partition are two
// tasks.
func Retried(run datasets.Run) int {
	// TODO
	return 0
}

// Total (exercise 7) returns the sum of what read gives for all lines. read fails
// now and then, for no fault of the line: a task in which it fails must fail, so
// that the engine tries it again. When the job fails for good, its error is returned.
func Total(lines *rdd.RDD[string], read func(line string) (int, error)) (int, error) {
	// TODO
	return 0, nil
}

// Readable (exercise 7) returns what read gives for the lines that it can read.
// Here a line that read refuses is bad for ever: it is left out, and no task fails.
// read is called once for each line.
func Readable(lines *rdd.RDD[string], read func(line string) (int, error)) *rdd.RDD[int] {
	// TODO
	return nil
}
