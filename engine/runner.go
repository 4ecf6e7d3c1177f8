package engine

import (
	"context"
	"maps"
	"slices"
	"sync"

	"etincelle/engine/clock"
	"etincelle/engine/lineage"
)

// Intervene calls f at the start of every task, on the task's goroutine, until undo
// is called: it may kill executors, lose blocks, wait, or fail the task by returning
// an error. Several functions are called in the order in which they came. It is for
// tests and labs that make things go wrong; nil ends them all.
func (c *Core) Intervene(f func(*lineage.Task) error) (undo func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f == nil {
		c.interventions = nil
		return func() {}
	}
	one := &f
	c.interventions = append(c.interventions, one)
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.interventions = slices.DeleteFunc(slices.Clone(c.interventions), func(other *func(*lineage.Task) error) bool { return other == one })
	}
}

// begun is body after what Intervene asked for.
func (c *Core) begun(body func(*lineage.Task) (any, error)) func(*lineage.Task) (any, error) {
	return func(t *lineage.Task) (any, error) {
		c.mu.Lock()
		interventions := c.interventions
		c.mu.Unlock()
		for _, f := range interventions {
			if err := (*f)(t); err != nil {
				return nil, err
			}
		}
		return body(t)
	}
}

// runner runs tasks on goroutines, at once or one after the other.
type runner struct{ c *Core }

// Run implements sched.Runner.
func (r runner) Run(t *lineage.Task, body func(*lineage.Task) (any, error), heard func(any, error)) {
	told := t.Context
	e := r.c.executor(t.Executor)
	ctx, stop := context.WithCancelCause(told)
	t.Context = ctx
	var once sync.Once
	hand := func(result any, err error) { once.Do(func() { heard(result, err) }) }
	lose := func() {
		stop(lineage.ErrExecutorLost)
		hand(nil, lineage.ErrExecutorLost) // whatever it does from here on, it does on a machine that is gone
	}
	if e == nil || !e.begin(t, lose) {
		lose()
		return
	}
	// ended is told what came of the task, when it counts as over.
	ended := func(result any, err error) {
		defer stop(nil) // not before: a task whose context is done was told to stop
		e.end(t)
		if r.c.executor(t.Executor) != e { // it died, though one of its name may live
			result, err = nil, lineage.ErrExecutorLost
		}
		hand(result, err)
	}
	report := ended
	if r.c.settings.simulated != nil {
		report = func(result any, err error) {
			r.c.settings.clock.AfterFunc(r.c.settings.simulated(t), func() { ended(result, err) })
		}
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		defer r.c.Bind(t)()
		lineage.Attempt(t, r.c.begun(body), report)
	}()
	if r.c.settings.sequential || r.c.settings.simulated != nil {
		select {
		case <-over:
		case <-told.Done(): // the job is cancelled
		}
	}
}

// idle moves a manual clock to the next time at which something happens: the scheduler
// has nothing to do until then.
func (c *Core) idle() bool {
	m, manual := c.settings.clock.(*clock.Manual)
	if !manual {
		return false
	}
	d, waits := m.Next()
	if waits {
		m.Advance(d)
	}
	return waits
}

// life is what an executor knows of the tasks that it runs.
type life struct {
	mu    sync.Mutex
	over  bool
	tasks map[*lineage.Task]func() // what to do with each when the executor dies
}

// begin notes that a task runs; it reports false when the executor is dead.
func (l *life) begin(t *lineage.Task, lose func()) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return false
	}
	if l.tasks == nil {
		l.tasks = map[*lineage.Task]func(){}
	}
	l.tasks[t] = lose
	return true
}

// end notes that a task runs no more, and reports whether it ran until now.
func (l *life) end(t *lineage.Task) (ran bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, ran = l.tasks[t]
	delete(l.tasks, t)
	return ran
}

// die loses the tasks that run, in the order in which they started.
func (l *life) die() {
	l.mu.Lock()
	l.over = true
	tasks := l.tasks
	l.tasks = nil
	l.mu.Unlock()
	byID := slices.SortedFunc(maps.Keys(tasks), func(a, b *lineage.Task) int { return a.ID - b.ID })
	for _, t := range byID {
		tasks[t]()
	}
}
