package rdd

import (
	"fmt"
	"math"
)

// Summary is what Stats finds. That of no rows has a mean of 0, and a Min above
// its Max.
type Summary struct {
	Count    int64
	Mean     float64
	Min, Max float64
	squares  float64 // sum of squared distances from the mean
}

// Variance is the mean squared distance from the mean (population variance).
func (s Summary) Variance() float64 { return s.squares / float64(s.Count) }

// SampleVariance divides by Count-1: the rows are a sample. Of fewer than two rows
// it is NaN.
func (s Summary) SampleVariance() float64 {
	if s.Count < 2 {
		return math.NaN()
	}
	return s.squares / float64(s.Count-1)
}

// Stdev is the square root of Variance.
func (s Summary) Stdev() float64 { return math.Sqrt(s.Variance()) }

// SampleStdev is the square root of SampleVariance.
func (s Summary) SampleStdev() float64 { return math.Sqrt(s.SampleVariance()) }

// Sum is Mean times Count.
func (s Summary) Sum() float64 { return s.Mean * float64(s.Count) }

func (s Summary) String() string {
	return fmt.Sprintf("(count: %d, mean: %.6f, stdev: %.6f, max: %.6f, min: %.6f)", s.Count, s.Mean, s.Stdev(), s.Max, s.Min)
}

// with takes in one row (Welford's method: no large sums of squares).
func (s Summary) with(x float64) Summary {
	s.Count++
	delta := x - s.Mean
	s.Mean += delta / float64(s.Count)
	s.squares += delta * (x - s.Mean)
	s.Min, s.Max = min(s.Min, x), max(s.Max, x)
	return s
}

// few is how many times smaller a part must be to be added as a correction.
const few = 10

// merge joins what two partitions found, in Spark's steps: the last digits are
// the same.
func (s Summary) merge(o Summary) Summary {
	switch {
	case s.Count == 0:
		return o
	case o.Count == 0:
		return s
	}
	n, m := float64(s.Count), float64(o.Count)
	delta := o.Mean - s.Mean
	mean := (s.Mean*n + o.Mean*m) / (n + m)
	switch {
	case o.Count*few < s.Count:
		mean = s.Mean + delta*m/(n+m)
	case s.Count*few < o.Count:
		mean = o.Mean - delta*n/(n+m)
	}
	return Summary{
		Count: s.Count + o.Count, Mean: mean, Min: min(s.Min, o.Min), Max: max(s.Max, o.Max),
		squares: s.squares + (o.squares + delta*delta*n*m/(n+m)),
	}
}

// Stats counts rows and finds their mean, variance, smallest and largest in one
// job. A dataset without partitions is an error.
func Stats[N Number](r *RDD[N]) (Summary, error) { return summarize("stats", r) }

// Mean is the mean of the rows, 0 when there are none.
func Mean[N Number](r *RDD[N]) (float64, error) {
	s, err := summarize("mean", r)
	return s.Mean, err
}

func summarize[N Number](action string, r *RDD[N]) (Summary, error) {
	none := Summary{Min: math.Inf(1), Max: math.Inf(-1)}
	found, err := aggregate(action, r, none, func(s Summary, n N) Summary { return s.with(float64(n)) }, Summary.merge)
	if err == nil && r.NumPartitions() == 0 {
		err = emptyCollection()
	}
	return found, err
}
