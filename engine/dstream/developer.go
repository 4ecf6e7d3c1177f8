package dstream

// The functions of this file are for tests, scenarios and the grader. Programs do not
// need them.

// Crash ends the program as if the driver's machine had lost its power: nothing is
// flushed, nothing more is written, receivers die where they are. Call it while no job
// runs, and stop the session after it.
func Crash(c *Context) {
	c.mu.Lock()
	was := c.state
	c.state = Stopped
	if c.stopTimer != nil {
		c.stopTimer()
	}
	c.ticked.Broadcast()
	c.mu.Unlock()
	if was != Active {
		return
	}
	c.receivers.die()
	c.jobs.close()
	c.core.Disclaim(claimed)
	close(c.over)
}

// ReceiverExecutor is the executor on which the receiver of an input stream lives, by
// the stream's number; "" when it lives nowhere now.
func ReceiverExecutor(c *Context, stream int) string {
	c.receivers.mu.Lock()
	defer c.receivers.mu.Unlock()
	if s := c.receivers.live[stream]; s != nil {
		return s.executor
	}
	return ""
}

// Gathered is how many rows the receivers of an input stream have been handed in all
// their lives, by the stream's number: stored, or gathered for the next block.
func Gathered(c *Context, stream int) int64 { return c.inputs[stream].receiver.gathered.Load() }
