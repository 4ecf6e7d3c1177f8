package rdd

import (
	"iter"

	"etincelle/engine/lineage"
)

// Reduce merges all rows with f, which must be associative and commutative:
// inside each partition first, then what the partitions bring. An empty dataset
// is an error.
func (r *RDD[T]) Reduce(f func(T, T) T) (T, error) { return reduce("reduce", r, f) }

func reduce[T any](action string, r *RDD[T], f func(T, T) T) (T, error) {
	in := r.rows
	var result T
	parts, err := runOnAll(r.base, action, func(t *lineage.Task, p int) (any, error) {
		merged := reduced(in(t, p), f)
		t.Metrics.Result += int64(len(merged))
		return merged, nil
	})
	if err != nil {
		return result, err
	}
	some := false
	for _, part := range parts {
		for _, v := range part.([]T) { // empty partitions bring nothing
			if !some {
				result, some = v, true
			} else {
				result = f(result, v)
			}
		}
	}
	if !some {
		return result, emptyCollection()
	}
	return result, nil
}

// reduced is the rows merged to one, or none when there are none.
func reduced[T any](rows iter.Seq[T], f func(T, T) T) []T {
	var merged []T
	for row := range rows {
		if merged == nil {
			merged = []T{row}
		} else {
			merged[0] = f(merged[0], row)
		}
	}
	return merged
}

// Fold merges all rows into zero with f, which must be associative. zero is
// used once in each partition, empty ones too, and once more by the program: it
// should change nothing. f may change its first argument in place.
func (r *RDD[T]) Fold(zero T, f func(T, T) T) (T, error) {
	return aggregate("fold", r, zero, f, f)
}

// Aggregate is Fold into a value of another type: add takes in a row, merge
// joins what two partitions bring. Both may change their first argument in place:
// each partition begins with a zero of its own.
func Aggregate[T, A any](r *RDD[T], zero A, add func(A, T) A, merge func(A, A) A) (A, error) {
	return aggregate("aggregate", r, zero, add, merge)
}

func aggregate[T, A any](action string, r *RDD[T], zero A, add func(A, T) A, merge func(A, A) A) (A, error) {
	in := r.rows
	fresh := copier[A]()
	parts, err := runOnAll(r.base, action, func(t *lineage.Task, p int) (any, error) {
		sum := fresh(zero)
		for row := range in(t, p) {
			sum = add(sum, row)
		}
		t.Metrics.Result++
		return []A{sum}, nil // boxed in a slice: a nil of an interface type would lose its type
	})
	if err != nil {
		return zero, err
	}
	result := fresh(zero)
	for _, part := range parts {
		result = merge(result, part.([]A)[0])
	}
	return result, nil
}
