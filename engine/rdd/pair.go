package rdd

import (
	"iter"

	"etincelle/engine/lineage"
)

// Pair is one keyed row.
type Pair[K comparable, V any] struct {
	Key   K
	Value V
}

// KV is the pair of key and value.
func KV[K comparable, V any](key K, value V) Pair[K, V] { return Pair[K, V]{key, value} }

// Key is the key of a pair, as a function: rdd.SortBy(counts, rdd.Key, rdd.Ascending).
func Key[K comparable, V any](p Pair[K, V]) K { return p.Key }

// Value is the value of a pair, as a function.
func Value[K comparable, V any](p Pair[K, V]) V { return p.Value }

// Pairs is an RDD of keyed rows: the input of everything that groups or joins.
type Pairs[K comparable, V any] = RDD[Pair[K, V]]

// Number is what Add can add.
type Number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64
}

// Add is the reducer that most programs want.
func Add[N Number](a, b N) N { return a + b }

// MapToPair turns every row into a key and a value: RDD[T] → RDD[(K, V)]. The
// two results of f spare programs from writing Pair types. Spark has no such
// function in Scala, where a map to a tuple does it: the lineage says "map".
func MapToPair[T any, K comparable, V any](r *RDD[T], f func(T) (K, V)) *Pairs[K, V] {
	return mapPartitionsRDD(r, "map", false, func(_ *lineage.Task, _ int, rows iter.Seq[T]) iter.Seq[Pair[K, V]] {
		return func(yield func(Pair[K, V]) bool) { // mapped, without a function around f
			for row := range rows {
				k, v := f(row)
				if !yield(Pair[K, V]{k, v}) {
					return
				}
			}
		}
	})
}

// KeyBy keys every row by key: RDD[T] → RDD[(K, T)].
func KeyBy[T any, K comparable](r *RDD[T], key func(T) K) *Pairs[K, T] { return keyBy(r, "keyBy", key) }

func keyBy[T any, K comparable](r *RDD[T], op string, key func(T) K) *Pairs[K, T] {
	return mapOp(r, op, func(row T) Pair[K, T] { return Pair[K, T]{key(row), row} })
}

// Keys drops the values: RDD[(K, V)] → RDD[K]. The partitioner is forgotten.
func Keys[K comparable, V any](p *Pairs[K, V]) *RDD[K] { return mapOp(p, "keys", Key[K, V]) }

// Values drops the keys: RDD[(K, V)] → RDD[V].
func Values[K comparable, V any](p *Pairs[K, V]) *RDD[V] { return mapOp(p, "values", Value[K, V]) }

// MapValues applies f to the values only: RDD[(K, V)] → RDD[(K, W)]. No key
// changes, so rows stay where they are placed and the partitioner is kept: a
// join or reduction that follows need not shuffle.
func MapValues[K comparable, V, W any](p *Pairs[K, V], f func(V) W) *Pairs[K, W] {
	return asRDD(mapValues(p.plain, "mapValues", f))
}

func mapValues[K comparable, V, W any](p plain[Pair[K, V]], op string, f func(V) W) plain[Pair[K, W]] {
	return mapPartitions(p, op, true, func(_ *lineage.Task, _ int, rows iter.Seq[Pair[K, V]]) iter.Seq[Pair[K, W]] {
		return mapped(rows, func(kv Pair[K, V]) Pair[K, W] { return Pair[K, W]{kv.Key, f(kv.Value)} })
	})
}

// FlatMapValues replaces every value with the values that f returns, each with
// the key: RDD[(K, V)] → RDD[(K, W)]. The partitioner is kept.
func FlatMapValues[K comparable, V, W any](p *Pairs[K, V], f func(V) []W) *Pairs[K, W] {
	return asRDD(flatMapValues(p.plain, "flatMapValues", func(v V) iter.Seq[W] { return values(f(v)) }))
}

func flatMapValues[K comparable, V, W any](p plain[Pair[K, V]], op string, f func(V) iter.Seq[W]) plain[Pair[K, W]] {
	return mapPartitions(p, op, true, func(_ *lineage.Task, _ int, rows iter.Seq[Pair[K, V]]) iter.Seq[Pair[K, W]] {
		return func(yield func(Pair[K, W]) bool) {
			for kv := range rows {
				for w := range f(kv.Value) {
					if !yield(Pair[K, W]{kv.Key, w}) {
						return
					}
				}
			}
		}
	})
}

// key is the key, for code that does not know the types.
func (p Pair[K, V]) key() any { return p.Key }

// text is the pair as Spark writes a tuple: "(a,1)".
func (p Pair[K, V]) text() string { return "(" + text(p.Key) + "," + text(p.Value) + ")" }

func (p Pair[K, V]) cells() []string { return []string{text(p.Key), text(p.Value)} }
