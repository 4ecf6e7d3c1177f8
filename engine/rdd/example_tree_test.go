package rdd_test

import (
	"fmt"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// Nine partitions are merged by threes on the executors first: the program gets
// three values, not nine.
func ExampleTreeReduce() {
	s := engine.Start()
	defer s.Stop()
	sum := engine.Must(rdd.TreeReduce(rdd.Range(s, 1, 101, 1, 9), rdd.Add, 2))
	fmt.Println(sum, s.Counters().Result, "values brought")
	// Output: 5050 3 values brought
}

// zero is used by each partition at each level and by the program: here five
// times. It should change nothing.
func ExampleTreeAggregate() {
	s := engine.Start()
	defer s.Stop()
	words := rdd.Of(s, 2, "un", "deux", "trois")
	letters := func(n int, w string) int { return n + len(w) }
	fmt.Println(engine.Must(rdd.TreeAggregate(words, 0, letters, rdd.Add, 2)))
	fmt.Println(engine.Must(rdd.TreeAggregate(words, 100, letters, rdd.Add, 2)))
	// Output:
	// 11
	// 511
}
