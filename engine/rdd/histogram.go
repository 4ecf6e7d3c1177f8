package rdd

import (
	"iter"
	"slices"
	"sort"

	"etincelle/engine/lineage"
)

// Histogram counts the rows in n buckets of the same width between the smallest
// and the largest row; the last bucket includes the largest. It runs two jobs:
// one finds the ends. An empty dataset, or one with an infinity or NaN, is an error.
func Histogram[N Number](r *RDD[N], n int) (bounds []float64, counts []int64, err error) {
	if n < 1 {
		return nil, nil, illegal("a histogram needs at least one bucket, %d were asked for", n)
	}
	ends, err := summarize("histogram", r)
	if err != nil {
		return nil, nil, err
	}
	if finite := func(x float64) bool { return x-x == 0 }; !finite(ends.Min) || !finite(ends.Max) {
		return nil, nil, &lineage.Failure{Class: lineage.SparkUnsupported, Site: lineage.Caller(), Message: "Histogram on either an empty RDD or RDD containing +/-infinity or NaN"}
	}
	bounds = evenBounds(ends.Min, ends.Max, n)
	counts, err = bucketed(r, len(bounds)-1, func(x float64) int {
		if ends.Min == ends.Max {
			return 0
		}
		return min(int((x-ends.Min)/(ends.Max-ends.Min)*float64(n)), n-1) // as Spark: by the ratio, not by the rounded bounds
	})
	return bounds, counts, err
}

// evenBounds are the n+1 bounds of n buckets; one value has one bucket.
func evenBounds(low, high float64, n int) []float64 {
	if low == high {
		return []float64{low, low}
	}
	bounds := make([]float64, 0, n+1)
	for i := range n {
		bounds = append(bounds, low+float64(i)*(high-low)/float64(n))
	}
	return append(bounds, high)
}

// HistogramBy counts the rows in the buckets between bounds, which must grow; a
// bucket includes its lower bound, the last one its upper bound too. Rows outside
// are not counted.
func HistogramBy[N Number](r *RDD[N], bounds []float64) ([]int64, error) {
	if len(bounds) < 2 || !slices.IsSorted(bounds) {
		return nil, illegal("buckets array must have at least two elements, in growing order; found %v", bounds)
	}
	last := len(bounds) - 1
	return bucketed(r, last, func(x float64) int {
		if x == bounds[last] {
			return last - 1
		}
		return sort.Search(len(bounds), func(i int) bool { return bounds[i] > x }) - 1
	})
}

// bucketed counts the rows of each of n buckets; bucket is -1, or n, for a row
// that is in none.
func bucketed[N Number](r *RDD[N], n int, bucket func(float64) int) ([]int64, error) {
	parts, err := runAll(r, "histogram", func(t *lineage.Task, rows iter.Seq[N]) ([]int64, error) {
		counts := make([]int64, n)
		for row := range rows {
			if i := bucket(float64(row)); i >= 0 && i < n {
				counts[i]++
			}
		}
		t.Metrics.Result++
		return counts, nil
	})
	total := make([]int64, n)
	for _, counts := range parts {
		for i, c := range counts {
			total[i] += c
		}
	}
	return total, err
}
