package engine

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/sched"
	"etincelle/engine/shuffle"
	"etincelle/engine/storage"
)

// AddExecutor starts an executor, empty, or brings a lost one back. One that is
// alive stays as it is.
func (c *Core) AddExecutor(name string) {
	if c.addExecutor(name) {
		c.Emit(event.ExecutorAdded{Time: c.settings.clock.Now(), Executor: name, Cores: c.settings.cores, Memory: c.settings.memory})
		c.sched.Wake()
	}
}

func (c *Core) addExecutor(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped || slices.ContainsFunc(c.executors, named(name)) {
		return false
	}
	// A folder for each life: what a task of a dead executor still writes must not
	// meet the blocks of its successor.
	folder := filepath.Join(c.folder, fmt.Sprintf("%s.%d", name, c.started))
	c.started++
	c.executors = append(c.executors, &executor{
		name:    name,
		folder:  folder,
		blocks:  storage.New(c.settings.files, folder, c.settings.memory),
		outputs: shuffle.NewStore(),
	})
	slices.SortFunc(c.executors, func(a, b *executor) int {
		return cmp.Or(cmp.Compare(len(a.name), len(b.name)), cmp.Compare(a.name, b.name)) // e2 before e10
	})
	return true
}

// KillExecutor takes an executor away with all it holds. It reports whether
// there was one of that name.
func (c *Core) KillExecutor(name, reason string) bool {
	e := c.removeExecutor(name)
	if e == nil {
		return false
	}
	for _, n := range c.Persisted() {
		c.noteLost(e, n)
	}
	c.tracker.Strike(name, func(int, int) bool { return false })
	c.Emit(event.ExecutorLost{Time: c.settings.clock.Now(), Executor: name, Reason: reason})
	for _, k := range e.blocks.Inputs() {
		stream, _ := k.ID.Stream()
		c.tellInputDropped(e, stream, k.ID, event.Lost)
	}
	e.die()
	_ = c.settings.files.Remove(e.folder) // nobody reads it again; Stop removes what is left
	return true
}

func (c *Core) removeExecutor(name string) *executor {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(c.executors, named(name))
	if i < 0 {
		return nil
	}
	e := c.executors[i]
	c.executors = slices.Delete(c.executors, i, i+1)
	return e
}

func named(name string) func(*executor) bool { return func(e *executor) bool { return e.name == name } }

// noteLost remembers that e's blocks of n are lost unless another executor has
// a copy.
func (c *Core) noteLost(e *executor, n *lineage.Node) {
	parts, _ := n.Partitions() // of what cannot be counted nothing was stored
	for p := range parts {
		id := blockID{Dataset: n.ID, Partition: p}
		if _, held := e.blocks.Has(id); held && len(c.holders(id)) == 0 {
			c.noteMiss(id, event.Lost)
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
		// Spark looks through every narrow parent; the first that reads something is
		// nearly always the one that decides.
		deps := n.Deps()
		next := slices.IndexFunc(deps, func(d lineage.Dep) bool { return d.Shuffle == nil && len(d.Parents(part)) > 0 })
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
