package engine

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/petermattis/goid"

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

	intervene atomic.Pointer[func(*lineage.Task) error] // what a test does to tasks

	spills  atomic.Int64 // files so far
	binding sync.RWMutex
	tasks   map[int64]*lineage.Task // by goroutine: who is asking

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
	persisted   []*lineage.Node
	checkpoints string // the folder for checkpoints, "" when none is set
}

type blockID = storage.BlockID

// executor is one simulated worker: nothing of it can be read after it is gone.
type executor struct {
	name    string
	folder  string // its disk blocks
	blocks  *storage.Manager
	outputs *shuffle.Store
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
	return lineage.New(id, class, op, lineage.Caller(), partitions, deps...)
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

// Job is one action on one dataset, as the scheduler takes it.
type Job = sched.Job

// Run runs a job and returns when it is over.
func (c *Core) Run(j Job) error {
	if c.CurrentTask() != nil {
		return &lineage.Failure{Class: lineage.SparkException, Site: lineage.Caller(), Message: fmt.Sprintf(
			"%s was called inside a function that runs in a task: a dataset can only be used by the program itself (SPARK-5063). Join the two datasets, or collect the small one before and use its rows", j.Action)}
	}
	c.mu.Lock()
	stopped := c.stopped
	c.mu.Unlock()
	if stopped {
		return &lineage.Failure{Class: "java.lang.IllegalStateException", Site: lineage.Caller(), Message: "Cannot call methods on a stopped session: " + j.Action + " came after Stop"}
	}
	j.Site = lineage.Caller()
	if err := lineage.Unusable(j.Target); err != nil {
		return err
	}
	if err := c.sched.Run(context.Background(), j); err != nil {
		return err
	}
	return lineage.SaveMarked(j.Target, j.Action)
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

// CurrentTask is the task whose goroutine calls, nil when it is the program's own.
func (c *Core) CurrentTask() *lineage.Task {
	c.binding.RLock()
	defer c.binding.RUnlock()
	return c.tasks[goid.Get()]
}

// Bind makes the calling goroutine t's until the returned function is called.
// iter.Pull runs its sequence on a goroutine of its own, which must be bound.
func (c *Core) Bind(t *lineage.Task) (release func()) {
	id := goid.Get()
	c.binding.Lock()
	defer c.binding.Unlock()
	before := c.tasks[id]
	c.tasks[id] = t
	return func() {
		c.binding.Lock()
		defer c.binding.Unlock()
		if before != nil {
			c.tasks[id] = before
		} else {
			delete(c.tasks, id)
		}
	}
}

// Intervene calls f at the start of every task, on the task's goroutine: it may
// kill executors, lose blocks, wait, or fail the task by returning an error. It
// is for tests and labs that make things go wrong; nil ends it.
func (c *Core) Intervene(f func(*lineage.Task) error) {
	if f == nil {
		c.intervene.Store(nil)
		return
	}
	c.intervene.Store(&f)
}

// begun is body after what Intervene asked for.
func (c *Core) begun(body func(*lineage.Task) (any, error)) func(*lineage.Task) (any, error) {
	return func(t *lineage.Task) (any, error) {
		if f := c.intervene.Load(); f != nil {
			if err := (*f)(t); err != nil {
				return nil, err
			}
		}
		return body(t)
	}
}

// runner runs tasks on goroutines, at once or one after the other.
type runner struct{ c *Core }

// Run implements sched.Runner.
func (r runner) Run(t *lineage.Task, body func(*lineage.Task) (any, error), report func(any, error)) {
	e := r.c.executor(t.Executor)
	over := make(chan struct{})
	go func() {
		defer close(over)
		defer r.c.Bind(t)()
		lineage.Attempt(t, r.c.begun(body), func(result any, err error) {
			if e == nil || r.c.executor(t.Executor) != e { // it died, though one of its name may live
				result, err = nil, lineage.ErrExecutorLost // whatever it did, it did on a machine that is gone
			}
			report(result, err)
		})
	}()
	if r.c.settings.sequential {
		<-over
	}
}
