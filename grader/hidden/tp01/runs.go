package tp01

import (
	"iter"
	"slices"
	"sync"

	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
	"etincelle/grader/check"
	"etincelle/grader/check/tp01"
	"etincelle/grader/message"
)

// runGroups are those of exercise 6: each case is a run that the engine made.
func (m *maker) runGroups() []check.Group {
	about := message.Both("des programmes de plus en plus longs", "longer and longer programs")
	return []check.Group{
		{Points: 2, Exercise: 6, Function: "Skipped", Property: "skipped", About: about, Cases: m.runs("Skipped", "", nothing)},
		{Points: 2, Exercise: 6, Function: "Shuffled", Property: "shuffled", About: about, Cases: m.runs("Shuffled", "job", writingJobs)},
		{Points: 3, Exercise: 6, Function: "Skew", Property: "skew", About: about, Cases: m.runs("Skew", "stage", readingStages)},
		{Points: 2, Exercise: 6, Function: "Retried", Property: "retried", About: about, Cases: m.runs("Retried", "", nothing)},
	}
}

// runs are cases of growing runs. param is what is asked about, if anything is,
// and asks are the numbers that make sense for a run: the first that tells is taken.
func (m *maker) runs(function, param string, asks func(datasets.Run) []int) []check.Case {
	var cases []check.Case
	for size := 1; size <= 4; size++ {
		all := size > 1
		cases = append(cases, m.telling(function, all, func() (c check.Case) {
			run := datasets.RunOf(m.record(40*size, size))
			numbers := asks(run)
			m.Random.Shuffle(len(numbers), func(i, k int) { numbers[i], numbers[k] = numbers[k], numbers[i] })
			for _, n := range numbers {
				c = check.Case{Name: "run", Session: one, Sources: []check.Source{given(m, "stages", run.Stages), given(m, "tasks", run.Tasks)}}
				if param != "" {
					c.Params = map[string]int{param: n}
				}
				if apart, shown := tp01.Telling(function, c); apart && (shown || !all) {
					break
				}
			}
			return c
		}))
	}
	return cases
}

// nothing is asked about but the run as a whole.
func nothing(datasets.Run) []int { return []int{0} }

// writingJobs are the jobs that wrote to a shuffle.
func writingJobs(run datasets.Run) []int {
	var jobs []int
	for _, t := range run.Tasks {
		if t.Written > 0 && !slices.Contains(jobs, t.Job) {
			jobs = append(jobs, t.Job)
		}
	}
	return jobs
}

// readingStages are the stages that read a shuffle.
func readingStages(run datasets.Run) []int {
	var stages []int
	for _, t := range run.Tasks {
		if t.Written == 0 && t.Read > 0 && !slices.Contains(stages, t.Stage) {
			stages = append(stages, t.Stage)
		}
	}
	return stages
}

// record runs a program with rounds rounds on a file of so many lines. Some tasks
// fail, once or twice: of the stage that reads the file, and of those that read a
// shuffle.
func (m *maker) record(lines, rounds int) []event.Event {
	var mu sync.Mutex
	var events []event.Event
	s := engine.Start(engine.Executors(2+m.Random.IntN(2)), engine.Cores(2), engine.Sequential(), engine.Files(m.visits(lines)),
		engine.Listen(func(e event.Event) {
			mu.Lock()
			defer mu.Unlock()
			events = append(events, e)
		}))
	for range rounds {
		text := rdd.TextFile(s, visits, 2+m.Random.IntN(4))
		pairs := rdd.MapToPair(breaking(1+m.Random.IntN(2), m.Random.IntN(2), text), visit)
		placed := rdd.PartitionBy(pairs, rdd.Hash(3+m.Random.IntN(4)))
		counts := rdd.ReduceByKey(pairs, rdd.Add, rdd.Hash(2+m.Random.IntN(5)))
		for _, act := range []func() (int, error){
			placed.Count,
			breaking(1+m.Random.IntN(2), m.Random.IntN(3), rdd.Values(placed)).Count, // skips the stage that placed
			counts.Count,
		} {
			_, err := act()
			m.keep(err)
		}
	}
	s.Stop()
	mu.Lock()
	defer mu.Unlock()
	return events
}

// breaking is r, one partition of which fails so many times when it is read: at its
// last row, so that the attempt has done some work.
func breaking[T any](times, partition int, r *rdd.RDD[T]) *rdd.RDD[T] {
	var mu sync.Mutex
	left := times
	return rdd.MapPartitionsWithIndex(r, func(p int, rows iter.Seq[T]) iter.Seq[T] {
		return func(yield func(T) bool) {
			for row := range rows {
				if !yield(row) {
					return
				}
			}
			mu.Lock()
			defer mu.Unlock()
			if p == partition%r.NumPartitions() && left > 0 {
				left--
				panic("the machine is gone")
			}
		}
	})
}
