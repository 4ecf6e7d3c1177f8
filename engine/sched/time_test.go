package sched

import (
	"slices"
	"testing/synctest"
	"time"

	"etincelle/engine/lineage"
)

// A cluster in time: a task that takes some does nothing when it starts and all
// when it ends. Whoever drives the cluster moves the clock from one thing that
// happens to the next, always in the same order, and lets the scheduler come to
// rest in between. All of it in a bubble of testing/synctest, which knows when
// that is.

// happening is something that happens at a time.
type happening struct {
	at     time.Time
	do     func()
	task   *lineage.Task    // whose end it is, nil when it is none
	report func(any, error) // to the scheduler
}

func (c *cluster) takes(t *lineage.Task) time.Duration {
	if c.pace == nil {
		return 0
	}
	return c.pace(t)
}

// listening is what a task does that stops when it is told to.
func (c *cluster) listening(body func(*lineage.Task) (any, error)) func(*lineage.Task) (any, error) {
	return func(t *lineage.Task) (any, error) {
		if c.deaf == nil || !c.deaf(t) {
			t.Look()
		}
		return body(t)
	}
}

// later makes a task end when its time has passed.
func (c *cluster) later(t *lineage.Task, report func(any, error), end func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(happening{c.clock.Now().Add(c.takes(t)), end, t, report})
}

// after makes do happen after a time.
func (c *cluster) after(d time.Duration, do func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(happening{at: c.clock.Now().Add(d), do: do})
}

func (c *cluster) add(h happening) {
	i := slices.IndexFunc(c.due, func(other happening) bool { return other.at.After(h.at) })
	if i < 0 {
		i = len(c.due)
	}
	c.due = slices.Insert(c.due, i, h)
}

// loseTasks reports the tasks of an executor that has died.
func (c *cluster) loseTasks(executor string) {
	c.due = slices.DeleteFunc(c.due, func(h happening) bool {
		if h.task == nil || h.task.Executor != executor {
			return false
		}
		h.report(nil, lineage.ErrExecutorLost)
		return true
	})
}

// stopped takes the first task that has been told to stop and listens.
func (c *cluster) stopped() (happening, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.due, func(h happening) bool {
		return h.task != nil && h.task.Stopped() != nil && (c.deaf == nil || !c.deaf(h.task))
	})
	if i < 0 {
		return happening{}, false
	}
	h := c.due[i]
	c.due = slices.Delete(c.due, i, i+1)
	return h, true
}

// next takes the first thing that happens by a time.
func (c *cluster) next(by time.Time) (happening, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.due) == 0 || c.due[0].at.After(by) {
		return happening{}, false
	}
	h := c.due[0]
	c.due = c.due[1:]
	return h, true
}

// nextStep is how far off the next thing is that happens, or that the scheduler
// waits for.
func (c *cluster) nextStep() (time.Duration, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	step, waits := c.clock.Next()
	if len(c.due) > 0 {
		if d := c.due[0].at.Sub(c.clock.Now()); !waits || d < step {
			return d, true
		}
	}
	return step, waits
}

// settle lets everybody come to rest, tasks that were told to stop included.
func (c *cluster) settle() {
	synctest.Wait()
	for h, ok := c.stopped(); ok; h, ok = c.stopped() {
		h.do()
		synctest.Wait()
	}
}

// move moves the clock by d, and lets happen what happens meanwhile.
func (c *cluster) move(d time.Duration) {
	c.settle()
	for end := c.clock.Now().Add(d); ; {
		step, waits := c.nextStep()
		if left := end.Sub(c.clock.Now()); !waits || step > left {
			c.clock.Advance(left)
			c.settle()
			return
		}
		c.clock.Advance(max(step, 0))
		c.settle()
		for h, ok := c.next(c.clock.Now()); ok; h, ok = c.next(c.clock.Now()) {
			h.do()
			c.settle()
		}
	}
}

// drive moves the clock until over is closed.
func (c *cluster) drive(over <-chan struct{}) {
	for {
		c.settle()
		select {
		case <-over:
			return
		default:
		}
		step, waits := c.nextStep()
		if !waits {
			<-over // nothing will happen any more: synctest says so if this does not either
			return
		}
		c.move(max(step, 0))
	}
}

// finish lets all happen that will, tasks that nobody waits for included.
func (c *cluster) finish() {
	c.settle()
	for step, waits := c.nextStep(); waits; step, waits = c.nextStep() {
		c.move(max(step, 0))
	}
}
