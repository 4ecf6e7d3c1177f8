package engine_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
	"etincelle/engine/storage"
)

// A resident has a core until it leaves or its executor dies; tasks have the others.
func TestOccupy(t *testing.T) {
	s, _ := start(t, engine.Executors(2), engine.Cores(1))
	core := engine.Inside(s)
	lost := 0
	release, ok := core.Occupy("e0", func() { lost++ })
	require.True(t, ok)
	assert.Equal(t, []engine.FreeCores{{Executor: "e0", Free: 0}, {Executor: "e1", Free: 1}}, core.FreeCores())
	n, err := rdd.Of(s, 4, 1, 2, 3, 4).Count()
	require.NoError(t, err, "jobs run on what is left")
	assert.Equal(t, 4, n)
	release()
	release()
	assert.Equal(t, 1, core.FreeCores()[0].Free, "given back once")

	_, ok = core.Occupy("e0", func() { lost++ })
	require.True(t, ok)
	core.KillExecutor("e0", "a test")
	assert.Equal(t, 1, lost)
	core.AddExecutor("e0")
	assert.Equal(t, 1, core.FreeCores()[0].Free, "the next of its name has all its cores")
	_, ok = core.Occupy("e7", nil)
	assert.False(t, ok)
}

// A received block is where its level says, and is lost with its last holder.
func TestPutInput(t *testing.T) {
	s, heard := start(t, engine.Executors(3))
	core, id := engine.Inside(s), storage.Received(0, 17)
	holders, err := core.PutInput("e1", id, rdd.InputBlock([]int{1, 2}, 2), rdd.MemoryOnly2)
	require.NoError(t, err)
	assert.Equal(t, []string{"e1", "e2"}, holders)
	assert.Equal(t, holders, core.InputHolders(id))
	rows, err := rdd.FromBlocks[int](s, "BlockRDD", "blocks", []rdd.Input{{ID: id}}).Collect()
	require.NoError(t, err)
	assert.Equal(t, []int{1, 2}, rows)
	core.KillExecutor("e1", "a test")
	core.KillExecutor("e2", "a test")
	assert.Empty(t, core.InputHolders(id))
	var left []int
	for _, e := range heard.Events() {
		if d, ok := e.(event.InputBlockDropped); ok {
			left = append(left, d.Left)
		}
	}
	assert.Equal(t, []int{1, 0}, left)
	_, err = rdd.FromBlocks[int](s, "BlockRDD", "blocks", []rdd.Input{{ID: id}}).Collect()
	assert.ErrorContains(t, err, "Could not compute split, block input-0-17")
	none, err := core.PutInput("e1", id, rdd.InputBlock([]int{1}, 1), rdd.MemoryOnly)
	require.NoError(t, err)
	assert.Empty(t, none, "an executor that is gone keeps nothing")
}

func TestClaim(t *testing.T) {
	s, _ := start(t)
	core := engine.Inside(s)
	_, ok := core.Claim("streaming", "a.go:1")
	assert.True(t, ok)
	holder, ok := core.Claim("streaming", "b.go:2")
	assert.False(t, ok)
	assert.Equal(t, "a.go:1", holder)
	core.Disclaim("streaming")
	_, ok = core.Claim("streaming", "b.go:2")
	assert.True(t, ok)
}
