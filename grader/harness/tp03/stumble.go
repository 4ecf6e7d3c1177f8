package tp03

import (
	"iter"
	"slices"
	"sync"

	"etincelle/datasets"
	"etincelle/engine/rdd"
	"etincelle/grader/harness"
)

// stumbling is the dataset itself, or, in a case that says so, one in which the first
// task of each partition fails after its last row, as on a machine that dies. Actions
// do not count what a failed task did; a variable of the program does.
func stumbling(c *harness.Case, all flights) flights {
	if !c.Given("stumbles") {
		return all
	}
	var mu sync.Mutex
	fallen := map[int]bool{}
	return rdd.MapPartitionsWithIndex(all, func(partition int, rows iter.Seq[datasets.Flight]) iter.Seq[datasets.Flight] {
		return func(yield func(datasets.Flight) bool) {
			kept := slices.Collect(rows)
			for _, row := range kept {
				if !yield(row) {
					return
				}
			}
			mu.Lock()
			first := !fallen[partition]
			fallen[partition] = true
			mu.Unlock()
			if first {
				panic("the machine of this task is lost")
			}
		}
	})
}
