package lineage

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/event"
)

// graph makes nodes and shuffles with the numbers a session would give them.
type graph struct{ nodes, shuffles int }

func (g *graph) node(class, op string, partitions int, deps ...Dep) *Node {
	n := New(g.nodes, class, op, Site{"tp.go", g.nodes + 1}, func() (int, error) { return partitions, nil }, deps...)
	g.nodes++
	return n
}

func (g *graph) source(partitions int) *Node {
	return g.node("ParallelCollectionRDD", "parallelize", partitions)
}

// mapped is what most narrow transformations make of a parent.
func (g *graph) mapped(op string, parent *Node) *Node {
	parts, _ := parent.Partitions()
	return g.node("MapPartitionsRDD", op, parts, Narrow(parent))
}

func (g *graph) across(parent *Node) Dep {
	g.shuffles++
	return Across(&Shuffle{ID: g.shuffles - 1, Parent: parent})
}

func TestPartitionsAreCountedAtTheFirstNeed(t *testing.T) {
	asked := 0
	missing := errors.New("no such file")
	n := New(0, "HadoopRDD", "textFile", Site{}, func() (int, error) { asked++; return 0, missing })
	assert.Zero(t, asked, "a definition reads nothing")
	for range 2 {
		_, err := n.Partitions()
		assert.ErrorIs(t, err, missing)
	}
	assert.Equal(t, 1, asked, "the answer is kept, good or bad")
}

func TestEdges(t *testing.T) {
	var g graph
	a, b := g.source(2), g.source(3)
	both := g.node("UnionRDD", "union", 5,
		NarrowFrom(a, Range, func(p int) []int { return slices.DeleteFunc([]int{p}, func(p int) bool { return p >= 2 }) }),
		NarrowFrom(b, Range, func(p int) []int { return slices.DeleteFunc([]int{p - 2}, func(p int) bool { return p < 0 }) }))
	deps := both.Deps()
	assert.Equal(t, []int{1}, deps[0].Parents(1))
	assert.Empty(t, deps[0].Parents(2))
	assert.Equal(t, []int{0}, deps[1].Parents(2))
	assert.Equal(t, []int{3}, Narrow(a).Parents(3))
	assert.Equal(t, OneToOne, Narrow(a).Kind)

	wide := g.across(a)
	assert.Equal(t, Wide, wide.Kind)
	assert.Same(t, a, wide.Parent)
}

func TestDescribe(t *testing.T) {
	var g graph
	a := g.source(2)
	b := g.mapped("map", a)
	b.SetName("pairs")
	b.SetLevel(StorageLevel{Memory: true, Deserialized: true})
	c := g.node("ShuffledRDD", "reduceByKey", 3, g.across(b))
	c.Partitioner = modulo(3)
	assert.Equal(t, []event.Dataset{
		{ID: 2, Class: "ShuffledRDD", Op: "reduceByKey", Site: "tp.go:3", Partitions: 3, Partitioner: "modulo 3", Parents: []event.Parent{{Dataset: 1, Shuffle: 0}}},
		{ID: 1, Class: "MapPartitionsRDD", Op: "map", Name: "pairs", Site: "tp.go:2", Partitions: 2, Level: "Memory Deserialized 1x Replicated", Parents: []event.Parent{{Dataset: 0, Shuffle: -1}}},
		{ID: 0, Class: "ParallelCollectionRDD", Op: "parallelize", Site: "tp.go:1", Partitions: 2},
	}, Describe(c))
}

// Every dataset once, and none before one that is made of it, in any graph.
func TestDescribeListsChildrenFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var g graph
		nodes := []*Node{g.source(1)}
		for range rapid.IntRange(0, 12).Draw(t, "more") {
			var deps []Dep
			for range rapid.IntRange(0, 3).Draw(t, "parents") {
				parent := rapid.SampledFrom(nodes).Draw(t, "parent")
				if rapid.Bool().Draw(t, "wide") {
					deps = append(deps, g.across(parent))
				} else {
					deps = append(deps, Narrow(parent))
				}
			}
			nodes = append(nodes, g.node("RDD", "op", 1, deps...))
		}
		target := nodes[len(nodes)-1]
		list := Describe(target)
		require.Equal(t, target.ID, list[0].ID)
		at := map[int]int{}
		for i, d := range list {
			require.NotContains(t, at, d.ID, "listed twice")
			at[d.ID] = i
		}
		for _, d := range list {
			for _, parent := range d.Parents {
				require.Contains(t, at, parent.Dataset)
				require.Greater(t, at[parent.Dataset], at[d.ID], "dataset %d is made of dataset %d", d.ID, parent.Dataset)
			}
		}
	})
}

// A loop in a program may chain very many datasets: no recursion goes as deep.
func TestDescribeOfAVeryLongLineage(t *testing.T) {
	const length = 100_000
	var g graph
	n := g.source(1)
	for range length {
		n = g.mapped("map", n)
	}
	assert.Len(t, Describe(n), length+1)
}

// modulo places whole numbers.
type modulo int

func (m modulo) NumPartitions() int    { return int(m) }
func (m modulo) Partition(key any) int { return key.(int) % int(m) }
func (m modulo) String() string        { return fmt.Sprintf("modulo %d", int(m)) }

// sliced cannot be compared by ==.
type sliced []int

func (s sliced) NumPartitions() int { return len(s) + 1 }
func (s sliced) Partition(any) int  { return 0 }

// bounded says itself what it equals.
type bounded []int

func (b bounded) NumPartitions() int { return len(b) + 1 }
func (b bounded) Partition(any) int  { return 0 }
func (b bounded) Equal(p Partitioner) bool {
	other, ok := p.(bounded)
	return ok && slices.Equal(b, other)
}

// holder is comparable as a type; whether its values are depends on what they hold.
type holder struct{ held any }

func (holder) NumPartitions() int { return 1 }
func (holder) Partition(any) int  { return 0 }

func TestAlike(t *testing.T) {
	type other struct{ modulo }
	for _, c := range []struct {
		name string
		a, b Partitioner
		want bool
	}{
		{"same type, same value", modulo(3), modulo(3), true},
		{"another number of partitions", modulo(3), modulo(4), false},
		{"another type", modulo(3), other{3}, false},
		{"none", nil, modulo(3), false},
		{"none on both sides", nil, nil, false},
		{"not comparable", sliced{1}, sliced{1}, false},
		{"comparable as a type only", holder{[]int{1}}, holder{[]int{1}}, false},
		{"comparable content", holder{1}, holder{1}, true},
		{"Equal says yes", bounded{1, 2}, bounded{1, 2}, true},
		{"Equal says no", bounded{1, 2}, bounded{1, 3}, false},
		{"Equal of another type", bounded{1}, modulo(2), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, Alike(c.a, c.b))
			assert.Equal(t, c.want, Alike(c.b, c.a))
		})
	}
	p := &holder{}
	assert.True(t, Alike(p, p))
	assert.False(t, Alike(p, &holder{}), "two pointers are two partitioners: Spark shuffles too without equals()")
}

func TestPartitionerText(t *testing.T) {
	assert.Equal(t, "modulo 3", PartitionerText(modulo(3)))
	assert.Equal(t, "lineage.sliced(3)", PartitionerText(sliced{1, 2}))
}
