package sched

import (
	"errors"
	"fmt"
	"slices"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// hear takes in a task's report and decides what it means for the stage.
func (a *attempt) hear(end ended) {
	p := end.task.Partition
	a.over(end.task)
	if !a.owed[p] {
		end.err = tooLate(end.err)
	}
	if end.err == nil {
		a.succeeded(end)
		return
	}
	failed := a.err != nil
	a.s.Emit(end.told(status(end.err, failed), a.s.Clock.Now()))
	var fetch *lineage.FetchFailed
	var killed *lineage.Killed
	switch {
	case !a.owed[p], errors.As(end.err, &killed):
	case errors.As(end.err, &fetch):
		a.s.Outputs.Forget(fetch)
		a.lost = fetch
	case failed || a.lost != nil: // the job is over, or the stage comes round again
	case errors.Is(end.err, lineage.ErrExecutorLost):
		a.again(p) // not the task's fault: it does not count
	default:
		a.faults[p]++
		a.noteFailure(end.task, end.err)
		if a.faults[p] >= a.s.Attempts {
			a.abort(aborted(end.task, a.faults[p], end.err))
			return
		}
		a.again(p)
	}
}

// succeeded takes in what a task did. Its additions to accumulators count: a map
// task's each time that it runs, a result task's once for its partition, and
// nobody's after the job has failed.
func (a *attempt) succeeded(end ended) {
	p, result := end.task.Partition, a.stage.Writes == nil
	counts := a.err == nil && !(result && a.done[p])
	if counts {
		end.task.Apply()
	}
	a.s.Emit(end.told(event.Succeeded, a.s.Clock.Now()))
	delete(a.owed, p)
	a.took = append(a.took, end.metrics.Duration)
	a.copies = without(a.copies, p)
	for _, u := range a.under {
		if u.task.Partition == p {
			u.stop(&lineage.Killed{Reason: faster})
		}
	}
	if result && counts {
		a.done[p] = true
		if a.job.Take != nil {
			a.job.Take(p, end.result)
		}
	}
}

// over takes a task off those under way.
func (a *attempt) over(t *lineage.Task) {
	i := slices.IndexFunc(a.under, func(u under) bool { return u.task == t })
	a.under[i].stop(nil) // frees what its context holds
	a.under = slices.Delete(a.under, i, i+1)
	a.running[t.Executor]--
}

// again puts a partition back whose task has failed, before the others: it is to
// run again unless another attempt of it is under way.
func (a *attempt) again(p int) {
	if a.underWay(p) == 0 {
		a.waiting = append([]int{p}, a.waiting...)
	}
}

// underWay counts a partition's tasks under way: two when there is a copy.
func (a *attempt) underWay(p int) (n int) {
	for _, u := range a.under {
		if u.task.Partition == p {
			n++
		}
	}
	return n
}

// awaited reports whether a task is under way that the stage waits for.
func (a *attempt) awaited() bool {
	return slices.ContainsFunc(a.under, func(u under) bool { return a.owed[u.task.Partition] })
}

// abort makes the job fail, and tells the tasks under way to stop.
func (a *attempt) abort(err error) {
	a.err = err
	for _, u := range a.under {
		u.stop(&lineage.Killed{Reason: "Stage cancelled: " + err.Error()})
	}
}

// stuck is the error of a stage of which no task can start; nil while a task that
// ends may change that.
func (a *attempt) stuck() error {
	if len(a.waiting) == 0 {
		return nil
	}
	if err := a.nowhere(); err != nil {
		return err
	}
	cores, kept := a.s.cores()
	if len(a.under) > 0 || len(cores) > 0 && kept {
		return nil
	}
	return &lineage.Failure{Class: lineage.SparkException, Message: fmt.Sprintf("stage %d has %d tasks left and no executor is alive to run them", a.stage.ID, len(a.waiting))}
}
