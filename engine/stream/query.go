package stream

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"etincelle/engine"
)

// Query is a streaming query that was started. It may be used by several
// goroutines.
type Query struct {
	id, run string
	number  int
	session *engine.Session
	set     settings
	runner  *runner

	turn sync.Mutex // held by whoever runs a batch

	mu       sync.Mutex
	progress []Progress
	err      error
	stopped  bool
	stopping chan struct{} // closed by Stop
	done     chan struct{} // closed when no batch runs any more
}

// recent is how many progress reports are kept
// (spark.sql.streaming.numRecentProgressUpdates).
const recent = 100

// poll is how long a query without rows waits before it looks again
// (spark.sql.streaming.pollingDelay).
const poll = 10 * time.Millisecond

// ErrStopped is returned by a query that was stopped.
var ErrStopped = errors.New("the query was stopped")

// ID names the query; it stays the same when the query is started again on its
// checkpoint. RunID names this run.
func (q *Query) ID() string { return q.id }

// RunID names this run of the query.
func (q *Query) RunID() string { return q.run }

// Name is what the program called the query, "" when it did not.
func (q *Query) Name() string { return q.set.name }

// Active reports whether the query runs, or may be advanced.
func (q *Query) Active() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return !q.stopped
}

// Err is why the query failed, nil when it did not.
func (q *Query) Err() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.err
}

// Progress is the reports of the last batches, the oldest first.
func (q *Query) Progress() []Progress {
	q.mu.Lock()
	defer q.mu.Unlock()
	return append([]Progress{}, q.progress...)
}

// LastProgress is the report of the last batch; ok is false before the first.
func (q *Query) LastProgress() (p Progress, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.progress) == 0 {
		return p, false
	}
	return q.progress[len(q.progress)-1], true
}

// keep adds a report to the last ones.
func (q *Query) keep(p Progress) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.progress = append(q.progress, p)
	if n := len(q.progress); n > recent {
		q.progress = append([]Progress{}, q.progress[n-recent:]...)
	}
}

// Advance runs one batch. ran is false when there was none to run: no rows, and
// no state that a watermark could close.
func (q *Query) Advance() (ran bool, err error) {
	q.turn.Lock()
	defer q.turn.Unlock()
	if !q.Active() {
		if err := q.Err(); err != nil {
			return false, err
		}
		return false, ErrStopped
	}
	ran, err = q.runner.step()
	if err != nil {
		err = q.failed(err)
		q.end(err)
		return false, err
	}
	return ran, nil
}

// ProcessAllAvailable runs batches until there is none to run.
func (q *Query) ProcessAllAvailable() error {
	for {
		ran, err := q.Advance()
		if err != nil || !ran || q.idling() {
			return err
		}
	}
}

// idling reports whether batches run for the passing of time alone: one without
// rows never makes another worth running, but for timeouts by processing time.
func (q *Query) idling() bool {
	q.turn.Lock()
	defer q.turn.Unlock()
	return q.runner.empty > 1
}

// failed is an error of a batch as the program sees it.
func (q *Query) failed(err error) error {
	return fmt.Errorf("query %s, batch %d: %w", q.label(), q.runner.next, err)
}

func (q *Query) label() string {
	if q.set.name != "" {
		return q.set.name
	}
	return q.id
}

// Stop ends the query when the batch under way has ended. Its checkpoint stays,
// and the query can be started on it again.
func (q *Query) Stop() error {
	q.mu.Lock()
	if !q.stopped {
		select {
		case <-q.stopping:
		default:
			close(q.stopping)
		}
	}
	q.mu.Unlock()
	if q.set.byHand {
		q.turn.Lock()
		defer q.turn.Unlock()
		q.end(nil)
		return nil
	}
	<-q.done
	return nil
}

// AwaitTermination waits until the query has been stopped, has failed, or has done
// all that its trigger asks for, and returns why it failed.
func (q *Query) AwaitTermination() error {
	<-q.done
	return q.Err()
}

// end closes the query, once.
func (q *Query) end(err error) {
	q.mu.Lock()
	if q.stopped {
		q.mu.Unlock()
		return
	}
	q.stopped, q.err = true, err
	q.mu.Unlock()
	for _, scan := range q.runner.exec.scans {
		if s, ok := scan.of.source.(Stopper); ok {
			err = errors.Join(err, s.Stop())
		}
	}
	if s, ok := q.runner.sink.(Stopper); ok {
		err = errors.Join(err, s.Stop())
	}
	q.mu.Lock()
	q.err = err
	q.mu.Unlock()
	managerOf(q.session).remove(q)
	q.runner.emit.terminated(q, err)
	close(q.done)
}

// loop runs batches as the trigger says, until the query ends.
func (q *Query) loop() {
	next := q.runner.clock.Now()
	for {
		ran, err := q.Advance()
		switch {
		case err != nil:
			return // the query has ended with it
		case q.set.once, q.set.available && (!ran || q.idling()):
			q.end(nil)
			return
		}
		wait := time.Duration(0)
		if q.set.every > 0 {
			next = q.runner.following(next, q.set.every)
			wait = next.Sub(q.runner.clock.Now())
		} else if !ran || q.idling() {
			wait = poll
		}
		if !q.pause(wait) {
			q.end(nil)
			return
		}
	}
}

// following is when the next batch is due: at a whole number of intervals, and the
// ones that a slow batch has missed are left out.
func (r *runner) following(last time.Time, every time.Duration) time.Time {
	now := r.clock.Now()
	due := last.Add(every)
	if due.Before(now) {
		due = last.Add(now.Sub(last) / every * every).Add(every)
	}
	return due
}

// pause waits; false when the query is to stop.
func (q *Query) pause(d time.Duration) bool {
	if d <= 0 {
		select {
		case <-q.stopping:
			return false
		default:
			return true
		}
	}
	select {
	case <-q.stopping:
		return false
	case <-q.runner.clock.After(d):
		return true
	}
}
