package lineage

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// saver is a Save that notes its calls and cuts n's lineage as package rdd does.
func saver(g *graph, n *Node, calls *[]string) func(string) error {
	return func(action string) error {
		*calls = append(*calls, n.Op+" after "+action)
		n.Saved("/checkpoints/"+n.Op, Narrow(g.node("ReliableCheckpointRDD", action, 2)))
		return nil
	}
}

func TestSavedForgetsTheLineage(t *testing.T) {
	var g graph
	var calls []string
	a := g.source(2)
	b := g.mapped("map", a)
	b.Mark(saver(&g, b, &calls))
	assert.False(t, b.Checkpoint().Done)
	require.NoError(t, SaveMarked(b, "count"))
	assert.Equal(t, []string{"map after count"}, calls)
	require.Len(t, b.Deps(), 1)
	assert.Equal(t, "ReliableCheckpointRDD", b.Deps()[0].Parent.Class)
	assert.Equal(t, "/checkpoints/map", b.Checkpoint().File)
	assert.True(t, b.Checkpoint().Done)
	require.NoError(t, SaveMarked(b, "count"))
	assert.Len(t, calls, 1, "once in its life")
}

// An action on a child saves the nearest marked datasets on the way back, and
// nothing behind them.
func TestSaveMarkedStopsAtTheFirstMark(t *testing.T) {
	var g graph
	var calls []string
	far := g.source(2)
	near := g.mapped("near", far)
	other := g.mapped("other", far)
	join := g.node("CoGroupedRDD", "cogroup", 2, g.across(near), Narrow(other))
	for _, n := range []*Node{far, near, other} {
		n.Mark(func(action string) error {
			calls = append(calls, n.Op+" after "+action)
			return nil
		})
	}
	require.NoError(t, SaveMarked(join, "collect"))
	assert.Equal(t, []string{"near after collect", "other after collect"}, calls)
	assert.False(t, far.Checkpoint().Asked, "what a saved child comes from is not reached")
}

func TestMarkAfterTheFirstJobIsNeverActedUpon(t *testing.T) {
	var g graph
	var calls []string
	a := g.source(2)
	require.NoError(t, SaveMarked(a, "count"))
	a.Mark(saver(&g, a, &calls))
	require.NoError(t, SaveMarked(a, "count"))
	assert.Empty(t, calls)
}

func TestSaveMarkedReturnsTheFailure(t *testing.T) {
	var g graph
	full := errors.New("no space left")
	a := g.source(2)
	a.Mark(func(string) error { return full })
	assert.ErrorIs(t, SaveMarked(g.mapped("map", a), "count"), full)
	assert.False(t, a.Checkpoint().Done)
}

// variable is a shared value that can go.
type variable struct{ gone error }

func (v *variable) Gone() error { return v.gone }

func TestUnusableWhenASharedValueIsGone(t *testing.T) {
	var g graph
	v := &variable{}
	a := g.source(2)
	b := g.mapped("map", a)
	c := g.node("ShuffledRDD", "groupByKey", 2, g.across(b))
	sibling := g.mapped("filter", a)
	b.Use(v)
	b.Use(v)
	assert.NoError(t, Unusable(c))
	v.gone = errors.New("Attempted to use Broadcast(0) after it was destroyed")
	assert.ErrorIs(t, Unusable(c), v.gone)
	assert.ErrorIs(t, Unusable(b), v.gone)
	assert.NoError(t, Unusable(sibling))
	assert.NoError(t, Unusable(a))
}
