package engine_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// texts is a dataset of one row of 100 bytes in each of n partitions: a block of
// 24 + 16 + 100 bytes each.
func texts(s *engine.Session, n int) *rdd.RDD[string] {
	var rows []string
	for i := range n {
		rows = append(rows, strings.Repeat(fmt.Sprint(i%10), 100))
	}
	return rdd.FromSlice(s, n, rows)
}

const blockOfText = 24 + 16 + 100

// counts counts the rows of r.
func counts(t *testing.T, r *rdd.RDD[string], want int) {
	t.Helper()
	n, err := r.Count()
	require.NoError(t, err)
	require.Equal(t, want, n)
}

// blocks is the lines about blocks since the last call.
func blocks(r *event.Recorder, from *int) []string {
	all := told(r, "BlockStored", "BlockDropped", "BlockRead", "BlockMissed", "Persisted")
	since := all[*from:]
	*from = len(all)
	return since
}

func TestLifeOfABlock(t *testing.T) {
	s, r := start(t, engine.Memory(2*blockOfText))
	from := 0
	a := texts(s, 2).Cache()
	assert.Equal(t, []string{"dataset 0 marked Memory Deserialized 1x Replicated"}, blocks(r, &from))
	counts(t, a, 2)
	assert.Equal(t, []string{
		"task 0 computes rdd_0_0: not yet", "block rdd_0_0 stored on driver: Memory Deserialized 1x Replicated",
		"task 1 computes rdd_0_1: not yet", "block rdd_0_1 stored on driver: Memory Deserialized 1x Replicated",
	}, blocks(r, &from))
	counts(t, a, 2)
	assert.Equal(t, []string{"task 2 reads block rdd_0_0 from driver", "task 3 reads block rdd_0_1 from driver"}, blocks(r, &from))

	// Another dataset pushes the least recently used block out.
	b := texts(s, 1).Cache()
	counts(t, b, 1)
	assert.Equal(t, []string{
		"dataset 1 marked Memory Deserialized 1x Replicated",
		"task 4 computes rdd_1_0: not yet", "block rdd_0_0 not kept on driver: evicted", "block rdd_1_0 stored on driver: Memory Deserialized 1x Replicated",
	}, blocks(r, &from))
	counts(t, a, 2) // which comes back in the other's place
	assert.Equal(t, []string{
		"task 5 computes rdd_0_0: evicted", "block rdd_1_0 not kept on driver: evicted", "block rdd_0_0 stored on driver: Memory Deserialized 1x Replicated",
		"task 6 reads block rdd_0_1 from driver",
	}, blocks(r, &from))

	require.NoError(t, engine.Inside(s).DropBlock(rdd.Node(a), 1, event.Lost))
	counts(t, a, 2)
	assert.Equal(t, []string{
		"block rdd_0_1 not kept on driver: lost",
		"task 7 reads block rdd_0_0 from driver", "task 8 computes rdd_0_1: lost", "block rdd_0_1 stored on driver: Memory Deserialized 1x Replicated",
	}, blocks(r, &from))

	require.NoError(t, a.Unpersist())
	assert.Equal(t, []string{
		"block rdd_0_0 not kept on driver: unpersisted", "block rdd_0_1 not kept on driver: unpersisted", "dataset 0 unpersisted",
	}, blocks(r, &from))
	counts(t, a, 2)
	assert.Empty(t, blocks(r, &from), "a dataset that is not marked asks for no block")
	assert.Equal(t, []*lineage.Node{rdd.Node(b)}, engine.Inside(s).Persisted())
}

func TestNoRoom(t *testing.T) {
	s, r := start(t, engine.Memory(2*blockOfText))
	from := 0
	a := texts(s, 3).Cache()
	counts(t, a, 3)
	assert.Contains(t, blocks(r, &from), "block rdd_0_2 not kept on driver: no room")
	counts(t, a, 3)
	assert.Equal(t, []string{
		"task 3 reads block rdd_0_0 from driver", "task 4 reads block rdd_0_1 from driver",
		"task 5 computes rdd_0_2: no room", "block rdd_0_2 not kept on driver: no room",
	}, blocks(r, &from), "the first partitions stay")
	assert.Equal(t, lineage.Stored{Partitions: 2, Memory: 2 * blockOfText}, engine.Inside(s).Stored(rdd.Node(a)))
}

