package engine

import (
	"regexp"
	"runtime"
	"strconv"
	"strings"

	"github.com/petermattis/goid"

	"etincelle/engine/lineage"
)

// Who is asking is known by the goroutine that calls: docs/adr/0001.

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

// jobGroup is what a program calls some of its jobs.
type jobGroup struct{ id, description string }

// local is what holds for the jobs and datasets of one goroutine: Spark's local
// properties.
type local struct {
	jobGroup
	site    lineage.Site // in place of the line that calls, when it is set
	saveAll bool         // checkpoints are written of marked ancestors too
	told    func(action string, rows any)
}

// set changes what holds for the calling goroutine until the returned function is
// called.
func (c *Core) set(change func(*local)) (release func()) {
	id := goid.Get()
	c.binding.Lock()
	defer c.binding.Unlock()
	before, was := c.locals[id]
	now := before
	change(&now)
	c.locals[id] = now
	return func() {
		c.binding.Lock()
		defer c.binding.Unlock()
		if was {
			c.locals[id] = before
		} else {
			delete(c.locals, id)
		}
	}
}

// group makes the calling goroutine's jobs part of g until the returned function
// is called.
func (c *Core) group(g jobGroup) (release func()) {
	return c.set(func(l *local) { l.jobGroup = g })
}

// OnBehalf gives the datasets that the calling goroutine makes the line of the
// program that asked for all of them (a stream's definition), and has its jobs write
// checkpoints of every marked dataset below their own, until the returned function is
// called.
func (c *Core) OnBehalf(site lineage.Site) (release func()) {
	return c.set(func(l *local) { l.site, l.saveAll = site, true })
}

// Overhear has f told what the actions of the calling goroutine bring to the program, a
// slice of rows each, until the returned function is called.
func (c *Core) Overhear(f func(action string, rows any)) (release func()) {
	return c.set(func(l *local) { l.told = f })
}

// Brought tells who overhears the calling goroutine what an action brought.
func (c *Core) Brought(action string, rows any) {
	if told := c.local().told; told != nil {
		told(action, rows)
	}
}

func (c *Core) local() local {
	c.binding.RLock()
	defer c.binding.RUnlock()
	return c.locals[goid.Get()]
}

// insideTask reports whether a function that runs in a task calls, on the task's
// goroutine or on one that was started there. The latter is asked only when another
// job runs: it would have to wait for that job, and that job, perhaps, for it.
func (c *Core) insideTask() bool {
	if c.CurrentTask() != nil {
		return true
	}
	if !c.sched.Busy() {
		return false
	}
	started := starters()
	c.binding.RLock()
	defer c.binding.RUnlock()
	for id, known := started[goid.Get()]; known; id, known = started[id] {
		if c.tasks[id] != nil {
			return true
		}
	}
	return false
}

var (
	heading = regexp.MustCompile(`^goroutine (\d+) `)
	starter = regexp.MustCompile(`(?m)^created by .* in goroutine (\d+)$`)
)

// starters says which goroutine started each goroutine that lives, as the runtime
// lists them when a program crashes. A list in another form, of a later Go, has
// nothing to say here.
func starters() map[int64]int64 {
	list := make([]byte, 1<<16)
	for n := runtime.Stack(list, true); n == len(list) && n < 1<<26; n = runtime.Stack(list, true) {
		list = make([]byte, 2*len(list)) // it was cut
	}
	started := map[int64]int64{}
	for one := range strings.SplitSeq(string(list), "\n\n") {
		head, foot := heading.FindStringSubmatch(one), starter.FindStringSubmatch(one)
		if head == nil || foot == nil {
			continue
		}
		id, _ := strconv.ParseInt(head[1], 10, 64) // the expressions let digits through only
		by, _ := strconv.ParseInt(foot[1], 10, 64)
		started[id] = by
	}
	return started
}
