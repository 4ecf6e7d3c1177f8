package dstream

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"etincelle/engine/clock"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// claimed names what a session runs one of at a time.
const claimed = "streaming"

// Start starts the program: receivers first, then the batches. The first batch is at
// the next multiple of the interval. A second Start does nothing; one after Stop is
// refused.
func (c *Context) Start() error {
	switch c.State() {
	case Active:
		return nil
	case Stopped:
		return failure(illegalState, "StreamingContext has already been stopped")
	}
	site := lineage.Caller().String()
	if holder, ok := c.core.Claim(claimed, site); !ok {
		return failure(illegalState, "Only one StreamingContext may be started in this JVM. Currently running StreamingContext was started at %s", holder)
	}
	if err := c.start(); err != nil {
		c.stop(false, err)
		return err
	}
	return nil
}

func (c *Context) start() error {
	if err := c.check(); err != nil {
		return err
	}
	_, manual := c.clock.(*clock.Manual)
	c.jobs = newJobs(c, manual)
	c.core.Listen(c.jobs.hear)
	now := TimeOf(c.clock.Now())
	next := batchAfter(now, 0, c.batch)
	c.zero = next - Time(c.batch)
	if c.recovered != nil {
		c.zero = c.recovered.zero
		next = batchAfter(now, c.zero, c.batch)
	}
	if err := c.initialize(c.zero); err != nil {
		return err
	}
	var again []Time
	if c.recovered != nil {
		c.recovered.restoreStreams(c)
		again = c.recovered.again(next, c.batch)
	}
	c.writer = newCheckpointWriter(c)
	var err error
	if c.tracker, err = openTracker(c); err != nil {
		return err
	}
	c.mu.Lock()
	c.state = Active
	c.mu.Unlock()
	c.core.Emit(c.started(again))
	if err := c.markApplication(); err != nil {
		return err
	}
	if err := c.startInputs(); err != nil {
		return err
	}
	if !manual {
		go c.jobs.work()
	}
	if err := c.runAgain(again); err != nil {
		return err
	}
	c.setTimer(next)
	return nil
}

// check finds the mistakes of the definitions.
func (c *Context) check() error {
	if c.err != nil {
		return c.err
	}
	for _, o := range c.outputs {
		if err := o.Err(); err != nil {
			return err
		}
	}
	if len(c.outputs) == 0 {
		return required("No output operations registered, so nothing to execute")
	}
	if c.log && c.checkpointDir == "" {
		return failure(lineage.SparkException, "Cannot enable receiver write-ahead log without checkpoint directory set. Please use streamingContext.checkpoint() to set the checkpoint directory. See documentation for more details.")
	}
	return nil
}

// started describes the program.
func (c *Context) started(again []Time) event.StreamingStart {
	e := event.StreamingStart{
		Time: c.clock.Now(), BatchDuration: int64(c.batch), BlockInterval: c.blockInterval.Milliseconds(), ZeroTime: int64(c.zero),
		Log: c.log, CheckpointDir: c.checkpointDir,
	}
	for _, at := range again {
		e.Recovered = append(e.Recovered, int64(at))
	}
	outputs := map[*stream]bool{}
	for _, o := range c.outputs {
		outputs[o.of] = true
	}
	for _, s := range c.streams {
		e.Streams = append(e.Streams, s.describe(outputs[s]))
	}
	for _, in := range c.inputs {
		if in.receiver != nil {
			e.Streams[in.stream.id].Level = in.receiver.level.Description()
		}
	}
	return e
}

func (s *stream) describe(output bool) event.StreamingNode {
	n := event.StreamingNode{
		ID: s.id, Class: s.class, Op: s.op, Site: s.site.String(), Slide: int64(s.slide), Window: int64(s.window), Output: output, Every: int64(max(s.every, 0)),
	}
	for _, p := range s.parents {
		n.Parents = append(n.Parents, p.id)
	}
	if s.level.Valid() {
		n.Level = s.level.Description()
	}
	return n
}

// startInputs starts what rows come from.
func (c *Context) startInputs() error {
	for _, in := range c.inputs {
		if in.start == nil {
			continue
		}
		if err := in.start(); err != nil {
			return fmt.Errorf("%s: %w", in.name, err)
		}
	}
	return c.startReceivers()
}

// runAgain submits the batches that a restarted program owes.
func (c *Context) runAgain(times []Time) error {
	c.generating.Lock()
	defer c.generating.Unlock()
	for _, at := range times {
		c.allocate(at)
		todo, err := c.jobsOf(at)
		if err != nil {
			return err
		}
		c.submit(due{at, c.clock.Now()}, todo, nil) // what they are given was counted the first time
	}
	return nil
}

// Stop stops the program: receivers, then batches, at once. What was received and not
// processed is lost unless a checkpoint and a log have it. The session goes on. An output
// must not call it: it would wait for itself.
func (c *Context) Stop() { c.end(false) }

