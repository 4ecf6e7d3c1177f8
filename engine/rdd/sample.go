package rdd

import (
	"fmt"
	"iter"
	"strings"

	"etincelle/engine/lineage"
)

// The functions of this file draw rows by chance. The same seed draws the same
// rows, those that Spark draws: its generators are in random.go and well.go.

// Sample keeps each row with the chance fraction, from 0 to 1, without
// replacement: RDD[T] → RDD[T].
func Sample[T any](r *RDD[T], fraction float64, seed int64) *RDD[T] {
	out := sampled(r, "sample", seed, func(rows iter.Seq[T], seed int64) iter.Seq[T] { return bernoulli(rows, fraction, seed) })
	if err := checkFraction(fraction); err != nil {
		out.err = firstError(out.err, err)
	} else if fraction > 1 {
		out.err = firstError(out.err, illegal("requirement failed: Sampling fraction (%v) must be on interval [0, 1]", fraction))
	}
	return out
}

// SampleWithReplacement draws each row fraction times on average; fraction may be
// above 1. (From 40 on the rows are not Spark's: its method for such numbers is
// another.)
func SampleWithReplacement[T any](r *RDD[T], fraction float64, seed int64) *RDD[T] {
	out := sampled(r, "sample", seed, func(rows iter.Seq[T], seed int64) iter.Seq[T] { return poisson(rows, fraction, seed) })
	out.err = firstError(out.err, checkFraction(fraction))
	return out
}

func checkFraction(fraction float64) error {
	if !(fraction >= 0) {
		return illegal("requirement failed: Fraction must be nonnegative, but got %v", fraction)
	}
	return nil
}

// sampled gives every partition a seed of its own, drawn as Spark draws it.
func sampled[T any](r *RDD[T], op string, seed int64, draw func(rows iter.Seq[T], seed int64) iter.Seq[T]) *RDD[T] {
	return define(r.session, dataset[T]{
		class: "PartitionwiseSampledRDD", op: op, partitions: r.node.Partitions, partitioner: r.node.Partitioner, err: r.err,
		deps: []lineage.Dep{lineage.Narrow(r.node)},
		compute: func(t *lineage.Task, p int) iter.Seq[T] {
			random := newJavaRandom(seed)
			for range p {
				random.long()
			}
			return draw(r.rows(t, p), random.long())
		},
	})
}

// RandomSplit cuts r into datasets of about the shares that weights give. Every
// row is in exactly one of them.
func RandomSplit[T any](r *RDD[T], seed int64, weights ...float64) []*RDD[T] {
	total, err := totalWeight(weights)
	var parts []*RDD[T]
	low := 0.0
	for _, w := range weights {
		from, to := low, low+w/total
		part := mapPartitionsRDD(r, "randomSplit", true, func(_ *lineage.Task, p int, rows iter.Seq[T]) iter.Seq[T] {
			return cell(rows, from, to, seed+int64(p))
		})
		part.err = firstError(part.err, err)
		parts = append(parts, part)
		low = to
	}
	return parts
}

func totalWeight(weights []float64) (float64, error) {
	var total float64
	for _, w := range weights {
		if !(w >= 0) {
			return 0, illegal("requirement failed: Weights must be nonnegative, but got %s", list(weights))
		}
		total += w
	}
	if total == 0 {
		return 0, illegal("requirement failed: Sum of weights must be positive, but got %s", list(weights))
	}
	return total, nil
}

func list(xs []float64) string { return strings.ReplaceAll(fmt.Sprint(xs), " ", ",") }

// SampleByKey keeps each pair with the chance that fractions gives for its key,
// from 0 to 1 (stratified sampling): RDD[(K, V)] → RDD[(K, V)]. A key without a
// fraction is an error of the task.
func SampleByKey[K comparable, V any](p *Pairs[K, V], fractions map[K]float64, seed int64) *Pairs[K, V] {
	out := mapPartitionsRDD(p, "sampleByKey", true, func(t *lineage.Task, part int, rows iter.Seq[Pair[K, V]]) iter.Seq[Pair[K, V]] {
		return func(yield func(Pair[K, V]) bool) {
			random := newXORShift(seed + int64(part))
			filtered(rows, func(kv Pair[K, V]) bool {
				fraction, known := fractions[kv.Key]
				if !known {
					t.Fail(&lineage.Failure{Class: "java.util.NoSuchElementException", Message: "key not found: " + text(kv.Key)})
				}
				return random.float() < fraction
			})(yield)
		}
	})
	for _, fraction := range fractions {
		if !(fraction >= 0) {
			out.err = firstError(out.err, illegal("requirement failed: Negative sampling rates."))
		}
	}
	return out
}
