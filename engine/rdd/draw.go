package rdd

import (
	"iter"
	"math"
)

// How Spark decides, row after row, which ones a sample has. Small fractions draw
// how many rows to leave out before the next one, which takes fewer numbers than
// a decision about each.

const (
	gapMost = 0.4   // the largest fraction that is drawn by gaps
	tiniest = 5e-11 // stands for a drawn 0, which has no logarithm
)

// gap is how many rows to leave out; rate is the logarithm of the chance that a
// row is left out.
func gap(random *xorShift, rate float64) int {
	return int(math.Log(max(random.float(), tiniest)) / rate)
}

// bernoulli keeps each row or leaves it out.
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
			rate := math.Log1p(-fraction)
			skip := gap(random, rate)
			for row := range rows {
				if skip > 0 {
					skip--
					continue
				}
				skip = gap(random, rate)
				if !yield(row) {
					return
				}
			}
		}
	}
}

// cell keeps the rows whose number falls between low and high: cells side by side
// with the same seed cut the rows between them.
func cell[T any](rows iter.Seq[T], low, high float64, seed int64) iter.Seq[T] {
	return func(yield func(T) bool) {
		random := newXORShift(seed)
		filtered(rows, func(T) bool { x := random.float(); return x >= low && x < high })(yield)
	}
}

// poisson repeats each row a random number of times, mean on average.
func poisson[T any](rows iter.Seq[T], mean float64, seed int64) iter.Seq[T] {
	return func(yield func(T) bool) {
		if mean <= 0 {
			return
		}
		times := poissonTimes(mean, seed)
		for row := range rows {
			for range times() {
				if !yield(row) {
					return
				}
			}
		}
	}
}

// poissonTimes says of one row after the other how often it is drawn.
func poissonTimes(mean float64, seed int64) func() int {
	if mean > gapMost {
		random := newWell(seed)
		return func() int { return poissonNumber(random.float, mean) }
	}
	random := newXORShift(seed)
	skip := gap(random, -mean)
	return func() int {
		if skip > 0 {
			skip--
			return 0
		}
		n := poissonAtLeast1(random, mean)
		skip = gap(random, -mean)
		return n
	}
}

// poissonNumber is Knuth's method, in steps small enough for a large mean.
func poissonNumber(float func() float64, mean float64) int {
	const step = 40 // e^-40 is far from the smallest float64
	n := 0
	for ; mean > 0; mean -= step {
		limit := math.Exp(-min(mean, step))
		for product := float(); product >= limit; product *= float() {
			n++
		}
	}
	return n
}

// poissonAtLeast1 is a Poisson number that is known not to be 0.
func poissonAtLeast1(random *xorShift, mean float64) int {
	limit := math.Exp(-mean)
	n := 1
	for product := (limit + (1-limit)*random.float()) * random.float(); product > limit; product *= random.float() {
		n++
	}
	return n
}
