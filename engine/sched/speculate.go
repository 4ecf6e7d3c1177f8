package sched

import (
	"slices"
	"time"
)

// Speculation starts a copy of a task that takes much longer than the others of
// its stage, on an executor that has not tried it. The first of the two to end
// wins. Nobody can tell a slow executor from a long partition: the copy of a task
// that has more to do takes as long, and a core with it.
//
// Spark 4 also asks whether the task reads more slowly than the others. It learns
// so from a message that executors send every ten seconds, and copies a task of
// which it has not heard; tasks are not heard of here before they end.
type Speculation struct {
	Quantile   float64       // this part of the stage's tasks must have succeeded (0.9, spark.speculation.quantile)
	Multiplier float64       // longer than so many times their median is long (3, spark.speculation.multiplier)
	MinRuntime time.Duration // and no task is long before this (100 ms, spark.speculation.minTaskRuntime)
	Interval   time.Duration // how often to look (100 ms, spark.speculation.interval)
}

// OrDefaults puts Spark's values where none is given.
func (s Speculation) OrDefaults() Speculation {
	if s.Quantile <= 0 {
		s.Quantile = 0.9
	}
	if s.Multiplier <= 0 {
		s.Multiplier = 3
	}
	if s.MinRuntime <= 0 {
		s.MinRuntime = 100 * time.Millisecond
	}
	if s.Interval <= 0 {
		s.Interval = 100 * time.Millisecond
	}
	return s
}

// alone is a task under way of which there is no copy, nor one that waits.
type alone struct {
	partition int
	began     time.Time
}

// look is how long to wait until the next look, when so many tasks of a stage have
// succeeded and so many are alone; 0 when there is nothing to look for before
// another task has ended. A stage of one task has nothing to compare it with.
func (s Speculation) look(tasks, succeeded, alone int) time.Duration {
	if tasks == 1 || succeeded < max(int(s.Quantile*float64(tasks)), 1) || alone == 0 {
		return 0
	}
	return s.Interval
}

// stragglers lists the partitions whose tasks have run too long by now, given
// what others took.
func (s Speculation) stragglers(took []time.Duration, under []alone, now time.Time) (copies []int) {
	sorted := slices.Sorted(slices.Values(took))
	median := sorted[len(sorted)/2] // of an even number the upper one, as in Spark
	threshold := max(time.Duration(s.Multiplier*float64(median)), s.MinRuntime)
	for _, t := range under {
		if now.Sub(t.began) > threshold {
			copies = append(copies, t.partition)
		}
	}
	return copies
}

// watch sets when to look for stragglers, unless it is set.
func (a *attempt) watch() {
	if a.s.Speculation == nil || a.tick != nil {
		return
	}
	if wait := a.s.Speculation.look(len(a.order), len(a.took), len(a.alone())); wait > 0 {
		a.tick = a.s.Clock.After(wait)
	}
}

// speculate looks for stragglers. Their copies start where and when there is room
// that no other task of the stage wants.
func (a *attempt) speculate() {
	a.tick = nil
	a.copies = append(a.copies, a.s.Speculation.stragglers(a.took, a.alone(), a.s.Clock.Now())...)
}

// alone lists the tasks that may want a copy.
func (a *attempt) alone() (all []alone) {
	for _, u := range a.under {
		p := u.task.Partition
		if a.owed[p] && a.underWay(p) == 1 && !slices.Contains(a.copies, p) {
			all = append(all, alone{p, u.began})
		}
	}
	return all
}

// mayCopy reports whether an executor may run a copy of partition p's task: one
// that has run none of its attempts. (Spark asks for another machine; an executor
// is a machine here.)
func (a *attempt) mayCopy(p int, executor string) bool {
	return a.mayRun(p, executor) && !slices.Contains(a.tried[p], executor)
}
