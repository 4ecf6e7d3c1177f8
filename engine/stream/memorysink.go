package stream

import (
	"slices"
	"sync"

	"etincelle/engine/frame"
)

// MemoryTable is a sink that keeps what the batches gave, for notebooks and tests.
type MemoryTable struct {
	mu      sync.Mutex
	batches []MemoryBatch
}

// MemoryBatch is what one batch gave.
type MemoryBatch struct {
	Batch int64
	Rows  []frame.Row
}

// MemorySink is an empty table.
func MemorySink() *MemoryTable { return &MemoryTable{} }

// Description implements Sink.
func (m *MemoryTable) Description() string { return "MemorySink" }

// Write implements Sink: in complete mode a batch replaces what was there, and a
// batch that comes again is taken once.
func (m *MemoryTable) Write(out *Output) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if n := len(m.batches); n > 0 && m.batches[n-1].Batch >= out.Batch {
		return nil
	}
	m.batches = append(m.batches, MemoryBatch{out.Batch, slices.Collect(out.Rows())})
	if out.Mode == Complete {
		m.batches = m.batches[len(m.batches)-1:]
	}
	return nil
}

// Rows is the table: all rows, or those of the last batch in complete mode.
func (m *MemoryTable) Rows() []frame.Row {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []frame.Row
	for _, b := range m.batches {
		all = append(all, b.Rows...)
	}
	return all
}

// Last is what the last batch gave; ok is false before the first.
func (m *MemoryTable) Last() (b MemoryBatch, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.batches) == 0 {
		return b, false
	}
	return m.batches[len(m.batches)-1], true
}
