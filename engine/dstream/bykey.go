package dstream

import "etincelle/engine/rdd"

// The functions of this file group the rows of a key in every batch; nothing is
// carried from one to the next. Each takes, last and at will, one partitioner; without
// one it is Hash over the session's default number of partitions.

// placed is the partitioner that an operator was given, or the default.
func (c *Context) placed(by []rdd.Partitioner) rdd.Partitioner {
	if len(by) > 0 {
		return by[0]
	}
	return rdd.Hash(c.session.DefaultParallelism())
}

// ReduceByKey is rdd.ReduceByKey on every batch. f must be associative and commutative.
func ReduceByKey[K comparable, V any](d *Pairs[K, V], f func(V, V) V, by ...rdd.Partitioner) *Pairs[K, V] {
	place := d.context.placed(by)
	return each("ShuffledDStream", "reduceByKey", d, func(r *rdd.Pairs[K, V]) *rdd.Pairs[K, V] { return rdd.ReduceByKey(r, f, place) })
}

// GroupByKey gathers the values of each key of a batch.
func GroupByKey[K comparable, V any](d *Pairs[K, V], by ...rdd.Partitioner) *Pairs[K, []V] {
	return combined("groupByKey", d, one[V], added[V], together[V], d.context.placed(by))
}

// CombineByKey is rdd.CombineByKey on every batch.
func CombineByKey[K comparable, V, C any](d *Pairs[K, V], create func(V) C, add func(C, V) C, merge func(C, C) C, by ...rdd.Partitioner) *Pairs[K, C] {
	return combined("combineByKey", d, create, add, merge, d.context.placed(by))
}

func combined[K comparable, V, C any](op string, d *Pairs[K, V], create func(V) C, add func(C, V) C, merge func(C, C) C, by rdd.Partitioner) *Pairs[K, C] {
	return each("ShuffledDStream", op, d, func(r *rdd.Pairs[K, V]) *rdd.Pairs[K, C] { return rdd.CombineByKey(r, create, add, merge, by) })
}

// Spark's streaming groups as it combines: on the map side too.

func one[V any](v V) []V { return []V{v} }

func added[V any](vs []V, v V) []V { return append(vs, v) }

// together is both lists; neither is changed, for they are read again.
func together[V any](a, b []V) []V { return append(a[:len(a):len(a)], b...) }
