package rdd

import (
	"fmt"
	"sync"

	"etincelle/engine"
	"etincelle/engine/lineage"
)

// Broadcast is a read-only value that every executor gets once, instead of once
// a task: the small side of a join, a table of names.
type Broadcast[T any] struct {
	core *engine.Core
	id   int

	mu        sync.Mutex
	value     T
	destroyed *lineage.Site // where, nil while the value lives
}

// NewBroadcast shares value, which must not change afterwards.
func NewBroadcast[T any](s *engine.Session, value T) *Broadcast[T] {
	core := engine.Inside(s)
	return &Broadcast[T]{core: core, id: core.NewNumber(), value: value}
}

// Value is the shared value. After Destroy it panics, which fails the task that
// asked; a job on a dataset that is known to use it is refused before it starts.
func (b *Broadcast[T]) Value() T {
	if t := b.core.CurrentTask(); t != nil {
		t.Dataset.Use(b)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.destroyed != nil {
		panic(b.gone())
	}
	return b.value
}

// Destroy lets the value go everywhere, for good.
func (b *Broadcast[T]) Destroy() {
	b.mu.Lock()
	defer b.mu.Unlock()
	var none T
	site := lineage.Caller()
	b.value, b.destroyed = none, &site
}

func (b *Broadcast[T]) gone() *lineage.Failure {
	return &lineage.Failure{Class: lineage.SparkException, Message: fmt.Sprintf(
		"[INTERNAL_ERROR_BROADCAST] Attempted to use Broadcast(%d) after it was destroyed (destroy at %s)  SQLSTATE: XX000", b.id, b.destroyed)}
}

// Gone implements lineage.Shared: Spark finds out when it sends the function to
// the executors, and says so in three steps.
func (b *Broadcast[T]) Gone() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.destroyed == nil {
		return nil
	}
	cause := b.gone()
	return &lineage.Failure{Class: lineage.SparkException, Message: "Task not serializable", Cause: &lineage.Failure{
		Class: "java.io.IOException", Message: lineage.SparkException + ": " + cause.Message, Cause: cause}}
}

// Accumulator gathers what tasks add to it: a counter for the program. A failed
// attempt's additions are dropped; a partition that is computed again adds
// again; one that was kept by an attempt that failed later does not (as in Spark,
// SPARK-41497). Only the program should read it: a task sees a part of the sum.
type Accumulator[A any] struct {
	core *engine.Core
	add  func(A, A) A

	mu    sync.Mutex
	value A
}

// NewAccumulator starts from zero and gathers with add, which must be
// associative and commutative, and for which zero must change nothing.
func NewAccumulator[A any](s *engine.Session, zero A, add func(A, A) A) *Accumulator[A] {
	return &Accumulator[A]{core: engine.Inside(s), add: add, value: zero}
}

// Counter is an accumulator of whole numbers from 0.
func Counter(s *engine.Session) *Accumulator[int64] { return NewAccumulator(s, 0, Add[int64]) }

// Add adds v. In a task it counts when the attempt succeeds; in the program, at once.
func (a *Accumulator[A]) Add(v A) {
	if t := a.core.CurrentTask(); t != nil {
		pending, _ := t.Pending(a).(*A)
		if pending == nil {
			first := v
			t.Update(a, &first, func() { a.gather(first) })
			return
		}
		*pending = a.add(*pending, v)
		return
	}
	a.gather(v)
}

func (a *Accumulator[A]) gather(v A) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.value = a.add(a.value, v)
}

// Value is what was gathered so far.
func (a *Accumulator[A]) Value() A {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.value
}
