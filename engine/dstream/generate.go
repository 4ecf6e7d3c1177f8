package dstream

import (
	"errors"
	"time"

	"etincelle/engine/clock"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// What happens when a batch's time has come. Spark's name is JobGenerator.

// noSite leaves the line that a dataset is asked for to be found.
var noSite lineage.Site

// due is a batch whose time has come and whose jobs are not made yet.
type due struct {
	at  Time
	now time.Time
}

// setTimer has tick called at the next batch's time.
func (c *Context) setTimer(next Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.state != Active {
		return
	}
	c.next = next
	c.stopTimer = c.clock.AfterFunc(next.When().Sub(c.clock.Now()), func() { c.ring(next) })
}

// ring is the timer. On a manual clock whatever else was due at this time comes first:
// a block that ends with the batch is part of it.
func (c *Context) ring(at Time) {
	if _, manual := c.clock.(*clock.Manual); manual {
		c.clock.AfterFunc(0, func() { c.tick(at) })
		return
	}
	c.tick(at)
}

// tick cuts a batch: the blocks received so far are its own.
func (c *Context) tick(at Time) {
	c.setTimer(at + Time(c.batch))
	if c.State() != Active {
		return
	}
	c.allocate(at)
	c.mu.Lock()
	c.due = append(c.due, due{at, c.clock.Now()})
	c.mu.Unlock()
	if c.jobs.manual && c.jobs.busy() {
		c.jobs.starve()
		return // a running job moves the clock: its jobs are made when that one is over
	}
	c.generateDue()
	c.mu.Lock()
	c.ticked.Broadcast()
	c.mu.Unlock()
	if c.jobs.manual {
		_ = c.jobs.drain() // what keeps jobs from running has been told, and Advance meets it again
	}
}

// generateDue makes the jobs of the batches whose time has come.
func (c *Context) generateDue() {
	c.generating.Lock()
	defer c.generating.Unlock()
	for {
		c.mu.Lock()
		if len(c.due) == 0 || c.crashed {
			c.mu.Unlock()
			return
		}
		first := c.due[0]
		c.due = c.due[1:]
		c.mu.Unlock()
		c.generate(first)
		c.saveProgress(first.at, false)
	}
}

// generate makes the jobs of a batch and submits them.
func (c *Context) generate(batch due) {
	todo, err := c.jobsOf(batch.at)
	if err != nil {
		c.core.Emit(event.BatchNotGenerated{Time: c.clock.Now(), Batch: int64(batch.at), Error: err.Error()})
		c.report(err)
		return
	}
	c.submit(batch, todo, c.jobs.inputsOf(batch.at))
}

func (c *Context) submit(batch due, todo []*job, inputs []event.BatchInput) {
	set := &jobSet{at: batch.at, inputs: inputs, submitted: batch.now}
	for _, one := range todo {
		one.jobSet = set
	}
	c.jobs.submit(set, todo)
}

// jobsOf makes the datasets of a batch, and a job for each output that has one.
func (c *Context) jobsOf(at Time) ([]*job, error) {
	var todo []*job
	for _, o := range c.outputs {
		var set *dataset
		err := attempt(func() (err error) {
			set, err = o.of.get(at)
			return err
		})
		if err != nil {
			return nil, err
		}
		if set != nil {
			todo = append(todo, &job{output: o, set: set})
		}
	}
	return todo, nil
}

// completed lets go of what no later batch needs, and saves the progress.
func (c *Context) completed(at Time) {
	c.generating.Lock()
	defer c.generating.Unlock()
	for _, s := range c.used() {
		if err := s.clear(at); err != nil {
			c.report(err)
		}
	}
	c.saveProgress(at, true)
}

// longestInput is how long the streams that rows come from must be remembered.
func (c *Context) longestInput() (longest ms) {
	for _, in := range c.inputs {
		longest = max(longest, in.keep)
	}
	return longest
}

// letGo drops what is known of the inputs of batches that are done and saved.
func (c *Context) letGo(at Time) {
	before := at - Time(c.longestInput())
	if err := errors.Join(c.tracker.forget(before), c.receivers.cleanLogs(before)); err != nil {
		c.report(err)
	}
	c.jobs.forgetInputs(before)
	for _, in := range c.inputs {
		if in.drop != nil {
			in.drop(before)
		}
	}
}
