package dstream

import "etincelle/engine/rdd"

// The functions of this file bring together the rows of equal keys in the batches of
// the same time of two streams that slide alike.

// CoGroup is rdd.CoGroup of the two batches.
func CoGroup[K comparable, V, W any](left *Pairs[K, V], right *Pairs[K, W], by ...rdd.Partitioner) *Pairs[K, rdd.Grouped[V, W]] {
	place := left.context.placed(by)
	return transformedWith("cogroup", left, right, func(l *rdd.Pairs[K, V], r *rdd.Pairs[K, W]) *rdd.Pairs[K, rdd.Grouped[V, W]] {
		return rdd.CoGroup(l, r, place)
	})
}

// Join is rdd.Join of the two batches.
func Join[K comparable, V, W any](left *Pairs[K, V], right *Pairs[K, W], by ...rdd.Partitioner) *Pairs[K, rdd.Joined[V, W]] {
	place := left.context.placed(by)
	return transformedWith("join", left, right, func(l *rdd.Pairs[K, V], r *rdd.Pairs[K, W]) *rdd.Pairs[K, rdd.Joined[V, W]] {
		return rdd.Join(l, r, place)
	})
}

// LeftOuterJoin is rdd.LeftOuterJoin of the two batches.
func LeftOuterJoin[K comparable, V, W any](left *Pairs[K, V], right *Pairs[K, W], by ...rdd.Partitioner) *Pairs[K, rdd.Joined[V, rdd.Maybe[W]]] {
	place := left.context.placed(by)
	return transformedWith("leftOuterJoin", left, right, func(l *rdd.Pairs[K, V], r *rdd.Pairs[K, W]) *rdd.Pairs[K, rdd.Joined[V, rdd.Maybe[W]]] {
		return rdd.LeftOuterJoin(l, r, place)
	})
}

// RightOuterJoin is rdd.RightOuterJoin of the two batches.
func RightOuterJoin[K comparable, V, W any](left *Pairs[K, V], right *Pairs[K, W], by ...rdd.Partitioner) *Pairs[K, rdd.Joined[rdd.Maybe[V], W]] {
	place := left.context.placed(by)
	return transformedWith("rightOuterJoin", left, right, func(l *rdd.Pairs[K, V], r *rdd.Pairs[K, W]) *rdd.Pairs[K, rdd.Joined[rdd.Maybe[V], W]] {
		return rdd.RightOuterJoin(l, r, place)
	})
}

// FullOuterJoin is rdd.FullOuterJoin of the two batches.
func FullOuterJoin[K comparable, V, W any](left *Pairs[K, V], right *Pairs[K, W], by ...rdd.Partitioner) *Pairs[K, rdd.Joined[rdd.Maybe[V], rdd.Maybe[W]]] {
	place := left.context.placed(by)
	return transformedWith("fullOuterJoin", left, right, func(l *rdd.Pairs[K, V], r *rdd.Pairs[K, W]) *rdd.Pairs[K, rdd.Joined[rdd.Maybe[V], rdd.Maybe[W]]] {
		return rdd.FullOuterJoin(l, r, place)
	})
}
