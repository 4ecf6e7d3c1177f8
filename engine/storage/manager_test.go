package storage

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/codec"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

var (
	memoryOnly    = lineage.StorageLevel{Memory: true, Deserialized: true}
	memoryOnlySer = lineage.StorageLevel{Memory: true}
	memoryAndDisk = lineage.StorageLevel{Memory: true, Disk: true, Deserialized: true}
	diskOnly      = lineage.StorageLevel{Disk: true}
)

// block is a block of rows that counts as size bytes in memory.
func block(size int64, rows ...string) Block {
	return Block{Values: rows, Rows: len(rows), Size: size, Encode: func() ([]byte, error) { return codec.Encode(rows) }}
}

// put keeps a block and demands that all went well.
func put(t *testing.T, m *Manager, id BlockID, b Block, level lineage.StorageLevel) Outcome {
	t.Helper()
	out, err := m.Put(id, b, level)
	require.NoError(t, err)
	return out
}

// rowsOf reads a block back, as values or as bytes.
func rowsOf(t *testing.T, m *Manager, id BlockID) []string {
	t.Helper()
	b, held, err := m.Get(id)
	require.NoError(t, err)
	require.True(t, held, "%s is not held", id)
	if b.Values != nil {
		return b.Values.([]string)
	}
	var rows []string
	require.NoError(t, codec.Decode(b.Bytes, &rows))
	return rows
}

func TestEachLevelKeepsWhereItSays(t *testing.T) {
	encoded, err := codec.Encode([]string{"to", "be"})
	require.NoError(t, err)
	size := int64(len(encoded))
	for _, c := range []struct {
		level        lineage.StorageLevel
		memory, disk int64
		asValues     bool
	}{
		{memoryOnly, 40, 0, true},
		{memoryOnlySer, size, 0, false},
		{memoryAndDisk, 40, 0, true}, // the disk is for what memory has no room for
		{diskOnly, 0, size, false},
	} {
		t.Run(c.level.Description(), func(t *testing.T) {
			files := &fs.Memory{}
			m, id := New(files, "blocks", 1000), BlockID{3, 0}
			out := put(t, m, id, block(40, "to", "be"), c.level)
			assert.Equal(t, Outcome{Kept: Kept{ID: id, Memory: c.memory, Disk: c.disk, Rows: 2}, Stored: true}, out)
			kept, held := m.Has(id)
			assert.True(t, held)
			assert.Equal(t, out.Kept, kept)
			assert.Equal(t, c.memory, m.Used())

			b, _, err := m.Get(id)
			require.NoError(t, err)
			assert.Equal(t, c.asValues, b.Values != nil)
			assert.Equal(t, 2, b.Rows)
			assert.Equal(t, []string{"to", "be"}, rowsOf(t, m, id))

			_, err = files.Stat("blocks/rdd_3_0")
			assert.Equal(t, c.disk == 0, fs.Missing(err), "a file exactly when the disk is used")

			removed, err := m.Remove(id)
			require.NoError(t, err)
			assert.True(t, removed)
			assert.Zero(t, m.Used())
			_, held = m.Has(id)
			assert.False(t, held)
			_, err = files.Stat("blocks/rdd_3_0")
			assert.True(t, fs.Missing(err), "its file is gone too")
			removed, err = m.Remove(id)
			require.NoError(t, err)
			assert.False(t, removed)
		})
	}
}

func TestALevelThatKeepsNothing(t *testing.T) {
	m := New(&fs.Memory{}, "blocks", 1000)
	assert.False(t, put(t, m, BlockID{1, 0}, block(10, "a"), lineage.StorageLevel{}).Stored)
	_, held, err := m.Get(BlockID{1, 0})
	assert.NoError(t, err)
	assert.False(t, held)
}

func TestABlockThatIsThereStays(t *testing.T) {
	m, id := New(&fs.Memory{}, "blocks", 1000), BlockID{1, 0}
	first := put(t, m, id, block(10, "first"), memoryOnly)
	second := put(t, m, id, block(20, "second"), memoryAndDisk)
	assert.Equal(t, first, second)
	assert.Equal(t, []string{"first"}, rowsOf(t, m, id))
	assert.EqualValues(t, 10, m.Used())
}

