package engine

import (
	"fmt"
	"io"
	"path/filepath"
	"reflect"

	"etincelle/engine/codec"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/shuffle"
	"etincelle/engine/spill"
)

// Workspace is the room that one operator of a task has for its rows: memory,
// asked for in pieces out of what its executor's blocks and tasks share, and a
// file for the rest. It is for the task's goroutine.
//
// An operator that may not grow puts what it holds on disk and goes on. Nobody
// waits for memory, so nobody waits for ever.
type Workspace struct {
	core     *Core
	task     *lineage.Task
	executor *executor
	during   string // what the operator does, for the event
	share    int64  // bytes it may hold, however much is free
	least    int64  // bytes it may hold, however little is free
	held     int64  // bytes it says that it holds
	reserved int64  // bytes it has of the executor's
	file     *spill.File
	path     string
	kept     bool // the file is somebody else's now
	layouts  map[reflect.Type]*codec.Layout
	told     int64 // bytes on disk that an event has told of
	onDisk   int64
}

const (
	operators  = 2        // of a task that hold rows at once: one that merges and one that writes
	leastShare = 8        // an operator has this part of its share even when nothing is free
	leastBytes = 16 << 10 // and this much with any budget
	outputPart = 4        // shuffle outputs stay in memory up to this part of the budget
)

// Workspace gives an operator of t its room. Close gives it back.
func (c *Core) Workspace(t *lineage.Task, during string) *Workspace {
	e := c.executor(t.Executor)
	if e == nil {
		t.Fail(lineage.ErrExecutorLost)
	}
	share := e.blocks.Budget() / int64(operators*c.settings.cores)
	least := max(share/leastShare, leastBytes)
	return &Workspace{core: c, task: t, executor: e, during: during, share: max(share, least), least: least,
		layouts: map[reflect.Type]*codec.Layout{},
	}
}

// Task is the task whose operator this is.
func (w *Workspace) Task() *lineage.Task { return w.task }

// Share is the bytes that the operator may hold when nobody else needs them.
func (w *Workspace) Share() int64 { return w.share }

// Grow notes that the operator would hold n bytes more, and reports whether it
// may. If not it must put rows on disk, and Shrink; until then it holds them all
// the same.
func (w *Workspace) Grow(n int64) bool {
	w.held += n
	lack := w.held - w.reserved
	switch {
	case lack <= 0:
		return true
	case w.held > w.share:
		return false
	}
	ask := min(max(lack, w.held/2), w.share-w.reserved) // ahead, so as not to ask for each row
	evicted, ok, err := w.executor.blocks.Reserve(ask)
	w.core.tellEvicted(w.executor, evicted)
	w.task.Check(err)
	if ok {
		w.reserved += ask
	}
	return ok || w.held <= w.least
}

// Shrink notes that the operator holds n bytes less.
func (w *Workspace) Shrink(n int64) {
	w.held -= n
	if w.held == 0 {
		w.executor.blocks.Release(w.reserved)
		w.reserved = 0
	}
}

// Spill puts rows, a slice of row, on disk. Told emits the event, once for all the
// slices that went together.
func (w *Workspace) Spill(row reflect.Type, rows any) spill.Segment {
	if w.file == nil {
		w.path = filepath.Join(w.executor.folder, fmt.Sprintf("spill-%d-%d", w.task.ID, w.core.spills.Add(1)))
		file, err := spill.Create(w.core.settings.files, w.path)
		w.task.Check(err)
		w.file = file
	}
	segment, err := w.file.Append(w.layout(row), rows)
	w.task.Check(err)
	w.onDisk += segment.Length
	return segment
}

// SpillAll puts what buckets hold in memory on disk, and tells of it.
func (w *Workspace) SpillAll(row reflect.Type, buckets []shuffle.Bucket) {
	var rows int64
	for i := range buckets {
		b := &buckets[i]
		for _, chunk := range b.Chunks {
			s := w.Spill(row, chunk)
			rows += s.Rows
			b.Segments = Join(b.Segments, s)
		}
		b.Chunks = nil
	}
	if rows > 0 {
		w.Told(rows)
	}
}

// Join appends a segment; one right behind the last becomes a part of it.
func Join(segments []spill.Segment, s spill.Segment) []spill.Segment {
	if last := len(segments) - 1; last >= 0 && segments[last].Offset+segments[last].Length == s.Offset {
		segments[last].Length += s.Length
		segments[last].Rows += s.Rows
		return segments
	}
	return append(segments, s)
}

// Told tells the session that rows were spilled; they can be read from here on.
func (w *Workspace) Told(rows int64) {
	w.task.Check(w.file.Flush())
	bytes := w.onDisk - w.told
	w.told = w.onDisk
	w.task.Metrics.Spilled += bytes
	w.core.Emit(event.Spilled{
		Time: w.core.settings.clock.Now(), Task: w.task.ID, Executor: w.task.Executor, During: w.during, Rows: rows, Bytes: bytes,
	})
}

// Rows reads a bucket of this workspace, a chunk at a time, until yield returns false.
func (w *Workspace) Rows(row reflect.Type, b shuffle.Bucket, yield func(rows any) bool) {
	_, err := w.core.readBucket(w.task, row, b, yield)
	w.task.Check(err)
}

// Reader reads one segment of this workspace.
func (w *Workspace) Reader(row reflect.Type, s spill.Segment) *spill.Reader {
	return spill.Read(w.core.settings.files, w.layout(row), s)
}

func (w *Workspace) layout(row reflect.Type) *codec.Layout {
	l := w.layouts[row]
	if l == nil {
		l = w.core.layout(w.task, row)
		w.layouts[row] = l
	}
	return l
}

// Close gives the memory back and removes the file.
func (w *Workspace) Close() {
	w.held = 0
	w.Shrink(0)
	if w.file == nil {
		return
	}
	err := w.file.Close()
	if w.kept {
		w.task.Check(err)
		return
	}
	// Nobody reads it again; what cannot be removed now goes with the session's folder.
	_ = w.core.settings.files.Remove(w.path)
}

// layout is the way in which rows of a type go to disk. A type that would not
// come back as it went fails the task.
func (c *Core) layout(t *lineage.Task, row reflect.Type) *codec.Layout {
	l, err := codec.LayoutOf(row)
	if err != nil {
		t.Fail(fmt.Errorf("the rows do not fit in memory, and cannot be put on disk: %w", err))
	}
	return l
}

// readBucket gives a bucket's rows to yield, a slice at a time.
func (c *Core) readBucket(t *lineage.Task, row reflect.Type, b shuffle.Bucket, yield func(rows any) bool) (more bool, err error) {
	if len(b.Segments) > 0 {
		layout := c.layout(t, row)
		for _, s := range b.Segments {
			if more, err := c.readSegment(t, layout, s, yield); !more || err != nil {
				return false, err
			}
		}
	}
	for _, chunk := range b.Chunks {
		t.Look()
		if !yield(chunk) {
			return false, nil
		}
	}
	return true, nil
}

func (c *Core) readSegment(t *lineage.Task, l *codec.Layout, s spill.Segment, yield func(rows any) bool) (more bool, err error) {
	r := spill.Read(c.settings.files, l, s)
	defer r.Close()
	for {
		t.Look()
		rows, err := r.Next()
		if err == io.EOF {
			return true, nil
		}
		if err != nil || !yield(rows) {
			return false, err
		}
	}
}
