package dstream

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"etincelle/engine/event"
)

// jobs runs the batches' output operations one after the other, in the order in which
// they were submitted, and knows which batches are not done yet. Spark's names are
// JobScheduler and InputInfoTracker.
//
// On the computer's clock a goroutine runs them; on a manual one, whoever moves it.
type jobs struct {
	c      *Context
	manual bool

	mu      sync.Mutex
	changed *sync.Cond // something was queued, or run, or the program stops
	queue   []*job
	running bool
	closed  bool
	sets    map[Time]*jobSet
	inputs  map[Time][]event.BatchInput
	numbers []int     // of the session's jobs, since the running output began
	tasks   int       // of those that are under way
	hungry  bool      // the running output was ended, for receivers have taken every core
	until   time.Time // on a manual clock, no job begins after this; zero for no such time
}

// jobSet is the jobs of one batch.
type jobSet struct {
	at        Time
	inputs    []event.BatchInput
	records   int64
	submitted time.Time
	started   time.Time // zero before the first job
	outputs   int
	left      int // jobs that are not over
	failed    int
}

// job is one output operation on one batch.
type job struct {
	*jobSet
	output *Output
	set    *dataset
}

func newJobs(c *Context, manual bool) *jobs {
	j := &jobs{c: c, manual: manual, sets: map[Time]*jobSet{}, inputs: map[Time][]event.BatchInput{}}
	j.changed = sync.NewCond(&j.mu)
	return j
}

// received notes what a stream gives to a batch.
func (j *jobs) received(at Time, in event.BatchInput) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.inputs[at] = append(slices.DeleteFunc(j.inputs[at], func(other event.BatchInput) bool { return other.Stream == in.Stream }), in)
}

// inputsOf is what the streams give to a batch.
func (j *jobs) inputsOf(at Time) []event.BatchInput {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.inputs[at])
}

// forgetInputs drops what was noted of batches before at.
func (j *jobs) forgetInputs(at Time) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for t := range j.inputs {
		if t < at {
			delete(j.inputs, t)
		}
	}
}

// submit queues the jobs of a batch. A batch without any is not heard of again.
func (j *jobs) submit(set *jobSet, todo []*job) {
	if len(todo) == 0 {
		return
	}
	for _, in := range set.inputs {
		set.records += in.Records
	}
	set.outputs, set.left = len(todo), len(todo)
	j.mu.Lock()
	waiting := len(j.sets)
	j.sets[set.at] = set
	j.queue = append(j.queue, todo...)
	j.mu.Unlock()
	j.c.core.Emit(event.BatchSubmitted{
		Time: set.submitted, Batch: int64(set.at), InputSize: set.records, Inputs: set.inputs, Outputs: set.outputs, Waiting: waiting,
	})
	j.changed.Broadcast()
}

// pending lists the batches that are not done.
func (j *jobs) pending() []Time {
	j.mu.Lock()
	defer j.mu.Unlock()
	var times []Time
	for at := range j.sets {
		times = append(times, at)
	}
	slices.Sort(times)
	return times
}

// next takes the first job off the queue, and marks it as the one that runs.
func (j *jobs) next(wait bool) *job {
	j.mu.Lock()
	defer j.mu.Unlock()
	for wait && len(j.queue) == 0 && !j.closed {
		j.changed.Wait()
	}
	if len(j.queue) == 0 || j.closed || j.running || j.late() {
		return nil
	}
	first := j.queue[0]
	j.queue = j.queue[1:]
	j.running, j.numbers, j.tasks, j.hungry = true, nil, 0, false
	return first
}

// late reports whether the clock is beyond the time for which Advance was asked: jobs
// that take longer than batches last would never end.
func (j *jobs) late() bool { return j.manual && !j.until.IsZero() && j.c.clock.Now().After(j.until) }

// runUntil sets that time.
func (j *jobs) runUntil(until time.Time) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.until = until
}

func (j *jobs) done() {
	j.mu.Lock()
	j.running = false
	j.mu.Unlock()
	j.changed.Broadcast()
}

// work runs jobs as they come, until the program stops.
func (j *jobs) work() {
	for {
		one := j.next(true)
		if one == nil {
			return
		}
		_ = j.c.starved() // it says why the job waits, if it does
		j.run(one)
		j.done()
	}
}

