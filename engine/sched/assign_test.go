package sched

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAssign(t *testing.T) {
	prefers := func(of map[int][]string) func(int) []string { return func(p int) []string { return of[p] } }
	for _, c := range []struct {
		name    string
		waiting []int
		prefers map[int][]string
		free    []Core
		running map[string]int
		want    choice
		ok      bool
	}{
		{"nothing waits", nil, nil, []Core{{"e0", 1}}, nil, choice{}, false},
		{"nobody is there", []int{0}, nil, nil, nil, choice{}, false},
		{"no core is free", []int{0}, nil, []Core{{"e0", 0}}, nil, choice{}, false},
		{"the first that waits", []int{3, 1}, nil, []Core{{"e0", 1}}, nil, choice{3, "e0", false}, true},
		{"where most cores are free", []int{0}, nil, []Core{{"e0", 1}, {"e1", 2}, {"e2", 2}}, nil, choice{0, "e1", false}, true},
		{"where its block is", []int{0}, map[int][]string{0: {"e0"}}, []Core{{"e0", 1}, {"e1", 9}}, nil, choice{0, "e0", true}, true},
		{"the first holder with a core", []int{0}, map[int][]string{0: {"e2", "e1"}}, []Core{{"e0", 9}, {"e1", 1}, {"e2", 1}}, nil, choice{0, "e1", true}, true},
		{"it waits for a holder that its own stage keeps busy", []int{0}, map[int][]string{0: {"e0"}}, []Core{{"e0", 0}, {"e1", 9}}, map[string]int{"e0": 1}, choice{}, false},
		{"and lets the next go first", []int{0, 1}, map[int][]string{0: {"e0"}}, []Core{{"e0", 0}, {"e1", 9}}, map[string]int{"e0": 1}, choice{1, "e1", false}, true},
		{"it does not wait for one that others keep busy", []int{0}, map[int][]string{0: {"e0"}}, []Core{{"e0", 0}, {"e1", 9}}, nil, choice{0, "e1", false}, true},
		{"nor for one that is gone", []int{0}, map[int][]string{0: {"e7"}}, []Core{{"e0", 1}}, map[string]int{"e7": 1}, choice{0, "e0", false}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := assign(c.waiting, c.free, placing{prefers: prefers(c.prefers), running: c.running})
			assert.Equal(t, c.ok, ok)
			assert.Equal(t, c.want, got)
		})
	}
}

// scene is a cluster and a stage that waits, at random.
type scene struct {
	waiting []int
	cores   []Core // in all
	wanted  map[int][]string
	running map[string]int
}

func anyScene(t *rapid.T) scene {
	s := scene{wanted: map[int][]string{}, running: map[string]int{}}
	for i := range rapid.IntRange(0, 4).Draw(t, "executors") {
		name, cores := fmt.Sprint("e", i), rapid.IntRange(0, 3).Draw(t, "cores")
		s.cores = append(s.cores, Core{name, cores})
		s.running[name] = rapid.IntRange(0, cores).Draw(t, "running")
	}
	for p := range rapid.IntRange(0, 8).Draw(t, "tasks") {
		s.waiting = append(s.waiting, p)
		s.wanted[p] = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"e0", "e1", "e2", "e3", "gone"}), 0, 2, rapid.ID).Draw(t, "wanted")
	}
	return s
}

func (s scene) prefers(p int) []string { return s.wanted[p] }

func (s scene) hasFree(name string) bool {
	return slices.ContainsFunc(free(s.cores, s.running), func(c Core) bool { return c.Executor == name && c.Free > 0 })
}

// waits reports whether p is kept waiting by its own stage.
func (s scene) waits(p int) bool {
	return slices.ContainsFunc(s.wanted[p], func(name string) bool { return s.running[name] > 0 })
}

// holder reports whether an executor that p prefers has a core free.
func (s scene) holder(p int) bool { return slices.ContainsFunc(s.wanted[p], s.hasFree) }

func TestAssignNeverTakesABusyCoreAndPrefersHolders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyScene(t)
		got, ok := assign(s.waiting, free(s.cores, s.running), placing{prefers: s.prefers, running: s.running})
		anyFree := slices.ContainsFunc(s.cores, func(c Core) bool { return s.hasFree(c.Executor) })
		startable := func(p int) bool { return s.holder(p) || anyFree && !s.waits(p) }
		first := slices.IndexFunc(s.waiting, startable)
		require.Equal(t, first >= 0, ok, "a task starts exactly when one can")
		if !ok {
			return
		}
		require.Equal(t, s.waiting[first], got.partition, "in the order in which they wait")
		require.True(t, s.hasFree(got.executor), "a core is free")
		require.Equal(t, slices.Contains(s.wanted[got.partition], got.executor), got.preferred)
		require.Equal(t, s.holder(got.partition), got.preferred, "a holder with a free core is taken")
	})
}

// As long as there is a core, every task has its turn: played to the end, with
// tasks ending in any order.
func TestNoTaskStarves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyScene(t)
		clear(s.running)
		total := 0
		for _, c := range s.cores {
			total += c.Free
		}
		var under []string // the executors of the tasks that run
		started := map[int]bool{}
		for len(s.waiting) > 0 || len(under) > 0 {
			next, ok := assign(s.waiting, free(s.cores, s.running), placing{prefers: s.prefers, running: s.running})
			if !ok && len(under) == 0 {
				break
			}
			if ok {
				require.False(t, started[next.partition])
				started[next.partition] = true
				s.waiting = slices.DeleteFunc(s.waiting, func(p int) bool { return p == next.partition })
				s.running[next.executor]++
				under = append(under, next.executor)
				continue
			}
			i := rapid.IntRange(0, len(under)-1).Draw(t, "ends")
			s.running[under[i]]--
			under = slices.Delete(under, i, i+1)
		}
		if total > 0 {
			require.Empty(t, s.waiting)
		} else {
			require.Empty(t, started)
		}
	})
}

func TestFree(t *testing.T) {
	cores := []Core{{"e0", 2}, {"e1", 1}}
	assert.Equal(t, []Core{{"e0", 1}, {"e1", 1}}, free(cores, map[string]int{"e0": 1, "gone": 3}))
	assert.Equal(t, []Core{{"e0", 2}, {"e1", 1}}, cores, "what it was given is left alone")
}
