package engine

import (
	"slices"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/sched"
	"etincelle/engine/storage"
)

// What streams need of executors: a core for each receiver, and room for the blocks
// that it receives. A received block has no lineage: when nobody holds it any more it
// is lost.

// FreeCores says how many cores of an executor tasks may have.
type FreeCores = sched.Core

// FreeCores lists the executors that are alive, in order of name, and the cores of
// each that no receiver lives on.
func (c *Core) FreeCores() []FreeCores { return c.sched.FreeCores() }

// Occupy gives a core of an executor to a receiver until release is called. When
// the executor dies before that, the core is given back and lost is called. ok is
// false when there is no such executor.
func (c *Core) Occupy(executor string, lost func()) (release func(), ok bool) {
	e := c.executor(executor)
	if e == nil {
		return nil, false
	}
	c.mu.Lock()
	c.residents++
	resident := &lineage.Task{ID: -c.residents, Executor: executor} // an ID of its own: the order of ends is that of IDs
	c.mu.Unlock()
	c.sched.Occupy(executor, +1)
	if !e.begin(resident, func() { c.sched.Occupy(executor, -1); lost() }) {
		c.sched.Occupy(executor, -1)
		return nil, false
	}
	return func() {
		if e.end(resident) {
			c.sched.Occupy(executor, -1)
		}
	}, true
}

// PutInput keeps a block that a receiver on executor has received, there and on as
// many others as level has copies, and returns who holds it now: fewer than that when
// there are fewer executors or there is no room, nobody when its own has none.
func (c *Core) PutInput(executor string, id storage.BlockID, b storage.Block, level lineage.StorageLevel) (holders []string, err error) {
	stream, _ := id.Stream()
	for _, e := range c.nearFirst(executor) {
		if len(holders) == level.Copies() || e.name != executor && len(holders) == 0 {
			return holders, nil // enough copies; or its own executor has no room, or is gone
		}
		out, err := e.blocks.Put(id, b, level)
		c.tellEvicted(e, out.Evicted)
		if err != nil {
			return holders, err
		}
		if !out.Stored {
			c.tellInputDropped(e, stream, id, event.NoRoom)
			continue
		}
		c.Emit(event.InputBlockStored{
			Time: c.settings.clock.Now(), Stream: stream, Block: id.Partition, Executor: e.name, Rows: int64(b.Rows), Level: level.Description(),
			Memory: out.Kept.Memory, Disk: out.Kept.Disk, Replica: len(holders) > 0,
		})
		holders = append(holders, e.name)
	}
	return holders, nil
}

// ReadInput returns a received block to a task: its own executor's, else another's;
// ok is false when nobody holds it.
func (c *Core) ReadInput(t *lineage.Task, id storage.BlockID) (b storage.Block, ok bool) {
	for _, e := range c.nearFirst(t.Executor) {
		b, held, err := e.blocks.Get(id)
		t.Check(err)
		if held {
			t.Metrics.Input += int64(b.Rows)
			return b, true
		}
	}
	return storage.Block{}, false
}

// InputHolders names the executors that hold a received block.
func (c *Core) InputHolders(id storage.BlockID) []string { return c.holders(id) }

// DropInput lets a received block go everywhere.
func (c *Core) DropInput(id storage.BlockID) error {
	for _, e := range c.alive() {
		if _, err := e.blocks.Remove(id); err != nil {
			return err
		}
	}
	return nil
}

// tellInputDropped says that e does not hold a received block any more, or never did.
func (c *Core) tellInputDropped(e *executor, stream int, id storage.BlockID, reason string) {
	left := slices.DeleteFunc(c.holders(id), func(name string) bool { return name == e.name })
	c.Emit(event.InputBlockDropped{
		Time: c.settings.clock.Now(), Stream: stream, Block: id.Partition, Executor: e.name, Reason: reason, Left: len(left),
	})
}

// Claim reserves what only one part of a program may do at once, or returns who does it.
func (c *Core) Claim(what, who string) (holder string, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if holder, taken := c.claims[what]; taken {
		return holder, false
	}
	c.claims[what] = who
	return who, true
}

// Disclaim gives back what Claim reserved.
func (c *Core) Disclaim(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.claims, what)
}
