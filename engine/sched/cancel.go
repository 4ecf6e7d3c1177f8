package sched

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"etincelle/engine/lineage"
)

// cancellation is why a job is cancelled.
type cancellation struct {
	reason   string
	shutdown bool // the session stops
}

func (c cancellation) Error() string { return "job cancelled " + c.reason }

// Unwrap makes a cancelled job one for Go programs too: errors.Is(err, context.Canceled).
func (c cancellation) Unwrap() error { return context.Canceled }

// CancelJob cancels the job of that number, if it runs.
func (s *Scheduler) CancelJob(id int) {
	s.cancel(cancellation{}, func(r *run) bool { return r.numbered && r.id == id })
}

// CancelGroup cancels the jobs of a group, those that wait their turn too. Jobs
// that the program starts later run.
func (s *Scheduler) CancelGroup(group string) {
	s.cancel(cancellation{reason: "part of cancelled job group " + group}, func(r *run) bool { return group != "" && r.job.Group == group })
}

// CancelAll cancels every job.
func (s *Scheduler) CancelAll() {
	s.cancel(cancellation{reason: "as part of cancellation of all jobs"}, func(*run) bool { return true })
}

// Stop cancels every job and returns when none runs any more. Functions of the
// program's own that do not look may go on.
func (s *Scheduler) Stop() {
	s.cancel(cancellation{shutdown: true}, func(*run) bool { return true })
	last := s.enter(context.Background(), Job{})
	<-last.turn
	s.leave(last)
}

func (s *Scheduler) cancel(why cancellation, matches func(*run) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.queue {
		if matches(r) {
			s.number(r) // in the order of the queue
			r.cancel(why)
		}
	}
}

// cancelled is the error of a job whose context is done.
func (r *run) cancelled() error {
	cause := context.Cause(r.ctx)
	var why cancellation
	errors.As(cause, &why) // else it is the caller's context that ended
	message := fmt.Sprintf("[SPARK_JOB_CANCELLED] Job %d cancelled %s SQLSTATE: XXKDA", r.id, why.reason)
	if why.shutdown {
		message = fmt.Sprintf("Job %d cancelled because SparkContext was shut down", r.id)
	}
	return &lineage.Failure{Class: lineage.SparkException, Message: message, Cause: cause}
}

// enter puts a job at the end of the queue; its turn comes when it is the first.
func (s *Scheduler) enter(ctx context.Context, j Job) *run {
	r := &run{s: s, job: j, done: map[int]bool{}, turn: make(chan struct{}), woken: make(chan struct{}, 1)}
	r.ctx, r.cancel = context.WithCancelCause(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, r)
	if len(s.queue) == 1 {
		close(r.turn)
	}
	return r
}

// leave takes a job out of the queue, and gives the turn to the next if it had it.
func (s *Scheduler) leave(r *run) {
	r.cancel(nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	first := s.queue[0] == r
	s.queue = slices.DeleteFunc(s.queue, func(other *run) bool { return other == r })
	if first && len(s.queue) > 0 {
		close(s.queue[0].turn)
	}
}

// await waits for the job's turn. A job that is cancelled before uses a number
// up, as in Spark, and nothing is told of it.
func (r *run) await() error {
	select {
	case <-r.turn:
	case <-r.ctx.Done():
	}
	if r.ctx.Err() == nil {
		return nil
	}
	r.begin()
	return r.cancelled()
}

// begin gives the job its number.
func (r *run) begin() {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	r.s.number(r)
}

func (s *Scheduler) number(r *run) {
	if r.numbered {
		return
	}
	r.id, r.numbered = s.jobs, true
	s.jobs++
}

// Busy reports whether a job has its turn, so that another would wait.
func (s *Scheduler) Busy() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.queue) > 0
}

// Wake makes the job that has its turn look for free cores: an executor has joined.
func (s *Scheduler) Wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wake()
}

func (s *Scheduler) wake() {
	if len(s.queue) == 0 {
		return
	}
	select {
	case s.queue[0].woken <- struct{}{}:
	default: // it has been woken and has not looked yet
	}
}
