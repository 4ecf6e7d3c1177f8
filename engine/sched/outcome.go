package sched

import (
	"errors"
	"fmt"
	"time"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// ended is what a task reports.
type ended struct {
	task    *lineage.Task
	result  any
	err     error
	metrics event.Metrics
}

// ended is what came of a task. It is called where the task ran.
func (r *run) ended(t *lineage.Task, began time.Time, result any, err error) ended {
	end := ended{task: t, result: result, err: err}
	if !errors.Is(err, lineage.ErrExecutorLost) { // else it may go on, and change its metrics
		end.metrics = t.Metrics
		if cause := t.Stopped(); cause != nil {
			end.err = r.killed(cause) // whatever it did after it was told
		}
	}
	end.metrics.Duration = r.s.Clock.Now().Sub(began)
	return end
}

// killed is the error of a task that was told to stop.
func (r *run) killed(cause error) error {
	var killed *lineage.Killed
	if errors.As(cause, &killed) {
		return killed
	}
	return &lineage.Killed{Reason: "Stage cancelled: " + r.cancelled().Error()}
}

// status is what an error makes of a task. aborted says that the job had failed
// before: Spark kills what still runs then.
func status(err error, aborted bool) event.Status {
	var fetch *lineage.FetchFailed
	var killed *lineage.Killed
	switch {
	case err == nil:
		return event.Succeeded
	case aborted, errors.Is(err, lineage.ErrExecutorLost), errors.As(err, &killed):
		return event.Killed
	case errors.As(err, &fetch):
		return event.FetchFailed
	}
	return event.Failed
}

// told is the task's end as the session is told of it.
func (e ended) told(status event.Status, now time.Time) event.TaskEnd {
	t := e.task
	end := event.TaskEnd{
		Time: now, Job: t.Job, Stage: t.Stage, StageAttempt: t.StageAttempt, Task: t.ID, Partition: t.Partition,
		Attempt: t.Attempt, Executor: t.Executor, Status: status, Metrics: e.metrics,
	}
	if e.err != nil {
		end.Error = e.err.Error()
	}
	return end
}

// aborted is the error of a job whose task failed for good. As in Spark 4, an
// error of Spark's own is the job's error; any other is wrapped in one that
// names the task.
func aborted(t *lineage.Task, times int, cause error) error {
	var failure *lineage.Failure
	if errors.As(cause, &failure) && failure.Class == lineage.SparkException {
		return cause
	}
	return &lineage.Failure{
		Class: lineage.SparkException,
		Message: fmt.Sprintf("Job aborted due to stage failure: Task %d in stage %d.%d failed %d times, most recent failure: %s",
			t.Partition, t.Stage, t.StageAttempt, times, lostTask(t, cause)),
		Cause: cause,
	}
}

// lostTask is Spark's sentence on a task that failed.
func lostTask(t *lineage.Task, cause error) string {
	var failure *lineage.Failure
	class := fmt.Sprintf("%T", cause)
	if errors.As(cause, &failure) {
		class = failure.Class
	}
	return fmt.Sprintf("Lost task %d.%d in stage %d.%d (TID %d) (host executor %s): %s: %s",
		t.Partition, t.Attempt, t.Stage, t.StageAttempt, t.ID, t.Executor, class, cause)
}
