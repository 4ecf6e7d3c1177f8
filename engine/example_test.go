package engine_test

import (
	"fmt"
	"time"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// A job is cancelled by another goroutine than the one that waits for it.
func ExampleSession_CancelJobGroup() {
	s := engine.Start()
	defer s.Stop()
	begun, failed := make(chan struct{}), make(chan error)
	go func() {
		failed <- s.InJobGroup("etl", "the flights of January", func() error {
			return rdd.Range(s, 0, 1<<40, 1, 1).ForEach(func(n int64) {
				if n == 0 {
					close(begun)
				}
			})
		})
	}()
	<-begun
	s.CancelJobGroup("etl")
	fmt.Println(<-failed)
	// Output:
	// [SPARK_JOB_CANCELLED] Job 0 cancelled part of cancelled job group etl SQLSTATE: XXKDA
}

// A task that takes three times as long as most is copied, if the session says so;
// here one that takes twice as long.
func ExampleSpeculation() {
	s := engine.Start(engine.Executors(2), engine.Speculation(engine.SpeculationSettings{Multiplier: 2, MinRuntime: time.Second}))
	defer s.Stop()
	fmt.Println(rdd.Of(s, 4, 1, 2, 3, 4).Count())
	// Output:
	// 4 <nil>
}

// An executor on which two tasks have failed gets no more, for ten minutes.
func ExampleExclusion() {
	s := engine.Start(engine.Executors(3), engine.Exclusion(engine.ExclusionSettings{Timeout: 10 * time.Minute}))
	defer s.Stop()
	fmt.Println(rdd.Of(s, 4, 1, 2, 3, 4).Count())
	// Output:
	// 4 <nil>
}
