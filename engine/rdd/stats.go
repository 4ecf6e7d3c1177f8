package rdd

import (
	"cmp"
	"iter"
	"slices"

	"etincelle/engine/lineage"
)

// Max is the largest row; an empty dataset is an error.
func Max[T cmp.Ordered](r *RDD[T]) (T, error) { return MaxFunc(r, ordered[T]) }

// MaxFunc is Max for rows with an order of their own.
func MaxFunc[T any](r *RDD[T], compare func(a, b T) int) (T, error) {
	return reduce("max", r, nil, func(a, b T) T {
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
	return reduce("min", r, nil, func(a, b T) T {
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
	switch {
	case n < 0:
		return nil, illegal("k cannot be negative but was: %d", n)
	case n == 0 || r.err != nil:
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

// smallest keeps fewer than 2n rows at a time.
func smallest[T any](rows iter.Seq[T], n int, compare func(a, b T) int) []T {
	best := []T{}
	shrink := func() {
		slices.SortStableFunc(best, compare)
		best = best[:min(n, len(best))]
	}
	for row := range rows {
		if best = append(best, row); len(best)-n >= n {
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
