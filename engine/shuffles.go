package engine

import (
	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/shuffle"
)

// WriteShuffle files what a map task wrote on its executor.
func (c *Core) WriteShuffle(t *lineage.Task, s *lineage.Shuffle, partition int, out shuffle.Output) error {
	maps, err := s.Parent.Partitions()
	if err != nil {
		return err
	}
	e := c.executor(t.Executor)
	if e == nil {
		return lineage.ErrExecutorLost
	}
	for _, rows := range out.Rows {
		t.Metrics.ShuffleWrite += rows
	}
	e.outputs.Put(s.ID, partition, out)
	c.tracker.Register(s.ID, partition, maps, e.name, t.Stage)
	c.Emit(event.ShuffleWritten{Shuffle: s.ID, Map: partition, Executor: e.name, Rows: out.Rows})
	return nil
}

// FetchBucket returns the rows that map partition m wrote for reduce partition
// r, a typed slice or nil. When its holder has lost it the task fails so that
// the map task runs again.
func (c *Core) FetchBucket(t *lineage.Task, s *lineage.Shuffle, m, r int) any {
	holder := c.tracker.Holder(s.ID, m)
	if e := c.executor(holder); e != nil {
		if bucket, rows, ok := e.outputs.Bucket(s.ID, m, r); ok {
			t.Metrics.ShuffleRead += rows
			return bucket
		}
	}
	t.Fail(&lineage.FetchFailed{Shuffle: s.ID, Map: m, Executor: holder})
	return nil
}

// DropShuffle loses the outputs of a shuffle without telling the driver: the
// next task that reads them finds out.
func (c *Core) DropShuffle(s *lineage.Shuffle) {
	for _, e := range c.alive() {
		e.outputs.Delete(s.ID)
	}
}

// outputs tells the scheduler which map outputs exist.
type outputs struct{ c *Core }

// Missing implements sched.Outputs.
func (o outputs) Missing(s *lineage.Shuffle) []int {
	maps, err := s.Parent.Partitions()
	if err != nil {
		return nil // the job fails before a stage of this parent is made
	}
	return o.c.tracker.Missing(s.ID, maps)
}

// Forget implements sched.Outputs: all that the executor turns out not to have.
func (o outputs) Forget(f *lineage.FetchFailed) {
	e := o.c.executor(f.Executor)
	o.c.tracker.Strike(f.Executor, func(shuffle, m int) bool { return e != nil && e.outputs.Holds(shuffle, m) })
}

// Writer implements sched.Outputs.
func (o outputs) Writer(s *lineage.Shuffle) int { return o.c.tracker.Writer(s.ID) }
