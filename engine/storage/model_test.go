package storage

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

// naive says in the simplest words what a Manager keeps: all blocks in one
// list, the least recently used first.
type naive struct {
	budget   int64
	reserved int64 // for tasks
	blocks   []*naiveBlock
}

type naiveBlock struct {
	id     BlockID
	level  lineage.StorageLevel
	size   int64 // bytes it takes in memory
	memory bool
	disk   bool
}

func (n *naive) find(id BlockID) *naiveBlock {
	for _, b := range n.blocks {
		if b.id == id {
			return b
		}
	}
	return nil
}

func (n *naive) used() (sum int64) {
	for _, b := range n.blocks {
		if b.memory {
			sum += b.size
		}
	}
	return sum
}

func (n *naive) touch(b *naiveBlock) { n.forget(b); n.blocks = append(n.blocks, b) }

func (n *naive) forget(b *naiveBlock) {
	n.blocks = slices.DeleteFunc(n.blocks, func(x *naiveBlock) bool { return x == b })
}

// put returns whether b is kept and which blocks left memory for it.
func (n *naive) put(b *naiveBlock) (stored bool, evicted []BlockID) {
	if n.find(b.id) != nil {
		return true, nil
	}
	if b.level.Memory {
		evicted = n.intoMemory(b)
	}
	b.disk = !b.memory && b.level.Disk
	if !b.memory && b.disk {
		n.touch(b)
	}
	return b.memory || b.disk, evicted
}

// intoMemory takes b in if there is, or can be made, room for it.
func (n *naive) intoMemory(b *naiveBlock) (evicted []BlockID) {
	leaving, room := n.leaving(b.size, b.id.Dataset)
	if room < b.size {
		return nil
	}
	b.memory = true
	n.touch(b)
	return n.pushOut(leaving)
}

// leaving is who must go for size bytes, and the room there is then; those of
// dataset stay.
func (n *naive) leaving(size int64, dataset int) (leaving []*naiveBlock, room int64) {
	room = n.budget - n.used() - n.reserved
	for _, other := range n.blocks {
		if room < size && other.memory && other.id.Dataset != dataset {
			leaving = append(leaving, other)
			room += other.size
		}
	}
	return leaving, room
}

func (n *naive) pushOut(leaving []*naiveBlock) (evicted []BlockID) {
	for _, other := range leaving {
		evicted = append(evicted, other.id)
		other.memory, other.disk = false, other.level.Disk
		if !other.disk {
			n.forget(other)
		}
	}
	return evicted
}

// reserve takes size bytes for a task: blocks go until they hold half of the budget.
func (n *naive) reserve(size int64) (evicted []BlockID, ok bool) {
	if missing := size - (n.budget - n.used() - n.reserved); missing > 0 && n.used()-missing < n.budget/2 {
		return nil, false
	}
	leaving, _ := n.leaving(size, -1)
	n.reserved += size
	return n.pushOut(leaving), true
}

// left demands that the blocks which left memory for id are those expected.
func left(t *rapid.T, id BlockID, out Outcome, want []BlockID) {
	var left []BlockID
	for _, k := range out.Evicted {
		left = append(left, k.ID)
		require.NotEqual(t, id.Dataset, k.ID.Dataset, "a dataset pushed out its own block")
		require.Zero(t, k.Memory)
	}
	require.Equal(t, want, left)
}

