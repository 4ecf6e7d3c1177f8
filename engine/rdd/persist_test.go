package rdd_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

const blobSize = 1000 // bytes of the only row of a partition; a block of it takes a few more

// blobs is a dataset of one large row a partition, and how often rows were computed.
func blobs(s *engine.Session, partitions int) (*rdd.RDD[string], *rdd.Accumulator[int64]) {
	calls := rdd.Counter(s)
	return rdd.Map(numbers(s, partitions, partitions), func(n int) string {
		calls.Add(1)
		return strings.Repeat("x", blobSize+n)
	}), calls
}

var levels = map[string]rdd.StorageLevel{
	"MEMORY_ONLY": rdd.MemoryOnly, "MEMORY_ONLY_SER": rdd.MemoryOnlySer, "MEMORY_AND_DISK": rdd.MemoryAndDisk,
	"MEMORY_AND_DISK_SER": rdd.MemoryAndDiskSer, "DISK_ONLY": rdd.DiskOnly, "MEMORY_ONLY_2": rdd.MemoryOnly2,
	"MEMORY_ONLY_SER_2": rdd.MemoryOnlySer2, "MEMORY_AND_DISK_2": rdd.MemoryAndDisk2,
	"MEMORY_AND_DISK_SER_2": rdd.MemoryAndDiskSer2, "DISK_ONLY_2": rdd.DiskOnly2,
}

// Three of six blocks fit. A level of memory alone keeps the first three and
// computes the others at each action; one with disk computes nothing twice.
func TestLevelsWithLittleMemory(t *testing.T) {
	for name, level := range levels {
		s := engine.Start(engine.Sequential(), engine.Files(&fs.Memory{}), engine.Memory(3*blobSize+blobSize/2))
		r, calls := blobs(s, 6)
		r.Persist(level)
		for range 3 {
			assert.Equal(t, 6, engine.Must(r.Count()), name)
		}
		stored := engine.Inside(s).Stored(rdd.Node(r))
		if level.Disk {
			assert.Equal(t, int64(6), calls.Value(), name)
			assert.Equal(t, 6, stored.Partitions, name)
		} else {
			assert.Equal(t, int64(6+3+3), calls.Value(), name)
			assert.Equal(t, 3, stored.Partitions, name)
			assert.True(t, engine.Inside(s).Holds(rdd.Node(r), 0), "%s: the first ones stay", name)
			assert.Zero(t, stored.Disk, name)
		}
		s.Stop()
	}
}

// Whatever the level, the memory and the order of the actions: the rows are the
// same, no executor holds more than its memory, and disk spares all computing.
func TestPersistChangesNoRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		memory := int64(rapid.IntRange(0, 8*blobSize).Draw(t, "memory"))
		s := drawSession(t, engine.Files(&fs.Memory{}), engine.Memory(memory))
		level := levels[rapid.SampledFrom([]string{
			"MEMORY_ONLY", "MEMORY_ONLY_SER", "MEMORY_AND_DISK", "MEMORY_AND_DISK_SER", "DISK_ONLY", "MEMORY_ONLY_2", "MEMORY_AND_DISK_2", "DISK_ONLY_2",
		}).Draw(t, "level")]
		n := rapid.IntRange(1, 6).Draw(t, "partitions")
		r, calls := blobs(s, n)
		want := list(r)
		before := calls.Value()
		r.Persist(level)
		for range 2 {
			assert.Equal(t, want, list(r))
			assert.Equal(t, want[:1], engine.Must(r.Take(1)))
		}
		assert.Equal(t, bag(want), bag(list(rdd.Distinct(r))))
		if level.Disk {
			assert.Equal(t, int64(n), calls.Value()-before)
		}
		assert.LessOrEqual(t, engine.Inside(s).Stored(rdd.Node(r)).Memory, 3*memory, "there are three executors at most")
	})
}

