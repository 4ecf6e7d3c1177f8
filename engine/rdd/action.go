package rdd

import (
	"iter"

	"etincelle/engine/lineage"
)

// An action runs a job and brings something back. Each partition is one task;
// what the tasks return is put together by the program in the order of the
// partitions, so that an answer does not depend on which task ended first.

// runAll is base.runAll for a task that is given rows.
func runAll[T, R any](r *RDD[T], action string, task func(t *lineage.Task, rows iter.Seq[T]) (R, error)) ([]R, error) {
	in := r.rows
	return typed[R](runOnAll(r.base, action, func(t *lineage.Task, p int) (any, error) { return task(t, in(t, p)) }))
}

// run is base.run for a task that is given rows.
func run[T, R any](r *RDD[T], action string, partitions []int, task func(t *lineage.Task, rows iter.Seq[T]) (R, error)) ([]R, error) {
	in := r.rows
	return typed[R](runOn(r.base, action, partitions, func(t *lineage.Task, p int) (any, error) { return task(t, in(t, p)) }))
}

func typed[R any](results []any, err error) ([]R, error) {
	all := make([]R, len(results))
	for i, result := range results {
		all[i], _ = result.(R) // a nil of an interface type has lost its type
	}
	return all, err
}

// Collect brings all rows to the program, in the order of the partitions. They
// must fit in its memory.
func (r *RDD[T]) Collect() ([]T, error) { return collect("collect", r) }

func collect[T any](action string, r *RDD[T]) ([]T, error) {
	all, err := bringAll(r.base, action, []T{}, boxed(r.rows))
	if err == nil {
		r.core.Brought(action, all)
	}
	return all.([]T), err
}

// boxed reads the first n rows of a partition, all when n is negative, as a slice
// that code which does not know T can hand on.
func boxed[T any](rows reader[T]) portion {
	return func(t *lineage.Task, partition, n int) any { return firstOf(rows(t, partition), n) }
}

// Count counts rows.
func (r *RDD[T]) Count() (int, error) { return count("count", r) }

func count[T any](action string, r *RDD[T]) (int, error) {
	n, err := countRows(r.base, action, visited(r.rows, nil))
	if err == nil {
		r.core.Brought(action, []int{n})
	}
	return n, err
}

// visited gives each row of a partition to visit, which may be nil, and counts them.
func visited[T any](rows reader[T], visit func(T)) func(t *lineage.Task, partition int) int {
	return func(t *lineage.Task, partition int) int {
		n := 0
		for row := range rows(t, partition) {
			if visit != nil {
				visit(row)
			}
			n++
		}
		return n
	}
}

// Take brings the first n rows. It looks at one partition, then at more and
// more at a time, each time in a job of its own, until it has them: a Take of few
// rows from full partitions computes only part of the first.
func (r *RDD[T]) Take(n int) ([]T, error) { return take("take", r, n) }

func take[T any](action string, r *RDD[T], n int) ([]T, error) {
	found, err := bringSome(r.base, action, n, []T{}, boxed(r.rows))
	if err == nil && action != isEmpty {
		r.core.Brought(action, found)
	}
	return found.([]T), err
}

// firstOf is the first n rows, never nil; all of them when n is negative.
func firstOf[T any](rows iter.Seq[T], n int) []T {
	some := []T{}
	for row := range rows {
		some = append(some, row)
		if len(some) == n {
			break // the rest of the partition is not computed
		}
	}
	return some
}

// First brings the first row; an empty dataset is an error.
func (r *RDD[T]) First() (T, error) {
	rows, err := take("first", r, 1)
	if err == nil && len(rows) == 0 {
		err = emptyCollection()
	}
	if err != nil {
		var none T
		return none, err
	}
	return rows[0], nil
}

// isEmpty is the action whose row is no answer.
const isEmpty = "isEmpty"

// IsEmpty reports whether there are no rows; it looks for one.
func (r *RDD[T]) IsEmpty() (bool, error) {
	rows, err := take(isEmpty, r, 1)
	return len(rows) == 0, err
}

func emptyCollection() error {
	return &lineage.Failure{Class: lineage.SparkUnsupported, Message: "empty collection", Site: lineage.Caller()}
}

// ForEach runs f on every row, on the executors: what it changes of the program's
// variables is lost on a real cluster. Accumulators come back.
func (r *RDD[T]) ForEach(f func(T)) error {
	_, err := countRows(r.base, "foreach", visited(r.rows, f))
	return err
}

// ToLocalIterator brings the rows a partition at a time, each in a job of its own
// when the loop comes to it: the program holds one partition, not all of them. An
// error ends the loop.
//
//	for row, err := range r.ToLocalIterator() {
func (r *RDD[T]) ToLocalIterator() iter.Seq2[T, error] {
	b, part := r.base, boxed(r.rows)
	return func(yield func(T, error) bool) {
		err := bringInTurn(b, "toLocalIterator", part, func(part any) bool {
			for _, row := range part.([]T) {
				if !yield(row, nil) {
					return false
				}
			}
			return true
		})
		if err != nil {
			var none T
			yield(none, err)
		}
	}
}

// ForEachPartition runs f once for each partition, on the executors.
func (r *RDD[T]) ForEachPartition(f func(iter.Seq[T])) error {
	in := r.rows
	_, err := runOnAll(r.base, "foreachPartition", func(t *lineage.Task, p int) (any, error) {
		f(bound(r.base, t, in(t, p)))
		return nil, nil
	})
	return err
}