// A task keeps its block beside itself or not at all, even where another
// executor has room.
func TestNoRoomBesideTheTask(t *testing.T) {
	s, r := start(t, engine.Executors(2), engine.Cores(1), engine.Memory(200))
	large := strings.Repeat("x", 100)
	a := rdd.Of(s, 3, large, "x", large).Cache()
	counts(t, a, 3)
	assert.Equal(t, []string{
		"block rdd_0_0 stored on e0: Memory Deserialized 1x Replicated", "block rdd_0_1 stored on e1: Memory Deserialized 1x Replicated",
	}, told(r, "BlockStored"))
	assert.Equal(t, []string{"block rdd_0_2 not kept on e0: no room"}, told(r, "BlockDropped"))
}

// A replica is kept on the next executor in the ring; when one dies the other
// is read, and nothing is computed again.
func TestReplicas(t *testing.T) {
	for _, level := range []rdd.StorageLevel{rdd.MemoryOnly2, rdd.MemoryOnlySer2, rdd.MemoryAndDisk2, rdd.DiskOnly2} {
		t.Run(level.Description(), func(t *testing.T) {
			s, r := start(t, engine.Executors(3), engine.Cores(1))
			core := engine.Inside(s)
			a := texts(s, 3).Persist(level)
			counts(t, a, 3)
			stored := map[string]bool{} // executor and partition → whether it is the replica
			for _, e := range r.Events() {
				if b, ok := e.(event.BlockStored); ok {
					stored[fmt.Sprint(b.Executor, " ", b.Partition)] = b.Replica
				}
			}
			assert.Equal(t, map[string]bool{
				"e0 0": false, "e1 0": true, "e1 1": false, "e2 1": true, "e2 2": false, "e0 2": true,
			}, stored)
			kept := core.Stored(rdd.Node(a))
			assert.Equal(t, 3, kept.Partitions, "a partition counts once, however often it is held")

			core.KillExecutor("e1", "killed by a test")
			from := len(told(r, "BlockMissed"))
			got, err := a.Collect()
			require.NoError(t, err)
			assert.Equal(t, engine.Must(texts(s, 3).Collect()), got)
			assert.Len(t, told(r, "BlockMissed"), from, "the other copies are read")
			require.NoError(t, a.Unpersist())
			assert.Zero(t, core.Stored(rdd.Node(a)))
		})
	}
}

func TestReplicaWithoutRoomOrExecutor(t *testing.T) {
	s, r := start(t, engine.Executors(1), engine.Memory(blockOfText))
	counts(t, texts(s, 2).Persist(rdd.MemoryOnly2), 2)
	assert.Equal(t, []string{"block rdd_0_0 stored on e0: Memory Deserialized 2x Replicated"}, told(r, "BlockStored"), "one copy, for there is one executor")
	assert.Equal(t, []string{"block rdd_0_1 not kept on e0: no room"}, told(r, "BlockDropped"))
}

// A block leaves memory for the disk, is read from there and comes back.
func TestBlocksOnDisk(t *testing.T) {
	files := &fs.Memory{}
	s, r := start(t, engine.Memory(blockOfText), engine.Files(files), engine.Executors(1))
	core := engine.Inside(s)
	from := 0
	a := texts(s, 1).Persist(rdd.MemoryAndDisk)
	counts(t, a, 1)
	b := texts(s, 1).Cache()
	counts(t, b, 1)
	assert.Contains(t, blocks(r, &from), "block rdd_0_0 stored on e0: Disk")
	kept := core.Stored(rdd.Node(a))
	assert.Zero(t, kept.Memory)
	assert.Positive(t, kept.Disk)
	counts(t, a, 1)
	assert.Equal(t, []string{
		"task 2 reads block rdd_0_0 from e0", "block rdd_1_0 not kept on e0: evicted",
		"block rdd_0_0 stored on e0: Disk Memory Deserialized 1x Replicated",
	}, blocks(r, &from))
	assert.EqualValues(t, blockOfText, core.Stored(rdd.Node(a)).Memory)

	session, err := files.List(os.TempDir())
	require.NoError(t, err)
	require.Len(t, session, 1)
	lives, err := files.List(session[0].Path)
	require.NoError(t, err)
	require.Len(t, lives, 1)
	core.KillExecutor("e0", "killed by a test")
	_, err = files.Stat(lives[0].Path)
	assert.True(t, fs.Missing(err), "the files of a dead executor are gone")
	core.AddExecutor("e0")
	counts(t, a, 1)
	assert.Contains(t, blocks(r, &from), "task 3 computes rdd_0_0: lost")
}

// Unpersisting what can never be counted says so all the same.
func TestUnpersistOfAnUncountableDataset(t *testing.T) {
	s, r := start(t)
	lines := rdd.TextFile(s, "/nowhere").Cache()
	require.NoError(t, lines.Unpersist())
	assert.Equal(t, []string{"dataset 1 marked Memory Deserialized 1x Replicated", "dataset 1 unpersisted"}, told(r, "Persisted"))
}
