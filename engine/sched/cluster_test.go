package sched

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"etincelle/engine/clock"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// cluster plays the session's part for a Scheduler: executors that hold map
// outputs and cached blocks without a row in them, and what goes wrong when a
// test says so. It implements Outputs, Places and Runner.
type cluster struct {
	sched      *Scheduler
	concurrent bool // tasks run at once on goroutines, not one after the other
	nodes      int
	shuffles   int

	clock *clock.Manual
	pace  func(*lineage.Task) time.Duration // how long a task takes by the clock; nil: no time
	deaf  func(*lineage.Task) bool          // tasks that go on when they are told to stop; nil: none
	due   []happening                       // what will happen, in order of time

	mu        sync.Mutex
	executors []Core            // alive, in order of name
	born      map[string]int    // how often an executor of this name was started
	held      map[output]string // the truth: who has which map output
	book      map[output]string // what the driver believes
	writers   map[int]int       // shuffle → the last stage that wrote some of it
	marked    map[*lineage.Node]bool
	blocks    map[part]string // who has which cached block
	bad       map[part]int    // how often the task that ends in this part still fails
	broken    map[string]int  // how many tasks still fail on this executor
	vanishing map[output]bool // outputs that are gone as soon as they are written
	killer    map[part]string // the executor that dies when the task that ends in this part starts
	computed  map[part]int    // how often each partition was computed
	counted   map[part]int    // what the tasks that end in this part added to an accumulator: one each
	written   map[output]int  // how often each map output was written by a task that lived
	needless  int             // map outputs that were written though they existed
	events    []event.Event
}

type (
	part   struct{ dataset, partition int }
	output struct{ shuffle, m int }
)

func newCluster(attempts int, executors ...Core) *cluster {
	c := &cluster{
		born: map[string]int{}, held: map[output]string{}, book: map[output]string{}, writers: map[int]int{},
		marked: map[*lineage.Node]bool{}, blocks: map[part]string{}, bad: map[part]int{}, broken: map[string]int{}, vanishing: map[output]bool{},
		killer: map[part]string{}, computed: map[part]int{}, counted: map[part]int{}, written: map[output]int{},
	}
	c.clock = clock.NewManual(time.Time{})
	c.sched = &Scheduler{Outputs: c, Places: c, Runner: c, Clock: c.clock, Emit: c.emit, Attempts: attempts}
	for _, e := range executors {
		c.start(e.Executor, e.Free)
	}
	return c
}

func (c *cluster) emit(e event.Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.events = append(c.events, e)
}

// start brings an executor to life, empty.
func (c *cluster) start(name string, cores int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.born[name]++
	c.executors = append(c.executors, Core{name, cores})
	slices.SortFunc(c.executors, func(a, b Core) int { return cmp.Compare(a.Executor, b.Executor) })
}

// kill takes an executor away with all it holds, and tells the driver.
func (c *cluster) kill(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.alive(name) {
		return
	}
	c.executors = slices.DeleteFunc(c.executors, func(e Core) bool { return e.Executor == name })
	takeFrom(c.held, name)
	takeFrom(c.book, name)
	takeFrom(c.blocks, name)
	c.events = append(c.events, event.ExecutorLost{Time: c.clock.Now(), Executor: name, Reason: "killed"})
	c.loseTasks(name)
}

func takeFrom[K comparable](holders map[K]string, name string) {
	for k, holder := range holders {
		if holder == name {
			delete(holders, k)
		}
	}
}

func (c *cluster) alive(name string) bool {
	return slices.ContainsFunc(c.executors, func(e Core) bool { return e.Executor == name })
}

// lose takes map outputs away behind the driver's back.
func (c *cluster) lose(lost ...output) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, o := range lost {
		delete(c.held, o)
	}
}

// node defines a dataset.
func (c *cluster) node(op string, partitions int, site lineage.Site, deps ...lineage.Dep) *lineage.Node {
	c.nodes++
	return lineage.New(c.nodes-1, "RDD", op, site, func() (int, error) { return partitions, nil }, deps...)
}

// across defines a shuffle of parent's rows.
func (c *cluster) across(parent *lineage.Node) lineage.Dep {
	s := &lineage.Shuffle{ID: c.shuffles, Parent: parent}
	c.shuffles++
	s.Write = func(t *lineage.Task, m int) error { return c.write(t, s, m) }
	return lineage.Across(s)
}

// run runs an action that computes the given partitions of n, all when none is
// given, and returns those whose result was taken, in that order.
func (c *cluster) run(ctx context.Context, group, action string, site lineage.Site, n *lineage.Node, partitions ...int) (taken []int, err error) {
	if len(partitions) == 0 {
		partitions = upTo(n)
	}
	err = c.sched.Run(ctx, Job{
		Action: action, Site: site, Target: n, Partitions: partitions, Group: group,
		Compute: func(t *lineage.Task, p int) (any, error) { return p, c.task(t, p) },
		Take: func(p int, result any) {
			if result != p {
				panic(fmt.Sprintf("partition %d got the result %v", p, result))
			}
			taken = append(taken, p)
		},
	})
	return taken, err
}

