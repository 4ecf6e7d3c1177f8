package dstream

import "etincelle/engine/rdd"

// The functions of this file make one row, or one a value, of each batch.

// single is the key of rows that all belong together.
type single struct{}

// Count gives one row a batch: how many rows it has, 0 for an empty batch.
func Count[T any](d *DStream[T]) *DStream[int64] {
	c := d.context
	ones := Map(d, func(T) rdd.Pair[single, int64] { return rdd.Pair[single, int64]{Value: 1} })
	padded := transformed("count", ones, func(r *rdd.Pairs[single, int64], _ Time) (*rdd.Pairs[single, int64], error) {
		return rdd.Union(c.session, r, makeRDD(c, 1, []rdd.Pair[single, int64]{{}})), nil // so that an empty batch has a row
	})
	return Map(ReduceByKey(padded, rdd.Add[int64]), rdd.Value[single, int64])
}

// CountByValue counts how often each value of a batch occurs.
func CountByValue[T comparable](d *DStream[T], by ...rdd.Partitioner) *Pairs[T, int64] {
	ones := Map(d, func(v T) rdd.Pair[T, int64] { return rdd.Pair[T, int64]{Key: v, Value: 1} })
	return ReduceByKey(ones, rdd.Add[int64], by...)
}

// Reduce makes one row of each batch with f, none of an empty one. f must be
// associative and commutative.
func Reduce[T any](d *DStream[T], f func(T, T) T) *DStream[T] {
	keyed := Map(d, func(row T) rdd.Pair[single, T] { return rdd.Pair[single, T]{Value: row} })
	return Map(ReduceByKey(keyed, f, rdd.Hash(1)), rdd.Value[single, T])
}
