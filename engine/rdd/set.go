package rdd

import (
	"iter"

	"etincelle/engine/lineage"
)

// Distinct keeps one of each row: RDD[T] → RDD[T]. It shuffles, with a combiner,
// into as many partitions as r has, or into partitions[0]. A dataset that is
// placed by a partitioner over as many partitions is made distinct in place.
func Distinct[T comparable](r *RDD[T], partitions ...int) *RDD[T] {
	n, err := one(partitions, r.node)
	if parts := r.NumPartitions(); err == nil && r.node.Partitioner != nil && n == parts {
		return mapPartitionsRDD(r, "distinct", true, func(_ *lineage.Task, _ int, rows iter.Seq[T]) iter.Seq[T] {
			seen := map[T]bool{}
			return filtered(rows, func(row T) bool {
				again := seen[row]
				seen[row] = true
				return !again
			})
		})
	}
	type nothing = struct{}
	marked := mapOp(r, "distinct", func(row T) Pair[T, nothing] { return Pair[T, nothing]{Key: row} })
	first := func(a, _ nothing) nothing { return a }
	merged := combineByKey("distinct", marked, combine[T, nothing, nothing]{
		create: func(v nothing) nothing { return v }, add: first, merge: first, mapSide: true,
	}, []Partitioner{Hash(n)})
	merged.err = firstError(merged.err, err)
	return mapOp(merged, "distinct", Key[T, nothing])
}