// A Manager does what the naive one does, whatever is asked of it: never over
// budget, blocks of a dataset spared by their own, least recently used first.
func TestManagerAgainstNaive(t *testing.T) {
	levels := []lineage.StorageLevel{memoryOnly, memoryOnlySer, memoryAndDisk, {Memory: true, Disk: true}, diskOnly, {}}
	rapid.Check(t, func(t *rapid.T) {
		budget := rapid.Int64Range(0, 120).Draw(t, "budget")
		m, model := New(&fs.Memory{}, "blocks", budget), &naive{budget: budget}
		contents := map[BlockID][]byte{} // of the block that is kept
		anyID := func(t *rapid.T) BlockID {
			return BlockID{rapid.IntRange(0, 2).Draw(t, "dataset"), rapid.IntRange(0, 3).Draw(t, "partition")}
		}
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				id, level := anyID(t), rapid.SampledFrom(levels).Draw(t, "level")
				content := bytes.Repeat([]byte{byte(rapid.IntRange(1, 255).Draw(t, "content"))}, rapid.IntRange(0, 50).Draw(t, "bytes"))
				b := Block{Values: content, Rows: 1, Size: rapid.Int64Range(0, 50).Draw(t, "size"), Encode: func() ([]byte, error) { return content, nil }}
				size := b.Size
				if !level.Deserialized {
					size = int64(len(content))
				}
				had := model.find(id) != nil
				stored, evicted := model.put(&naiveBlock{id: id, level: level, size: size})
				out, err := m.Put(id, b, level)
				require.NoError(t, err)
				require.Equal(t, stored, out.Stored)
				left(t, id, out, evicted)
				if stored && !had {
					contents[id] = content
				}
			},
			"get": func(t *rapid.T) {
				id := anyID(t)
				known := model.find(id)
				b, held, err := m.Get(id)
				require.NoError(t, err)
				require.Equal(t, known != nil, held)
				if !held {
					return
				}
				if known.memory {
					model.touch(known)
				}
				got := b.Bytes
				if b.Values != nil {
					got = b.Values.([]byte)
				}
				require.True(t, bytes.Equal(contents[id], got))
				require.Equal(t, known.memory && known.level.Deserialized, b.Values != nil)
			},
			"restore": func(t *rapid.T) {
				id := anyID(t)
				b := Block{Values: contents[id], Rows: 1, Size: rapid.Int64Range(0, 50).Draw(t, "size"), Encode: func() ([]byte, error) { return contents[id], nil }}
				var stored bool
				var evicted []BlockID
				if known := model.find(id); known != nil && !known.memory && known.level.Memory {
					known.size = b.Size
					if !known.level.Deserialized {
						known.size = int64(len(contents[id]))
					}
					evicted = model.intoMemory(known)
					stored = known.memory
				}
				out, err := m.Restore(id, b)
				require.NoError(t, err)
				require.Equal(t, stored, out.Stored)
				left(t, id, out, evicted)
			},
			"remove": func(t *rapid.T) {
				id := anyID(t)
				known := model.find(id)
				removed, err := m.Remove(id)
				require.NoError(t, err)
				require.Equal(t, known != nil, removed)
				model.forget(known)
			},
			"reserve": func(t *rapid.T) {
				size := rapid.Int64Range(0, 60).Draw(t, "bytes")
				want, could := model.reserve(size)
				evicted, ok, err := m.Reserve(size)
				require.NoError(t, err)
				require.Equal(t, could, ok)
				left(t, BlockID{Dataset: -1}, Outcome{Evicted: evicted}, want)
			},
			"release": func(t *rapid.T) {
				size := rapid.Int64Range(0, model.reserved).Draw(t, "bytes")
				model.reserved -= size
				m.Release(size)
			},
			"": func(t *rapid.T) { // after each of the above
				require.LessOrEqual(t, m.Used()+m.Reserved(), budget)
				require.Equal(t, model.reserved, m.Reserved())
				require.Equal(t, model.used(), m.Used())
				for dataset := range 3 {
					for p := range 4 {
						id := BlockID{dataset, p}
						kept, held := m.Has(id)
						known := model.find(id)
						require.Equal(t, known != nil, held, "%s", id)
						if held {
							require.Equal(t, known.disk, kept.Disk > 0, "%s", id)
							require.True(t, kept.Memory == 0 || known.memory && kept.Memory == known.size, "%s", id)
						}
					}
				}
			},
		})
	})
}
