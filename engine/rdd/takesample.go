package rdd

import (
	"iter"
	"math"
)

// TakeSample brings n rows drawn by chance, without replacement, in an order of
// chance (all of them when there are fewer). It counts the rows, then draws a few
// more than needed, again if that was bad luck: two jobs or more. The same seed
// brings the same rows, those that Spark brings.
func TakeSample[T any](r *RDD[T], n int, seed int64) ([]T, error) {
	return takeSample(r, n, seed, func(total int) (float64, drawing[T]) { return binomialShare(n, total), bernoulli[T] }, true)
}

// TakeSampleWithReplacement is TakeSample where a row may come more than once.
func TakeSampleWithReplacement[T any](r *RDD[T], n int, seed int64) ([]T, error) {
	return takeSample(r, n, seed, func(total int) (float64, drawing[T]) { return poissonShare(n, total), poisson[T] }, false)
}

// drawing draws about a fraction of rows.
type drawing[T any] func(rows iter.Seq[T], fraction float64, seed int64) iter.Seq[T]

// takeSample draws with what how answers for the number of rows. atMostAll says
// that there is no more to bring than all the rows.
func takeSample[T any](r *RDD[T], n int, seed int64, how func(total int) (float64, drawing[T]), atMostAll bool) ([]T, error) {
	const op = "takeSample"
	switch {
	case n < 0:
		return nil, illegal("requirement failed: Negative number of elements requested")
	case n == 0 || r.err != nil:
		return []T{}, r.err
	}
	total, err := count(op, r)
	if err != nil || total == 0 {
		return []T{}, err
	}
	random := newJavaRandom(seed)
	var drawn []T
	if atMostAll && n >= total {
		drawn, err = collect(op, r)
	} else {
		fraction, draw := how(total)
		for err == nil && len(drawn) < n {
			drawn, err = collect(op, sampled(r, op, int64(random.next(32)), func(rows iter.Seq[T], seed int64) iter.Seq[T] {
				return draw(rows, fraction, seed)
			}))
		}
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

// binomialShare is the fraction that draws at least n of total rows, each once at
// most, with a chance of 9 999 in 10 000.
func binomialShare(n, total int) float64 {
	fraction := float64(n) / float64(total)
	gamma := -math.Log(0.0001) / float64(total)
	return min(1, fraction+gamma+math.Sqrt(gamma*gamma+2*gamma*fraction))
}

// poissonShare is the same when a row may come more than once.
func poissonShare(n, total int) float64 {
	deviations := 6.0
	switch {
	case n < 6:
		deviations = 12
	case n < 16:
		deviations = 9
	}
	return (float64(n) + deviations*math.Sqrt(float64(n))) / float64(total)
}
