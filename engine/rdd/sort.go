package rdd

import (
	"cmp"
	"iter"

	"etincelle/engine/lineage"
)

// The functions of this file put a dataset in order: partition 0 holds the
// first rows, the last partition the last ones. They are eager: to find where
// to cut they run a sampling job when they are defined, unless one partition is
// asked for. The number of partitions, last and at will, is the parent's by
// default (spark.default.parallelism is not asked); few different keys give fewer.

// SortBy orders all rows by key: RDD[T] → RDD[T]. Rows of equal keys keep their
// order inside a partition.
func SortBy[T any, K cmp.Ordered](r *RDD[T], key func(T) K, order Order, partitions ...int) *RDD[T] {
	return sortBy(r, key, ordering[K]{ordered[K], true, order}, partitions)
}

// SortByFunc is SortBy for keys with an order of their own: compare is
// negative, zero or positive, and must be an order (transitive).
func SortByFunc[T any, K comparable](r *RDD[T], key func(T) K, compare func(a, b K) int, order Order, partitions ...int) *RDD[T] {
	return sortBy(r, key, ordering[K]{compare, false, order}, partitions)
}

func sortBy[T any, K comparable](r *RDD[T], key func(T) K, by ordering[K], partitions []int) *RDD[T] {
	return mapOp(sortByKey("sortBy", keyBy(r, "sortBy", key), by, partitions), "sortBy", Value[K, T])
}

// SortByKey orders rows by key: RDD[(K, V)] → RDD[(K, V)].
func SortByKey[K cmp.Ordered, V any](p *Pairs[K, V], order Order, partitions ...int) *Pairs[K, V] {
	return sortByKey("sortByKey", p, ordering[K]{ordered[K], true, order}, partitions)
}

// SortByKeyFunc is SortByKey for keys with an order of their own.
func SortByKeyFunc[K comparable, V any](p *Pairs[K, V], compare func(a, b K) int, order Order, partitions ...int) *Pairs[K, V] {
	return sortByKey("sortByKey", p, ordering[K]{compare, false, order}, partitions)
}

func sortByKey[K comparable, V any](op string, p *Pairs[K, V], by ordering[K], partitions []int) *Pairs[K, V] {
	n, err := one(partitions, p.node.Partitions)
	place, rangeErr := Partitioner(Hash(1)), p.err
	if rangeErr == nil && err == nil {
		place, rangeErr = rangeBy(op, p, n, by.compare, by.order)
	}
	out := sortedIn(op, p, place, by)
	out.err = firstError(out.err, err, rangeErr)
	return out
}

// sortedIn moves p's rows to where place puts them and sorts each partition.
func sortedIn[K comparable, V any](op string, p *Pairs[K, V], place Partitioner, by ordering[K]) *Pairs[K, V] {
	core := p.core
	return shuffled(op, p, place, written(p.plain, place, asTheyAre), func(t *lineage.Task, rows iter.Seq[Pair[K, V]]) iter.Seq[Pair[K, V]] {
		return sortedByKey(core, t, rows, by)
	})
}

// one is the number of partitions that the program gives, or the usual one.
func one(partitions []int, usual func() (int, error)) (int, error) {
	switch len(partitions) {
	case 0:
		return usual()
	case 1:
		return partitions[0], nil
	}
	return 1, illegal("%d numbers of partitions were given, at most one can be followed", len(partitions))
}

// RangePartitioner samples p's keys (eager) and returns a partitioner that cuts
// them into n ranges of about as many rows, to be used with PartitionBy.
func RangePartitioner[K cmp.Ordered, V any](p *Pairs[K, V], n int, order Order) (Partitioner, error) {
	if p.err != nil {
		return nil, p.err
	}
	by, err := rangeBy("RangePartitioner", p, n, ordered[K], order)
	if err != nil {
		return nil, err
	}
	return by, nil
}

// RepartitionAndSortWithinPartitions moves rows to where by places their key
// and sorts each partition by key on the way in: cheaper than PartitionBy and a
// sort after it. Partitions are not in order among themselves. What is already
// placed that way is sorted where it is.
func RepartitionAndSortWithinPartitions[K cmp.Ordered, V any](p *Pairs[K, V], by Partitioner) *Pairs[K, V] {
	return sortWithin(p, by, ordering[K]{ordered[K], true, Ascending})
}

// RepartitionAndSortWithinPartitionsFunc is the same for keys with an order of their own.
func RepartitionAndSortWithinPartitionsFunc[K comparable, V any](p *Pairs[K, V], by Partitioner, compare func(a, b K) int) *Pairs[K, V] {
	return sortWithin(p, by, ordering[K]{compare, false, Ascending})
}

func sortWithin[K comparable, V any](p *Pairs[K, V], partitioner Partitioner, by ordering[K]) *Pairs[K, V] {
	const op = "repartitionAndSortWithinPartitions"
	core := p.core
	place, err := choose(p.base, []Partitioner{partitioner})
	if err == nil && lineage.Alike(p.node.Partitioner, place) {
		return mapPartitionsRDD(p, op, true, func(t *lineage.Task, _ int, rows iter.Seq[Pair[K, V]]) iter.Seq[Pair[K, V]] {
			return sortedByKey(core, t, rows, by)
		})
	}
	out := sortedIn(op, p, place, by)
	out.err = firstError(out.err, err)
	return out
}
