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

// attempt runs the missing partitions of a stage once each, retrying those
// that fail. It returns what was lost when a task could not fetch a shuffle
// output, and an error when the job must fail.
func (r *run) attempt(stage *Stage, waiting []int, reason string) (lost *lineage.FetchFailed, err error) {
	number := stage.attempts
	stage.attempts++
	r.s.Emit(event.StageStart{Job: r.id, Stage: stage.ID, Attempt: number, Partitions: slices.Clone(waiting), Reason: reason})
	failures := map[int]int{}
	running := map[string]int{}
	under := 0
	reports := make(chan ended, len(waiting)) // room for every report: a task never waits to be heard
	for len(waiting) > 0 || under > 0 {
		for lost == nil && err == nil {
			if cause := r.ctx.Err(); cause != nil {
				err = &lineage.Failure{Class: lineage.SparkException, Message: fmt.Sprintf("Job %d cancelled", r.id), Cause: cause}
				break
			}
			next, ok := assign(waiting, func(p int) []string { return r.s.Places.Preferred(stage.Final, p) }, free(r.s.Places.Cores(), running), running)
			if !ok {
				break
			}
			waiting = slices.DeleteFunc(waiting, func(p int) bool { return p == next.partition })
			running[next.executor]++
			under++
			r.start(stage, number, failures[next.partition], next, reports)
		}
		if under == 0 {
			break // everything started has ended, and nothing more may start
		}
		end := <-reports
		under--
		running[end.task.Executor]--
		problem := r.ended(stage, end, err != nil)
		var fetch *lineage.FetchFailed
		switch {
		case problem == nil:
		case errors.As(problem, &fetch):
			r.s.Outputs.Forget(fetch)
			lost = fetch
		case errors.Is(problem, lineage.ErrExecutorLost):
			waiting = append([]int{end.task.Partition}, waiting...) // not the task's fault: it does not count
		default:
			p := end.task.Partition
			failures[p]++
			if failures[p] >= r.s.Attempts && err == nil {
				err = aborted(end.task, failures[p], problem)
			} else if err == nil {
				waiting = append([]int{p}, waiting...)
			}
		}
	}
	if err == nil && lost == nil && len(waiting) > 0 {
		err = &lineage.Failure{Class: lineage.SparkException, Message: fmt.Sprintf("stage %d has %d tasks left and no executor is alive to run them", stage.ID, len(waiting))}
	}
	end := event.StageEnd{Job: r.id, Stage: stage.ID, Attempt: number}
	switch {
	case err != nil:
		end.Error = err.Error()
	case lost != nil:
		end.Error = lost.Error()
	}
	r.s.Emit(end)
	return lost, err
}

// start hands one task to its executor.
func (r *run) start(stage *Stage, stageAttempt, attempt int, c choice, reports chan<- ended) {
	t := &lineage.Task{
		ID: r.s.tasks, Job: r.id, Stage: stage.ID, StageAttempt: stageAttempt, Partition: c.partition,
		Attempt: attempt, Executor: c.executor, Dataset: stage.Final, Context: r.ctx,
	}
	r.s.tasks++
	r.s.Emit(event.TaskStart{
		Job: r.id, Stage: stage.ID, StageAttempt: stageAttempt, Task: t.ID, Partition: c.partition,
		Attempt: attempt, Executor: c.executor, Preferred: c.preferred,
	})
	body := func(t *lineage.Task) (any, error) { return r.job.Compute(t, c.partition) }
	if stage.Writes != nil {
		body = func(t *lineage.Task) (any, error) { return nil, stage.Writes.Write(t, c.partition) }
	}
	began := r.s.Clock.Now()
	r.s.Runner.Run(t, body, func(result any, err error) {
		t.Metrics.Duration = r.s.Clock.Now().Sub(began)
		reports <- ended{t, result, err}
	})
}

// ended takes in what a task reports: its result, its accumulators' updates,
// its event. It returns the task's error. aborted says that the job had failed
// before: Spark kills what still runs then.
func (r *run) ended(stage *Stage, end ended, aborted bool) error {
	t := end.task
	e := event.TaskEnd{
		Job: r.id, Stage: t.Stage, StageAttempt: t.StageAttempt, Task: t.ID, Partition: t.Partition,
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
