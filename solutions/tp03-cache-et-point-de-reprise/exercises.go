// Package tp03 is TP 3: cache or checkpoint, on the flights that left New York in
// January 2013. Write the bodies marked TODO, then run
//
//	go run . check tp03
package tp03

import (
	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/rdd"
)

// LateFlights (exercise 1) counts, for each limit in minutes, the flights that
// departed more than limit late: one action for each limit, counts in the order of
// the limits. Each partition of flights is computed once, however many limits there
// are. At most one dataset is kept meanwhile, and nothing when the function returns.
func LateFlights(flights *rdd.RDD[datasets.Flight], limits []int) ([]int, error) {
	departed := rdd.Filter(flights, func(f datasets.Flight) bool { return f.Departed }).Cache()
	var counts []int
	for _, limit := range limits {
		late := rdd.Filter(departed, func(f datasets.Flight) bool { return f.Delay > limit })
		n, err := late.Count()
		if err != nil {
			return nil, err
		}
		counts = append(counts, n)
	}
	return counts, departed.Unpersist() // after the last action, not before
}

// CountAll (exercise 2) counts the flights of three datasets, in the order of the
// arguments. All three are marked with Cache already, and memory has room for two
// of them. Each of their partitions is computed once, and when the function returns
// the whole of often is still in memory: the program goes on with it.
func CountAll(often, first, second *rdd.RDD[datasets.Flight]) ([]int, error) {
	counts := make([]int, 3)
	var err error
	// The least recently used goes first: often must be used after first.
	if counts[1], err = first.Count(); err != nil {
		return nil, err
	}
	if counts[0], err = often.Count(); err != nil {
		return nil, err
	}
	if counts[2], err = second.Count(); err != nil {
		return nil, err
	}
	return counts, nil
}

// Totals (exercise 3) applies step n times, one after the other, and returns the
// sum of the rows after each step: n sums. Each partition of start is computed
// once. At most two datasets are kept at the same time, and nothing when the
// function returns.
func Totals(start *rdd.RDD[int], step func(*rdd.RDD[int]) *rdd.RDD[int], n int) ([]int, error) {
	var sums []int
	current := start
	for range n {
		next := step(current).Cache()
		sum, err := next.Fold(0, rdd.Add)
		if err != nil {
			return nil, err
		}
		sums = append(sums, sum)
		// Only now that next is in memory may go what it was computed from.
		if err := current.Unpersist(); err != nil {
			return nil, err
		}
		current = next
	}
	return sums, current.Unpersist()
}

// Publish (exercise 4) writes the flights that departed more than limit minutes
// late in the checkpoint directory, which the session has, and returns the folder
// in which another program finds them. Each partition of flights is computed once,
// and nothing is kept in memory when the function returns.
func Publish(flights *rdd.RDD[datasets.Flight], limit int) (string, error) {
	late := rdd.Filter(flights, func(f datasets.Flight) bool { return f.Departed && f.Delay > limit })
	late.Cache().Checkpoint() // kept first, so that the second job, which writes, reads the memory
	if _, err := late.Count(); err != nil {
		return "", err
	}
	folder, _ := late.CheckpointFile()
	return folder, late.Unpersist()
}

// Resume (exercise 4) is the other program: it returns the flights of more than
// miles miles that Publish left in folder. Nothing is computed from the source.
func Resume(s *engine.Session, folder string, miles int) *rdd.RDD[datasets.Flight] {
	late := rdd.FromCheckpoint[datasets.Flight](s, folder)
	return rdd.Filter(late, func(f datasets.Flight) bool { return f.Distance > miles })
}

// Iterate (exercise 5) applies step n times, one after the other, and returns the
// last dataset. Every so many steps (every of them) the rows are written reliably
// and the lineage is cut: no job has more than every + 1 of these datasets in its
// lineage. Each partition of start is computed once, and not again when every
// executor is lost. n is at least every.
func Iterate(start *rdd.RDD[int], step func(*rdd.RDD[int]) *rdd.RDD[int], n, every int) (*rdd.RDD[int], error) {
	current := start
	for done := 1; done <= n; done++ {
		current = step(current)
		if done%every != 0 {
			continue
		}
		current.Cache().Checkpoint()
		if _, err := current.Count(); err != nil { // the mark alone writes nothing
			return nil, err
		}
	}
	return current, nil
}

// Situation says what will become of a dataset.
type Situation = int

// The six situations of exercise 6.
const (
	UsedOnce      Situation = 0 // one action will use it
	UsedOften     Situation = 1 // many actions will; it fits in memory
	TooLarge      Situation = 2 // many actions will; memory has room for a part of it, which is to be used
	MemoryIsTaken Situation = 3 // many actions will; not one byte of memory may be used
	ExecutorsDie  Situation = 4 // many actions will; no partition may be computed again when an executor is lost; nothing goes to disk
	OthersReadIt  Situation = 5 // another program will read it, after this one has ended
)

// Keep (exercise 6) marks flights for its situation, and returns it: the actions
// come later. Nothing is kept that is not needed: no block for what is used once, no
// copy and no file that the situation does not ask for. Each partition is computed
// once, whatever the situation, but for one that is used once.
func Keep(flights *rdd.RDD[datasets.Flight], situation Situation) *rdd.RDD[datasets.Flight] {
	switch situation {
	case UsedOften:
		return flights.Persist(rdd.MemoryOnly)
	case TooLarge:
		return flights.Persist(rdd.MemoryAndDisk)
	case MemoryIsTaken:
		return flights.Persist(rdd.DiskOnly)
	case ExecutorsDie:
		return flights.Persist(rdd.MemoryOnly2)
	case OthersReadIt:
		return flights.Cache().Checkpoint()
	}
	return flights
}
