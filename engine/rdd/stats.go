package rdd

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"

	"etincelle/engine/lineage"
)

// Max is the largest row; an empty dataset is an error.
func Max[T cmp.Ordered](r *RDD[T]) (T, error) { return MaxFunc(r, ordered[T]) }

// MaxFunc is Max for rows with an order of their own.
func MaxFunc[T any](r *RDD[T], compare func(a, b T) int) (T, error) {
	return reduce("max", r, func(a, b T) T {
		if compare(a, b) >= 0 {
			return a
		}
		return b
	})
}

// Min is the smallest row; an empty dataset is an error.
func Min[T cmp.Ordered](r *RDD[T]) (T, error) { return MinFunc(r, ordered[T]) }

// MinFunc is Min for rows with an order of their own.
func MinFunc[T any](r *RDD[T], compare func(a, b T) int) (T, error) {
	return reduce("min", r, func(a, b T) T {
		if compare(a, b) <= 0 {
			return a
		}
		return b
	})
}

// Top brings the n largest rows, the largest first.
func Top[T cmp.Ordered](r *RDD[T], n int) ([]T, error) { return TopFunc(r, n, ordered[T]) }

// TopFunc is Top for rows with an order of their own.
func TopFunc[T any](r *RDD[T], n int, compare func(a, b T) int) ([]T, error) {
	return takeOrdered("top", r, n, func(a, b T) int { return compare(b, a) })
}

// TakeOrdered brings the n smallest rows, the smallest first. Each task brings n
// rows at most.
func TakeOrdered[T cmp.Ordered](r *RDD[T], n int) ([]T, error) {
	return TakeOrderedFunc(r, n, ordered[T])
}

// TakeOrderedFunc is TakeOrdered for rows with an order of their own.
func TakeOrderedFunc[T any](r *RDD[T], n int, compare func(a, b T) int) ([]T, error) {
	return takeOrdered("takeOrdered", r, n, compare)
}

func takeOrdered[T any](action string, r *RDD[T], n int, compare func(a, b T) int) ([]T, error) {
	if n <= 0 || r.err != nil {
		return []T{}, r.err
	}
	parts, err := runAll(r, action, func(t *lineage.Task, rows iter.Seq[T]) ([]T, error) {
		best := smallest(rows, n, compare)
		t.Metrics.Result += int64(len(best))
		return best, nil
	})
	if err != nil {
		return nil, err
	}
	return smallest(values(slices.Concat(parts...)), n, compare), nil
}

// smallest keeps at most 2n rows at a time.
func smallest[T any](rows iter.Seq[T], n int, compare func(a, b T) int) []T {
	best := []T{}
	shrink := func() {
		slices.SortStableFunc(best, compare)
		best = best[:min(n, len(best))]
	}
	for row := range rows {
		if best = append(best, row); len(best) >= 2*n {
			shrink()
		}
	}
	shrink()
	return best
}

// CountByValue counts each different row. It shuffles the counts, with a combiner.
func CountByValue[T comparable](r *RDD[T]) (map[T]int, error) {
	const op = "countByValue"
	return countByKey(op, keysOnly(r, op))
}

// Sum is the sum of the rows, as a float64.
func Sum[N Number](r *RDD[N]) (float64, error) {
	return aggregate("sum", r, 0, func(sum float64, n N) float64 { return sum + float64(n) }, Add[float64])
}

// Summary is what Stats finds. Its zero value is that of no rows.
type Summary struct {
	Count    int64
	Mean     float64
	Min, Max float64
	squares  float64 // sum of squared distances from the mean
}

// Variance is the mean squared distance from the mean (population variance).
func (s Summary) Variance() float64 { return s.squares / float64(s.Count) }

// SampleVariance divides by Count-1: the rows are a sample.
func (s Summary) SampleVariance() float64 { return s.squares / float64(s.Count-1) }

// Stdev is the square root of Variance.
func (s Summary) Stdev() float64 { return math.Sqrt(s.Variance()) }

// Sum is Mean times Count.
func (s Summary) Sum() float64 { return s.Mean * float64(s.Count) }

func (s Summary) String() string {
	return fmt.Sprintf("(count: %d, mean: %.6f, stdev: %.6f, max: %.6f, min: %.6f)", s.Count, s.Mean, s.Stdev(), s.Max, s.Min)
}

// with takes in one row (Welford's method: no large sums of squares).
func (s Summary) with(x float64) Summary {
	if s.Count == 0 {
		s.Min, s.Max = math.Inf(1), math.Inf(-1)
	}
	s.Count++
	delta := x - s.Mean
	s.Mean += delta / float64(s.Count)
	s.squares += delta * (x - s.Mean)
	s.Min, s.Max = min(s.Min, x), max(s.Max, x)
	return s
}

func (s Summary) merge(o Summary) Summary {
	if s.Count == 0 || o.Count == 0 {
		if s.Count == 0 {
			return o
		}
		return s
	}
	n, m := float64(s.Count), float64(o.Count)
	delta := o.Mean - s.Mean
	return Summary{
		Count: s.Count + o.Count, Mean: s.Mean + delta*m/(n+m), Min: min(s.Min, o.Min), Max: max(s.Max, o.Max),
		squares: s.squares + o.squares + delta*delta*n*m/(n+m),
	}
}

// Stats counts rows and finds their mean, variance, smallest and largest in one
// job.
func Stats[N Number](r *RDD[N]) (Summary, error) {
	return aggregate("stats", r, Summary{}, func(s Summary, n N) Summary { return s.with(float64(n)) }, Summary.merge)
}
