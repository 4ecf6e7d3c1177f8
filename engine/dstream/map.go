package dstream

import (
	"iter"

	"etincelle/engine/rdd"
)

// each makes the stream whose batches f makes from those of d, one by one; a batch
// that d has not is none of its either.
func each[T, U any](class, op string, d *DStream[T], f func(*rdd.RDD[T]) *rdd.RDD[U]) *DStream[U] {
	return define(d.context, child(class, op, d.stream), func(at Time) (*rdd.RDD[U], error) {
		r, err := d.get(at)
		if r == nil || err != nil {
			return nil, err
		}
		return f(r), nil
	})
}

// Map is rdd.Map on every batch.
func Map[T, U any](d *DStream[T], f func(T) U) *DStream[U] {
	return each("MappedDStream", "map", d, func(r *rdd.RDD[T]) *rdd.RDD[U] { return rdd.Map(r, f) })
}

// Filter is rdd.Filter on every batch.
func Filter[T any](d *DStream[T], keep func(T) bool) *DStream[T] {
	return each("FilteredDStream", "filter", d, func(r *rdd.RDD[T]) *rdd.RDD[T] { return rdd.Filter(r, keep) })
}

// FlatMap is rdd.FlatMap on every batch.
func FlatMap[T, U any](d *DStream[T], f func(T) []U) *DStream[U] {
	return each("FlatMappedDStream", "flatMap", d, func(r *rdd.RDD[T]) *rdd.RDD[U] { return rdd.FlatMap(r, f) })
}

// MapPartitions is rdd.MapPartitions on every batch: f runs once a partition, empty
// ones included.
func MapPartitions[T, U any](d *DStream[T], f func(iter.Seq[T]) iter.Seq[U]) *DStream[U] {
	return each("MapPartitionedDStream", "mapPartitions", d, func(r *rdd.RDD[T]) *rdd.RDD[U] { return rdd.MapPartitions(r, f) })
}

// Glom makes one row of each partition of every batch.
func Glom[T any](d *DStream[T]) *DStream[[]T] {
	return each("GlommedDStream", "glom", d, rdd.Glom[T])
}

// Repartition spreads every batch over n partitions: a shuffle in each. It is the way
// to more tasks than a receiver makes blocks.
func Repartition[T any](d *DStream[T], n int) *DStream[T] {
	return transformed("repartition", d, func(r *rdd.RDD[T], _ Time) (*rdd.RDD[T], error) { return rdd.Repartition(r, n), nil })
}

// MapToPair is rdd.MapToPair on every batch.
func MapToPair[T any, K comparable, V any](d *DStream[T], f func(T) (K, V)) *Pairs[K, V] {
	return each("MappedDStream", "map", d, func(r *rdd.RDD[T]) *rdd.Pairs[K, V] { return rdd.MapToPair(r, f) })
}

// MapValues is rdd.MapValues on every batch.
func MapValues[K comparable, V, W any](d *Pairs[K, V], f func(V) W) *Pairs[K, W] {
	return each("MapValuedDStream", "mapValues", d, func(r *rdd.Pairs[K, V]) *rdd.Pairs[K, W] { return rdd.MapValues(r, f) })
}

// FlatMapValues is rdd.FlatMapValues on every batch.
func FlatMapValues[K comparable, V, W any](d *Pairs[K, V], f func(V) []W) *Pairs[K, W] {
	return each("FlatMapValuedDStream", "flatMapValues", d, func(r *rdd.Pairs[K, V]) *rdd.Pairs[K, W] { return rdd.FlatMapValues(r, f) })
}
