package sched

import (
	"errors"
	"fmt"
	"slices"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// ended is what a task reports.
type ended struct {
	task   *lineage.Task
	result any
	err    error
}

// attempt is one attempt of a stage.
type attempt struct {
	*run
	stage    *Stage
	number   int
	waiting  []int                // partitions whose task is to start, in that order
	running  map[string]int       // tasks under way, by executor
	started  map[int]int          // tasks started, by partition
	failures map[int]int          // those that failed by their own fault, by partition
	lost     *lineage.FetchFailed // what a task could not fetch
	err      error                // why the job must fail
}

// attempt runs the missing partitions of a stage once each, retrying those
// that fail. It returns what was lost when a task could not fetch a shuffle
// output, and an error when the job must fail. Either way no task starts any
// more, and those that run are waited for.
func (r *run) attempt(stage *Stage, missing []int, reason string) (lost *lineage.FetchFailed, err error) {
	a := &attempt{
		run: r, stage: stage, number: stage.attempts, waiting: missing,
		running: map[string]int{}, started: map[int]int{}, failures: map[int]int{},
	}
	stage.attempts++
	r.s.Emit(event.StageStart{Time: r.s.Clock.Now(), Job: r.id, Stage: stage.ID, Attempt: a.number, Partitions: slices.Clone(missing), Reason: reason})
	reports := make(chan ended, len(missing)) // room for every report: a task never waits to be heard
	for under := a.startAll(reports); under > 0; under += a.startAll(reports) {
		a.hear(<-reports)
		under--
	}
	if a.err == nil && a.lost == nil && len(a.waiting) > 0 {
		a.err = &lineage.Failure{Class: lineage.SparkException, Message: fmt.Sprintf("stage %d has %d tasks left and no executor is alive to run them", stage.ID, len(a.waiting))}
	}
	end := event.StageEnd{Time: r.s.Clock.Now(), Job: r.id, Stage: stage.ID, Attempt: a.number}
	switch {
	case a.err != nil:
		end.Error = a.err.Error()
	case a.lost != nil:
		end.Error = a.lost.Error()
	}
	r.s.Emit(end)
	return a.lost, a.err
}

// startAll starts the tasks for which there is a core now, and returns how many.
func (a *attempt) startAll(reports chan<- ended) (n int) {
	prefers := func(p int) []string { return a.s.Places.Preferred(a.stage.Final, p) }
	for a.err == nil && a.lost == nil {
		if cause := a.ctx.Err(); cause != nil {
			a.err = &lineage.Failure{Class: lineage.SparkException, Message: fmt.Sprintf("Job %d cancelled", a.id), Cause: cause}
			return n
		}
		next, ok := assign(a.waiting, prefers, free(a.s.Places.Cores(), a.running), a.running)
		if !ok {
			return n
		}
		a.waiting = slices.DeleteFunc(a.waiting, func(p int) bool { return p == next.partition })
		a.running[next.executor]++
		a.start(next, reports)
		n++
	}
	return n
}

// hear takes in a task's report and decides what it means for the stage.
func (a *attempt) hear(end ended) {
	p := end.task.Partition
	a.running[end.task.Executor]--
	problem := a.ended(a.stage, end, a.err != nil)
	var fetch *lineage.FetchFailed
	switch {
	case problem == nil:
	case errors.As(problem, &fetch):
		a.s.Outputs.Forget(fetch)
		a.lost = fetch
	case a.err != nil || a.lost != nil: // the job is over, or the stage comes round again
	case errors.Is(problem, lineage.ErrExecutorLost):
		a.waiting = append([]int{p}, a.waiting...) // not the task's fault: it does not count
	default:
		a.failures[p]++
		if a.failures[p] >= a.s.Attempts {
			a.err = aborted(end.task, a.failures[p], problem)
			return
		}
		a.waiting = append([]int{p}, a.waiting...)
	}
}

// start hands one task to its executor.
func (a *attempt) start(c choice, reports chan<- ended) {
	t := &lineage.Task{
		ID: a.s.tasks, Job: a.id, Stage: a.stage.ID, StageAttempt: a.number, Partition: c.partition,
		Attempt: a.started[c.partition], Executor: c.executor, Dataset: a.stage.Final, Context: a.ctx,
	}
	a.s.tasks++
	a.started[c.partition]++
	a.s.Emit(event.TaskStart{
		Time: a.s.Clock.Now(),
		Job:  a.id, Stage: a.stage.ID, StageAttempt: a.number, Task: t.ID, Partition: c.partition,
		Attempt: t.Attempt, Executor: c.executor, Preferred: c.preferred,
	})
	body := func(t *lineage.Task) (any, error) { return a.job.Compute(t, c.partition) }
	if a.stage.Writes != nil {
		body = func(t *lineage.Task) (any, error) { return nil, a.stage.Writes.Write(t, c.partition) }
	}
	began := a.s.Clock.Now()
	a.s.Runner.Run(t, body, func(result any, err error) {
		t.Metrics.Duration = a.s.Clock.Now().Sub(began)
		reports <- ended{t, result, err}
	})
}

// ended takes in what a task reports: its result, its accumulators' updates,
// its event. It returns the task's error. aborted says that the job had failed
// before: Spark kills what still runs then.
func (r *run) ended(stage *Stage, end ended, aborted bool) error {
	t := end.task
	e := event.TaskEnd{
		Time: r.s.Clock.Now(),
		Job:  r.id, Stage: t.Stage, StageAttempt: t.StageAttempt, Task: t.ID, Partition: t.Partition,
		Attempt: t.Attempt, Executor: t.Executor, Status: event.Succeeded, Metrics: t.Metrics,
	}
	if end.err != nil {
		e.Status, e.Error = event.Failed, end.err.Error()
		var fetch *lineage.FetchFailed
		switch {
		case aborted, errors.Is(end.err, lineage.ErrExecutorLost):
			e.Status = event.Killed
		case errors.As(end.err, &fetch):
			e.Status = event.FetchFailed
		}
		r.s.Emit(e)
		return end.err
	}
	t.Apply() // accumulators count successful attempts only
	r.s.Emit(e)
	if stage.Writes == nil && !r.done[t.Partition] {
		r.done[t.Partition] = true
		if r.job.Take != nil {
			r.job.Take(t.Partition, end.result)
		}
	}
	return nil
}

// aborted is the error of a job whose task failed for good. As in Spark 4, an
// error of Spark's own is the job's error; any other is wrapped in one that
// names the task.
func aborted(t *lineage.Task, times int, cause error) error {
	var failure *lineage.Failure
	class := fmt.Sprintf("%T", cause)
	if errors.As(cause, &failure) {
		if failure.Class == lineage.SparkException {
			return cause
		}
		class = failure.Class
	}
	return &lineage.Failure{
		Class: lineage.SparkException,
		Message: fmt.Sprintf("Job aborted due to stage failure: Task %d in stage %d.%d failed %d times, most recent failure: Lost task %d.%d in stage %d.%d (TID %d) (host executor %s): %s: %s",
			t.Partition, t.Stage, t.StageAttempt, times, t.Partition, t.Attempt, t.Stage, t.StageAttempt, t.ID, t.Executor, class, cause),
		Cause: cause,
	}
}
