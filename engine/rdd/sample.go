package rdd

import (
	"fmt"
	"iter"
	"math"

	"etincelle/engine/lineage"
)

// Sample keeps each row with the chance fraction, from 0 to 1, without
// replacement: RDD[T] → RDD[T]. The same seed draws the same rows, those that
// Spark draws.
func Sample[T any](r *RDD[T], fraction float64, seed int64) *RDD[T] {
	out := sampled(r, "sample", seed, func(rows iter.Seq[T], seed int64) iter.Seq[T] { return bernoulli(rows, fraction, seed) })
	if fraction < 0 || fraction > 1 {
		out.err = firstError(out.err, badFraction(fraction, "between 0 and 1"))
	}
	return out
}

// SampleWithReplacement draws each row fraction times on average; fraction may be
// above 1. The same seed draws the same rows (not Spark's: its generator of
// Poisson numbers is another).
func SampleWithReplacement[T any](r *RDD[T], fraction float64, seed int64) *RDD[T] {
	out := sampled(r, "sample", seed, func(rows iter.Seq[T], seed int64) iter.Seq[T] { return poisson(rows, fraction, seed) })
	if fraction < 0 {
		out.err = firstError(out.err, badFraction(fraction, "0 or more"))
	}
	return out
}

func badFraction(fraction float64, wanted string) error {
	return &lineage.Failure{Class: "java.lang.IllegalArgumentException", Site: lineage.Caller(), Message: fmt.Sprintf("requirement failed: Fraction must be %s, but got %v", wanted, fraction)}
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

const (
	gapMost = 0.4   // up to this fraction Spark draws gaps between rows, not a number for each row
	tiniest = 5e-11 // stands for a drawn 0, which has no logarithm
)

func bernoulli[T any](rows iter.Seq[T], fraction float64, seed int64) iter.Seq[T] {
	return func(yield func(T) bool) {
		random := newXORShift(seed)
		switch {
		case fraction <= 0:
		case fraction >= 1:
			rows(yield)
		case fraction > gapMost:
			filtered(rows, func(T) bool { return random.float() <= fraction })(yield)
		default:
			gap := func() int { return int(math.Log(max(random.float(), tiniest)) / math.Log1p(-fraction)) }
			skip := gap()
			for row := range rows {
				if skip > 0 {
					skip--
					continue
				}
				if !yield(row) {
					return
				}
				skip = gap()
			}
		}
	}
}

// poisson repeats each row a random number of times, by Knuth's method in steps
// small enough for a large mean.
func poisson[T any](rows iter.Seq[T], mean float64, seed int64) iter.Seq[T] {
	return func(yield func(T) bool) {
		random := newXORShift(seed)
		for row := range rows {
			for range poissonNumber(random, mean) {
				if !yield(row) {
					return
				}
			}
		}
	}
}

func poissonNumber(random *xorShift, mean float64) int {
	const step = 30 // e^-30 is far from the smallest float64
	n := 0
	for ; mean > 0; mean -= step {
		limit := math.Exp(-min(mean, step))
		for product := random.float(); product > limit; product *= random.float() {
			n++
		}
	}
	return n
}

// TakeSample brings n rows drawn by chance, without replacement, in an order of
// chance (all of them when there are fewer). It counts the rows, then draws a few
// more than needed, again if that was bad luck.
func TakeSample[T any](r *RDD[T], n int, seed int64) ([]T, error) {
	const op = "takeSample"
	if n <= 0 || r.err != nil {
		return []T{}, r.err
	}
	counts, err := runAll(r, op, func(_ *lineage.Task, rows iter.Seq[T]) (int, error) {
		n := 0
		for range rows {
			n++
		}
		return n, nil
	})
	if err != nil {
		return nil, err
	}
	total := 0
	for _, c := range counts {
		total += c
	}
	random := newJavaRandom(seed)
	draw := func(fraction float64) ([]T, error) {
		return collect(op, sampled(r, op, int64(random.intn(math.MaxInt32)), func(rows iter.Seq[T], seed int64) iter.Seq[T] {
			return bernoulli(rows, fraction, seed)
		}))
	}
	drawn, err := draw(enough(n, total))
	for err == nil && len(drawn) < min(n, total) {
		drawn, err = draw(enough(n, total))
	}
	if err != nil {
		return nil, err
	}
	for i := len(drawn) - 1; i > 0; i-- {
		j := random.intn(i + 1)
		drawn[i], drawn[j] = drawn[j], drawn[i]
	}
	return drawn[:min(n, len(drawn))], nil
}

// enough is the fraction that draws at least n of total rows with a chance of
// 9 999 in 10 000.
func enough(n, total int) float64 {
	if n >= total {
		return 1
	}
	fraction := float64(n) / float64(total)
	gamma := -math.Log(0.0001) / float64(total)
	return min(1, fraction+gamma+math.Sqrt(gamma*gamma+2*gamma*fraction))
}

// RandomSplit cuts r into datasets of about the shares that weights give. Every
// row is in exactly one of them.
func RandomSplit[T any](r *RDD[T], seed int64, weights ...float64) []*RDD[T] {
	var total float64
	for _, w := range weights {
		total += w
	}
	var parts []*RDD[T]
	low := 0.0
	for _, w := range weights {
		from, to := low, low+w/total
		part := sampled(r, "randomSplit", seed, func(rows iter.Seq[T], seed int64) iter.Seq[T] {
			random := newXORShift(seed)
			return filtered(rows, func(T) bool { x := random.float(); return x >= from && x < to })
		})
		if w < 0 || !(total > 0) {
			part.err = firstError(part.err, &lineage.Failure{Class: "java.lang.IllegalArgumentException", Site: lineage.Caller(), Message: fmt.Sprintf("requirement failed: Weights must be nonnegative and sum to more than 0, but got %v", weights)})
		}
		parts = append(parts, part)
		low = to
	}
	return parts
}
