package rdd

import (
	"iter"
	"math"
	"slices"
	"sort"

	"etincelle/engine/lineage"
)

// Histogram counts the rows in n buckets of the same width between the smallest
// and the largest row; the last bucket includes the largest. It runs two jobs:
// one finds the ends. An empty dataset, or one with an infinity or NaN, is an error.
func Histogram[N Number](r *RDD[N], n int) (bounds []float64, counts []int64, err error) {
	const op = "histogram"
	if n < 1 {
		return nil, nil, &lineage.Failure{Class: lineage.SparkUnsupported, Site: lineage.Caller(), Message: "a histogram has at least one bucket"}
	}
	ends, err := aggregate(op, r, Summary{}, func(s Summary, x N) Summary { return s.with(float64(x)) }, Summary.merge)
	if err != nil {
		return nil, nil, err
	}
	if ends.Count == 0 || math.IsNaN(ends.Min+ends.Max) || math.IsInf(ends.Min, 0) || math.IsInf(ends.Max, 0) {
		return nil, nil, &lineage.Failure{Class: lineage.SparkUnsupported, Site: lineage.Caller(), Message: "Histogram on either an empty RDD or RDD containing +/-infinity or NaN"}
	}
	bounds = []float64{ends.Min, ends.Min}
	if ends.Min != ends.Max {
		bounds = bounds[:0]
		for i := range n {
			bounds = append(bounds, ends.Min+float64(i)*(ends.Max-ends.Min)/float64(n))
		}
		bounds = append(bounds, ends.Max)
	}
	counts, err = bucketed(r, bounds)
	return bounds, counts, err
}

// HistogramBy counts the rows in the buckets between bounds, which must grow; a
// bucket includes its lower bound, the last one its upper bound too. Rows outside
// are not counted.
func HistogramBy[N Number](r *RDD[N], bounds []float64) ([]int64, error) {
	if len(bounds) < 2 || !slices.IsSorted(bounds) {
		return nil, &lineage.Failure{Class: "java.lang.IllegalArgumentException", Site: lineage.Caller(), Message: "buckets array must have at least two elements, in growing order"}
	}
	return bucketed(r, bounds)
}

func bucketed[N Number](r *RDD[N], bounds []float64) ([]int64, error) {
	last := len(bounds) - 1
	parts, err := runAll(r, "histogram", func(t *lineage.Task, rows iter.Seq[N]) ([]int64, error) {
		counts := make([]int64, last)
		for row := range rows {
			x := float64(row)
			i := sort.Search(len(bounds), func(i int) bool { return bounds[i] > x }) - 1
			if x == bounds[last] {
				i = last - 1
			}
			if i >= 0 && i < last {
				counts[i]++
			}
		}
		t.Metrics.Result++
		return counts, nil
	})
	total := make([]int64, last)
	for _, counts := range parts {
		for i, n := range counts {
			total[i] += n
		}
	}
	return total, err
}