func upTo(n *lineage.Node) (all []int) {
	parts, _ := n.Partitions()
	for p := range parts {
		all = append(all, p)
	}
	return all
}

var errBadRow = errors.New("bad row")

// task computes the last partition of a task, unless something is to go wrong.
func (c *cluster) task(t *lineage.Task, p int) error {
	last := part{t.Dataset.ID, p}
	c.mu.Lock()
	victim := c.killer[last]
	delete(c.killer, last)
	fails := c.bad[last] > 0 || c.broken[t.Executor] > 0
	if c.bad[last] > 0 {
		c.bad[last]--
	} else if fails {
		c.broken[t.Executor]--
	}
	c.mu.Unlock()
	if victim != "" {
		c.kill(victim)
	}
	t.Update(c, nil, func() { c.counted[last]++ })
	if fails {
		return errBadRow
	}
	c.compute(t, t.Dataset, p)
	return nil
}

// compute computes partition p of n, and what it needs in the same stage.
func (c *cluster) compute(t *lineage.Task, n *lineage.Node, p int) {
	me := part{n.ID, p}
	c.mu.Lock()
	kept := c.blocks[me] != ""
	c.mu.Unlock()
	if kept {
		return
	}
	for _, d := range n.Deps() {
		if d.Shuffle != nil {
			for _, m := range upTo(d.Parent) {
				c.fetch(t, d.Shuffle, m)
			}
			continue
		}
		for _, q := range d.Parents(p) {
			c.compute(t, d.Parent, q)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.computed[me]++
	if c.marked[n] && c.alive(t.Executor) {
		c.blocks[me] = t.Executor
	}
}

// fetch reads a map output where the driver says that it is.
func (c *cluster) fetch(t *lineage.Task, s *lineage.Shuffle, m int) {
	c.mu.Lock()
	o := output{s.ID, m}
	holder := c.book[o]
	ok := holder != "" && c.held[o] == holder
	c.mu.Unlock()
	if !ok {
		t.Fail(&lineage.FetchFailed{Shuffle: s.ID, Map: m, Executor: holder})
	}
}

// write is what a map task does.
func (c *cluster) write(t *lineage.Task, s *lineage.Shuffle, m int) error {
	if err := c.task(t, m); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.alive(t.Executor) {
		return lineage.ErrExecutorLost
	}
	if why := t.Stopped(); why != nil {
		return why // its output is not wanted
	}
	o := output{s.ID, m}
	if c.held[o] != "" {
		c.needless++
	}
	c.written[o]++
	c.writers[s.ID] = t.Stage
	c.book[o], c.held[o] = t.Executor, t.Executor
	if c.vanishing[o] {
		delete(c.held, o)
	}
	return nil
}

// Missing implements Outputs.
func (c *cluster) Missing(s *lineage.Shuffle) (missing []int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range upTo(s.Parent) {
		if c.book[output{s.ID, m}] == "" {
			missing = append(missing, m)
		}
	}
	return missing
}

// Forget implements Outputs: all that the executor turns out not to have.
func (c *cluster) Forget(f *lineage.FetchFailed) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for o, believed := range c.book {
		if believed == f.Executor && c.held[o] != believed {
			delete(c.book, o)
		}
	}
}

// Writer implements Outputs.
func (c *cluster) Writer(s *lineage.Shuffle) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.writers[s.ID]
}

// Cores implements Places.
func (c *cluster) Cores() []Core {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.executors)
}

// Cached implements Places.
func (c *cluster) Cached(n *lineage.Node) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range upTo(n) {
		if c.blocks[part{n.ID, p}] == "" {
			return false
		}
	}
	return c.marked[n]
}

// Preferred implements Places: the holder of the first block on the way back.
func (c *cluster) Preferred(n *lineage.Node, p int) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		if holder := c.blocks[part{n.ID, p}]; holder != "" {
			return []string{holder}
		}
		deps := n.Deps()
		if len(deps) == 0 || deps[0].Shuffle != nil || len(deps[0].Parents(p)) == 0 {
			return nil
		}
		n, p = deps[0].Parent, deps[0].Parents(p)[0]
	}
}

// Run implements Runner.
func (c *cluster) Run(t *lineage.Task, body func(*lineage.Task) (any, error), report func(any, error)) {
	c.mu.Lock()
	born := c.born[t.Executor]
	c.mu.Unlock()
	over := make(chan struct{})
	run := func() {
		defer close(over)
		lineage.Attempt(t, c.listening(body), func(result any, err error) {
			c.mu.Lock()
			lost := !c.alive(t.Executor) || c.born[t.Executor] != born
			c.mu.Unlock()
			if lost {
				result, err = nil, lineage.ErrExecutorLost
			}
			report(result, err)
		})
	}
	if c.takes(t) > 0 {
		c.later(t, report, func() { go run(); <-over })
		return
	}
	go run()
	if c.concurrent {
		return
	}
	select {
	case <-over:
	case <-t.Context.Done():
	}
}
