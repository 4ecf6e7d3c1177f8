package rdd_test

import (
	"fmt"
	"testing"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

// BenchmarkLongLineage counts three rows behind a chain of transformations: what
// it takes is the planning and the chain itself, which grow with the lineage.
// The job after a checkpoint plans what came since. (Spark overflows its stack at
// about 300 without a checkpoint.)
//
//	go test ./engine/rdd -run '^$' -bench LongLineage
func BenchmarkLongLineage(b *testing.B) {
	for _, length := range []int{10, 100, 300, 1000, 3000} {
		b.Run(fmt.Sprintf("maps=%d", length), func(b *testing.B) {
			s := engine.Start()
			defer s.Stop()
			last := chain(rdd.Of(s, 2, 1, 2, 3), length)
			for b.Loop() {
				count(b, last)
			}
		})
	}
	for _, every := range []int{100, 1000} {
		b.Run(fmt.Sprintf("maps=3000/checkpointEvery=%d", every), func(b *testing.B) {
			s := engine.Start(engine.Files(&fs.Memory{}), engine.CheckpointDir("checkpoints"))
			defer s.Stop()
			last := rdd.Of(s, 2, 1, 2, 3)
			for done := 0; done < 3000; done += every {
				last = chain(last, every).Cache().Checkpoint()
				count(b, last)
			}
			after := chain(last, 1)
			for b.Loop() {
				count(b, after)
			}
		})
	}
}

func chain(r *rdd.RDD[int], length int) *rdd.RDD[int] {
	for range length {
		r = rdd.Map(r, func(x int) int { return x + 1 })
	}
	return r
}

func count(b *testing.B, r *rdd.RDD[int]) {
	if n, err := r.Count(); err != nil || n != 3 {
		b.Fatalf("count: %d, %v", n, err)
	}
}
