package dstream

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/event"
)

// receivers has a receiver run for each stream that needs one, each on a core of an
// executor, and starts another where one is gone. Spark's name is ReceiverTracker.
type receivers struct {
	c    *Context
	logs map[int]*writeAheadLog // of blocks, by stream

	mu      sync.Mutex
	live    map[int]*supervisor // by stream
	rates   map[int]float64     // that back-pressure has set, by stream
	closed  bool
	stalled bool // it has been told why nothing is processed
}

// ErrStarved says that receivers have taken all the cores.
var ErrStarved = errors.New("receivers have taken every core, and none is left to process batches: give the session more cores than it has receivers")

func (c *Context) hasReceivers() bool {
	return slices.ContainsFunc(c.inputs, func(in *input) bool { return in.receiver != nil })
}

// startReceivers starts them all.
func (c *Context) startReceivers() error {
	r := &receivers{c: c, logs: map[int]*writeAheadLog{}, live: map[int]*supervisor{}, rates: map[int]float64{}}
	c.receivers = r
	for _, in := range c.inputs {
		if in.receiver == nil {
			continue
		}
		if c.log {
			folder := filepath.Join(c.checkpointDir, dataFolder, fmt.Sprint(in.number))
			log, err := openLog(c.core.Files(), folder, TimeOf(c.clock.Now()), func([]byte, place) error { return nil })
			if err != nil {
				return err
			}
			r.logs[in.number] = log
		}
	}
	for _, in := range c.inputs {
		if in.receiver != nil {
			r.launch(in.receiver)
		}
	}
	if c.hasReceivers() {
		c.core.Listen(r.hear)
	}
	return nil
}

// hear launches the receivers that wait for an executor when one has joined. A listener
// must not use the session, so the clock is asked to.
func (r *receivers) hear(e event.Event) {
	if _, joined := e.(event.ExecutorAdded); joined {
		r.c.receiverClock.AfterFunc(0, r.launchMissing)
	}
}

func (r *receivers) launchMissing() {
	for _, in := range r.c.inputs {
		if in.receiver != nil {
			r.launch(in.receiver)
		}
	}
}

// launch starts a receiver of the stream where there is a core for it, if it has none.
func (r *receivers) launch(stream *receiverStream) {
	r.mu.Lock()
	if r.closed || r.live[stream.number] != nil {
		r.mu.Unlock()
		return
	}
	used := map[string]int{}
	for _, s := range r.live {
		used[s.executor]++
	}
	executor, ok := chooseExecutor(r.c.core.FreeCores(), used)
	if !ok {
		r.mu.Unlock()
		return // until an executor joins
	}
	s := &supervisor{c: r.c, stream: stream, executor: executor, resident: stream.make(), done: make(chan struct{})}
	s.limit = &limiter{clock: r.c.receiverClock, most: r.c.maxRate, rate: r.c.maxRate}
	if b := r.c.backpressure; b != nil {
		s.limit.set(b.InitialRate)
	}
	s.limit.set(r.rates[stream.number])
	s.over = func() { r.again(s) }
	s.resident.attach(s)
	release, ok := r.c.core.Occupy(executor, s.lost)
	if !ok {
		r.mu.Unlock()
		return
	}
	s.release = release
	r.live[stream.number] = s
	r.mu.Unlock()
	s.start()
	s.generate()
}

// chooseExecutor chooses the executor for a receiver: of those with a core, one with the fewest
// receivers.
func chooseExecutor(cores []engine.FreeCores, used map[string]int) (executor string, ok bool) {
	for _, core := range cores {
		if core.Free > 0 && (!ok || used[core.Executor] < used[executor]) {
			executor, ok = core.Executor, true
		}
	}
	return executor, ok
}

// again starts another receiver where one is over.
func (r *receivers) again(s *supervisor) {
	r.mu.Lock()
	if r.live[s.stream.number] == s {
		delete(r.live, s.stream.number)
	}
	r.mu.Unlock()
	r.c.receiverClock.AfterFunc(0, func() { r.launch(s.stream) })
}

// close lets no receiver start any more, and lists those that are live.
func (r *receivers) close() (live []*supervisor) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	for _, in := range r.c.inputs {
		if s := r.live[in.number]; s != nil {
			live = append(live, s)
		}
	}
	return live
}

// die ends all receivers without a word: the driver is gone, and they with it.
func (r *receivers) die() {
	for _, s := range r.close() {
		if s.halt(receiverDead) {
			s.callStop()
		}
	}
	r.closeLogs()
}

// stop stops all receivers.
func (r *receivers) stop() {
	for _, s := range r.close() {
		s.stop("Stopped by driver", nil)
	}
	r.closeLogs()
}

func (r *receivers) closeLogs() {
	for _, log := range r.logs {
		if err := log.close(); err != nil {
			r.c.report(err)
		}
	}
}

func (r *receivers) logOf(stream int) *writeAheadLog { return r.logs[stream] }

// cleanLogs removes what no batch needs any more of the logs of blocks.
func (r *receivers) cleanLogs(before Time) error {
	var err error
	for _, log := range r.logs {
		err = errors.Join(err, log.clean(before))
	}
	return err
}

// starved is the error of a program whose receivers have taken every core.
func (c *Context) starved() error {
	if !c.hasReceivers() || c.jobs.idle() || c.State() != Active {
		return nil
	}
	if slices.ContainsFunc(c.core.FreeCores(), func(core engine.FreeCores) bool { return core.Free > 0 }) {
		return nil
	}
	c.receivers.mu.Lock()
	told := c.receivers.stalled
	c.receivers.stalled = true
	live := len(c.receivers.live)
	c.receivers.mu.Unlock()
	if live == 0 {
		return nil // nobody is alive: the jobs themselves say so
	}
	if !told {
		c.core.Emit(event.StreamingStalled{Time: c.clock.Now(), Reason: ErrStarved.Error()})
		if _, manual := c.clock.(*clock.Manual); !manual {
			fmt.Fprintln(os.Stderr, "dstream:", ErrStarved) // nobody calls who could be given the error
		}
	}
	return ErrStarved
}