func TestTheLeastRecentlyUsedGoesFirst(t *testing.T) {
	m := New(&fs.Memory{}, "blocks", 100)
	a, b, c := BlockID{1, 0}, BlockID{2, 0}, BlockID{3, 0}
	put(t, m, a, block(40, "a"), memoryOnly)
	put(t, m, b, block(40, "b"), memoryAndDisk)
	rowsOf(t, m, a) // a was used after b
	out := put(t, m, c, block(50, "c"), memoryOnly)
	require.Len(t, out.Evicted, 1)
	assert.Equal(t, b, out.Evicted[0].ID)
	assert.Zero(t, out.Evicted[0].Memory)
	assert.Positive(t, out.Evicted[0].Disk, "its level has disk: it moved there")
	assert.Equal(t, []string{"b"}, rowsOf(t, m, b))
	assert.Nil(t, m.held[b].block.Encode, "nothing holds its rows any more")

	out = put(t, m, BlockID{4, 0}, block(100, "d"), memoryOnly)
	assert.Equal(t, []Kept{{ID: a, Rows: 1}, {ID: c, Rows: 1}}, out.Evicted, "gone: nothing of them is on disk")
	assert.EqualValues(t, 100, m.Used())
}

// With no room, the first partitions of a dataset stay and the others are
// computed each time: pushing out its own would leave none at the next round.
func TestADatasetDoesNotPushOutItsOwnBlocks(t *testing.T) {
	m := New(&fs.Memory{}, "blocks", 100)
	for p := range 5 {
		out := put(t, m, BlockID{7, p}, block(40, "row"), memoryOnly)
		assert.Equal(t, p < 2, out.Stored, "partition %d", p)
		assert.Empty(t, out.Evicted)
	}
	spilled := put(t, m, BlockID{7, 5}, block(40, "row"), memoryAndDisk)
	assert.True(t, spilled.Stored)
	assert.Zero(t, spilled.Kept.Memory)
	assert.Positive(t, spilled.Kept.Disk)

	other := put(t, m, BlockID{8, 0}, block(101, "row"), memoryOnly)
	assert.False(t, other.Stored, "larger than the whole budget")
	assert.Empty(t, other.Evicted, "nobody is pushed out for one that does not fit anyway")
	assert.EqualValues(t, 80, m.Used())
}

// A block that was read from disk may go back to memory; its file stays, so
// that it need not be written again when it leaves.
func TestRestore(t *testing.T) {
	m := New(&fs.Memory{}, "blocks", 100)
	a, b := BlockID{1, 0}, BlockID{2, 0}
	put(t, m, a, block(60, "a"), memoryAndDisk)
	put(t, m, b, block(60, "b"), memoryOnly) // a moves to the disk
	put(t, m, BlockID{3, 0}, block(60, "c"), diskOnly)

	out, err := m.Restore(a, block(60, "a"))
	require.NoError(t, err)
	assert.True(t, out.Stored)
	assert.EqualValues(t, 60, out.Kept.Memory)
	assert.Positive(t, out.Kept.Disk)
	require.Len(t, out.Evicted, 1)
	assert.Equal(t, b, out.Evicted[0].ID)
	assert.EqualValues(t, 60, m.Used())

	for name, id := range map[string]BlockID{"in memory already": a, "not held": b, "its level has no memory": {3, 0}} {
		out, err := m.Restore(id, block(10, "x"))
		require.NoError(t, err)
		assert.Equal(t, Outcome{}, out, name)
	}
	put(t, m, BlockID{1, 1}, block(60, "a1"), memoryAndDisk)
	out, err = m.Restore(BlockID{1, 1}, block(60, "a1"))
	require.NoError(t, err)
	assert.False(t, out.Stored, "a block of its own dataset fills the memory")
	assert.Equal(t, []string{"a1"}, rowsOf(t, m, BlockID{1, 1}))
	assert.EqualValues(t, 60, m.Used())
}

