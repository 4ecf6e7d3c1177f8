package rdd

import (
	"iter"
	"math"
	"math/bits"

	"etincelle/engine"
	"etincelle/engine/lineage"
)

// Of spreads rows over partitions slices: slice i is rows[i*len/n : (i+1)*len/n].
// Spark's name for it is parallelize. Less than one partition is an error;
// DefaultPartitions asks for the session's default.
func Of[T any](s *engine.Session, partitions int, rows ...T) *RDD[T] {
	return parallelize(s, "parallelize", partitions, rows)
}

// FromSlice is Of for rows that are in a slice already. The slice must not
// change afterwards.
func FromSlice[T any](s *engine.Session, partitions int, rows []T) *RDD[T] {
	return parallelize(s, "parallelize", partitions, rows)
}

func parallelize[T any](s *engine.Session, op string, partitions int, rows []T) *RDD[T] {
	if partitions == DefaultPartitions {
		partitions = s.DefaultParallelism()
	}
	return define(s, dataset[T]{
		class: "ParallelCollectionRDD", op: op, partitions: positive(partitions),
		compute: func(t *lineage.Task, p int) iter.Seq[T] {
			return watched(t, rows[p*len(rows)/partitions:(p+1)*len(rows)/partitions])
		},
	})
}

// watched is rows for a task that may be told to stop.
func watched[T any](t *lineage.Task, rows []T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for left := rows; len(left) > 0; {
			t.Look()
			some := left[:min(lineage.LookEvery(len(rows)), len(left))]
			for _, row := range some {
				if !yield(row) {
					return
				}
			}
			left = left[len(some):]
		}
	}
}

// positive is a number of partitions that must be at least 1; the error comes
// with the first action, as in Spark, and names the line of the definition.
func positive(n int) func() (int, error) {
	if n >= 1 {
		return fixed(n)
	}
	err := illegal("Positive number of partitions required")
	return func() (int, error) { return 0, err }
}

// Empty is a dataset without rows and without partitions.
func Empty[T any](s *engine.Session) *RDD[T] {
	return define(s, dataset[T]{
		class: "EmptyRDD", op: "emptyRDD", partitions: fixed(0),
		compute: func(*lineage.Task, int) iter.Seq[T] { return values[T](nil) },
	})
}

// Range is the numbers from start up to, and without, end, step apart. A
// negative step counts down; a step of 0 is an error.
func Range(s *engine.Session, start, end, step int64, partitions int) *RDD[int64] {
	if partitions == DefaultPartitions {
		partitions = s.DefaultParallelism()
	}
	var err error
	if step == 0 {
		err = illegal("requirement failed: step cannot be 0")
		step = 1
	}
	count := steps(start, end, step)
	seeds := parallelize(s, "range", partitions, make([]int64, max(partitions, 0)))
	seeds.err = err
	return mapPartitionsRDD(seeds, "range", false, func(t *lineage.Task, p int, _ iter.Seq[int64]) iter.Seq[int64] {
		return func(yield func(int64) bool) {
			from, to := share(count, p, partitions), share(count, p+1, partitions)
			every := uint64(lineage.LookEvery(int(min(to-from, math.MaxInt32))))
			for i := from; i < to; {
				t.Look()
				for next := i + min(every, to-i); i < next; i++ {
					if !yield(start + int64(i)*step) {
						return
					}
				}
			}
		}
	})
}

// steps is how many numbers Range counts. Unsigned numbers hold the distance of
// any two int64.
func steps(start, end, step int64) uint64 {
	distance, stride := uint64(end)-uint64(start), uint64(step)
	switch {
	case start == end || (start < end) != (step > 0):
		return 0
	case step < 0:
		distance, stride = -distance, -stride
	}
	return (distance-1)/stride + 1
}

// share is count*p/n, which may pass through more than 64 bits; p is at most n.
func share(count uint64, p, n int) uint64 {
	high, low := bits.Mul64(count, uint64(p))
	quotient, _ := bits.Div64(high, low, uint64(n))
	return quotient
}

// FromPartitions is the low-level constructor for sources: read returns the
// rows of one partition and may be called again for the same one; an error
// fails the task. op is the name that the lineage shows.
func FromPartitions[T any](s *engine.Session, op string, partitions int, read func(partition int) ([]T, error)) *RDD[T] {
	return define(s, dataset[T]{
		class: "ParallelCollectionRDD", op: op, partitions: positive(partitions),
		compute: func(t *lineage.Task, p int) iter.Seq[T] {
			rows, err := read(p)
			t.Check(err)
			return watched(t, rows)
		},
	})
}
