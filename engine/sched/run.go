package sched

import (
	"context"
	"slices"
	"time"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// attempt is one attempt of a stage.
type attempt struct {
	*run
	stage  *Stage
	number int
	order  []int // its partitions

	waiting []int            // partitions whose task is to start, in that order
	copies  []int            // partitions whose task is to be copied, in that order
	under   []under          // tasks under way, in the order in which they started
	running map[string]int   // how many, by executor
	tried   map[int][]string // the executors on which a partition's tasks started
	owed    map[int]bool     // partitions of which no task has succeeded
	took    []time.Duration  // by the tasks that succeeded
	reports chan ended
	tick    <-chan time.Time // when to look for stragglers, nil when it is not set

	faults      map[int]int          // tasks that failed by their own fault, by partition
	failed      failures             // and where, if executors may be excluded
	lastFailure string               // the last of them
	lost        *lineage.FetchFailed // what a task could not fetch
	err         error                // why the job must fail
}

// under is a task under way.
type under struct {
	task  *lineage.Task
	began time.Time
	stop  context.CancelCauseFunc
}

// attempt runs the missing partitions of a stage once each, retrying those
// that fail. It returns what was lost when a task could not fetch a shuffle
// output, and an error when the job must fail. Either way no task starts any
// more, and those that run are waited for, unless the job is cancelled.
func (r *run) attempt(stage *Stage, missing []int, reason string) (lost *lineage.FetchFailed, err error) {
	a := &attempt{
		run: r, stage: stage, number: stage.attempts, order: missing, waiting: slices.Clone(missing),
		running: map[string]int{}, tried: map[int][]string{}, owed: map[int]bool{},
		faults: map[int]int{}, failed: failures{},
		reports: make(chan ended, 2*len(missing)), // room for every report, a copy's too: a task never waits to be heard
	}
	for _, p := range missing {
		a.owed[p] = true
	}
	stage.attempts++
	r.s.Emit(event.StageStart{Time: r.s.Clock.Now(), Job: r.id, Stage: stage.ID, Attempt: a.number, Partitions: slices.Clone(missing), Reason: reason})
	for a.goesOn() {
		a.wait()
	}
	a.leaveBehind()
	end := event.StageEnd{Time: r.s.Clock.Now(), Job: r.id, Stage: stage.ID, Attempt: a.number}
	switch {
	case a.err != nil:
		end.Error = a.err.Error()
	case a.lost != nil:
		end.Error = a.lost.Error()
	}
	r.s.Emit(end)
	if end.Error == "" {
		a.noteSuccess()
	}
	return a.lost, a.err
}

// goesOn starts the tasks for which there is a core now, and reports whether
// there is something to wait for.
func (a *attempt) goesOn() bool {
	started := a.startAll()
	switch sound := a.err == nil && a.lost == nil; {
	case len(a.reports) > 0:
		return true // what has ended is heard first, whatever else has happened
	case sound && len(a.owed) == 0:
		return false // whoever is still under way is one too many
	case a.ctx.Err() != nil:
		if a.err == nil {
			a.err = a.cancelled()
		}
		return false
	case sound && started == 0:
		if err := a.stuck(); err != nil {
			a.abort(err)
		}
	}
	return a.err == nil && a.lost == nil || a.awaited()
}

// wait waits until something happens, and takes it in.
func (a *attempt) wait() {
	a.watch()
	select {
	case end := <-a.reports:
		a.hear(end)
		return
	default:
	}
	if a.s.Idle != nil && a.s.Idle() {
		return
	}
	select {
	case end := <-a.reports:
		a.hear(end)
	case <-a.tick:
		a.speculate()
	case <-a.woken:
	case <-a.ctx.Done():
	}
}

// startAll starts the tasks for which there is a core now, and returns how many.
func (a *attempt) startAll() (n int) {
	prefers := func(p int) []string { return a.s.Places.Preferred(a.stage.Final, p) }
	var mayRun func(int, string) bool // everywhere
	if a.s.Exclusion != nil {
		mayRun = a.mayRun
	}
	for a.err == nil && a.lost == nil && a.ctx.Err() == nil {
		a.s.letIn()
		cores, _ := a.s.cores()
		cores = free(cores, a.running)
		next, ok := assign(a.waiting, cores, placing{prefers, mayRun, a.running})
		speculative := !ok && len(a.copies) > 0
		if speculative {
			next, ok = assign(a.copies, cores, placing{prefers, a.mayCopy, a.running})
		}
		if !ok {
			return n
		}
		a.waiting, a.copies = without(a.waiting, next.partition), without(a.copies, next.partition)
		a.start(next, speculative)
		n++
	}
	return n
}

func without(partitions []int, p int) []int {
	return slices.DeleteFunc(partitions, func(q int) bool { return q == p })
}

// start hands one task to its executor.
func (a *attempt) start(c choice, speculative bool) {
	ctx, stop := context.WithCancelCause(a.ctx)
	t := &lineage.Task{
		ID: a.s.tasks, Job: a.id, Stage: a.stage.ID, StageAttempt: a.number, Partition: c.partition,
		Attempt: len(a.tried[c.partition]), Executor: c.executor, Dataset: a.stage.Final, Context: ctx,
	}
	a.s.tasks++
	began := a.s.Clock.Now()
	a.under = append(a.under, under{t, began, stop})
	a.running[c.executor]++
	a.tried[c.partition] = append(a.tried[c.partition], c.executor)
	a.s.Emit(event.TaskStart{
		Time: began,
		Job:  a.id, Stage: a.stage.ID, StageAttempt: a.number, Task: t.ID, Partition: c.partition,
		Attempt: t.Attempt, Executor: c.executor, Preferred: c.preferred, Speculative: speculative,
	})
	body := func(t *lineage.Task) (any, error) { return a.job.Compute(t, c.partition) }
	if a.stage.Writes != nil {
		body = func(t *lineage.Task) (any, error) { return nil, a.stage.Writes.Write(t, c.partition) }
	}
	a.s.Runner.Run(t, body, func(result any, err error) { a.reports <- a.ended(t, began, result, err) })
}
