// Package storage is the block manager of one executor: it keeps computed
// partitions (blocks) in memory within a budget, and on disk when their level
// says so. It answers with what happened; the session tells the world.
//
//	memory   least recently used first: [rdd_1_0] [rdd_4_2] [rdd_1_1] … ≤ budget
//	disk     one sealed file a block
//
// A block never pushes out a block of its own dataset: with no room, the first
// partitions stay and the others are computed again each time.
package storage

import (
	"cmp"
	"container/list"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"etincelle/engine/codec"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

// BlockID names one partition of one dataset, or one block that a stream has
// received: see Received.
type BlockID struct{ Dataset, Partition int }

// Received names the n-th block that a stream has received.
func Received(stream, n int) BlockID { return BlockID{noDataset - 1 - stream, n} }

// Stream is the stream that received the block; ok is false for a dataset's.
func (id BlockID) Stream() (stream int, ok bool) {
	return noDataset - 1 - id.Dataset, id.Dataset < noDataset
}

// String is Spark's name for the block: "rdd_3_0", "input-0-1700".
func (id BlockID) String() string {
	if stream, ok := id.Stream(); ok {
		return fmt.Sprintf("input-%d-%d", stream, id.Partition)
	}
	return fmt.Sprintf("rdd_%d_%d", id.Dataset, id.Partition)
}

// spared is the dataset whose blocks are not pushed out for this one.
func (id BlockID) spared() int { return max(id.Dataset, noDataset) }

// Block is the contents of a partition: Go values, or their bytes.
type Block struct {
	Values any    // a typed slice, nil when the block is serialized
	Bytes  []byte // set when the block is serialized
	Rows   int
	Size   int64 // bytes: estimated for values (see Size), exact for Bytes
	// Encode writes Values as bytes; it is asked for only when the block must be
	// serialized, replicated or written to disk.
	Encode func() ([]byte, error)
}

// Kept says where a block is held.
type Kept struct {
	ID           BlockID
	Memory, Disk int64 // bytes
	Rows         int
}

// Outcome is what happened when a block was put.
type Outcome struct {
	Kept    Kept
	Stored  bool   // false: there was no room, and the level has no disk
	Evicted []Kept // blocks pushed out of memory, with where they are held now
}

// Manager is the block manager of one executor.
type Manager struct {
	files  fs.FS
	folder string
	budget int64 // bytes for blocks in memory, and for what tasks hold besides

	mu       sync.Mutex
	used     int64 // bytes of blocks
	reserved int64 // bytes that tasks hold besides
	held     map[BlockID]*held
	lru      *list.List // of *held in memory, least recently used first
}

type held struct {
	id      BlockID
	level   lineage.StorageLevel
	block   Block         // in memory: Values or Bytes set
	element *list.Element // nil when not in memory
	memory  int64
	disk    int64
}

func (h *held) kept() Kept {
	return Kept{ID: h.id, Memory: h.memory, Disk: h.disk, Rows: h.block.Rows}
}

// New returns an empty manager whose disk blocks lie in folder.
func New(files fs.FS, folder string, budget int64) *Manager {
	return &Manager{files: files, folder: folder, budget: budget, held: map[BlockID]*held{}, lru: list.New()}
}

// Put keeps b as level asks. A block that is already there stays.
func (m *Manager) Put(id BlockID, b Block, level lineage.StorageLevel) (Outcome, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if h := m.held[id]; h != nil {
		return Outcome{Kept: h.kept(), Stored: true}, nil
	}
	if !level.Deserialized {
		var err error
		if b, err = serialized(b); err != nil {
			return Outcome{}, err
		}
	}
	h := &held{id: id, level: level, block: b}
	var out Outcome
	var err error
	if level.Memory {
		if out.Evicted, err = m.intoMemory(h); err != nil {
			return out, err
		}
	}
	if h.element == nil {
		if !level.Disk {
			return out, nil // no room: the caller computes the partition each time
		}
		if err := m.ontoDisk(h); err != nil {
			return out, err
		}
	}
	m.held[id] = h
	out.Kept, out.Stored = h.kept(), true
	return out, nil
}

// Get returns a block, from memory when it is there, else from disk.
func (m *Manager) Get(id BlockID) (Block, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	h := m.held[id]
	if h == nil {
		return Block{}, false, nil
	}
	if h.element != nil {
		m.lru.MoveToBack(h.element) // used just now
		return h.block, true, nil
	}
	data, err := fs.Read(m.files, m.path(id))
	if err != nil {
		return Block{}, false, fmt.Errorf("read block %s: %w", id, err)
	}
	payload, err := codec.Open(m.path(id), "block", data)
	if err != nil {
		return Block{}, false, err
	}
	return Block{Bytes: payload, Rows: h.block.Rows, Size: int64(len(payload))}, true, nil
}

// Restore puts the values of a block that was read from disk back in memory, if
// its level has memory and there is room; the file stays. It returns what was
// pushed out, and whether the block is in memory now.
func (m *Manager) Restore(id BlockID, b Block) (out Outcome, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	h := m.held[id]
	if h == nil || h.element != nil || !h.level.Memory {
		return Outcome{}, nil
	}
	if !h.level.Deserialized {
		if b, err = serialized(b); err != nil {
			return Outcome{}, err
		}
	}
	h.block = b
	out.Evicted, err = m.intoMemory(h)
	if h.element == nil {
		h.block = Block{Rows: b.Rows, Size: b.Size} // no room: it stays on disk alone
	}
	if err != nil {
		return out, err
	}
	out.Kept, out.Stored = h.kept(), h.element != nil
	return out, nil
}

// Has says where a block is held, if it is.
func (m *Manager) Has(id BlockID) (Kept, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if h := m.held[id]; h != nil {
		return h.kept(), true
	}
	return Kept{}, false
}

// Inputs lists the blocks held that streams have received, in order of stream and number.
func (m *Manager) Inputs() []Kept {
	m.mu.Lock()
	defer m.mu.Unlock()
	var inputs []Kept
	for id, h := range m.held {
		if _, received := id.Stream(); received {
			inputs = append(inputs, h.kept())
		}
	}
	slices.SortFunc(inputs, func(a, b Kept) int {
		return cmp.Or(cmp.Compare(b.ID.Dataset, a.ID.Dataset), cmp.Compare(a.ID.Partition, b.ID.Partition))
	})
	return inputs
}

// Remove forgets a block and reports whether it was held.
func (m *Manager) Remove(id BlockID) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	h := m.held[id]
	if h == nil {
		return false, nil
	}
	m.outOfMemory(h)
	delete(m.held, id)
	if h.disk > 0 {
		return true, m.files.Remove(m.path(id))
	}
	return true, nil
}

// Used is how many bytes of the budget are taken.
func (m *Manager) Used() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.used
}

func (m *Manager) path(id BlockID) string { return filepath.Join(m.folder, id.String()) }

// serialized returns b as bytes.
func serialized(b Block) (Block, error) {
	if b.Bytes != nil {
		return b, nil
	}
	data, err := b.Encode()
	if err != nil {
		return Block{}, err
	}
	return Block{Bytes: data, Rows: b.Rows, Size: int64(len(data))}, nil
}

// ontoDisk writes a block's file.
func (m *Manager) ontoDisk(h *held) error {
	b, err := serialized(h.block)
	if err != nil {
		return err
	}
	if err := m.files.Write(m.path(h.id), codec.Seal("block", b.Bytes)); err != nil {
		return fmt.Errorf("write block %s: %w", h.id, err)
	}
	h.disk = max(int64(len(b.Bytes)), 1)
	if h.element == nil {
		h.block = Block{Rows: b.Rows, Size: b.Size}
	}
	return nil
}
