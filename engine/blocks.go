package engine

import (
	"slices"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/storage"
)

// Persist marks n with a storage level; nothing is stored yet.
func (c *Core) Persist(n *lineage.Node, level lineage.StorageLevel) {
	if c.settings.copies > 0 && level.Valid() {
		level.Replicas = c.settings.copies
	}
	n.SetLevel(level)
	c.mu.Lock()
	if !slices.Contains(c.persisted, n) {
		c.persisted = append(c.persisted, n)
	}
	c.mu.Unlock()
	c.Emit(event.Persisted{Dataset: n.ID, Level: level.Description()})
}

// Unpersist takes the mark off and lets every block go.
func (c *Core) Unpersist(n *lineage.Node) error {
	n.SetLevel(lineage.StorageLevel{})
	c.mu.Lock()
	c.persisted = slices.DeleteFunc(c.persisted, func(x *lineage.Node) bool { return x == n })
	c.mu.Unlock()
	parts, _ := n.Partitions() // of what cannot be counted nothing was stored
	for p := range parts {
		if err := c.DropBlock(n, p, event.Unpersisted); err != nil {
			return err
		}
	}
	c.Emit(event.Persisted{Dataset: n.ID})
	return nil
}

// DropBlock takes a block away from every executor that holds it.
func (c *Core) DropBlock(n *lineage.Node, partition int, reason string) error {
	id := blockID{Dataset: n.ID, Partition: partition}
	for _, e := range c.alive() {
		held, err := e.blocks.Remove(id)
		if err != nil {
			return err
		}
		if held {
			c.noteMiss(id, reason)
			c.Emit(event.BlockDropped{Executor: e.name, Dataset: n.ID, Partition: partition, Reason: reason})
		}
	}
	return nil
}

func (c *Core) noteMiss(id blockID, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.misses[id] = reason
}

// ReadBlock returns a block of a persisted dataset to a task: its own
// executor's, else another's. When nobody holds it the task must compute it,
// and the reason is told.
func (c *Core) ReadBlock(t *lineage.Task, n *lineage.Node, partition int) (storage.Block, bool) {
	id := blockID{Dataset: n.ID, Partition: partition}
	for _, e := range c.nearFirst(t.Executor) {
		b, held, err := e.blocks.Get(id)
		t.Check(err)
		if !held {
			continue
		}
		t.Metrics.Hits++
		c.Emit(event.BlockRead{Task: t.ID, Executor: t.Executor, From: e.name, Dataset: n.ID, Partition: partition})
		return b, true
	}
	c.mu.Lock()
	reason := c.misses[id]
	c.mu.Unlock()
	if reason == "" {
		reason = event.NeverStored
	}
	t.Metrics.Misses++
	c.Emit(event.BlockMissed{Task: t.ID, Executor: t.Executor, Dataset: n.ID, Partition: partition, Reason: reason})
	return storage.Block{}, false
}

// StoreBlock keeps what a task computed, on its executor and on as many others
// as the level has copies.
func (c *Core) StoreBlock(t *lineage.Task, n *lineage.Node, partition int, b storage.Block) {
	id, level := blockID{Dataset: n.ID, Partition: partition}, n.Level()
	copies := 0
	for _, e := range c.nearFirst(t.Executor) {
		if copies == level.Copies() || e.name != t.Executor && copies == 0 {
			return // enough copies, or the task's own executor had no room for the first
		}
		out, err := e.blocks.Put(id, b, level)
		c.tellEvicted(e, out.Evicted) // they are gone even if what follows them cannot be stored
		t.Check(err)
		if !out.Stored {
			c.noteMiss(id, event.NoRoom)
			c.Emit(event.BlockDropped{Executor: e.name, Dataset: n.ID, Partition: partition, Reason: event.NoRoom})
			continue
		}
		c.Emit(event.BlockStored{
			Executor: e.name, Dataset: n.ID, Partition: partition, Level: level.Description(),
			Memory: out.Kept.Memory, Disk: out.Kept.Disk, Replica: copies > 0,
		})
		copies++
	}
}

// RestoreBlock puts what a task read from disk, and decoded, back in memory
// where the level asks for memory and there is room.
func (c *Core) RestoreBlock(t *lineage.Task, n *lineage.Node, partition int, b storage.Block) {
	e := c.executor(t.Executor)
	if e == nil {
		return // the task's executor is gone; so will the task be
	}
	out, err := e.blocks.Restore(blockID{Dataset: n.ID, Partition: partition}, b)
	c.tellEvicted(e, out.Evicted)
	t.Check(err)
	if out.Stored {
		c.Emit(event.BlockStored{
			Executor: e.name, Dataset: n.ID, Partition: partition, Level: n.Level().Description(), Memory: out.Kept.Memory, Disk: out.Kept.Disk,
		})
	}
}

func (c *Core) tellEvicted(e *executor, evicted []storage.Kept) {
	for _, k := range evicted {
		if stream, received := k.ID.Stream(); received {
			if k.Disk == 0 {
				c.tellInputDropped(e, stream, k.ID, event.Evicted)
			}
			continue
		}
		if k.Disk > 0 {
			c.Emit(event.BlockStored{Executor: e.name, Dataset: k.ID.Dataset, Partition: k.ID.Partition, Level: "Disk", Disk: k.Disk})
			continue
		}
		c.noteMiss(k.ID, event.Evicted)
		c.Emit(event.BlockDropped{Executor: e.name, Dataset: k.ID.Dataset, Partition: k.ID.Partition, Reason: event.Evicted})
	}
}

// nearFirst lists the executors that are alive, name first, the others after it
// in a ring so that replicas spread.
func (c *Core) nearFirst(name string) []*executor {
	alive := c.alive()
	at := slices.IndexFunc(alive, func(e *executor) bool { return e.name == name })
	if at < 0 {
		return alive
	}
	return append(alive[at:], alive[:at]...)
}

// Stored says what the executors keep of n: each partition counts once, its
// bytes as often as it is held.
func (c *Core) Stored(n *lineage.Node) lineage.Stored {
	var s lineage.Stored
	parts, err := n.Partitions()
	if err != nil {
		return s
	}
	for p := range parts {
		held := false
		for _, e := range c.alive() {
			if k, ok := e.blocks.Has(blockID{Dataset: n.ID, Partition: p}); ok {
				held = true
				s.Memory += k.Memory
				s.Disk += k.Disk
			}
		}
		if held {
			s.Partitions++
		}
	}
	return s
}

// Holds reports whether some executor holds a block.
func (c *Core) Holds(n *lineage.Node, partition int) bool {
	return len(c.holders(blockID{Dataset: n.ID, Partition: partition})) > 0
}

// Persisted lists the datasets that are marked with a storage level, in the
// order in which they were marked.
func (c *Core) Persisted() []*lineage.Node {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.persisted)
}
