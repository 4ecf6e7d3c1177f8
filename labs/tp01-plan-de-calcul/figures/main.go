// The programs whose recordings are drawn as the figures of TP 1, and the one
// that its exercise 6 reads: figures.json says which is which. Each runs its tasks
// one after the other, so that its recording is the same every time.
//
//	ETINCELLE_RECORD=premiers-jours.jsonl go run ./labs/tp01-plan-de-calcul/figures premiers-jours
//	go run . step premiers-jours.jsonl
package main

import (
	"fmt"
	"iter"
	"os"

	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/rdd"
)

func main() {
	scenes := map[string]func(*engine.Session){"sorted": sorted, "reused": reused, "premiers-jours": firstDays}
	if len(os.Args) != 2 || scenes[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "expected the name of one scene: sorted, reused or premiers-jours")
		os.Exit(2)
	}
	s := engine.Start(engine.Executors(2), engine.Cores(2), engine.Sequential())
	defer s.Stop()
	scenes[os.Args[1]](s)
}

// sorted counts the long flights of each destination, the busiest first.
func sorted(s *engine.Session) {
	long := rdd.Filter(datasets.Flights(s, 4), func(f datasets.Flight) bool { return f.Distance > 1000 })
	ones := rdd.MapToPair(long, func(f datasets.Flight) (string, int) { return f.Dest, 1 })
	counts := rdd.ReduceByKey(ones, rdd.Add, rdd.Hash(3))
	engine.Must(rdd.SortBy(counts, rdd.Value[string, int], rdd.Descending, 2).Collect())
}

// reused asks two questions of the same shuffled rows.
func reused(s *engine.Session) {
	ones := rdd.MapToPair(datasets.Flights(s, 4), func(f datasets.Flight) (string, int) { return f.Carrier, 1 })
	counts := rdd.ReduceByKey(ones, rdd.Add, rdd.Hash(3))
	engine.Must(counts.Count())
	engine.Must(rdd.Max(rdd.Values(counts)))
}

// firstDays is the run of exercise 6: a skewed placement, asked for twice, a task
// that fails twice, another that fails once, and a count.
func firstDays(s *engine.Session) {
	flights := datasets.Flights(s, 4)
	days := rdd.Filter(failing(flights, 2, 2), func(f datasets.Flight) bool { return f.Day <= 10 })
	byCarrier := rdd.PartitionBy(rdd.KeyBy(days, func(f datasets.Flight) string { return f.Carrier }), rdd.Hash(8))
	engine.Must(byCarrier.Count())
	long := rdd.Filter(rdd.Values(failing(byCarrier, 5, 1)), func(f datasets.Flight) bool { return f.Distance > 1000 })
	engine.Must(long.Count())
	engine.Must(rdd.CountByKey(byCarrier))
}

// failing is r, one partition of which fails so many times, at its end.
func failing[T any](r *rdd.RDD[T], partition, times int) *rdd.RDD[T] {
	left := times // one task at a time runs
	return rdd.MapPartitionsWithIndex(r, func(p int, rows iter.Seq[T]) iter.Seq[T] {
		return func(yield func(T) bool) {
			for row := range rows {
				if !yield(row) {
					return
				}
			}
			if p == partition && left > 0 {
				left--
				panic("the executor's disk does not answer")
			}
		}
	})
}
