package sched

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// Exclusion keeps tasks away from executors on which tasks fail. Failures count
// that are the tasks' own: not a lost executor, not a missing shuffle output.
//
// An executor is a machine here, so Spark's limits for machines do not exist; and
// Spark, which may ask a cluster for another executor, waits two minutes for one
// before it gives up a task that can run nowhere.
type Exclusion struct {
	PerTask        int           // a task that failed so often on an executor does not come back there (1, spark.excludeOnFailure.task.maxTaskAttemptsPerExecutor)
	PerStage       int           // so many different tasks of a stage end its use for the stage (2, …stage.maxFailedTasksPerExecutor)
	PerApplication int           // and so many, of stages that succeeded, its use for the session (2, …application.maxFailedTasksPerExecutor)
	Timeout        time.Duration // for so long; a failure is forgotten after as long (1 h, spark.excludeOnFailure.timeout)
}

// OrDefaults puts Spark's values where none is given.
func (x Exclusion) OrDefaults() Exclusion {
	if x.PerTask <= 0 {
		x.PerTask = 1
	}
	if x.PerStage <= 0 {
		x.PerStage = 2
	}
	if x.PerApplication <= 0 {
		x.PerApplication = 2
	}
	if x.Timeout <= 0 {
		x.Timeout = time.Hour
	}
	return x
}

// failures is where the tasks of one attempt of a stage failed: by executor and
// partition, how often and when last.
type failures map[string]map[int]failure

type failure struct {
	times int
	last  time.Time
}

func (f failures) add(executor string, partition int, at time.Time) {
	if f[executor] == nil {
		f[executor] = map[int]failure{}
	}
	f[executor][partition] = failure{f[executor][partition].times + 1, at}
}

// fromTask reports whether an executor gets partition p's task no more.
func (x Exclusion) fromTask(f failures, executor string, p int) bool {
	return f[executor][p].times >= x.PerTask
}

// fromStage reports whether an executor gets none of the stage's tasks.
func (x Exclusion) fromStage(f failures, executor string) bool { return len(f[executor]) >= x.PerStage }

// health is what a session remembers of its executors, by name: one that dies
// and comes back is the same machine.
type health struct {
	failed map[string][]time.Time // when tasks failed there, one time a task of a stage that succeeded
	until  map[string]time.Time   // those that get no tasks before this time
}

// sick is an executor that gets no more tasks, and how many have failed there.
type sick struct {
	executor string
	failures int
}

// after is the health after a stage succeeded in spite of failures, and who is
// excluded by them.
func (x Exclusion) after(h health, f failures, now time.Time) (health, []sick) {
	next := health{maps.Clone(h.failed), maps.Clone(h.until)}
	if next.failed == nil {
		next = health{map[string][]time.Time{}, map[string]time.Time{}}
	}
	var excluded []sick
	for _, executor := range slices.Sorted(maps.Keys(f)) {
		times := slices.Clone(h.failed[executor])
		for _, failure := range f[executor] {
			times = append(times, failure.last)
		}
		times = slices.DeleteFunc(times, func(at time.Time) bool { return at.Add(x.Timeout).Before(now) })
		next.failed[executor] = times
		if _, already := h.until[executor]; !already && len(times) >= x.PerApplication {
			excluded = append(excluded, sick{executor, len(times)})
			next.until[executor] = now.Add(x.Timeout)
			delete(next.failed, executor) // it starts anew when it comes back
		}
	}
	return next, excluded
}

// recovered is the health once those are let in again whose time has passed.
func (h health) recovered(now time.Time) (health, []string) {
	var back []string
	for executor, until := range h.until {
		if until.Before(now) {
			back = append(back, executor)
		}
	}
	if len(back) == 0 {
		return h, nil
	}
	slices.Sort(back)
	left := maps.Clone(h.until)
	maps.DeleteFunc(left, func(executor string, _ time.Time) bool { return slices.Contains(back, executor) })
	return health{h.failed, left}, back
}

// letIn gives tasks again to the executors whose time has passed.
func (s *Scheduler) letIn() {
	if s.Exclusion == nil {
		return
	}
	now := s.Clock.Now()
	next, back := s.health.recovered(now)
	s.health = next
	for _, executor := range back {
		s.Emit(event.ExecutorIncluded{Time: now, Executor: executor})
	}
}

// mayRun reports whether an executor may run partition p's task.
func (a *attempt) mayRun(p int, executor string) bool {
	x := a.s.Exclusion
	if x == nil {
		return true
	}
	_, out := a.s.health.until[executor]
	return !out && !x.fromStage(a.failed, executor) && !x.fromTask(a.failed, executor, p)
}

// noteFailure remembers where a task failed by its own fault.
func (a *attempt) noteFailure(t *lineage.Task, cause error) {
	x := a.s.Exclusion
	if x == nil {
		return
	}
	before, now := x.fromStage(a.failed, t.Executor), a.s.Clock.Now()
	a.failed.add(t.Executor, t.Partition, now)
	a.lastFailure = lostTask(t, cause)
	if !before && x.fromStage(a.failed, t.Executor) {
		a.s.Emit(event.ExecutorExcluded{Time: now, Executor: t.Executor, Stage: t.Stage, StageAttempt: t.StageAttempt, Failures: len(a.failed[t.Executor])})
	}
}

// noteSuccess makes the session remember what failed in a stage that succeeded.
func (a *attempt) noteSuccess() {
	if a.s.Exclusion == nil {
		return
	}
	now := a.s.Clock.Now()
	next, excluded := a.s.Exclusion.after(a.s.health, a.failed, now)
	a.s.health = next
	for _, x := range excluded {
		a.s.Emit(event.ExecutorExcluded{Time: now, Executor: x.executor, Stage: -1, Failures: x.failures})
	}
}

// nowhere is the error of a stage with a task that may run on no executor that is
// alive, nil when there is none.
func (a *attempt) nowhere() error {
	alive := a.s.Places.Cores()
	if len(alive) == 0 {
		return nil
	}
	for _, p := range a.waiting {
		if !slices.ContainsFunc(alive, func(c Core) bool { return a.mayRun(p, c.Executor) }) {
			return &lineage.Failure{Class: lineage.SparkException, Message: fmt.Sprintf(
				"Job aborted due to stage failure: Aborting TaskSet %d.%d because task %d (partition %d) cannot run anywhere due to node and executor excludeOnFailure. "+
					"Most recent failure: %s. ExcludeOnFailure behavior can be configured via spark.excludeOnFailure.*.",
				a.stage.ID, a.number, slices.Index(a.order, p), p, cmp.Or(a.lastFailure, "none in this stage"))}
		}
	}
	return nil
}