// A new dataset pushes out the blocks that were used longest ago, of others.
func TestLeastRecentlyUsedGoesFirst(t *testing.T) {
	s := engine.Start(engine.Sequential(), engine.Memory(4*blobSize+blobSize/2))
	defer s.Stop()
	a, aCalls := blobs(s, 2)
	b, bCalls := blobs(s, 2)
	c, cCalls := blobs(s, 2)
	for _, r := range []*rdd.RDD[string]{a.Cache(), b.Cache(), a, c.Cache()} { // a is used again: b is older
		engine.Must(r.Count())
	}
	assert.EqualValues(t, 2, s.Counters().Evictions)
	for _, r := range []*rdd.RDD[string]{a, c} {
		engine.Must(r.Count())
	}
	assert.Equal(t, []int64{2, 2, 2}, []int64{aCalls.Value(), bCalls.Value(), cCalls.Value()})
	engine.Must(b.Count())
	assert.Equal(t, int64(4), bCalls.Value(), "b was pushed out")
}

// A dataset that does not fit does not chase its own blocks round and round.
func TestBlocksOfADatasetSpareEachOther(t *testing.T) {
	s := engine.Start(engine.Sequential(), engine.Memory(2*blobSize+blobSize/2))
	defer s.Stop()
	r, _ := blobs(s, 5)
	r.Cache()
	for range 3 {
		engine.Must(r.Count())
	}
	assert.Zero(t, s.Counters().Evictions)
}

func TestReplicaOutlivesItsExecutor(t *testing.T) {
	for name, level := range levels {
		s := engine.Start(engine.Executors(2), engine.Cores(1), engine.Files(&fs.Memory{}))
		r, calls := blobs(s, 4)
		r.Persist(level)
		want := list(r)
		require.True(t, engine.Inside(s).KillExecutor("e0", "a test"))
		assert.Equal(t, want, list(r), name)
		if level.Copies() == 2 {
			assert.Equal(t, int64(4), calls.Value(), name)
		} else {
			assert.Greater(t, calls.Value(), int64(4), name)
		}
		assert.Equal(t, want, list(r), name)
		s.Stop()
	}
}

// Take computes what it needs of a partition, unless the partition is to be kept.
func TestTakeKeepsAWholePartition(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	calls := rdd.Counter(s)
	r := rdd.Map(numbers(s, 12, 4), func(n int) int { calls.Add(1); return n })
	engine.Must(r.Take(1))
	assert.Equal(t, int64(1), calls.Value())
	r.Cache()
	engine.Must(r.Take(1))
	assert.Equal(t, int64(1+3), calls.Value())
	assert.Equal(t, 1, engine.Inside(s).Stored(rdd.Node(r)).Partitions)
}

func TestLevelCannotChange(t *testing.T) {
	s := engine.Start(engine.Files(&fs.Memory{}))
	defer s.Stop()
	r, calls := blobs(s, 2)
	r.Cache().Persist(rdd.MemoryOnly)
	require.NoError(t, r.Err(), "the same level again changes nothing")
	engine.Must(r.Count())
	require.NoError(t, r.Unpersist())
	r.Persist(rdd.DiskOnly)
	require.NoError(t, r.Err(), "after Unpersist any level may be given")
	engine.Must(r.Count())
	assert.Equal(t, int64(4), calls.Value())
	r.Cache()
	assert.ErrorContains(t, r.Err(), "Cannot change storage level of an RDD after it was already assigned a level (persist_test.go:")
	_, err := r.Count()
	assert.Equal(t, r.Err(), err)
}

// Values that would not come back from bytes are refused by name, where bytes are
// asked for.
func TestLevelOfBytesNeedsWritableRows(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	type row struct{ Name, secret string }
	rows := func() *rdd.RDD[row] { return rdd.Of(s, 1, row{"a", "b"}) }
	assert.Equal(t, 1, engine.Must(rows().Cache().Count()))
	for _, level := range []rdd.StorageLevel{rdd.MemoryOnlySer, rdd.DiskOnly, rdd.MemoryOnly2} {
		_, err := rows().Persist(level).Count()
		assert.ErrorContains(t, err, "row.secret is not exported")
	}
	_, err := rows().LocalCheckpoint().Count()
	assert.ErrorContains(t, err, "row.secret is not exported")
}
