package dstream

import (
	"fmt"
	"sync"
	"time"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/lineage"
)

// Context is a streaming program: its streams, its outputs, and the clock that cuts
// batches. Spark's name is StreamingContext. A session runs one at a time.
type Context struct {
	session *engine.Session
	core    *engine.Core
	clock   clock.Clock
	batch   ms
	settings

	// The program, until it starts.
	streams       []*stream
	inputs        []*input // the streams that rows come from
	outputs       []*Output
	checkpointDir string
	every         ms // between checkpoints of the program
	remember      ms
	err           error // the first mistake in a definition

	// The run.
	generating sync.Mutex // one batch is made at a time
	zero       Time
	recovered  *recovered // what a checkpoint held, nil for a fresh start
	tracker    *tracker
	receivers  *receivers
	writer     *checkpointWriter
	jobs       *jobs

	ending    sync.Once
	mu        sync.Mutex
	state     ContextState
	crashed   bool // the driver is dead: it writes nothing more
	stopTimer func()
	ticked    *sync.Cond // next has changed
	next      Time       // the next batch
	due       []due      // batches whose time has come and whose jobs are not made
	reports   []error    // batches that failed
	reported  chan struct{}
	over      chan struct{}
}

// ContextState is where a program is in its life.
type ContextState string

// The states, with Spark's names.
const (
	Initialized ContextState = "INITIALIZED" // operators may be added
	Active      ContextState = "ACTIVE"
	Stopped     ContextState = "STOPPED"
)

// New returns a streaming program that makes a batch every interval.
func New(s *engine.Session, interval time.Duration, options ...Option) *Context {
	core := engine.Inside(s)
	c := &Context{
		session: s, core: core, clock: core.Clock(), batch: millis(interval), settings: defaultSettings(), every: unset,
		state: Initialized, reported: make(chan struct{}), over: make(chan struct{}),
	}
	c.ticked = sync.NewCond(&c.mu)
	for _, option := range options {
		option(&c.settings)
	}
	if c.receiverClock == nil {
		c.receiverClock = c.clock
	}
	if c.batch <= 0 {
		c.err = failure(illegalArgument, "a batch interval of %s: it must be a millisecond or more", interval)
	}
	return c
}

// Session is the session that the program runs in.
func (c *Context) Session() *engine.Session { return c.session }

// State says where the program is in its life.
func (c *Context) State() ContextState {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

// isDead reports whether Crash has ended the program.
func (c *Context) isDead() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.crashed
}

// Checkpoint sets where the program keeps its progress and its states: at each batch,
// which batches are done, and now and then the states themselves. Operators with a
// state need it; GetOrCreate starts from it.
func (c *Context) Checkpoint(dir string) {
	c.checkpointDir = dir
	if dir != "" {
		c.session.SetCheckpointDir(dir)
	}
}

// Remember has every stream keep its datasets for at least d, so that Slice finds them.
func (c *Context) Remember(d time.Duration) { c.remember = max(c.remember, millis(d)) }

// Err is the first mistake in the program's definition, nil when there is none. Start
// returns it too.
func (c *Context) Err() error { return c.err }

// add makes s part of the program.
func (c *Context) add(s stream) *stream {
	added := &s
	added.context, added.id, added.site, added.every = c, len(c.streams), lineage.Caller(), unset
	for _, p := range s.parents {
		if p.context != c {
			added.err = firstError(added.err, required("Some of the DStreams have different contexts"))
		}
	}
	if err := c.open(); err != nil {
		added.err = err
		return added
	}
	c.streams = append(c.streams, added)
	return added
}

// open is the error of adding to a program that has started.
func (c *Context) open() error {
	switch c.State() {
	case Active:
		return failure(illegalState, "Adding new inputs, transformations, and output operations after starting a context is not supported")
	case Stopped:
		return failure(illegalState, "Adding new inputs, transformations, and output operations after stopping a context is not supported")
	}
	return nil
}

// report notes that something failed: AwaitTermination returns the first.
func (c *Context) report(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reports = append(c.reports, err)
	if len(c.reports) == 1 {
		close(c.reported)
	}
}

// sameSlide is the mistake of putting streams together that do not slide together.
func sameSlide(streams []*stream) error {
	for _, s := range streams {
		if s.slide != streams[0].slide {
			return required("Some of the DStreams have different slide durations")
		}
	}
	return nil
}

// plural is n things, for messages.
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// ZeroTime is one batch before the first: what slides are counted from.
func (c *Context) ZeroTime() Time { return c.zero }
