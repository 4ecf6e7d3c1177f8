package rdd

import (
	"iter"

	"etincelle/engine/lineage"
)

// The functions of this file group the rows of a key. Each takes, last and at
// will, one partitioner: where the groups go. Without one the default is an
// existing partitioner of the parent, else Hash over as many partitions as the
// parent has. When the parent is already placed that way, nothing moves.

// combine says how the values of a key become one: the three functions of
// Spark's Aggregator. mapSide asks for a first merge before rows are written.
type combine[K comparable, V, C any] struct {
	create  func(V) C
	add     func(C, V) C
	merge   func(C, C) C
	mapSide bool
}

// combineByKey is what all of them but groupByKey come down to.
func combineByKey[K comparable, V, C any](op string, p *Pairs[K, V], how combine[K, V, C], by []Partitioner) *Pairs[K, C] {
	core := p.core
	first := func(t *lineage.Task, rows iter.Seq[Pair[K, V]]) iter.Seq[Pair[K, C]] {
		return mergedByKey(core, t, rows, new(int64), how.create, how.add, how.merge)
	}
	place, err := choose(p.base, by)
	if err == nil && lineage.Alike(p.node.Partitioner, place) {
		return mapPartitionsRDD(p, op, true, func(t *lineage.Task, _ int, rows iter.Seq[Pair[K, V]]) iter.Seq[Pair[K, C]] { return first(t, rows) })
	}
	var out *Pairs[K, C]
	if how.mapSide {
		edge := written(p.plain, place, func(t *lineage.Task, rows iter.Seq[Pair[K, V]]) iter.Seq[Pair[K, C]] {
			return mergedByKey(core, t, rows, &t.Metrics.Combined, how.create, how.add, how.merge)
		})
		edge.Combines = true
		own := copier[C]() // what was written out is read again by the next job
		out = shuffled(op, p, place, edge, func(t *lineage.Task, rows iter.Seq[Pair[K, C]]) iter.Seq[Pair[K, C]] {
			return mergedByKey(core, t, rows, new(int64), own, how.merge, how.merge)
		})
	} else {
		out = shuffled(op, p, place, written(p.plain, place, asTheyAre), first)
	}
	out.err = firstError(out.err, err)
	return out
}

// ReduceByKey merges the values of each key with f: RDD[(K, V)] → RDD[(K, V)].
// f must be associative and commutative: it merges first inside each map
// partition (the combiner), so that one row per key and partition is written to
// the shuffle, then what arrives.
func ReduceByKey[K comparable, V any](p *Pairs[K, V], f func(V, V) V, by ...Partitioner) *Pairs[K, V] {
	return combineByKey("reduceByKey", p, combine[K, V, V]{
		create: func(v V) V { return v }, add: f, merge: f, mapSide: true,
	}, by)
}

// GroupByKey gathers the values of each key: RDD[(K, V)] → RDD[(K, []V)].
// Every row is written to the shuffle and all values of a key must fit in
// memory: where a merge will do, ReduceByKey moves less.
func GroupByKey[K comparable, V any](p *Pairs[K, V], by ...Partitioner) *Pairs[K, []V] {
	return groupByKey("groupByKey", p, by)
}

func groupByKey[K comparable, V any](op string, p *Pairs[K, V], by []Partitioner) *Pairs[K, []V] {
	core := p.core
	gather := func(t *lineage.Task, rows iter.Seq[Pair[K, V]]) iter.Seq[Pair[K, []V]] {
		return groupedByKey(core, t, rows)
	}
	place, err := choose(p.base, by)
	if err == nil && lineage.Alike(p.node.Partitioner, place) {
		return mapPartitionsRDD(p, op, true, func(t *lineage.Task, _ int, rows iter.Seq[Pair[K, V]]) iter.Seq[Pair[K, []V]] { return gather(t, rows) })
	}
	out := shuffled(op, p, place, written(p.plain, place, asTheyAre), gather)
	out.err = firstError(out.err, err)
	return out
}

// GroupBy gathers the rows for which key is the same: RDD[T] → RDD[(K, []T)].
func GroupBy[T any, K comparable](r *RDD[T], key func(T) K, by ...Partitioner) *Pairs[K, []T] {
	place, err := choose(r.base, by)
	groups := groupByKey("groupBy", keyBy(r, "groupBy", key), []Partitioner{place})
	groups.err = firstError(groups.err, err)
	return groups
}

// CombineByKey merges the values of each key into a value of another type:
// RDD[(K, V)] → RDD[(K, C)]. create starts from a first value, add takes in one
// more, merge joins two results (both may change their first argument in place);
// together they must not depend on the order or grouping of the values. create
// and add run before the shuffle, merge after it.
func CombineByKey[K comparable, V, C any](p *Pairs[K, V], create func(V) C, add func(C, V) C, merge func(C, C) C, by ...Partitioner) *Pairs[K, C] {
	return combineByKey("combineByKey", p, combine[K, V, C]{create, add, merge, true}, by)
}

// CombineByKeyReduceSide is CombineByKey without a combiner: every row is
// written to the shuffle (Spark's mapSideCombine = false).
func CombineByKeyReduceSide[K comparable, V, C any](p *Pairs[K, V], create func(V) C, add func(C, V) C, merge func(C, C) C, by ...Partitioner) *Pairs[K, C] {
	return combineByKey("combineByKey", p, combine[K, V, C]{create, add, merge, false}, by)
}

// AggregateByKey merges the values of each key into zero: RDD[(K, V)] →
// RDD[(K, C)]. zero is used once for each key and map partition, not once for
// each key: it should change nothing (0 for a sum). add and merge may change their
// first argument in place: each key begins with a zero of its own.
func AggregateByKey[K comparable, V, C any](p *Pairs[K, V], zero C, add func(C, V) C, merge func(C, C) C, by ...Partitioner) *Pairs[K, C] {
	fresh := copier[C]()
	return combineByKey("aggregateByKey", p, combine[K, V, C]{
		create: func(v V) C { return add(fresh(zero), v) }, add: add, merge: merge, mapSide: true,
	}, by)
}

// FoldByKey is ReduceByKey with a zero, used once for each key and map partition.
func FoldByKey[K comparable, V any](p *Pairs[K, V], zero V, f func(V, V) V, by ...Partitioner) *Pairs[K, V] {
	fresh := copier[V]()
	return combineByKey("foldByKey", p, combine[K, V, V]{
		create: func(v V) V { return f(fresh(zero), v) }, add: f, merge: f, mapSide: true,
	}, by)
}

// PartitionBy moves every row to the partition that by chooses for its key:
// RDD[(K, V)] → RDD[(K, V)]. It returns p itself when p is already placed that
// way.
func PartitionBy[K comparable, V any](p *Pairs[K, V], by Partitioner) *Pairs[K, V] {
	place, err := choose(p.base, []Partitioner{by})
	if err == nil && lineage.Alike(p.node.Partitioner, place) {
		return p
	}
	out := moved("partitionBy", p, place)
	out.err = firstError(out.err, err)
	return out
}
