package engine

import (
	"path/filepath"
	"sync"
	"sync/atomic"

	"etincelle/engine/clock"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/sched"
	"etincelle/engine/shuffle"
	"etincelle/engine/storage"
)

// Core is the inside of a session: what the API packages build datasets with.
type Core struct {
	settings settings
	bus      event.Bus
	sched    *sched.Scheduler
	tracker  *shuffle.Tracker
	folder   string // the session's own files: disk blocks
	stopping sync.Once

	spills  atomic.Int64 // files so far
	binding sync.RWMutex
	tasks   map[int64]*lineage.Task // by goroutine: who is asking
	locals  map[int64]local         // and what holds for the program's jobs

	counting sync.Mutex
	counters event.Counters
	digest   event.Digest

	mu          sync.Mutex
	stopped     bool
	executors   []*executor // alive, in order of name
	started     int         // executors so far
	datasets    int
	shuffles    int
	others      int                // accumulators, broadcasts
	misses      map[blockID]string // why a block that was kept is no more
	residents   int                // receivers that have had a core so far
	claims      map[string]string  // what only one part of the program may do, and who does it
	persisted   []*lineage.Node
	checkpoints string // the folder for checkpoints, "" when none is set

	interventions []*func(*lineage.Task) error // what tests do to tasks

	book book
}

type blockID = storage.BlockID

// executor is one simulated worker: nothing of it can be read after it is gone.
type executor struct {
	name    string
	folder  string // its disk blocks
	blocks  *storage.Manager
	outputs *shuffle.Store
	life
}

func (c *Core) count(e event.Event) {
	c.counting.Lock()
	defer c.counting.Unlock()
	c.counters.Add(e)
	c.digest.Hear(e)
}

// JobsAbout draws the jobs that computed a dataset, or something from it.
func (c *Core) JobsAbout(n *lineage.Node) []string {
	c.counting.Lock()
	defer c.counting.Unlock()
	var drawn []string
	for _, job := range c.digest.About(n.ID) {
		drawn = append(drawn, job.String())
	}
	return drawn
}

// Emit tells the session's listeners of a fact.
func (c *Core) Emit(e event.Event) { c.bus.Emit(e) }

// Listen adds a listener to a session that has started.
func (c *Core) Listen(f func(event.Event)) { c.bus.Listen(f) }

// Clock is where the session's time comes from.
func (c *Core) Clock() clock.Clock { return c.settings.clock }

// Files is where the session reads and writes.
func (c *Core) Files() fs.FS { return c.settings.files }

// TakeScaleUp is the option of that name.
func (c *Core) TakeScaleUp() int { return c.settings.takeScaleUp }

// DefaultParallelism is spark.default.parallelism, or all the cores.
func (c *Core) DefaultParallelism() int {
	if n := c.settings.parallelism; n > 0 {
		return n
	}
	if c.settings.local {
		return c.settings.cores
	}
	return max(c.settings.executors*c.settings.cores, 2)
}

// Parallelism is spark.default.parallelism when it is set.
func (c *Core) Parallelism() (n int, set bool) {
	return c.settings.parallelism, c.settings.parallelism > 0
}

// NewDataset numbers a dataset and returns its node.
func (c *Core) NewDataset(class, op string, partitions func() (int, error), deps ...lineage.Dep) *lineage.Node {
	c.mu.Lock()
	id := c.datasets
	c.datasets++
	c.mu.Unlock()
	site := c.local().site
	if site == (lineage.Site{}) {
		site = lineage.Caller()
	}
	return lineage.New(id, class, op, site, partitions, deps...)
}

// NewShuffle numbers a shuffle of parent's rows.
func (c *Core) NewShuffle(parent *lineage.Node, by lineage.Partitioner) *lineage.Shuffle {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := &lineage.Shuffle{ID: c.shuffles, Parent: parent, Partitioner: by}
	c.shuffles++
	return s
}

// NewNumber numbers an accumulator or a broadcast variable.
func (c *Core) NewNumber() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.others++
	return c.others - 1
}

// SetCheckpointDir sets where Checkpoint writes: in a folder of this session's
// own under dir, which stays after the session.
func (c *Core) SetCheckpointDir(dir string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.checkpoints = filepath.Join(dir, randomName())
}

// CheckpointDir is this session's folder for checkpoints, "" when none is set.
func (c *Core) CheckpointDir() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.checkpoints
}
