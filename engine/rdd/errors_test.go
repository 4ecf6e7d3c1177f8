package rdd_test

import (
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// wild is a partitioner that answers what it likes.
type wild struct{ partitions, answer int }

func (w wild) NumPartitions() int { return w.partitions }
func (w wild) Partition(any) int  { return w.answer }

// TestBadArguments: what cannot be done is an error of the action, with Spark's
// words and the program's line, and never a panic.
func TestBadArguments(t *testing.T) {
	s := engine.Start(engine.Attempts(1))
	defer s.Stop()
	other := engine.Start()
	defer other.Stop()
	in := numbers(s, 10, 3)
	pairs := rdd.KeyBy(in, digit)
	foreign := rdd.KeyBy(numbers(other, 3, 1), digit)
	none := rdd.Empty[int](s)
	count := func(r interface{ Count() (int, error) }) error {
		_, err := r.Count()
		return err
	}
	for message, err := range map[string]error{
		"Positive number of partitions required":                                   count(rdd.Of(s, 0, 1, 2)),
		"step cannot be 0":                                                         count(rdd.Range(s, 0, 9, 0, 2)),
		"Number of partitions (0) must be positive":                                count(rdd.Coalesce(in, 0)),
		"Number of partitions (-1) must be positive":                               count(rdd.Repartition(in, -1)),
		"Number of partitions (-2) cannot be negative":                             count(rdd.ReduceByKey(pairs, rdd.Add, rdd.Hash(-2))),
		"Number of partitions (-3) cannot be negative":                             count(rdd.Distinct(in, -3)),
		"cannot be negative but found -4":                                          count(rdd.SortByKey(pairs, rdd.Ascending, -4)),
		"2 partitioners were given":                                                count(rdd.GroupByKey(pairs, rdd.Hash(1), rdd.Hash(2))),
		"2 numbers of partitions were given":                                       count(rdd.Distinct(in, 1, 2)),
		"the partitioner is nil":                                                   count(rdd.PartitionBy(pairs, nil)),
		"Index 7 out of bounds for length 2":                                       count(rdd.PartitionBy(pairs, wild{2, 7})),
		"Index -1 out of bounds for length 3":                                      count(rdd.PartitionBy(pairs, wild{3, -1})),
		"non-existent partition: 9. Total number of partitions: 2":                 second(rdd.Lookup(rdd.PartitionBy(rdd.KeyBy(none, digit), wild{2, 9}), 1)),
		"non-existent partition: 0. Total number of partitions: 0":                 second(rdd.Lookup(rdd.PartitionBy(pairs, rdd.Hash(0)), 1)),
		"Fraction must be nonnegative, but got -0.5":                               count(rdd.Sample(in, -.5, 1)),
		"Sampling fraction (1.5) must be on interval [0, 1]":                       count(rdd.Sample(in, 1.5, 1)),
		"Fraction must be nonnegative, but got -1":                                 count(rdd.SampleWithReplacement(in, -1, 1)),
		"Weights must be nonnegative, but got [0.5,-0.5]":                          count(rdd.RandomSplit(in, 1, .5, -.5)[0]),
		"Sum of weights must be positive, but got [0,0]":                           count(rdd.RandomSplit(in, 1, 0, 0)[1]),
		"Negative sampling rates":                                                  count(rdd.SampleByKey(pairs, map[int]float64{1: -1}, 1)),
		"key not found: ":                                                          count(rdd.SampleByKey(pairs, map[int]float64{1: 1}, 1)),
		"Negative number of elements requested":                                    second(rdd.TakeSample(in, -1, 1)),
		"k cannot be negative but was: -2":                                         second(rdd.TakeOrdered(in, -2)),
		"Depth must be greater than or equal to 1 but got 0":                       second(rdd.TreeReduce(in, rdd.Add, 0)),
		"accuracy (1e-06) must be greater than 1.7e-05":                            second(rdd.CountApproxDistinct(in, 1e-6)),
		"buckets array must have at least two elements":                            second(rdd.HistogramBy(in, []float64{1})),
		"at least one bucket, 0 were asked for":                                    histogram(in, 0),
		"Histogram on either an empty RDD or RDD containing":                       histogram(rdd.Of[int](s, 2), 3),
		"Can't zip RDDs with unequal numbers of partitions: List(3, 2)":            count(rdd.Zip(in, numbers(s, 10, 2))),
		"Can only zip RDDs with same number of elements in each partition":         count(rdd.Zip(in, numbers(s, 11, 3))),
		"Can only zip RDDs with same number of elements":                           count(rdd.Zip(numbers(s, 11, 3), in)),
		"belong to different sessions":                                             count(rdd.Join(pairs, foreign)),
		"ParallelCollectionRDD[0] at parallelize and MapPartitionsRDD[1] at keyBy": count(rdd.Cartesian(in, foreign)),
		"datasets MapPartitionsRDD":                                                count(rdd.Union(s, pairs, foreign)),
		"empty collection":                                                         second(none.First()),
	} {
		require.ErrorContains(t, err, message)
		var failure *lineage.Failure
		if assert.ErrorAs(t, err, &failure, message) && !strings.Contains(message, "Index") && !strings.Contains(message, "Can only") && !strings.Contains(message, "key not found") {
			assert.Equal(t, "errors_test.go", failure.Site.File, message)
		}
	}
	for name, err := range map[string]error{
		"Reduce": second(none.Reduce(rdd.Add)), "Max": second(rdd.Max(none)), "Min": second(rdd.Min(none)),
		"TreeReduce": second(rdd.TreeReduce(none, rdd.Add, 2)), "Stats": second(rdd.Stats(none)), "Mean": second(rdd.Mean(none)),
		"ReduceByKeyLocally": second(rdd.ReduceByKeyLocally(rdd.KeyBy(none, digit), rdd.Add)), "Histogram": histogram(none, 3),
	} {
		assert.ErrorContains(t, err, "empty collection", name)
	}
}

func histogram(r *rdd.RDD[int], n int) error {
	_, _, err := rdd.Histogram(r, n)
	return err
}

// What a partition without rows is to these is nothing to fail for.
func TestNothingIsNoError(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	none := rdd.Empty[int](s)
	pairs := rdd.KeyBy(none, digit)
	assert.Empty(t, list(rdd.ZipWithIndex(none)))
	assert.Empty(t, list(rdd.SortBy(none, digit, rdd.Ascending)))
	assert.Equal(t, 0, rdd.ReduceByKey(pairs, rdd.Add).NumPartitions())
	assert.Equal(t, 0, rdd.Subtract(none, numbers(s, 3, 2)).NumPartitions())
	assert.Equal(t, 2, rdd.Join(pairs, rdd.KeyBy(numbers(s, 3, 2), digit)).NumPartitions())
	assert.Equal(t, 0, rdd.Cartesian(none, numbers(s, 3, 2)).NumPartitions())
	assert.Empty(t, engine.Must(rdd.Top(none, 3)))
	assert.Empty(t, engine.Must(rdd.TakeSample(none, 3, 1)))
	assert.Empty(t, engine.Must(none.Take(-1)))
	assert.Equal(t, 0, engine.Must(rdd.CountApproxDistinct(none, .05)))
	assert.Equal(t, 7, engine.Must(rdd.TreeAggregate(none, 7, rdd.Add, rdd.Add, 2)))
	assert.Empty(t, list(rdd.Union[int](s)))
}

// Whatever a student's function does, the error names the line that did it.
func TestFailuresNameTheLine(t *testing.T) {
	s := engine.Start(engine.Attempts(1), engine.Sequential())
	defer s.Stop()
	in := numbers(s, 4, 2)
	broken := errors.New("broken")
	boom, boomed := rdd.Map(in, func(n int) int { panic("boom") }), "panic: boom ("+here()+")"
	first := func(rows iter.Seq[int]) iter.Seq[int] {
		return func(yield func(int) bool) {
			next, stop := iter.Pull(rows)
			defer stop()
			n, _ := next()
			yield(n)
		}
	}
	for name, c := range map[string]struct {
		r    *rdd.RDD[int]
		says string
	}{
		"a panic":             {boom, boomed},
		"an index":            {rdd.Map(in, func(n int) int { return []int{}[n] }), "index out of range [0] with length 0 (" + here() + ")"},
		"a filter":            {rdd.Filter(in, func(int) bool { panic("no") }), "panic: no (" + here() + ")"},
		"before a shuffle":    {rdd.Keys(rdd.GroupByKey(rdd.KeyBy(boom, digit))), boomed},
		"the left of a zip":   {lefts(rdd.Zip(boom, in)), boomed},
		"the right of a zip":  {lefts(rdd.Zip(in, boom)), boomed},
		"what is pulled":      {rdd.MapPartitions(boom, first), boomed},
		"a source":            {rdd.FromPartitions(s, "in", 2, func(int) ([]int, error) { return nil, broken }), "broken"},
		"a nil function":      {rdd.Map[int, int](in, nil), "nil pointer dereference"},
		"runtime.Goexit":      {rdd.Map(in, func(n int) int { runtime.Goexit(); return n }), "ended its goroutine"},
		"Goexit in a pull":    {rdd.MapPartitions(rdd.Map(in, func(n int) int { runtime.Goexit(); return n }), first), "ended its goroutine"},
		"an action in a task": {rdd.Map(in, func(n int) int { return engine.Must(in.Count()) }), "(SPARK-5063)"},
		"an action in a pull": {rdd.MapPartitions(rdd.Map(in, func(n int) int { return engine.Must(in.Count()) }), first), "(SPARK-5063)"},
	} {
		_, err := c.r.Count()
		assert.ErrorContains(t, err, c.says, name)
	}
	assert.Equal(t, 4, engine.Must(in.Count()), "the session goes on")
}

// here is the line that calls it.
func here() string {
	_, file, line, _ := runtime.Caller(1)
	return fmt.Sprintf("%s:%d", filepath.Base(file), line)
}

// A session that was stopped says so to whoever comes late.
func TestStoppedSession(t *testing.T) {
	s := engine.Start()
	in := numbers(s, 4, 2).Cache()
	list(in)
	s.Stop()
	s.Stop()
	_, err := in.Count()
	require.ErrorContains(t, err, "Cannot call methods on a stopped session: count came after Stop (errors_test.go:")
	for _, err := range rdd.Map(in, double).ToLocalIterator() {
		assert.ErrorContains(t, err, "stopped session")
	}
	sorted := rdd.SortBy(in, digit, rdd.Ascending) // eager
	assert.ErrorContains(t, sorted.Err(), "stopped session")
}

// A mistake stays with what is made of it, and the first action tells it.
func TestMistakesAreHandedDown(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	wrong := rdd.Coalesce(numbers(s, 4, 2), 0)
	pairs := rdd.KeyBy(wrong, digit)
	good := rdd.KeyBy(numbers(s, 4, 2), digit)
	for name, err := range map[string]error{
		"Map": rdd.Map(wrong, double).Err(), "Filter": rdd.Filter(wrong, even).Err(), "Union": rdd.Union(s, numbers(s, 1, 1), wrong).Err(),
		"Distinct": rdd.Distinct(wrong).Err(), "ReduceByKey": rdd.ReduceByKey(pairs, rdd.Add).Err(), "Join": rdd.Join(good, pairs).Err(),
		"CoGroup4": rdd.CoGroup4(good, good, good, pairs).Err(), "SubtractByKey": rdd.SubtractByKey(good, pairs).Err(),
		"SortBy": rdd.SortBy(wrong, digit, rdd.Ascending).Err(), "Zip": rdd.Zip(numbers(s, 4, 2), wrong).Err(),
		"ZipWithIndex": rdd.ZipWithIndex(wrong).Err(), "Cartesian": rdd.Cartesian(wrong, wrong).Err(), "Sample": rdd.Sample(wrong, .5, 1).Err(),
		"Repartition": rdd.Repartition(wrong, 2).Err(), "Glom": rdd.Glom(wrong).Err(), "PartitionBy": rdd.PartitionBy(pairs, rdd.Hash(2)).Err(),
		"FilterByRange": rdd.FilterByRange(pairs, 1, 2).Err(), "RepartitionAndSort": rdd.RepartitionAndSortWithinPartitions(pairs, rdd.Hash(2)).Err(),
		"CountApproxDistinctByKey": rdd.CountApproxDistinctByKey(pairs, .05).Err(), "GroupBy": rdd.GroupBy(wrong, digit).Err(),
	} {
		assert.Equal(t, wrong.Err(), err, name)
	}
	for name, err := range map[string]error{
		"Count": second(wrong.Count()), "Take": second(wrong.Take(1)), "Reduce": second(wrong.Reduce(rdd.Add)), "Fold": second(wrong.Fold(0, rdd.Add)),
		"Top": second(rdd.Top(wrong, 1)), "TakeSample": second(rdd.TakeSample(wrong, 1, 1)), "TreeReduce": second(rdd.TreeReduce(wrong, rdd.Add, 2)),
		"Stats": second(rdd.Stats(wrong)), "CountByKey": second(rdd.CountByKey(pairs)), "Lookup": second(rdd.Lookup(pairs, 1)),
		"ForEach": wrong.ForEach(func(int) {}), "SaveAsTextFile": wrong.SaveAsTextFile(t.TempDir() + "/out"), "Histogram": histogram(wrong, 2),
		"ReduceByKeyLocally": second(rdd.ReduceByKeyLocally(pairs, rdd.Add)), "CountByValue": second(rdd.CountByValue(wrong)),
	} {
		assert.Equal(t, wrong.Err(), err, name)
	}
}

func second(_ any, err error) error { return err }

func lefts(r *rdd.RDD[rdd.Joined[int, int]]) *rdd.RDD[int] {
	return rdd.Map(r, func(j rdd.Joined[int, int]) int { return j.Left })
}
