package rdd

import (
	"fmt"
	"iter"

	"etincelle/engine/lineage"
)

// Zip pairs the i-th row of left with the i-th of right: RDD[T], RDD[U] →
// RDD[Joined[T, U]]. Both must have as many partitions, and as many rows in each:
// the first is an error of any action, the second fails the task.
func Zip[T, U any](left *RDD[T], right *RDD[U]) *RDD[Joined[T, U]] {
	return zipPartitions("zip", left, right, func(t *lineage.Task, l iter.Seq[T], r iter.Seq[U]) iter.Seq[Joined[T, U]] {
		return func(yield func(Joined[T, U]) bool) {
			next, stop := iter.Pull(bound(left.base, t, l))
			defer stop()
			for u := range r {
				v, ok := next()
				if !ok {
					t.Fail(unequal())
				}
				if !yield(Joined[T, U]{v, u}) {
					return
				}
			}
			if _, more := next(); more {
				t.Fail(unequal())
			}
		}
	})
}

func unequal() error {
	return &lineage.Failure{Class: lineage.SparkException, Message: "Can only zip RDDs with same number of elements in each partition"}
}

// ZipPartitions makes partition i of what f returns for both partitions i. Both
// must have as many partitions.
func ZipPartitions[T, U, R any](left *RDD[T], right *RDD[U], f func(iter.Seq[T], iter.Seq[U]) iter.Seq[R]) *RDD[R] {
	return zipPartitions("zipPartitions", left, right, func(t *lineage.Task, l iter.Seq[T], r iter.Seq[U]) iter.Seq[R] {
		return f(bound(left.base, t, l), bound(right.base, t, r))
	})
}

func zipPartitions[T, U, R any](op string, left *RDD[T], right *RDD[U], f func(*lineage.Task, iter.Seq[T], iter.Seq[U]) iter.Seq[R]) *RDD[R] {
	site := lineage.Caller()
	count := func() (int, error) {
		l, err := left.node.Partitions()
		if err != nil {
			return 0, err
		}
		r, err := right.node.Partitions()
		if err == nil && l != r {
			err = &lineage.Failure{Class: "java.lang.IllegalArgumentException", Site: site, Message: fmt.Sprintf("Can't zip RDDs with unequal numbers of partitions: List(%d, %d)", l, r)}
		}
		return l, err
	}
	return define(left.session, dataset[R]{
		class: "ZippedPartitionsRDD2", op: op, partitions: count, err: firstError(left.err, right.err, apart(left.base, right.base)),
		deps:    []lineage.Dep{lineage.Narrow(left.node), lineage.Narrow(right.node)},
		compute: func(t *lineage.Task, p int) iter.Seq[R] { return f(t, left.rows(t, p), right.rows(t, p)) },
	})
}

// ZipWithIndex pairs each row with its number, from 0, over all partitions. With
// more than one partition it is eager: a job counts the rows of all but the last.
func ZipWithIndex[T any](r *RDD[T]) *RDD[Joined[T, int64]] {
	starts, err := firstIndexes(r)
	return define(r.session, dataset[Joined[T, int64]]{
		class: "ZippedWithIndexRDD", op: "zipWithIndex", partitions: r.node.Partitions, err: firstError(r.err, err),
		deps: []lineage.Dep{lineage.Narrow(r.node)},
		compute: func(t *lineage.Task, p int) iter.Seq[Joined[T, int64]] {
			return numbered(r.rows(t, p), func(i int64) int64 { return starts[p] + i })
		},
	})
}

// firstIndexes is the index of the first row of each partition.
func firstIndexes[T any](r *RDD[T]) ([]int64, error) {
	n, err := r.node.Partitions()
	if r.err != nil || err != nil || n == 0 {
		return nil, firstError(r.err, err)
	}
	starts := make([]int64, n)
	if n == 1 {
		return starts, nil
	}
	counts, err := run(r, "zipWithIndex", upTo(0, n-1), func(_ *lineage.Task, rows iter.Seq[T]) (int64, error) {
		var n int64
		for range rows {
			n++
		}
		return n, nil
	})
	for i, count := range counts {
		starts[i+1] = starts[i] + count
	}
	return starts, err
}

// ZipWithUniqueId pairs each row with a number of its own, without a job: row k
// of partition i of n is k*n+i. The numbers have gaps when partitions are uneven.
func ZipWithUniqueId[T any](r *RDD[T]) *RDD[Joined[T, int64]] {
	return mapPartitionsRDD(r, "zipWithUniqueId", false, func(t *lineage.Task, p int, rows iter.Seq[T]) iter.Seq[Joined[T, int64]] {
		n, err := r.node.Partitions()
		t.Check(err)
		return numbered(rows, func(i int64) int64 { return i*int64(n) + int64(p) })
	})
}

func numbered[T any](rows iter.Seq[T], number func(int64) int64) iter.Seq[Joined[T, int64]] {
	return func(yield func(Joined[T, int64]) bool) {
		i := int64(0)
		for row := range rows {
			if !yield(Joined[T, int64]{row, number(i)}) {
				return
			}
			i++
		}
	}
}

// Cartesian pairs every row of left with every row of right: n × m partitions,
// the right side computed again for each row of the left.
func Cartesian[T, U any](left *RDD[T], right *RDD[U]) *RDD[Joined[T, U]] {
	count := func() (int, error) {
		l, err := left.node.Partitions()
		if err != nil {
			return 0, err
		}
		r, err := right.node.Partitions()
		return l * r, err
	}
	columns := func() int { return max(right.NumPartitions(), 1) }
	return define(left.session, dataset[Joined[T, U]]{
		class: "CartesianRDD", op: "cartesian", partitions: count, err: firstError(left.err, right.err, apart(left.base, right.base)),
		deps: []lineage.Dep{
			lineage.NarrowFrom(left.node, lineage.Many, func(p int) []int { return []int{p / columns()} }),
			lineage.NarrowFrom(right.node, lineage.Many, func(p int) []int { return []int{p % columns()} }),
		},
		compute: func(t *lineage.Task, p int) iter.Seq[Joined[T, U]] {
			return func(yield func(Joined[T, U]) bool) {
				for v := range left.rows(t, p/columns()) {
					for w := range right.rows(t, p%columns()) {
						if !yield(Joined[T, U]{v, w}) {
							return
						}
					}
				}
			}
		},
	})
}
