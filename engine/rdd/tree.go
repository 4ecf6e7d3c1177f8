package rdd

import (
	"iter"
	"math"

	"etincelle/engine/lineage"
)

// TreeReduce is Reduce in several stages: partitions are merged by groups on the
// executors, so that the program receives few values. depth is about how many
// levels the tree has (2 is Spark's default).
func TreeReduce[T any](r *RDD[T], f func(T, T) T, depth int) (T, error) {
	const op = "treeReduce"
	merge := func(a, b Maybe[T]) Maybe[T] {
		switch {
		case !a.OK:
			return b
		case !b.OK:
			return a
		}
		return Maybe[T]{f(a.Value, b.Value), true}
	}
	parts := mapPartitionsRDD(r, op, false, func(_ *lineage.Task, _ int, rows iter.Seq[T]) iter.Seq[Maybe[T]] {
		return func(yield func(Maybe[T]) bool) {
			var merged Maybe[T]
			for row := range rows {
				merged = merge(merged, Maybe[T]{row, true})
			}
			yield(merged)
		}
	})
	result, err := treeAggregate(op, parts, Maybe[T]{}, merge, merge, depth)
	if err == nil && !result.OK {
		err = emptyCollection()
	}
	return result.Value, err
}

// TreeAggregate is Aggregate in several stages; zero is used once more for each
// partition that is left at the end, and should change nothing.
func TreeAggregate[T, A any](r *RDD[T], zero A, add func(A, T) A, merge func(A, A) A, depth int) (A, error) {
	return treeAggregate("treeAggregate", r, zero, add, merge, depth)
}

func treeAggregate[T, A any](op string, r *RDD[T], zero A, add func(A, T) A, merge func(A, A) A, depth int) (A, error) {
	if depth < 1 {
		return zero, illegal("requirement failed: Depth must be greater than or equal to 1 but got %d.", depth)
	}
	n, err := r.node.Partitions()
	if r.err != nil || err != nil || n == 0 {
		return zero, firstError(r.err, err)
	}
	fresh := copier[A]()
	partial := mapPartitionsRDD(r, op, false, func(_ *lineage.Task, _ int, rows iter.Seq[T]) iter.Seq[A] {
		return func(yield func(A) bool) {
			sum := fresh(zero)
			for row := range rows {
				sum = add(sum, row)
			}
			yield(sum)
		}
	})
	scale := max(rootCeil(n, depth), 2)
	for n > scale+(n+scale-1)/scale { // one more level still saves time
		n /= scale
		level := n
		keyed := mapPartitionsRDD(partial, op, false, func(_ *lineage.Task, p int, rows iter.Seq[A]) iter.Seq[Pair[int, A]] {
			return mapped(rows, func(a A) Pair[int, A] { return Pair[int, A]{p % level, a} })
		})
		merged := combineByKey(op, keyed, combine[int, A, A]{
			create: func(a A) A { return merge(fresh(zero), a) }, add: merge, merge: merge, mapSide: true,
		}, []Partitioner{Hash(level)})
		partial = mapOp(merged, op, Value[int, A])
	}
	return aggregate(op, partial, zero, merge, merge)
}

// rootCeil is ⌈n^(1/depth)⌉ with Java's rounding: 1/depth is not exact, so the
// fifth root of 3125 comes out above 5 and is 6. Go's Pow may be off by more.
func rootCeil(n, depth int) int {
	d := float64(depth)
	power := 1 / d
	root := math.Pow(float64(n), power)
	if whole := math.Round(root); math.Pow(whole, d) == float64(n) {
		off := -math.FMA(-d, power, 1) / d // how far 1/depth is from what was meant
		root = whole + whole*off*math.Log(float64(n))
	}
	return int(math.Ceil(root))
}
