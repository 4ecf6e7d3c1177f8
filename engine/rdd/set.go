package rdd

import (
	"cmp"
	"iter"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// nothing is the value of a row that is only a key.
type nothing = struct{}

// Distinct keeps one of each row: RDD[T] → RDD[T]. It shuffles, with a combiner,
// into as many partitions as r has, or into partitions[0]. A dataset that is
// placed by a partitioner over as many partitions is made distinct in place.
func Distinct[T comparable](r *RDD[T], partitions ...int) *RDD[T] {
	same, first := func(v nothing) nothing { return v }, func(a, _ nothing) nothing { return a }
	n, err := one(partitions, r.node.Partitions)
	if parts := r.NumPartitions(); err == nil && r.node.Partitioner != nil && n == parts {
		core := r.core
		return mapPartitionsRDD(r, "distinct", true, func(t *lineage.Task, _ int, rows iter.Seq[T]) iter.Seq[T] {
			alone := mapped(rows, func(row T) Pair[T, nothing] { return Pair[T, nothing]{Key: row} })
			return mapped(mergedByKey(core, t, alone, new(int64), same, first, first), Key[T, nothing])
		})
	}
	merged := combineByKey("distinct", keysOnly(r, "distinct"), combine[T, nothing, nothing]{
		create: same, add: first, merge: first, mapSide: true,
	}, []Partitioner{Hash(n)})
	merged.err = firstError(merged.err, err)
	return mapOp(merged, "distinct", Key[T, nothing])
}

// keysOnly makes a key of each row.
func keysOnly[T comparable](r *RDD[T], op string) *Pairs[T, nothing] {
	return mapOp(r, op, func(row T) Pair[T, nothing] { return Pair[T, nothing]{Key: row} })
}

// Intersection keeps one of each row that is in both: RDD[T], RDD[T] → RDD[T].
func Intersection[T comparable](left, right *RDD[T], by ...Partitioner) *RDD[T] {
	const op = "intersection"
	groups := asRDD(cogroup(op, keysOnly(left, op).plain, keysOnly(right, op).plain, by))
	both := filterOp(groups, op, func(g Pair[T, Grouped[nothing, nothing]]) bool {
		return len(g.Value.Left) > 0 && len(g.Value.Right) > 0
	})
	return mapOp(both, op, Key[T, Grouped[nothing, nothing]])
}

// Subtract keeps the rows of left that are not in right, duplicates included:
// RDD[T], RDD[T] → RDD[T], in as many partitions as left unless by says otherwise.
func Subtract[T comparable](left, right *RDD[T], by ...Partitioner) *RDD[T] {
	const op = "subtract"
	place, err := ownPartitioner(left.node, by)
	if lineage.Alike(left.node.Partitioner, place) {
		place = byPairKey{place} // left's partitioner places the keys of pairs; the rows here are whole pairs
	}
	out := subtractByKey(op, keysOnly(left, op), keysOnly(right, op), place, err)
	return mapOp(out, op, Key[T, nothing])
}

// byPairKey places pairs by their keys.
type byPairKey struct{ by Partitioner }

func (b byPairKey) NumPartitions() int { return b.by.NumPartitions() }
func (b byPairKey) Partition(row any) int {
	if p, ok := row.(interface{ key() any }); ok {
		return b.by.Partition(p.key())
	}
	return b.by.Partition(row)
}

// SubtractByKey keeps the pairs of left whose key is not in right:
// RDD[(K, V)], RDD[(K, W)] → RDD[(K, V)].
func SubtractByKey[K comparable, V, W any](left *Pairs[K, V], right *Pairs[K, W], by ...Partitioner) *Pairs[K, V] {
	place, err := ownPartitioner(left.node, by)
	return subtractByKey("subtractByKey", left, right, place, err)
}

// ownPartitioner is the one that the program names, left's own, or Hash over as
// many partitions as left has: spark.default.parallelism is not asked.
func ownPartitioner(left *lineage.Node, by []Partitioner) (Partitioner, error) {
	if chosen, err := named(by); err != nil {
		return Hash(1), err
	} else if chosen != nil {
		return chosen, nil
	}
	if left.Partitioner != nil {
		return left.Partitioner, nil
	}
	n, err := left.Partitions()
	return Hash(n), err
}

func subtractByKey[K comparable, V, W any](op string, left *Pairs[K, V], right *Pairs[K, W], place Partitioner, err error) *Pairs[K, V] {
	leftDep, leftRows := input(left.plain, place)
	rightDep, rightRows := input(right.plain, place)
	core := left.core
	return define(left.session, dataset[Pair[K, V]]{
		class: "SubtractedRDD", op: op, partitions: fixed(place.NumPartitions()), partitioner: place,
		deps: []lineage.Dep{leftDep, rightDep}, err: firstError(left.err, right.err, apart(left.base, right.base), err),
		compute: func(t *lineage.Task, r int) iter.Seq[Pair[K, V]] {
			return func(yield func(Pair[K, V]) bool) {
				work := core.Workspace(t, event.SpilledMerging)
				defer work.Close()
				x := newKeyIndex[K]()
				sides := []side{gatherAll(work, leftRows(t, r)), gatherAll(work, keysOf(rightRows(t, r)))}
				eachPart(sides, 0, func(part []side) bool {
					x.reset()
					kept, gone := groupsOf[V](x, part[0]), groupsOf[nothing](x, part[1])
					for i, k := range x.keys {
						if len(gone.of(i)) > 0 {
							continue
						}
						for _, v := range kept.of(i) {
							if !yield(Pair[K, V]{k, v}) {
								return false
							}
						}
					}
					return true
				})
			}
		},
	})
}

// keysOf drops the values.
func keysOf[K comparable, V any](rows iter.Seq[Pair[K, V]]) iter.Seq[Pair[K, nothing]] {
	return mapped(rows, func(row Pair[K, V]) Pair[K, nothing] { return Pair[K, nothing]{Key: row.Key} })
}

// FilterByRange keeps the pairs whose key is from low to high, both included.
// On a dataset that is placed by ranges only the partitions that may hold such
// keys are looked at.
func FilterByRange[K cmp.Ordered, V any](p *Pairs[K, V], low, high K) *Pairs[K, V] {
	return FilterByRangeFunc(p, low, high, ordered[K])
}

// FilterByRangeFunc is the same for keys with an order of their own: the one by
// which p is placed, if it is placed by ranges.
func FilterByRangeFunc[K comparable, V any](p *Pairs[K, V], low, high K, compare func(a, b K) int) *Pairs[K, V] {
	in := p
	if by, ranged := p.node.Partitioner.(*rangePartitioner[K]); ranged {
		a, b := by.Partition(low), by.Partition(high)
		in = prune(p, "filterByRange", upTo(min(a, b), max(a, b)+1))
	}
	return filterOp(in, "filterByRange", func(kv Pair[K, V]) bool {
		return compare(kv.Key, low) >= 0 && compare(kv.Key, high) <= 0
	})
}
