package sched

import (
	"errors"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// A function of the program's own cannot be interrupted. A task that was told to
// stop and goes on is left behind: its stage ends without it, its core stays busy
// until it ends, and then its end is told and nothing else comes of it.

// leaveBehind lets the tasks that are still under way go on without the stage.
func (a *attempt) leaveBehind() {
	if len(a.under) == 0 {
		return
	}
	for _, u := range a.under {
		a.s.keep(u.task.Executor, +1)
	}
	go func(left int) {
		for range left {
			end := <-a.reports
			end.err = tooLate(end.err)
			a.s.Emit(end.told(event.Killed, a.s.Clock.Now()))
			a.s.keep(end.task.Executor, -1)
		}
	}(len(a.under))
}

// tooLate is the error of a task that ended when nobody wanted it any more.
func tooLate(err error) error {
	var killed *lineage.Killed
	switch {
	case err == nil:
		return &lineage.Killed{Reason: "Finish but did not commit due to another attempt succeeded"}
	case errors.As(err, &killed), errors.Is(err, lineage.ErrExecutorLost):
		return err
	}
	return &lineage.Killed{Reason: faster}
}

// faster is why a task is told to stop whose copy has won, in Spark's words.
const faster = "another attempt succeeded"

// keep counts the cores that tasks keep which were left behind, and receivers.
func (s *Scheduler) keep(executor string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]int{}
	}
	s.kept[executor] += n
	if s.kept[executor] == 0 {
		delete(s.kept, executor)
	}
	s.wake()
}

// Occupy takes n cores of an executor away from tasks, or gives them back when n is
// negative: a receiver lives on one.
func (s *Scheduler) Occupy(executor string, n int) { s.keep(executor, n) }

// FreeCores lists the executors that are alive and the cores that tasks may have.
func (s *Scheduler) FreeCores() []Core {
	cores, _ := s.cores()
	return cores
}

// cores lists the cores that are free of tasks which were left behind, and says
// whether there are any such tasks.
func (s *Scheduler) cores() (cores []Core, kept bool) {
	all := s.Places.Cores()
	s.mu.Lock()
	defer s.mu.Unlock()
	return free(all, s.kept), len(s.kept) > 0
}
