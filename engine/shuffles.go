package engine

import (
	"reflect"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/shuffle"
)

// WriteShuffle files what a map task wrote on its executor. The rows in memory
// stay there while the executor's outputs are a small part of its budget, and go
// to w's disk otherwise; what is on disk stays.
func (c *Core) WriteShuffle(w *Workspace, s *lineage.Shuffle, partition int, row reflect.Type, buckets []shuffle.Bucket) error {
	t, e := w.task, w.executor
	maps, err := s.Parent.Partitions()
	if err != nil {
		return err
	}
	if c.executor(t.Executor) != e {
		return lineage.ErrExecutorLost
	}
	t.Look() // the output of a task that was told to stop is not taken
	out := shuffle.Output{Buckets: buckets, Memory: c.keep(e, w)}
	if out.Memory == 0 {
		w.SpillAll(row, out.Buckets)
	}
	if w.file != nil {
		out.File, w.kept = w.path, true
	}
	t.Metrics.ShuffleBytes += out.Memory + w.onDisk
	rows := make([]int64, len(buckets))
	for r, b := range buckets {
		rows[r] = b.Rows
		t.Metrics.ShuffleWrite += b.Rows
	}
	c.forget(e, e.outputs.Put(s.ID, partition, out))
	c.tracker.Register(s.ID, partition, maps, e.name, t.Stage)
	c.Emit(event.ShuffleWritten{Shuffle: s.ID, Map: partition, Executor: e.name, Rows: rows})
	return nil
}

// keep takes over the memory that w holds, and returns how much; 0 when the
// executor holds enough outputs in memory.
func (c *Core) keep(e *executor, w *Workspace) (kept int64) {
	if e.outputs.Memory()+w.held > e.blocks.Budget()/outputPart {
		return 0
	}
	evicted, ok, err := e.blocks.Reserve(w.held - w.reserved)
	c.tellEvicted(e, evicted)
	w.task.Check(err)
	if !ok {
		return 0
	}
	kept, w.held, w.reserved = w.held, 0, 0
	return kept
}

// forget gives back what an output took.
func (c *Core) forget(e *executor, out shuffle.Output) {
	e.blocks.Release(out.Memory)
	if out.File != "" {
		_ = c.settings.files.Remove(out.File) // what stays goes with the session's folder
	}
}

// FetchRows gives the rows for reduce partition r to yield, a typed slice at a
// time, in the order of the map partitions. When their holder has lost some the
// task fails so that the map task runs again.
func (c *Core) FetchRows(t *lineage.Task, s *lineage.Shuffle, r int, row reflect.Type, yield func(rows any) bool) {
	maps, err := s.Parent.Partitions()
	t.Check(err)
	for m := range maps {
		holder := c.tracker.Holder(s.ID, m)
		lost := &lineage.FetchFailed{Shuffle: s.ID, Map: m, Executor: holder}
		e := c.executor(holder)
		if e == nil {
			t.Fail(lost)
		}
		bucket, ok := e.outputs.Bucket(s.ID, m, r)
		if !ok {
			t.Fail(lost)
		}
		t.Metrics.ShuffleRead += bucket.Rows
		more, err := c.readBucket(t, row, bucket, yield)
		if err != nil {
			// The file is damaged or gone with its executor: either way the map task can
			// write it again.
			c.forget(e, e.outputs.Drop(s.ID, m))
			t.Fail(lost)
		}
		if !more {
			return
		}
	}
}

// DropShuffle loses the outputs of a shuffle without telling the driver: the
// next task that reads them finds out.
func (c *Core) DropShuffle(s *lineage.Shuffle) {
	for _, e := range c.alive() {
		for _, out := range e.outputs.Delete(s.ID) {
			c.forget(e, out)
		}
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
