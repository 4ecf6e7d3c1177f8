package rdd

import "etincelle/engine/lineage"

// The functions of this file are for packages that look inside datasets: tests
// of the engine, and the oracle's runner. Programs do not need them.

// Node is r's place in the lineage graph.
func Node[T any](r *RDD[T]) *lineage.Node { return r.node }

// Forgive takes the mistake kept in r off, and returns it: a program in Scala
// that catches the exception of a mark goes on with the same dataset.
func Forgive[T any](r *RDD[T]) error {
	err := r.err
	r.err = nil
	return err
}

// RangePartitionerFunc is RangePartitioner for keys with an order of their own.
func RangePartitionerFunc[K comparable, V any](p *Pairs[K, V], n int, compare func(a, b K) int, order Order) (Partitioner, error) {
	if p.err != nil {
		return nil, p.err
	}
	return rangeBy("RangePartitioner", p, n, compare, order)
}
