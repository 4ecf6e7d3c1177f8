package rdd

import (
	"iter"

	"etincelle/engine"
	"etincelle/engine/lineage"
)

// The functions of this file and of exchange.go are for packages that build on
// datasets or look inside them: frame, stream, tests of the engine and the
// oracle's runner. Programs do not need them.

// Definition is what a dataset is made of.
type Definition[T any] struct {
	Class, Op  string // Spark's class, and the operation: what the lineage and the screens print
	Partitions func() (int, error)
	Deps       []lineage.Dep
	// Compute gives a partition's rows. It reads parents by Compute, and counts
	// what it read from elsewhere in the task's metrics.
	Compute func(t *lineage.Task, partition int) iter.Seq[T]
	Err     error // a mistake of the definition, or a parent's
}

// Define is the low-level constructor of datasets.
func Define[T any](s *engine.Session, d Definition[T]) *RDD[T] {
	return define(s, dataset[T]{class: d.Class, op: d.Op, partitions: d.Partitions, deps: d.Deps, compute: d.Compute, err: d.Err})
}

// Compute is how a task reads r's rows: computed, or from the copy that is kept.
func Compute[T any](r *RDD[T]) func(t *lineage.Task, partition int) iter.Seq[T] { return r.rows }

// RunJob runs work on partitions of r (nil: on all of them), and gives take what
// came of each, on the caller's goroutine, in the order in which tasks end.
func RunJob[T, R any](r *RDD[T], action string, partitions []int, work func(t *lineage.Task, rows iter.Seq[T]) (R, error), take func(partition int, result R)) error {
	total, err := r.node.Partitions()
	if err = firstError(r.err, err); err != nil {
		return err
	}
	if partitions == nil {
		partitions = upTo(0, total)
	}
	return r.core.Run(engine.Job{
		Action: action, Target: r.node, Partitions: partitions,
		Compute: func(t *lineage.Task, p int) (any, error) { return work(t, r.rows(t, p)) },
		Take:    func(p int, result any) { take(p, result.(R)) },
	})
}

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

// Watched is r, the rows of each partition passed through watch when they are
// read. It is a view, as View's: the lineage, the blocks and the marks stay r's.
func Watched[T any](r *RDD[T], watch func(t *lineage.Task, rows iter.Seq[T]) iter.Seq[T]) *RDD[T] {
	rows := r.rows
	return asRDD(plain[T]{r.base, func(t *lineage.Task, p int) iter.Seq[T] { return watch(t, rows(t, p)) }})
}

// XORShift is Spark's random numbers: where Spark draws, so does the engine, and
// the same.
type XORShift struct{ random *xorShift }

// NewXORShift is the numbers that follow a seed.
func NewXORShift(seed int64) XORShift { return XORShift{newXORShift(seed)} }

// Intn is a number from 0 to n-1.
func (x XORShift) Intn(n int) int { return x.random.intn(n) }

// Float is a number from 0 up to, and without, 1.
func (x XORShift) Float() float64 { return x.random.float() }

// SketchSeed is the seed of partition p's sample of a dataset.
func SketchSeed(dataset, p int) int64 { return int64(byteSwap(int32(p) ^ int32(dataset)<<16)) }

// RangeBounds picks n-1 keys or fewer that cut sampled keys, each standing for so
// many rows, into ranges of about as many rows.
func RangeBounds[K any](keys []K, rows []float32, n int, compare func(a, b K) int) []K {
	candidates := make([]weighted[K], len(keys))
	for i, k := range keys {
		candidates[i] = weighted[K]{k, rows[i]}
	}
	return bounds(candidates, min(n, len(keys)), compare)
}

// SaveMarked writes r now, if it is marked for a checkpoint and was not asked yet;
// else what it comes from. Jobs do so when they are over.
func SaveMarked[T any](r *RDD[T], action string) error { return lineage.SaveMarked(r.node, action) }
