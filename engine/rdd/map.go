package rdd

import (
	"iter"

	"etincelle/engine/lineage"
)

// Map applies f to every row: RDD[T] → RDD[U]. The partitioner is forgotten,
// because f could change a key; MapValues keeps it.
func Map[T, U any](r *RDD[T], f func(T) U) *RDD[U] { return mapOp(r, "map", f) }

func mapOp[T, U any](r *RDD[T], op string, f func(T) U) *RDD[U] {
	return mapPartitionsRDD(r, op, false, func(_ *lineage.Task, _ int, rows iter.Seq[T]) iter.Seq[U] { return mapped(rows, f) })
}

// Filter keeps the rows for which keep is true: RDD[T] → RDD[T]. The
// partitioner is kept: rows do not move.
func Filter[T any](r *RDD[T], keep func(T) bool) *RDD[T] {
	return filterOp(r, "filter", keep)
}

func filterOp[T any](r *RDD[T], op string, keep func(T) bool) *RDD[T] {
	return mapPartitionsRDD(r, op, true, func(_ *lineage.Task, _ int, rows iter.Seq[T]) iter.Seq[T] { return filtered(rows, keep) })
}

func filtered[T any](rows iter.Seq[T], keep func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for row := range rows {
			if keep(row) && !yield(row) {
				return
			}
		}
	}
}

// FlatMap replaces every row with the rows that f returns for it, none or
// many: RDD[T] → RDD[U].
func FlatMap[T, U any](r *RDD[T], f func(T) []U) *RDD[U] {
	return mapPartitionsRDD(r, "flatMap", false, func(_ *lineage.Task, _ int, rows iter.Seq[T]) iter.Seq[U] {
		return flattened(rows, f)
	})
}

func flattened[T, U any](rows iter.Seq[T], f func(T) []U) iter.Seq[U] {
	return func(yield func(U) bool) {
		for row := range rows {
			for _, out := range f(row) {
				if !yield(out) {
					return
				}
			}
		}
	}
}

// MapPartitions replaces each partition with the rows that f makes of it:
// RDD[T] → RDD[U]. f runs once a partition, empty ones included. The
// partitioner is forgotten; MapPartitionsKeeping keeps it.
func MapPartitions[T, U any](r *RDD[T], f func(iter.Seq[T]) iter.Seq[U]) *RDD[U] {
	return mapPartitionsRDD(r, "mapPartitions", false, func(t *lineage.Task, _ int, rows iter.Seq[T]) iter.Seq[U] {
		return f(bound(r.base, t, rows))
	})
}

// MapPartitionsKeeping is MapPartitions for an f that changes no key: the
// partitioner is kept (Spark's preservesPartitioning = true). If f does change
// keys, later joins and reductions miss rows: the law is the caller's to keep.
func MapPartitionsKeeping[T, U any](r *RDD[T], f func(iter.Seq[T]) iter.Seq[U]) *RDD[U] {
	return mapPartitionsRDD(r, "mapPartitions", true, func(t *lineage.Task, _ int, rows iter.Seq[T]) iter.Seq[U] {
		return f(bound(r.base, t, rows))
	})
}

// MapPartitionsWithIndex is MapPartitions for an f that wants to know which
// partition it is given, from 0.
func MapPartitionsWithIndex[T, U any](r *RDD[T], f func(partition int, rows iter.Seq[T]) iter.Seq[U]) *RDD[U] {
	return mapPartitionsRDD(r, "mapPartitionsWithIndex", false, func(t *lineage.Task, p int, rows iter.Seq[T]) iter.Seq[U] {
		return f(p, bound(r.base, t, rows))
	})
}

// MapPartitionsWithIndexKeeping is MapPartitionsWithIndex for an f that changes no
// key: the partitioner is kept.
func MapPartitionsWithIndexKeeping[T, U any](r *RDD[T], f func(partition int, rows iter.Seq[T]) iter.Seq[U]) *RDD[U] {
	return mapPartitionsRDD(r, "mapPartitionsWithIndex", true, func(t *lineage.Task, p int, rows iter.Seq[T]) iter.Seq[U] {
		return f(p, bound(r.base, t, rows))
	})
}

// bound is rows for a function that may pull them (iter.Pull): that runs them on a
// goroutine of its own, where accumulators must find the task too, and where a
// panic leaves the line that it comes from behind.
func bound[T any](b *base, t *lineage.Task, rows iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		runBound(b, t, func() { rows(yield) })
	}
}

func runBound(b *base, t *lineage.Task, pull func()) {
	defer b.core.Bind(t)()
	lineage.Attempt(t, func(*lineage.Task) (any, error) {
		pull()
		return nil, nil
	}, func(_ any, err error) { t.Check(err) })
}

// Glom makes one row of each partition: RDD[T] → RDD[[]T].
func Glom[T any](r *RDD[T]) *RDD[[]T] {
	return mapPartitionsRDD(r, "glom", false, func(_ *lineage.Task, _ int, rows iter.Seq[T]) iter.Seq[[]T] {
		return func(yield func([]T) bool) { yield(firstOf(rows, -1)) }
	})
}