// StopGracefully stops the receivers first, and processes all that they have stored.
func (c *Context) StopGracefully() { c.end(true) }

func (c *Context) end(gracefully bool) {
	switch c.State() {
	case Initialized:
		c.ending.Do(func() {
			c.mu.Lock()
			c.state = Stopped
			c.mu.Unlock()
			close(c.over)
		})
	case Active:
		c.stop(gracefully, nil)
	}
}

// stop ends a program that has begun to start.
func (c *Context) stop(gracefully bool, why error) {
	c.ending.Do(func() { c.wind(gracefully, why) })
}

// wind winds the program up.
func (c *Context) wind(gracefully bool, why error) {
	if c.receivers != nil {
		c.receivers.stop()
	}
	for _, in := range c.inputs {
		if in.stop != nil && c.State() == Active {
			in.stop()
		}
	}
	if gracefully {
		c.finish()
	}
	c.mu.Lock()
	was := c.state
	c.state = Stopped
	if c.stopTimer != nil {
		c.stopTimer()
	}
	c.mu.Unlock()
	if c.jobs != nil {
		c.jobs.close()
	}
	if c.tracker != nil {
		c.tracker.close()
	}
	c.core.Disclaim(claimed)
	if was == Active {
		e := event.StreamingEnd{Time: c.clock.Now()}
		if why != nil {
			e.Error = why.Error()
		}
		c.core.Emit(e)
	}
	close(c.over)
}

// finish processes what the receivers have stored: batches go on until all of it is in
// one, and those are run.
func (c *Context) finish() {
	for c.tracker.hasUnallocated() {
		if !c.step() {
			break
		}
	}
	if c.jobs.manual {
		_ = c.Drain() // what keeps jobs from running has been told
		return
	}
	c.jobs.settle()
}

// AwaitTermination returns when the program has been stopped, or a batch has failed,
// with that batch's error.
func (c *Context) AwaitTermination() error {
	select {
	case <-c.reported:
	case <-c.over:
	}
	return c.firstReport(0)
}

// AwaitTerminationFor is AwaitTermination that waits no longer than d, by the session's
// clock; it reports whether the program is over.
func (c *Context) AwaitTerminationFor(d time.Duration) (over bool, err error) {
	select {
	case <-c.reported:
	case <-c.over:
		over = true
	case <-c.clock.After(d):
	}
	return over, c.firstReport(0)
}

// firstReport is the first failure after the first n.
func (c *Context) firstReport(n int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.reports) > n {
		return c.reports[n]
	}
	return nil
}

// Advance lets the next n batches come due, and returns when they are processed, or when
// the clock is past the last of them: in a session whose tasks take time
// (engine.Simulated) batches may wait longer than that. It is how tests and notebooks
// drive a stream, and needs a session on a manual clock. What failed on the way is its
// error; the program goes on.
func (c *Context) Advance(n int) error {
	if _, manual := c.clock.(*clock.Manual); !manual {
		return errors.New("Advance needs a session on a manual clock: engine.Clock(clock.NewManual(…))")
	}
	if state := c.State(); state != Active {
		return failure(illegalState, "Advance on a program that is %s: it is for one that has started", state)
	}
	c.mu.Lock()
	before, last := len(c.reports), c.next+Time(n-1)*Time(c.batch)
	c.mu.Unlock()
	c.jobs.runUntil(last.When())
	if err := c.jobs.drain(); err != nil {
		return err
	}
	for c.nextBatch() <= last && c.State() == Active { // the driver may die on the way
		c.step()
		if err := c.jobs.drain(); err != nil {
			return err
		}
	}
	return c.firstReport(before)
}

// Drain runs the batches that wait, on a manual clock, however long that takes; more may
// come due meanwhile, and wait when it returns.
func (c *Context) Drain() error {
	if _, manual := c.clock.(*clock.Manual); !manual {
		return errors.New("Drain needs a session on a manual clock: engine.Clock(clock.NewManual(…))")
	}
	c.mu.Lock()
	before := len(c.reports)
	c.mu.Unlock()
	for _, at := range c.jobs.pending() {
		for slices.Contains(c.jobs.pending(), at) && !c.jobs.idle() {
			c.jobs.runUntil(c.clock.Now())
			if err := c.jobs.drain(); err != nil {
				return err
			}
		}
	}
	return c.firstReport(before)
}

func (c *Context) nextBatch() Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.next
}

// step lets the next batch come due: a manual clock is moved to its time, the
// computer's brings it. It reports whether there is a next one.
func (c *Context) step() bool {
	next := c.nextBatch()
	m, manual := c.clock.(*clock.Manual)
	if !manual {
		return c.awaitTick(next)
	}
	m.Advance(max(next.When().Sub(m.Now()), 0))
	return true
}

// awaitTick waits until the computer's clock has brought a batch.
func (c *Context) awaitTick(next Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.next == next && c.state == Active {
		c.ticked.Wait()
	}
	return c.state == Active
}
