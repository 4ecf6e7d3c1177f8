package rdd_test

import (
	"slices"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// TestFaultsChangeNoAnswer: executors die and come back, blocks and shuffle files
// are lost, between any two jobs; what the datasets hold stays the same.
func TestFaultsChangeNoAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := engine.Start(engine.Executors(3), engine.Cores(rapid.IntRange(1, 2).Draw(t, "cores")), engine.Files(&fs.Memory{}),
			engine.CheckpointDir("ck"), engine.Memory(int64(rapid.IntRange(0, 4000).Draw(t, "memory"))))
		defer s.Stop()
		core := engine.Inside(s)

		// A lineage with two shuffles, one of them used twice, and marks at random.
		level := rapid.SampledFrom([]rdd.StorageLevel{rdd.MemoryOnly, rdd.MemoryAndDisk2, rdd.DiskOnly, rdd.MemoryOnlySer})
		source := rdd.Map(numbers(s, 40, 5), func(n int) int { return n * 7 % 40 }).Persist(level.Draw(t, "level"))
		sums := rdd.ReduceByKey(rdd.KeyBy(source, digit), rdd.Add, rdd.Hash(3))
		kept := rdd.MapValues(sums, double).Persist(level.Draw(t, "level"))
		if rapid.Bool().Draw(t, "checkpoint") {
			kept.Checkpoint()
		}
		both := rdd.Join(kept, sums, rdd.Hash(4))
		datasets := []*lineage.Node{rdd.Node(source), rdd.Node(sums), rdd.Node(kept), rdd.Node(both)}
		shuffles := shufflesBelow(rdd.Node(both))

		each5 := foldDigits(upTo(40), 0, rdd.Add)
		answers := map[string]func(t *rapid.T){
			"source":  func(t *rapid.T) { assert.Equal(t, upTo(40), some(list(source))) },
			"sums":    func(t *rapid.T) { assert.Equal(t, bag(each5), bag(list(sums))) },
			"joined":  func(t *rapid.T) { assert.Equal(t, 5, engine.Must(both.Count())) },
			"a few":   func(t *rapid.T) { assert.Len(t, engine.Must(both.Take(2)), 2) },
			"counted": func(t *rapid.T) { assert.Equal(t, 5, engine.Must(kept.Count())) },
		}
		executors := []string{"e0", "e1", "e2"}
		alive := slices.Clone(executors)
		answers["kill"] = func(t *rapid.T) {
			if len(alive) == 1 {
				t.Skip("the last one")
			}
			name := rapid.SampledFrom(alive).Draw(t, "executor")
			require.True(t, core.KillExecutor(name, "a test"))
			alive = slices.DeleteFunc(alive, func(e string) bool { return e == name })
		}
		answers["come back"] = func(t *rapid.T) {
			name := rapid.SampledFrom(executors).Draw(t, "executor")
			if slices.Contains(alive, name) {
				t.Skip("it lives")
			}
			core.AddExecutor(name)
			alive = append(alive, name)
		}
		answers["lose a block"] = func(t *rapid.T) {
			n := rapid.SampledFrom(datasets).Draw(t, "dataset")
			parts, err := n.Partitions()
			require.NoError(t, err)
			require.NoError(t, core.DropBlock(n, rapid.IntRange(0, parts-1).Draw(t, "partition"), event.Lost))
		}
		answers["lose shuffle files"] = func(t *rapid.T) { core.DropShuffle(rapid.SampledFrom(shuffles).Draw(t, "shuffle")) }
		t.Repeat(answers)
	})
}

// shufflesBelow lists the shuffles of a lineage.
func shufflesBelow(n *lineage.Node) (all []*lineage.Shuffle) {
	for _, d := range n.Deps() {
		if d.Shuffle != nil {
			all = append(all, d.Shuffle)
		}
		all = append(all, shufflesBelow(d.Parent)...)
	}
	return all
}

// TestExecutorDiesInAJob: whenever it dies, its tasks run again elsewhere, and what
// it had written for others is written again.
func TestExecutorDiesInAJob(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSession(t, engine.Executors(3), engine.Files(&fs.Memory{}))
		var row atomic.Int64
		last := int64(rapid.IntRange(1, 60).Draw(t, "row at which it dies"))
		name := rapid.SampledFrom([]string{"e0", "e1", "e2"}).Draw(t, "executor")
		back := rapid.Bool().Draw(t, "comes back at once")
		seen := rdd.Counter(s)
		watched := rdd.Map(numbers(s, 30, 5), func(n int) int {
			if row.Add(1) == last {
				if engine.Inside(s).KillExecutor(name, "a test") && back {
					engine.Inside(s).AddExecutor(name)
				}
			}
			seen.Add(1)
			return n
		})
		cached := rapid.Bool().Draw(t, "cached")
		if cached {
			watched.Persist(rdd.MemoryOnly2)
		}
		sums := rdd.ReduceByKey(rdd.KeyBy(watched, digit), rdd.Add, rdd.Hash(4))
		want := bag(foldDigits(upTo(30), 0, rdd.Add))
		assert.Equal(t, want, bag(list(sums)))
		if !cached { // a copy may outlive the attempt that made it, whose additions are dropped
			assert.GreaterOrEqual(t, seen.Value(), int64(30))
		}
		assert.Equal(t, want, bag(list(sums)))
		assert.Equal(t, upTo(30), list(watched))
	})
}

// When the last executor is gone a job says so, and the next one runs when there
// is an executor again.
func TestNoExecutorIsAlive(t *testing.T) {
	s := engine.Start(engine.Executors(1))
	defer s.Stop()
	r := numbers(s, 10, 2).Cache()
	engine.Must(r.Count())
	require.True(t, engine.Inside(s).KillExecutor("e0", "a test"))
	_, err := r.Count()
	require.ErrorContains(t, err, "no executor is alive")
	engine.Inside(s).AddExecutor("e0")
	assert.Equal(t, 10, engine.Must(r.Count()))
}

// What an attempt added before it failed is not counted; what is computed again is.
func TestAccumulatorsCountSuccessfulAttempts(t *testing.T) {
	s := engine.Start(engine.Attempts(3))
	defer s.Stop()
	seen, failures := rdd.Counter(s), make(chan struct{}, 2)
	failures <- struct{}{}
	failures <- struct{}{}
	r := rdd.Map(numbers(s, 8, 2), func(n int) int {
		seen.Add(1)
		if n == 3 { // the last row of the first partition
			select {
			case <-failures:
				panic("not yet")
			default:
			}
		}
		return n
	})
	assert.Equal(t, 8, engine.Must(r.Count()))
	assert.Equal(t, int64(8), seen.Value())
	engine.Must(r.Count())
	assert.Equal(t, int64(16), seen.Value())
}
