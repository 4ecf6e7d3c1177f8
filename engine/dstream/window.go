package dstream

import (
	"time"

	"etincelle/engine/rdd"
)

// Windows look at the last batches again and again: every slide, at those of the last
// length. Both must be multiples of the slide of the stream that they look at; a slide
// of 0 as an argument is taken as it is, as in Spark, and fails when the program
// starts. Where the slide is longer than the window, batches are never looked at.
//
//	batches   1   2   3   4   5   6        length 3 s, slide 2 s
//	window    └───2           ┘
//	              └───────4           partial at first; its own partitions, oldest first

// windowedClass is the class of a plain window.
const windowedClass = "WindowedDStream"

// Window is, every slide, the rows of the batches of the last length: their union. The
// batches themselves are kept serialized in memory from then on, for they are read
// again. Without a slide it is that of d.
func Window[T any](d *DStream[T], length time.Duration, slide ...time.Duration) *DStream[T] {
	s := child(windowedClass, "window", d.stream)
	s.window = millis(length)
	if len(slide) > 0 {
		s.slide = millis(slide[0])
	}
	s.err = firstError(s.err, windowed("java.lang.Exception",
		"The window duration of windowed DStream (%s) must be a multiple of the slide duration of parent DStream (%s)",
		"The slide duration of windowed DStream (%s) must be a multiple of the slide duration of parent DStream (%s)", s, d.slide))
	if s.err == nil && d.context.open() == nil {
		d.level = rdd.MemoryOnlySer
	}
	covered := s.window
	return define(d.context, s, func(at Time) (*rdd.RDD[T], error) {
		sets, err := d.slice(at-Time(covered)+Time(d.slide), at)
		if err != nil {
			return nil, err
		}
		return rdd.Union(d.context.session, d.all(sets)...), nil
	})
}

// all sees datasets as those of T.
func (d *DStream[T]) all(sets []*dataset) []*rdd.RDD[T] {
	var all []*rdd.RDD[T]
	for _, set := range sets {
		all = append(all, d.typed(set.typed))
	}
	return all
}

// windowed judges a window over a stream that slides by parent.
func windowed(class, badWindow, badSlide string, s stream, parent ms) error {
	whole, err := s.window.multipleOf(parent)
	if err == nil && !whole {
		err = failure(class, badWindow, s.window, parent)
	}
	if err != nil {
		return err
	}
	whole, err = s.slide.multipleOf(parent)
	if err == nil && !whole {
		err = failure(class, badSlide, s.slide, parent)
	}
	return err
}

// ReduceByWindow makes one row of each window with f, none of an empty one. Each batch
// is reduced once, and the window from those. f must be associative and commutative.
func ReduceByWindow[T any](d *DStream[T], f func(T, T) T, length, slide time.Duration) *DStream[T] {
	return Reduce(Window(Reduce(d, f), length, slide), f)
}

// ReduceByKeyAndWindow makes one row of each key of a window with f: each batch is
// reduced once, and the window from those. f must be associative and commutative.
func ReduceByKeyAndWindow[K comparable, V any](d *Pairs[K, V], f func(V, V) V, length, slide time.Duration, by ...rdd.Partitioner) *Pairs[K, V] {
	return ReduceByKey(Window(ReduceByKey(d, f, by...), length, slide), f, by...)
}

// GroupByKeyAndWindow gathers the values of each key of a window.
func GroupByKeyAndWindow[K comparable, V any](d *Pairs[K, V], length, slide time.Duration, by ...rdd.Partitioner) *Pairs[K, []V] {
	own := func(vs []V) []V { return append([]V(nil), vs...) }
	return CombineByKey(Window(GroupByKey(d, by...), length, slide), own, together[V], together[V], by...)
}
