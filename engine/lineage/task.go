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
	Context      context.Context // done when the task should stop

	Metrics event.Metrics

	updates map[any]update // by accumulator
}

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
