package rdd_test

import (
	"fmt"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// The seed decides: another session, or Spark, draws the same rows with it.
func ExampleSample() {
	s := engine.Start()
	defer s.Stop()
	numbers := rdd.Range(s, 0, 40, 1, 3)
	fmt.Println(engine.Must(rdd.Sample(numbers, 0.3, 7).Collect()))
	fmt.Println(engine.Must(rdd.Sample(numbers, 0.3, 8).Collect()))
	// Output:
	// [6 11 12 14 23 24 32 33 34 38 39]
	// [3 5 9 13 17 22 24 25 28 34 35]
}

// A row may come twice.
func ExampleSampleWithReplacement() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.SampleWithReplacement(rdd.Range(s, 0, 10, 1, 2), 1.5, 7).Collect()))
	// Output: [0 0 2 2 3 4 4 4 4 5 5 5 6 6 7 8 8 8 8 9]
}

// Each key has a share of its own: all the rare cases, a few of the others.
func ExampleSampleByKey() {
	s := engine.Start()
	defer s.Stop()
	flights := rdd.KeyBy(rdd.Range(s, 0, 100, 1, 4), func(n int64) string {
		if n%25 == 0 {
			return "annulé"
		}
		return "parti"
	})
	some := rdd.SampleByKey(flights, map[string]float64{"annulé": 1, "parti": 0.1}, 3)
	fmt.Println(engine.Must(rdd.CountByKey(some)))
	// Output: map[annulé:4 parti:15]
}

// TakeSample brings exactly n rows, where Sample keeps about a share of them. The
// same seed brings the same rows in the same order.
func ExampleTakeSample() {
	s := engine.Start()
	defer s.Stop()
	numbers := rdd.Range(s, 0, 100, 1, 3)
	fmt.Println(engine.Must(rdd.TakeSample(numbers, 5, 11)))
	fmt.Println(engine.Must(rdd.TakeSample(numbers, 5, 11)))
	fmt.Println(len(engine.Must(rdd.TakeSample(numbers, 1000, 11)))) // there are no more
	// Output:
	// [36 58 66 60 10]
	// [36 58 66 60 10]
	// 100
}

func ExampleTakeSampleWithReplacement() {
	s := engine.Start()
	defer s.Stop()
	dice := rdd.Of(s, 2, 1, 2, 3, 4, 5, 6)
	fmt.Println(engine.Must(rdd.TakeSampleWithReplacement(dice, 8, 1)))
	// Output: [4 6 4 3 1 4 3 1]
}

// Training and test rows: every row is in one of the two.
func ExampleRandomSplit() {
	s := engine.Start()
	defer s.Stop()
	parts := rdd.RandomSplit(rdd.Range(s, 0, 20, 1, 2), 1, 0.8, 0.2)
	train, test := engine.Must(parts[0].Collect()), engine.Must(parts[1].Collect())
	fmt.Println(len(train), "and", len(test), test)
	// Output: 18 and 2 [4 14]
}
