package storage

import "container/list"

// intoMemory makes room for h and keeps it in memory; h.element stays nil when
// there is no room.
func (m *Manager) intoMemory(h *held) (evicted []Kept, err error) {
	victims, ok := victims(m.lru, h.id.spared(), peak(h.block)-m.free())
	if !ok {
		return nil, nil
	}
	if evicted, err = m.evictAll(victims); err != nil {
		return evicted, err
	}
	h.element = m.lru.PushBack(h)
	h.memory = h.block.Size
	m.used += h.memory
	return evicted, nil
}

// victims chooses, least recently used first, the blocks to push out so that
// need more bytes are free; ok=false (and nobody is pushed out) when even all
// of them would not do. Blocks of dataset are spared: a dataset that does not
// fit must not chase its own blocks round and round.
func victims(lru *list.List, dataset int, need int64) (chosen []*held, ok bool) {
	for e := lru.Front(); e != nil && need > 0; e = e.Next() {
		h := e.Value.(*held)
		if h.id.Dataset == dataset {
			continue // the decisive line
		}
		chosen = append(chosen, h)
		need -= h.memory
	}
	return chosen, need <= 0
}

// Reserve takes n bytes of the budget for what tasks hold besides blocks. When
// too few are free it pushes blocks out, but leaves them half of the budget (Spark's
// unified memory, spark.memory.storageFraction); ok=false, and nothing is taken,
// when that is not enough.
func (m *Manager) Reserve(n int64) (evicted []Kept, ok bool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if lack := n - m.free(); lack > 0 {
		if lack > m.used-m.budget/2 {
			return nil, false, nil
		}
		chosen, _ := victims(m.lru, noDataset, lack)
		if evicted, err = m.evictAll(chosen); err != nil {
			return evicted, false, err
		}
	}
	m.reserved += n
	return evicted, true, nil
}

// Release gives back what Reserve took.
func (m *Manager) Release(n int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reserved -= n
}

// Reserved is how many bytes of the budget tasks hold besides blocks.
func (m *Manager) Reserved() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.reserved
}

// Budget is the bytes that blocks and tasks share.
func (m *Manager) Budget() int64 { return m.budget }

// free is what neither blocks nor tasks have taken.
func (m *Manager) free() int64 { return m.budget - m.used - m.reserved }

// noDataset is no block's dataset: none is spared.
const noDataset = -1

func (m *Manager) evictAll(blocks []*held) (evicted []Kept, err error) {
	for _, v := range blocks {
		if err := m.evict(v); err != nil {
			return evicted, err
		}
		evicted = append(evicted, v.kept())
	}
	return evicted, nil
}

// evict pushes a block out of memory, onto disk if its level has disk.
func (m *Manager) evict(h *held) error {
	if h.level.Disk && h.disk == 0 {
		if err := m.ontoDisk(h); err != nil {
			return err
		}
	}
	m.outOfMemory(h)
	if h.disk == 0 {
		delete(m.held, h.id)
	}
	return nil
}

func (m *Manager) outOfMemory(h *held) {
	if h.element == nil {
		return
	}
	m.lru.Remove(h.element)
	m.used -= h.memory
	h.element, h.memory = nil, 0
	h.block = Block{Rows: h.block.Rows, Size: h.block.Size} // Encode holds the rows too
}

const (
	unrollStart  = 1 << 20 // bytes reserved before the first row (spark.storage.unrollMemoryThreshold)
	unrollPeriod = 16      // rows between two looks at the size
	unrollGrowth = 1.5     // what is reserved then, over what is used
)

// peak is the memory that must be free to take b in. Values are taken in row by
// row ("unrolled") and the reservation runs ahead of the rows, as in Spark:
// this is why a fourth block of 20 MiB does not fit in 90 MiB. Rows that are
// serialized on the way in are unrolled alike.
func peak(b Block) int64 {
	if b.Rows == 0 || b.Size < unrollStart {
		return b.Size // small blocks: labs work with budgets below Spark's first reservation
	}
	reserved := int64(unrollStart)
	for row := 0; row < b.Rows; row += unrollPeriod {
		size := b.Size / int64(b.Rows) * int64(row+1)
		if size >= reserved {
			reserved = int64(float64(size) * unrollGrowth)
		}
	}
	return max(reserved, b.Size)
}
