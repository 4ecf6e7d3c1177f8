package engine

import (
	"cmp"
	"path/filepath"
	"slices"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/sched"
	"etincelle/engine/shuffle"
	"etincelle/engine/storage"
)

// AddExecutor starts an executor, empty, or brings a lost one back.
func (c *Core) AddExecutor(name string) {
	c.mu.Lock()
	e := &executor{
		name:    name,
		blocks:  storage.New(c.settings.files, filepath.Join(c.folder, name), c.settings.memory),
		outputs: shuffle.NewStore(),
	}
	c.executors = append(c.executors, e)
	slices.SortFunc(c.executors, func(a, b *executor) int { return cmp.Compare(a.name, b.name) })
	c.mu.Unlock()
	c.Emit(event.ExecutorAdded{Executor: name, Cores: c.settings.cores, Memory: c.settings.memory})
}

// KillExecutor takes an executor away with all it holds. It reports whether
// there was one of that name.
func (c *Core) KillExecutor(name, reason string) bool {
	e := c.executor(name)
	if e == nil {
		return false
	}
	c.mu.Lock()
	c.executors = slices.DeleteFunc(c.executors, func(x *executor) bool { return x == e })
	for _, n := range c.persisted {
		c.noteLost(e, n)
	}
	c.mu.Unlock()
	c.tracker.Strike(name, func(int, int) bool { return false })
	c.Emit(event.ExecutorLost{Executor: name, Reason: reason})
	return true
}

// noteLost remembers that e's blocks of n are lost unless another executor has
// a copy. c.mu is held.
func (c *Core) noteLost(e *executor, n *lineage.Node) {
	parts, _ := n.Partitions()
	for p := range parts {
		id := blockID{Dataset: n.ID, Partition: p}
		if _, held := e.blocks.Has(id); held {
			c.misses[id] = event.Lost
		}
	}
}

func (c *Core) executor(name string) *executor {
	for _, e := range c.alive() {
		if e.name == name {
			return e
		}
	}
	return nil
}

func (c *Core) alive() []*executor {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.executors)
}

// places tells the scheduler what the executors are and hold.
type places struct{ c *Core }

// Cores implements sched.Places.
func (p places) Cores() []sched.Core {
	var cores []sched.Core
	for _, e := range p.c.alive() {
		cores = append(cores, sched.Core{Executor: e.name, Free: p.c.settings.cores})
	}
	return cores
}

// Cached implements sched.Places.
func (p places) Cached(n *lineage.Node) bool {
	if !n.Level().Valid() {
		return false
	}
	parts, err := n.Partitions()
	if err != nil {
		return false
	}
	for part := range parts {
		if len(p.c.holders(blockID{Dataset: n.ID, Partition: part})) == 0 {
			return false
		}
	}
	return true
}

// Preferred implements sched.Places: the holders of the first cached block on
// the way back from partition part of n, within the stage.
func (p places) Preferred(n *lineage.Node, part int) []string {
	for {
		if n.Level().Valid() {
			if names := p.c.holders(blockID{Dataset: n.ID, Partition: part}); len(names) > 0 {
				return names
			}
		}
		if n.PreferredAt != nil {
			if names := n.PreferredAt(part); len(names) > 0 {
				return names
			}
		}
		deps := n.Deps()
		if len(deps) == 0 || deps[0].Shuffle != nil {
			return nil
		}
		// Spark looks through every narrow parent; the first that reads something is
		// nearly always the one that decides.
		next := -1
		for i, d := range deps {
			if d.Shuffle == nil && len(d.Parents(part)) > 0 {
				next = i
				break
			}
		}
		if next < 0 {
			return nil
		}
		n, part = deps[next].Parent, deps[next].Parents(part)[0]
	}
}

// holders names the executors that hold a block.
func (c *Core) holders(id blockID) []string {
	var names []string
	for _, e := range c.alive() {
		if _, held := e.blocks.Has(id); held {
			names = append(names, e.name)
		}
	}
	return names
}
