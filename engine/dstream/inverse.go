package dstream

import (
	"time"

	"etincelle/engine/rdd"
)

// A window that has slid is the one before it, plus the batches that came, minus those
// that left. With an inverse of the function it is computed that way: by the work of
// two slides, however long the window.
//
//	 ______________________________
//	|  previous window    _________|____________________
//	|____________________|        current window        |  ──> time
//	                     |______________________________|
//	|_____ left ________|          |______ came ________|
//
// The price: a program needs a checkpoint directory, for each window comes from all
// those before it; keys that have left stay, with what the inverse leaves of them; and
// nobody checks that it is an inverse.

// ReduceByKeyAndWindowInverse is ReduceByKeyAndWindow by way of an inverse:
// inverse(f(a, b), b) must be a. Keys whose rows have all left stay with the value that
// is left, 0 for a sum: FilterWindow drops them.
func ReduceByKeyAndWindowInverse[K comparable, V any](d *Pairs[K, V], f, inverse func(V, V) V, length, slide time.Duration, by ...rdd.Partitioner) *Pairs[K, V] {
	return inverted(d, f, inverse, length, slide, nil, by)
}

// ReduceByKeyAndWindowFiltered is ReduceByKeyAndWindowInverse that keeps the keys for
// which keep is true alone. A key that is dropped while rows of it are in the window
// fails the job when they leave, as in Spark.
func ReduceByKeyAndWindowFiltered[K comparable, V any](d *Pairs[K, V], f, inverse func(V, V) V, length, slide time.Duration, keep func(K, V) bool, by ...rdd.Partitioner) *Pairs[K, V] {
	return inverted(d, f, inverse, length, slide, keep, by)
}

func inverted[K comparable, V any](d *Pairs[K, V], f, inverse func(V, V) V, length, slide time.Duration, keep func(K, V) bool, by []rdd.Partitioner) *Pairs[K, V] {
	c, place := d.context, d.context.placed(by)
	s := child("ReducedWindowedDStream", "reduceByKeyAndWindow", d.stream)
	s.window, s.slide, s.always, s.level = millis(length), millis(slide), true, rdd.MemoryOnlySer
	s.err = firstError(s.err, windowed("java.lang.IllegalArgumentException",
		"requirement failed: The window duration of ReducedWindowedDStream (%s) must be multiple of the slide duration of parent DStream (%s)",
		"requirement failed: The slide duration of ReducedWindowedDStream (%s) must be multiple of the slide duration of parent DStream (%s)", s, d.slide))
	if s.err != nil {
		return define(c, s, func(Time) (*rdd.Pairs[K, V], error) { return nil, nil })
	}
	reduced := ReduceByKey(d, f, place)
	reduced.level = rdd.MemoryOnlySer
	s.parents = []*stream{reduced.stream}
	length64, slide64, step := Time(s.window), Time(s.slide), Time(d.slide)
	var out *Pairs[K, V]
	out = define(c, s, func(at Time) (*rdd.Pairs[K, V], error) {
		begin, end := at-length64+step, at
		left, err := reduced.slice(begin-slide64, begin-step)
		if err != nil {
			return nil, err
		}
		came, err := reduced.slice(end-slide64+step, end)
		if err != nil {
			return nil, err
		}
		before, err := out.get(end - slide64)
		if err != nil {
			return nil, err
		}
		if before == nil {
			before = makeRDD[rdd.Pair[K, V]](c, c.session.DefaultParallelism(), nil)
		}
		all := append([]*rdd.Pairs[K, V]{before}, reduced.all(append(left, came...))...)
		next := rdd.CoGroupAll(all, place, func(_ K, values [][]V) (V, error) { return slid(values, len(left), f, inverse) })
		if keep != nil {
			next = rdd.Filter(next, func(row rdd.Pair[K, V]) bool { return keep(row.Key, row.Value) })
		}
		return next, nil
	})
	return out
}

// slid is the value of a key in a window that has slid: values holds that of the window
// before, then of each batch that left, then of each that came; an empty list where the
// key was not.
func slid[V any](values [][]V, left int, f, inverse func(V, V) V) (V, error) {
	before := values[0]
	gone, goes := reducedOf(values[1:1+left], f)
	fresh, came := reducedOf(values[1+left:], f)
	switch {
	case len(before) == 0 && !came:
		return fresh, failure("java.lang.Exception", "Neither previous window has value for key, nor new values found. Are you sure your key class hashes consistently?")
	case len(before) == 0:
		return fresh, nil
	}
	value := before[0]
	if goes {
		value = inverse(value, gone)
	}
	if came {
		value = f(value, fresh)
	}
	return value, nil
}

// reducedOf reduces what several batches have of a key; ok is false when none has it.
func reducedOf[V any](batches [][]V, f func(V, V) V) (value V, ok bool) {
	for _, values := range batches {
		switch {
		case len(values) == 0:
		case !ok:
			value, ok = values[0], true
		default:
			value = f(value, values[0])
		}
	}
	return value, ok
}

// ReduceByWindowInverse is ReduceByWindow by way of an inverse: one row a window, that
// of an empty one what the inverse leaves.
func ReduceByWindowInverse[T any](d *DStream[T], f, inverse func(T, T) T, length, slide time.Duration) *DStream[T] {
	keyed := Map(d, func(row T) rdd.Pair[single, T] { return rdd.Pair[single, T]{Value: row} })
	return Map(ReduceByKeyAndWindowInverse(keyed, f, inverse, length, slide, rdd.Hash(1)), rdd.Value[single, T])
}

// CountByWindow gives one row a window: how many rows it has, 0 for an empty one. It
// counts by way of an inverse, and so needs a checkpoint directory.
func CountByWindow[T any](d *DStream[T], length, slide time.Duration) *DStream[int64] {
	ones := Map(d, func(T) int64 { return 1 })
	return ReduceByWindowInverse(ones, rdd.Add[int64], minus, length, slide)
}

// CountByValueAndWindow counts how often each value of a window occurs. It counts by
// way of an inverse, and so needs a checkpoint directory; values that have left are
// dropped.
func CountByValueAndWindow[T comparable](d *DStream[T], length, slide time.Duration, by ...rdd.Partitioner) *Pairs[T, int64] {
	ones := Map(d, func(v T) rdd.Pair[T, int64] { return rdd.Pair[T, int64]{Key: v, Value: 1} })
	return ReduceByKeyAndWindowFiltered(ones, rdd.Add[int64], minus, length, slide, func(_ T, n int64) bool { return n != 0 }, by...)
}

func minus(a, b int64) int64 { return a - b }
