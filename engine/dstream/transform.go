package dstream

import (
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Transform applies an RDD program to every batch: whatever RDDs can do, a join with a
// dataset that does not change, a sort. f runs on the driver, once a batch.
func Transform[T, U any](d *DStream[T], f func(*rdd.RDD[T]) *rdd.RDD[U]) *DStream[U] {
	return transformed("transform", d, func(r *rdd.RDD[T], _ Time) (*rdd.RDD[U], error) { return f(r), nil })
}

// TransformAt is Transform for an f that wants the batch's time.
func TransformAt[T, U any](d *DStream[T], f func(*rdd.RDD[T], Time) *rdd.RDD[U]) *DStream[U] {
	return transformed("transform", d, func(r *rdd.RDD[T], at Time) (*rdd.RDD[U], error) { return f(r, at), nil })
}

func transformed[T, U any](op string, d *DStream[T], f func(*rdd.RDD[T], Time) (*rdd.RDD[U], error)) *DStream[U] {
	return define(d.context, child("TransformedDStream", op, d.stream), func(at Time) (*rdd.RDD[U], error) {
		r, err := d.must(at)
		if err != nil {
			return nil, err
		}
		return notNil(f(r, at))
	})
}

// TransformWith applies an RDD program to the batches of two streams.
func TransformWith[T, U, V any](left *DStream[T], right *DStream[U], f func(*rdd.RDD[T], *rdd.RDD[U]) *rdd.RDD[V]) *DStream[V] {
	return transformedWith("transformWith", left, right, f)
}

func transformedWith[T, U, V any](op string, left *DStream[T], right *DStream[U], f func(*rdd.RDD[T], *rdd.RDD[U]) *rdd.RDD[V]) *DStream[V] {
	s := child("TransformedDStream", op, left.stream, right.stream)
	s.err = firstError(s.err, sameSlide(s.parents))
	return define(left.context, s, func(at Time) (*rdd.RDD[V], error) {
		l, err := left.must(at)
		if err != nil {
			return nil, err
		}
		r, err := right.must(at)
		if err != nil {
			return nil, err
		}
		return notNil(f(l, r), nil)
	})
}

func notNil[T any](r *rdd.RDD[T], err error) (*rdd.RDD[T], error) {
	if r == nil && err == nil {
		err = failure(lineage.SparkException, "Transform function must not return null. Return SparkContext.emptyRDD() instead to represent no element as the result of transformation.")
	}
	return r, err
}

// Union is the rows of all the streams' batches of the same time: their partitions one
// after the other.
func Union[T any](first *DStream[T], others ...*DStream[T]) *DStream[T] {
	all := append([]*DStream[T]{first}, others...)
	var parents []*stream
	for _, d := range all {
		parents = append(parents, d.stream)
	}
	s := child("UnionDStream", "union", parents...)
	s.err = firstError(s.err, sameSlide(parents))
	return define(first.context, s, func(at Time) (*rdd.RDD[T], error) {
		var sets []*rdd.RDD[T]
		for _, d := range all {
			r, err := d.get(at)
			if err != nil {
				return nil, err
			}
			if r == nil {
				return nil, failure(lineage.SparkException, "Could not generate RDD from a parent for unifying at time %s", at)
			}
			sets = append(sets, r)
		}
		return rdd.Union(first.context.session, sets...), nil
	})
}
