package tp01

import (
	"iter"
	"sync"

	"etincelle/datasets"
	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
	"etincelle/grader/check"
	"etincelle/grader/message"
)

// runGroups are those of exercise 6: each case is a run that the engine made.
func (m *maker) runGroups() []check.Group {
	about := message.Both("d'autres enregistrements", "other recorded runs")
	return []check.Group{
		{Points: 2, Exercise: 6, Function: "Skipped", Property: "skipped", About: about, Cases: m.runs("Skipped", "", nil)},
		{Points: 2, Exercise: 6, Function: "Shuffled", Property: "shuffled", About: about, Cases: m.runs("Shuffled", "job", m.writingJob)},
		{Points: 3, Exercise: 6, Function: "Skew", Property: "skew", About: about, Cases: m.runs("Skew", "stage", m.skewedStage)},
		{Points: 2, Exercise: 6, Function: "Retried", Property: "retried", About: about, Cases: m.runs("Retried", "", nil)},
	}
}

// runs are cases of growing runs; param is what is asked about, and asks draws it.
func (m *maker) runs(function, param string, asks func(datasets.Run) int) []check.Case {
	var cases []check.Case
	for size := 1; size <= 4; size++ {
		cases = append(cases, m.telling(function, size > 1, func() check.Case {
			run := datasets.RunOf(m.record(40*size*size, size))
			c := check.Case{Name: "run", Session: one, Sources: []check.Source{given(m, "stages", run.Stages), given(m, "tasks", run.Tasks)}}
			if param != "" {
				c.Params = map[string]int{param: asks(run)}
			}
			return c
		}))
	}
	return cases
}

// writingJob draws a job that wrote to a shuffle.
func (m *maker) writingJob(run datasets.Run) int {
	var jobs []int
	for _, t := range run.Tasks {
		if t.Written > 0 {
			jobs = append(jobs, t.Job)
		}
	}
	return jobs[m.random.IntN(len(jobs))]
}

// skewedStage draws a stage that read a shuffle; of an even number of tasks as
// often as of an odd one.
func (m *maker) skewedStage(run datasets.Run) int {
	ran := map[int]bool{}
	var stages []int
	for _, s := range run.Stages {
		ran[s.Stage] = !s.Skipped
	}
	for _, t := range run.Tasks {
		if ran[t.Stage] && t.Written == 0 && t.Read > 0 {
			stages = append(stages, t.Stage)
		}
	}
	return stages[m.random.IntN(len(stages))]
}

// record runs a program with rounds rounds on a file of so many lines. Some tasks
// fail, once or twice: of the stage that reads the file, and of those that read a
// shuffle.
func (m *maker) record(lines, rounds int) []event.Event {
	var mu sync.Mutex
	var events []event.Event
	s := engine.Start(engine.Executors(2+m.random.IntN(2)), engine.Cores(2), engine.Sequential(), engine.Files(m.visits(lines)),
		engine.Listen(func(e event.Event) {
			mu.Lock()
			defer mu.Unlock()
			events = append(events, e)
		}))
	for range rounds {
		text := rdd.TextFile(s, visits, 2+m.random.IntN(4))
		pairs := rdd.MapToPair(failing(text, m.random.IntN(2), 1+m.random.IntN(2)), visit)
		placed := rdd.PartitionBy(pairs, rdd.Hash(3+m.random.IntN(4)))
		counts := rdd.ReduceByKey(pairs, rdd.Add, rdd.Hash(2+m.random.IntN(5)))
		for _, act := range []func() (int, error){
			placed.Count,
			failing(rdd.Values(placed), m.random.IntN(3), m.random.IntN(3)).Count, // skips the stage that placed
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

// failing is r, one partition of which fails so many times when it is read: at its
// last row, so that the attempt has done some work.
func failing[T any](r *rdd.RDD[T], partition, times int) *rdd.RDD[T] {
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
