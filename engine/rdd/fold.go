package rdd

import (
	"iter"

	"etincelle/engine/lineage"
)

// Reduce merges all rows with f, which must be associative and commutative:
// inside each partition first, then what the partitions bring. An empty dataset
// is an error.
func (r *RDD[T]) Reduce(f func(T, T) T) (T, error) { return reduce("reduce", r, nil, f) }

// reduce merges the rows of each partition, after a copy of zero, then what the
// partitions bring, after another. zero holds one value or none.
func reduce[T any](action string, r *RDD[T], zero []T, f func(T, T) T) (T, error) {
	in := r.rows
	parts, err := bringAll(r.base, action, []T{}, func(t *lineage.Task, p, _ int) any {
		return folded(in(t, p), own(zero).([]T), f)
	})
	result := folded(values(parts.([]T)), own(zero).([]T), f)
	if len(result) == 0 {
		var none T
		return none, firstError(err, emptyCollection())
	}
	if err == nil {
		r.core.Brought(action, result)
	}
	return result[0], err
}

// folded is the rows merged to one, into that of sum when it holds one; none when
// there are none.
func folded[T any](rows iter.Seq[T], sum []T, f func(T, T) T) []T {
	for row := range rows {
		if len(sum) == 0 {
			sum = []T{row}
		} else {
			sum[0] = f(sum[0], row)
		}
	}
	return sum
}

// Fold merges all rows into zero with f, which must be associative. zero is
// used once in each partition, empty ones too, and once more by the program: it
// should change nothing. f may change its first argument in place.
func (r *RDD[T]) Fold(zero T, f func(T, T) T) (T, error) {
	return reduce("fold", r, []T{zero}, f)
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
