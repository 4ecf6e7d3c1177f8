package rdd

import (
	"iter"

	"etincelle/engine/lineage"
)

// Coalesce makes n partitions of r's by joining neighbours: partition j is the
// old partitions [j*old/n, (j+1)*old/n). Nothing moves and no stage begins, so
// the whole stage runs with n tasks only, and uneven partitions stay uneven.
// Asking for more partitions than there are changes nothing.
func Coalesce[T any](r *RDD[T], n int) *RDD[T] { return coalesce(r, "coalesce", n) }

func coalesce[T any](r *RDD[T], op string, n int) *RDD[T] {
	node, in := r.node, r.rows
	count := func() (int, error) {
		old, err := node.Partitions()
		return min(n, old), err
	}
	joined := func(j int) []int {
		old, err := node.Partitions()
		if err != nil {
			return nil // such a dataset runs no task
		}
		n := min(n, old)
		var parents []int
		for p := j * old / n; p < (j+1)*old/n; p++ {
			parents = append(parents, p)
		}
		return parents
	}
	var err error
	if n < 1 {
		err = illegal("requirement failed: Number of partitions (%d) must be positive.", n)
		n = 1
	}
	return define(r.session, dataset[T]{
		class: "CoalescedRDD", op: op, partitions: count, err: firstError(r.err, err),
		deps: []lineage.Dep{lineage.NarrowFrom(r.node, lineage.Many, joined)},
		compute: func(t *lineage.Task, j int) iter.Seq[T] {
			return func(yield func(T) bool) {
				for _, p := range joined(j) {
					for row := range in(t, p) {
						if !yield(row) {
							return
						}
					}
				}
			}
		},
	})
}

// Repartition spreads r's rows evenly over n partitions, more or fewer. Every
// row moves: it is Coalesce with a shuffle.
func Repartition[T any](r *RDD[T], n int) *RDD[T] { return repartition(r, "repartition", n) }

// CoalesceShuffled is Spark's coalesce(n, shuffle = true).
func CoalesceShuffled[T any](r *RDD[T], n int) *RDD[T] { return repartition(r, "coalesce", n) }

func repartition[T any](r *RDD[T], op string, n int) *RDD[T] {
	if n < 1 {
		return coalesce(r, op, n) // it keeps the error
	}
	// Each partition deals its rows out in turn, from a place of its own so that
	// the first rows of all partitions do not end in the same one.
	dealt := mapPartitionsRDD(r, op, false, func(_ *lineage.Task, p int, rows iter.Seq[T]) iter.Seq[Pair[int, T]] {
		return func(yield func(Pair[int, T]) bool) {
			position := newXORShift(int64(p)).intn(n)
			mapped(rows, func(row T) Pair[int, T] {
				position++
				return Pair[int, T]{position, row}
			})(yield)
		}
	})
	return mapOp(coalesce(moved(op, dealt, Hash(n)), op, n), op, Value[int, T])
}
