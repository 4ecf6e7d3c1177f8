package storage

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

func TestReceivedBlocksHaveNamesOfTheirOwn(t *testing.T) {
	assert.Equal(t, "input-0-1700", Received(0, 1700).String())
	assert.Equal(t, "input-3-0", Received(3, 0).String())
	assert.Equal(t, "rdd_0_1700", BlockID{0, 1700}.String())
	assert.NotEqual(t, Received(0, 1), Received(1, 0))
}

// A dataset's block does not push out its brothers; a received block has none, and
// pushes out the oldest received one, as in Spark.
func TestReceivedBlocksPushOutReceivedBlocks(t *testing.T) {
	m := New(&fs.Memory{}, "blocks", 100)
	level := lineage.StorageLevel{Memory: true, Deserialized: true}
	for n := range 3 {
		out := put(t, m, Received(0, n), block(40, "row"), level)
		assert.True(t, out.Stored, n)
	}
	_, first := m.Has(Received(0, 0))
	assert.False(t, first)
	_, last := m.Has(Received(0, 2))
	assert.True(t, last)

	onDisk := lineage.StorageLevel{Memory: true, Disk: true}
	out := put(t, m, Received(1, 0), block(90, "row"), onDisk)
	assert.True(t, out.Stored)
}