// drain runs the jobs that are queued, on the caller's goroutine. It does nothing while
// one runs: a manual clock that a running job moves brings the next batches.
func (j *jobs) drain() error {
	for {
		if err := j.c.starved(); err != nil {
			return err
		}
		one := j.next(false)
		if one == nil {
			return nil
		}
		j.run(one)
		j.done()
		j.c.generateDue()
	}
}

// idle reports whether nothing is queued or runs.
func (j *jobs) idle() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.queue) == 0 && !j.running
}

// busy reports whether a job runs.
func (j *jobs) busy() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.running
}

// close lets no further job start, and returns when none runs.
func (j *jobs) close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.closed = true
	j.changed.Broadcast()
	for j.running {
		j.changed.Wait()
	}
}

// die lets no further job start and ends the one that runs. On a manual clock that job
// may be who moves the clock, and so who calls: nobody waits for it.
func (j *jobs) die() {
	j.mu.Lock()
	j.closed = true
	j.mu.Unlock()
	j.changed.Broadcast()
	j.c.session.CancelAllJobs()
	if !j.manual {
		j.close()
	}
}

// settle returns when nothing is queued or runs.
func (j *jobs) settle() {
	j.mu.Lock()
	defer j.mu.Unlock()
	for (len(j.queue) > 0 || j.running) && !j.closed {
		j.changed.Wait()
	}
}

// hear notes the numbers of the session's jobs while an output runs, and how many of
// their tasks do.
func (j *jobs) hear(e event.Event) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.running {
		return
	}
	switch e := e.(type) {
	case event.JobStart:
		j.numbers = append(j.numbers, e.Job)
	case event.TaskStart:
		j.tasks++
	case event.TaskEnd:
		j.tasks--
	}
}

// starve ends the job that runs when it never would on a manual clock: no task of it is
// under way, receivers have taken every core, and the time is up for which the program
// was to run. Until then another executor may join.
func (j *jobs) starve() {
	j.mu.Lock()
	waits := j.running && j.tasks == 0 && len(j.numbers) > 0
	up := j.until.IsZero() || j.late()
	j.mu.Unlock()
	if !waits || !errors.Is(j.c.starved(), ErrStarved) || !up {
		return
	}
	j.mu.Lock()
	j.hungry = true
	number := j.numbers[len(j.numbers)-1]
	j.mu.Unlock()
	j.c.session.CancelJob(number)
}

// run runs one output operation on one batch, and what follows when it was the last.
func (j *jobs) run(one *job) {
	c, began := j.c, j.c.clock.Now()
	if one.started.IsZero() {
		one.started = began
		c.core.Emit(event.BatchStarted{Time: began, Batch: int64(one.at), SchedulingDelay: between(one.submitted, began)})
	}
	c.core.Emit(event.OutputStarted{Time: began, Batch: int64(one.at), Output: one.output.id, Name: one.output.String()})
	err := attempt(func() error {
		defer c.core.OnBehalf(noSite)()
		description := fmt.Sprintf("Streaming job from [output operation %d, batch time %s]", one.output.id, one.at)
		defer c.core.Overhear(one.output.tells(c.core.Emit, one.at))()
		return c.session.InJobGroup("", description, func() error { return one.output.run(one.at, one.set) })
	})
	ended := c.clock.Now()
	told := event.OutputCompleted{Time: ended, Batch: int64(one.at), Output: one.output.id, Name: one.output.String(), Duration: between(began, ended)}
	j.mu.Lock()
	told.Jobs = j.numbers
	if err != nil && j.hungry {
		err = ErrStarved
	}
	if err != nil {
		one.failed++
	}
	one.left--
	last := one.left == 0
	if last && err == nil { // as in Spark, a batch whose last output failed stays among those to run again
		delete(j.sets, one.at)
	}
	j.mu.Unlock()
	if err != nil {
		told.Error = err.Error()
	}
	c.core.Emit(told)
	if last {
		c.core.Emit(event.BatchCompleted{
			Time: ended, Batch: int64(one.at), InputSize: one.records, Outputs: one.outputs, Failed: one.failed,
			SchedulingDelay: between(one.submitted, one.started), ProcessingTime: between(one.started, ended), TotalDelay: between(one.submitted, ended),
		})
		c.rated(one.jobSet, ended)
	}
	if err != nil {
		c.report(fmt.Errorf("batch %s, %s: %w", one.at, one.output, err))
	} else if last {
		c.completed(one.at)
	}
}

func between(from, to time.Time) int64 { return to.Sub(from).Milliseconds() }