// What is on disk is checked before a row is read from it.
func TestADamagedFileIsNoticed(t *testing.T) {
	files := &fs.Memory{}
	m, id := New(files, "blocks", 0), BlockID{1, 2}
	put(t, m, id, block(10, "a", "b"), diskOnly)
	data, err := fs.Read(files, "blocks/rdd_1_2")
	require.NoError(t, err)
	data[len(data)/2]++
	require.NoError(t, files.Write("blocks/rdd_1_2", data))
	_, _, err = m.Get(id)
	require.ErrorIs(t, err, codec.ErrDamaged)
	assert.ErrorContains(t, err, "rdd_1_2")

	require.NoError(t, files.Remove("blocks/rdd_1_2"))
	_, _, err = m.Get(id)
	assert.True(t, fs.Missing(err))
	assert.ErrorContains(t, err, "read block rdd_1_2: ")
}

// full refuses to write.
type full struct{ fs.Memory }

var errFull = errors.New("no space left on device")

func (*full) Write(string, []byte) error { return errFull }

func TestAFullDisk(t *testing.T) {
	m := New(&full{}, "blocks", 100)
	_, err := m.Put(BlockID{1, 0}, block(10, "a"), diskOnly)
	require.ErrorIs(t, err, errFull)
	assert.ErrorContains(t, err, "write block rdd_1_0: ")
	_, held := m.Has(BlockID{1, 0})
	assert.False(t, held)

	put(t, m, BlockID{2, 0}, block(80, "a"), memoryAndDisk)
	_, err = m.Put(BlockID{3, 0}, block(80, "b"), memoryOnly) // would push the other to the disk
	require.ErrorIs(t, err, errFull)
	assert.EqualValues(t, 80, m.Used())
	assert.Equal(t, []string{"a"}, rowsOf(t, m, BlockID{2, 0}), "what could not be written stays where it was")
}

func TestRowsThatCannotBeEncoded(t *testing.T) {
	broken := errors.New("no way to write it")
	b := Block{Values: []string{"a"}, Rows: 1, Size: 10, Encode: func() ([]byte, error) { return nil, broken }}
	m := New(&fs.Memory{}, "blocks", 100)
	for _, level := range []lineage.StorageLevel{memoryOnlySer, diskOnly} {
		_, err := m.Put(BlockID{1, 0}, b, level)
		assert.ErrorIs(t, err, broken)
	}
	assert.True(t, put(t, m, BlockID{1, 0}, b, memoryOnly).Stored, "values in memory need no encoding")
}

// Many tasks of one executor share its manager.
func TestManyTasksAtOnce(t *testing.T) {
	const tasks, rounds, budget = 8, 60, 300
	m := New(&fs.Memory{}, "blocks", budget)
	levels := []lineage.StorageLevel{memoryOnly, memoryOnlySer, memoryAndDisk, diskOnly}
	var wg sync.WaitGroup
	for task := range tasks {
		wg.Go(func() {
			for i := range rounds {
				id := BlockID{(task + i) % 3, i % 7}
				_, err := m.Put(id, block(50, fmt.Sprint(id)), levels[i%len(levels)])
				assert.NoError(t, err)
				b, held, err := m.Get(id)
				assert.NoError(t, err)
				if held && b.Values != nil {
					assert.Equal(t, []string{fmt.Sprint(id)}, b.Values)
				} else if held {
					assert.True(t, bytes.Contains(b.Bytes, []byte(fmt.Sprint(id))))
				}
				assert.LessOrEqual(t, m.Used(), int64(budget))
				if i%5 == task%5 {
					_, err := m.Remove(id)
					assert.NoError(t, err)
				}
			}
		})
	}
	wg.Wait()
	var sum int64
	for dataset := range 3 {
		for p := range 7 {
			kept, _ := m.Has(BlockID{dataset, p})
			sum += kept.Memory
		}
	}
	assert.Equal(t, sum, m.Used())
}
