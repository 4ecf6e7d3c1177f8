package rdd

import (
	"iter"

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
		compute: func(_ *lineage.Task, p int) iter.Seq[T] {
			return values(rows[p*len(rows)/partitions : (p+1)*len(rows)/partitions])
		},
	})
}

// positive is a number of partitions that must be at least 1; the error comes
// with the first action, as in Spark.
func positive(n int) func() (int, error) {
	return func() (int, error) {
		if n < 1 {
			return 0, &lineage.Failure{Class: "java.lang.IllegalArgumentException", Message: "Positive number of partitions required"}
		}
		return n, nil
	}
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
		err = &lineage.Failure{Class: "java.lang.IllegalArgumentException", Message: "requirement failed: step cannot be 0", Site: lineage.Caller()}
		step = 1
	}
	count := steps(start, end, step)
	indexes := make([]int64, max(partitions, 0))
	seeds := parallelize(s, "range", partitions, indexes)
	seeds.err = err
	return mapPartitionsRDD(seeds, "range", false, func(_ *lineage.Task, p int, _ iter.Seq[int64]) iter.Seq[int64] {
		return func(yield func(int64) bool) {
			n := int64(partitions)
			for i := int64(p) * count / n; i < int64(p+1)*count/n; i++ {
				if !yield(start + i*step) {
					return
				}
			}
		}
	})
}

// steps is how many numbers Range counts.
func steps(start, end, step int64) int64 {
	distance := end - start
	if distance == 0 || (distance > 0) != (step > 0) {
		return 0
	}
	count := distance / step
	if distance%step != 0 {
		count++
	}
	return count
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
			return values(rows)
		},
	})
}
