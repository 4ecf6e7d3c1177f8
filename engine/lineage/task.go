package lineage

import (
	"context"

	"etincelle/engine/event"
)

// Task is one attempt at one partition of one stage, as the code inside it
// sees it. Its fields are written by the task's own goroutine alone.
type Task struct {
	ID           int // counts over the session
	Job          int
	Stage        int
	StageAttempt int
	Partition    int
	Attempt      int
	Executor     string
	Dataset      *Node           // the last one that the task computes
	Context      context.Context // done when the task should stop; its cause says why

	Metrics event.Metrics

	updates map[any]update // by accumulator
}

// Stopped is why the task should stop, nil while it should go on: another
// attempt was faster, its job is over, or its executor is gone.
func (t *Task) Stopped() error {
	if t.Context == nil || t.Context.Err() == nil {
		return nil
	}
	return context.Cause(t.Context)
}

// Look stops the task if it should stop. A function of the program's own cannot be
// interrupted, so whatever feeds it rows looks from time to time: when it opens a
// partition, and a thousand times or so while it reads one. A look takes a few
// nanoseconds.
func (t *Task) Look() { t.Check(t.Stopped()) }

// LookEvery is after how many of n rows it is time for another look: after each
// when there are few, for those are the slow ones.
func LookEvery(n int) int { return 1 + n/1024 }

// update is what one accumulator gathered in this attempt.
type update struct {
	pending any    // a pointer to the partial sum
	apply   func() // adds it to the accumulator
}

// Pending is what Update was given for accumulator acc, nil at first.
func (t *Task) Pending(acc any) any { return t.updates[acc].pending }

// Update remembers accumulator acc's partial sum and what adds it up when the
// task succeeds: a failed attempt's sums are dropped, as in Spark.
func (t *Task) Update(acc, pending any, apply func()) {
	if t.updates == nil {
		t.updates = map[any]update{}
	}
	t.updates[acc] = update{pending, apply}
}

// Apply adds up the partial sums of a task that succeeded.
func (t *Task) Apply() {
	for _, u := range t.updates {
		u.apply()
	}
}
