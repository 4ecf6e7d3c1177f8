package rdd_test

import (
	"fmt"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

func ExampleSum() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Sum(rdd.Of(s, 2, 1, 2, 3, 4))))
	// Output: 10
}

func ExampleMean() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Mean(rdd.Of(s, 2, 1, 2, 3, 4))))
	// Output: 2.5
}

// One job finds all of it.
func ExampleStats() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Stats(rdd.Of(s, 2, 2, 4, 4, 4, 5, 5, 7, 9))))
	fmt.Println(s.Counters().Jobs, "job")
	// Output:
	// (count: 8, mean: 5.000000, stdev: 2.000000, max: 9.000000, min: 2.000000)
	// 1 job
}

// Rows that are a sample of more tell less: their variance divides by one less.
func ExampleSummary() {
	s := engine.Start()
	defer s.Stop()
	marks := engine.Must(rdd.Stats(rdd.Of(s, 2, 8, 12, 16)))
	fmt.Println(marks.Count, marks.Sum(), marks.Mean, marks.Min, marks.Max)
	fmt.Printf("%.2f %.2f\n", marks.Variance(), marks.Stdev())
	fmt.Println(marks.SampleVariance(), marks.SampleStdev())
	// Output:
	// 3 36 12 8 16
	// 10.67 3.27
	// 16 4
}

// Buckets of the same width; the last one includes the largest row.
func ExampleHistogram() {
	s := engine.Start()
	defer s.Stop()
	delays := rdd.Of(s, 2, 0, 3, 5, 12, 18, 19, 30)
	bounds, counts, err := rdd.Histogram(delays, 3)
	fmt.Println(bounds, counts, err)
	// Output: [0 10 20 30] [3 3 1] <nil>
}

func ExampleHistogramBy() {
	s := engine.Start()
	defer s.Stop()
	delays := rdd.Of(s, 2, -4, 0, 3, 5, 12, 60, 61)
	fmt.Println(engine.Must(rdd.HistogramBy(delays, []float64{0, 5, 15, 60}))) // -4 and 61 are in none
	// Output: [2 2 1]
}

func ExampleMax() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Max(rdd.Of(s, 2, "lilas", "rose", "ajonc"))))
	// Output: rose
}

func ExampleMaxFunc() {
	s := engine.Start()
	defer s.Stop()
	byLength := func(a, b string) int { return len(a) - len(b) }
	fmt.Println(engine.Must(rdd.MaxFunc(rdd.Of(s, 2, "lilas", "rose", "iris"), byLength)))
	// Output: lilas
}

// The smallest of nothing is an error.
func ExampleMin() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Min(rdd.Of(s, 2, 3, 1, 2))))
	_, err := rdd.Min(rdd.Empty[int](s))
	fmt.Println(err)
	// Output:
	// 1
	// empty collection (example_stats_test.go:87)
}

func ExampleMinFunc() {
	s := engine.Start()
	defer s.Stop()
	byLength := func(a, b string) int { return len(a) - len(b) }
	fmt.Println(engine.Must(rdd.MinFunc(rdd.Of(s, 2, "lilas", "tulipe", "rose"), byLength)))
	// Output: rose
}

// Top needs no sort: each task brings its n best.
func ExampleTop() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Top(rdd.Of(s, 3, 5, 1, 9, 7, 3), 2)))
	// Output: [9 7]
}

func ExampleTopFunc() {
	s := engine.Start()
	defer s.Stop()
	counts := rdd.Of(s, 2, rdd.KV("le", 12), rdd.KV("chat", 3), rdd.KV("la", 9))
	byCount := func(a, b rdd.Pair[string, int]) int { return a.Value - b.Value }
	fmt.Println(engine.Must(rdd.TopFunc(counts, 2, byCount)))
	// Output: [{le 12} {la 9}]
}

func ExampleTakeOrdered() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.TakeOrdered(rdd.Of(s, 3, 5, 1, 9, 7, 3), 2)))
	// Output: [1 3]
}

func ExampleTakeOrderedFunc() {
	s := engine.Start()
	defer s.Stop()
	byLength := func(a, b string) int { return len(a) - len(b) }
	fmt.Println(engine.Must(rdd.TakeOrderedFunc(rdd.Of(s, 2, "trois", "un", "deux"), 2, byLength)))
	// Output: [un deux]
}

func ExampleCountByValue() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.CountByValue(rdd.Of(s, 2, "pile", "face", "pile"))))
	// Output: map[face:1 pile:2]
}

// A sketch of 512 bytes stands for all the rows that a task has seen.
func ExampleCountApproxDistinct() {
	s := engine.Start()
	defer s.Stop()
	visits := rdd.Map(rdd.Range(s, 0, 10_000, 1, 4), func(n int64) int64 { return n % 300 })
	before := s.Counters()
	fmt.Println(engine.Must(rdd.CountApproxDistinct(visits, 0.05)))
	fmt.Println(s.Counters().Since(before).ShuffleWrite, "rows shuffled")
	// Output:
	// 300
	// 0 rows shuffled
}

func ExampleCountApproxDistinctByKey() {
	s := engine.Start()
	defer s.Stop()
	visits := rdd.Of(s, 2, rdd.KV("/", "ada"), rdd.KV("/", "bob"), rdd.KV("/", "ada"), rdd.KV("/faq", "bob"))
	sorted(rdd.CountApproxDistinctByKey(visits, 0.05).Collect())
	// Output: {/ 2} {/faq 1}
}
