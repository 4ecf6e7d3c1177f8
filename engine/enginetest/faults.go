package enginetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"etincelle/engine"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// A fault happens to tasks when they start, again and again until it is undone. Faults
// add up, and come in the order in which they were asked for:
//
//	defer enginetest.Slow(s, enginetest.On("e1"), time.Minute)()
//	enginetest.Fail(s, enginetest.Of(counts, 3), 2)
//	enginetest.At(s, enginetest.Of(counts, 0), func() { enginetest.Kill(s, "e0") })

// Tasks says which tasks a fault is for.
type Tasks func(*lineage.Task) bool

// On is the tasks that run on an executor.
func On(executor string) Tasks { return func(t *lineage.Task) bool { return t.Executor == executor } }

// Of is the tasks that compute a partition of r, be it the last dataset of their
// stage or one that the last comes from.
func Of[T any](r *rdd.RDD[T], partition int) Tasks {
	node := rdd.Node(r)
	return func(t *lineage.Task) bool { return computes(t, node, partition) }
}

// And is the tasks that both mean.
func (a Tasks) And(b Tasks) Tasks { return func(t *lineage.Task) bool { return a(t) && b(t) } }

// Fail makes the first so many of the tasks fail.
func Fail(s *engine.Session, which Tasks, times int) (undo func()) {
	var failed atomic.Int64
	return engine.Inside(s).Intervene(func(t *lineage.Task) error {
		if !which(t) {
			return nil
		}
		if n := failed.Add(1); n <= int64(times) {
			return &lineage.Failure{Class: "enginetest.Fault", Message: fmt.Sprintf("a test makes the task fail (%d of %d times)", n, times)}
		}
		return nil
	})
}

// Slow makes the tasks take d longer, by the session's clock. They stop when they are
// told to; Hang makes stragglers that do not.
func Slow(s *engine.Session, which Tasks, d time.Duration) (undo func()) {
	core := engine.Inside(s)
	return core.Intervene(func(t *lineage.Task) error {
		if which(t) {
			select {
			case <-core.Clock().After(d):
			case <-t.Context.Done(): // the task looks next
			}
		}
		return nil
	})
}

// Hang makes the tasks wait, deaf to all, until it is undone.
func Hang(s *engine.Session, which Tasks) (undo func()) {
	release := make(chan struct{})
	end := engine.Inside(s).Intervene(func(t *lineage.Task) error {
		if which(t) {
			<-release
		}
		return nil
	})
	var once sync.Once
	return func() { once.Do(func() { end(); close(release) }) }
}

// At calls f when the first of the tasks starts, on the task's goroutine: to kill an
// executor, to lose a block, to cancel the job.
func At(s *engine.Session, which Tasks, f func()) (undo func()) {
	var once sync.Once
	return engine.Inside(s).Intervene(func(t *lineage.Task) error {
		if which(t) {
			once.Do(f)
		}
		return nil
	})
}

// computes reports whether a task computes partition p of n: whether one can walk to
// it from the task's last dataset without crossing a shuffle.
func computes(t *lineage.Task, n *lineage.Node, p int) bool {
	type part struct {
		node      *lineage.Node
		partition int
	}
	seen := map[part]bool{}
	for waiting := []part{{t.Dataset, t.Partition}}; len(waiting) > 0; {
		last := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if last == (part{n, p}) {
			return true
		}
		if seen[last] {
			continue
		}
		seen[last] = true
		for _, d := range last.node.Deps() {
			if d.Shuffle != nil {
				continue
			}
			for _, q := range d.Parents(last.partition) {
				waiting = append(waiting, part{d.Parent, q})
			}
		}
	}
	return false
}
