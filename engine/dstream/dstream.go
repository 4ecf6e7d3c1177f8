// Package dstream is Spark Streaming: a live source cut into batches, and RDD
// programs run on them. A DStream is a dataset for each batch; a window is the union
// of the last few; a state is a dataset that comes from the one before it.
//
//	c := dstream.New(s, 2*time.Second)
//	words := dstream.FlatMap(dstream.SocketTextStream(c, "127.0.0.1:9911"), strings.Fields)
//	ones := dstream.MapToPair(words, func(w string) (string, int) { return w, 1 })
//	dstream.ReduceByKey(ones, rdd.Add).Print()
//	engine.Check(c.Start())
//
// Definitions run nothing; Start does. Then each batch goes this way:
//
//	receiver ── Store ─> block ──┐                    (receiver.go, generator.go, handler.go)
//	receiver ── Store ─> block ──┤ tick: the blocks so far are the batch     (tracker.go)
//	                             └─> datasets of every output's lineage      (stream.go)
//	                                   └─> jobs, one batch after the other   (jobs.go)
//	                                         └─> checkpoint, what is old is let go
//
// On the manual clock nothing moves but by Advance, and every run is the same.
//
// # Where to begin
//
//	sources           QueueStream, SocketTextStream, TextFileStream, ReceiverStream, DirectStream
//	batch by batch    Map, Filter, FlatMap, MapToPair, ReduceByKey, Transform, Join, Union, Count
//	over batches      Window, ReduceByKeyAndWindow, CountByWindow
//	over all of them  UpdateStateByKey, MapWithState
//	outputs           ForEachRDD, Print, SaveAsTextFiles
//	failures          Receiver, WriteAheadLog, Checkpoint, GetOrCreate
package dstream

import (
	"fmt"

	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// DStream is a stream of T: one dataset for each batch, or for each slide of a window.
type DStream[T any] struct {
	*stream
	typed func(any) *rdd.RDD[T] // sees a dataset of the stream as one of T
}

// Pairs is a DStream of keyed rows.
type Pairs[K comparable, V any] = DStream[rdd.Pair[K, V]]

// Context is the program that the stream belongs to.
func (d *DStream[T]) Context() *Context { return d.context }

// Err is the mistake in d's definition, or in that of a stream that it comes from;
// nil when there is none. Start returns it too.
func (d *DStream[T]) Err() error { return d.err }

// get is the dataset of one batch, nil when there is none.
func (d *DStream[T]) get(at Time) (*rdd.RDD[T], error) {
	set, err := d.stream.get(at)
	if set == nil || err != nil {
		return nil, err
	}
	return d.typed(set.typed), nil
}

// must is get for the operators that cannot go on without their parent's dataset.
func (d *DStream[T]) must(at Time) (*rdd.RDD[T], error) {
	r, err := d.get(at)
	if r == nil && err == nil {
		err = &lineage.Failure{Class: lineage.SparkException, Site: d.site, Message: fmt.Sprintf("Couldn't generate RDD from parent at time %s", at)}
	}
	return r, err
}

// View sees the rows of d as values of another type, without a new stream: for
// packages that hold their rows in a type of their own.
func View[T, U any](d *DStream[T], as func(T) U) *DStream[U] {
	typed := d.typed
	return &DStream[U]{d.stream, func(r any) *rdd.RDD[U] { return rdd.View(typed(r), as) }}
}

// define adds an operator to the program; every constructor of the package ends
// here. compute makes the dataset of one batch, nil for none.
func define[T any](c *Context, s stream, compute func(at Time) (*rdd.RDD[T], error)) *DStream[T] {
	s.element = elementOf[T]()
	s.compute = func(at Time) (*dataset, error) {
		r, err := compute(at)
		if r == nil || err != nil {
			return nil, err
		}
		return boxed(r), nil
	}
	s.restore = func(path string) *dataset { return boxed(rdd.FromCheckpoint[T](c.session, path)) }
	return &DStream[T]{c.add(s), func(r any) *rdd.RDD[T] { return r.(*rdd.RDD[T]) }}
}
