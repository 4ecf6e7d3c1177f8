package engine_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// counted is numbers 0 to 3 on four partitions, and how often a row was computed.
func counted(s *engine.Session) (*rdd.RDD[int], *atomic.Int64) {
	var calls atomic.Int64
	return rdd.Map(rdd.Of(s, 4, 0, 1, 2, 3), func(n int) int { calls.Add(1); return n }), &calls
}

// sums adds up numbers by parity, on two partitions.
func sums(numbers *rdd.RDD[int]) *rdd.Pairs[int, int] {
	return rdd.ReduceByKey(rdd.KeyBy(numbers, func(n int) int { return n % 2 }), rdd.Add, rdd.Hash(2))
}

// collected demands the sums of counted.
func collected(t *testing.T, p *rdd.Pairs[int, int]) {
	t.Helper()
	got, err := rdd.CollectMap(p)
	require.NoError(t, err)
	assert.Equal(t, map[int]int{0: 2, 1: 4}, got)
}

func TestKillExecutor(t *testing.T) {
	s, r := start(t, engine.Executors(2))
	core := engine.Inside(s)
	assert.False(t, core.KillExecutor("e7", "no such one"))
	numbers, calls := counted(s)
	result := sums(numbers)
	collected(t, result)
	assert.EqualValues(t, 4, calls.Load())

	assert.True(t, core.KillExecutor("e1", "power cut"))
	assert.False(t, core.KillExecutor("e1", "again"))
	assert.Equal(t, []string{"executor e1 is lost: power cut"}, told(r, "ExecutorLost"))
	collected(t, result)
	assert.EqualValues(t, 6, calls.Load(), "the two map tasks that ran on e1, and no other, ran again")
	assert.Equal(t, "stage 2.0 runs partitions 1,3", told(r, "StageStart")[2], "the driver knew: no task had to fail")
}

func TestExecutorsAreInOrderOfNumber(t *testing.T) {
	s, r := start(t, engine.Executors(11), engine.Cores(1))
	require.NoError(t, rdd.Range(s, 0, 11, 1, 11).ForEach(func(int64) {}))
	for _, e := range r.Events() {
		if task, ok := e.(event.TaskStart); ok {
			assert.Equal(t, fmt.Sprint("e", task.Partition), task.Executor, "e2 stands before e10")
		}
	}
}

func TestAnExecutorComesBackEmpty(t *testing.T) {
	s, r := start(t, engine.Executors(2), engine.Cores(1), engine.Attempts(1))
	core := engine.Inside(s)
	numbers, calls := counted(s)
	numbers.Cache()
	result := sums(numbers)
	collected(t, result)
	core.KillExecutor("e0", "restart")
	core.AddExecutor("e0")
	core.AddExecutor("e0")
	assert.Len(t, told(r, "ExecutorAdded"), 3, "one that is alive is not started")
	assert.Equal(t, lineage.Stored{Partitions: 2, Memory: 2 * 32}, core.Stored(rdd.Node(numbers)))
	collected(t, result)
	assert.EqualValues(t, 6, calls.Load(), "its blocks and its map outputs are gone")
	missed := told(r, "BlockMissed")
	assert.Contains(t, missed[4:], "task 6 computes rdd_1_0: lost")
	assert.Contains(t, missed[4:], "task 7 computes rdd_1_2: lost")
	assert.Len(t, missed, 6)
}

// An executor dies under a task: what the task did does not count, and it runs
// again elsewhere, even in a session that forgives no failure. So too when an
// executor of the same name is back before the task has ended.
func TestKillExecutorUnderATask(t *testing.T) {
	for name, back := range map[string]bool{"gone": false, "back at once": true} {
		t.Run(name, func(t *testing.T) {
			s, r := start(t, engine.Executors(2), engine.Cores(1), engine.Attempts(1))
			core := engine.Inside(s)
			numbers, calls := counted(s)
			seen := rdd.NewAccumulator(s, 0, rdd.Add[int])
			killed := false
			fragile := rdd.Map(numbers, func(n int) int {
				seen.Add(1)
				if n == 2 && !killed {
					killed = true
					core.KillExecutor(core.CurrentTask().Executor, "out of memory")
					if back {
						core.AddExecutor("e0")
					}
				}
				return n
			})
			got, err := fragile.Collect()
			require.NoError(t, err)
			assert.Equal(t, []int{0, 1, 2, 3}, got)
			assert.EqualValues(t, 5, calls.Load())
			assert.Equal(t, 4, seen.Value(), "what a lost task added up is dropped")
			assert.Contains(t, told(r, "TaskEnd"), "task 2 killed: the executor was lost while the task ran")
		})
	}
}

// The same while tasks run at once, again and again.
func TestKillExecutorsWhileTasksRun(t *testing.T) {
	s := engine.Start(engine.Executors(3), engine.Files(&fs.Memory{}), engine.Attempts(1))
	defer s.Stop()
	core := engine.Inside(s)
	var rows atomic.Int64
	numbers := rdd.Map(rdd.Range(s, 0, 600, 1, 12), func(n int64) int64 {
		if rows.Add(1)%400 == 0 { // now and then, from within a task
			victim := core.CurrentTask().Executor
			core.KillExecutor(victim, "killed by a test")
			core.AddExecutor(victim)
		}
		return n
	}).Persist(rdd.MemoryAndDisk2)
	result := rdd.ReduceByKey(rdd.KeyBy(numbers, func(n int64) int64 { return n % 5 }), rdd.Add, rdd.Hash(4))
	for range 5 {
		core.DropShuffle(rdd.Node(result).Deps()[0].Shuffle)
		got, err := rdd.CollectMap(result)
		require.NoError(t, err)
		assert.Equal(t, map[int64]int64{0: 35700, 1: 35820, 2: 35940, 3: 36060, 4: 36180}, got)
	}
	assert.Positive(t, s.Counters().FailedTasks)
}

func TestNobodyIsAlive(t *testing.T) {
	s, _ := start(t, engine.Executors(1))
	core := engine.Inside(s)
	core.KillExecutor("e0", "killed by a test")
	numbers, _ := counted(s)
	_, err := numbers.Count()
	assert.ErrorContains(t, err, "stage 0 has 4 tasks left and no executor is alive to run them")
	core.AddExecutor("e0")
	n, err := numbers.Count()
	require.NoError(t, err)
	assert.Equal(t, 4, n)
}

// Shuffle files are lost and the driver has not heard: the reading stage finds
// out, and only what is lost is written again.
func TestLostShuffleFiles(t *testing.T) {
	s, r := start(t, engine.Executors(2), engine.Cores(1))
	numbers, calls := counted(s)
	result := sums(numbers)
	collected(t, result)
	engine.Inside(s).DropShuffle(rdd.Node(result).Deps()[0].Shuffle)
	collected(t, result)
	assert.EqualValues(t, 8, calls.Load())
	assert.Equal(t, []string{
		"stage 0.0 runs partitions 0-3",
		"stage 1.0 runs partitions 0-1",
		"stage 3.0 runs partitions 0-1",
		"stage 2.0 runs partitions 0,2: output of map 0 of shuffle 0 is missing",
		"stage 3.1 runs partitions 0-1: output of map 0 of shuffle 0 is missing",
		"stage 2.1 runs partitions 1,3: output of map 1 of shuffle 0 is missing",
		"stage 3.2 runs partitions 0-1: output of map 1 of shuffle 0 is missing",
	}, told(r, "StageStart"))
	for _, e := range r.Events() {
		if end, ok := e.(event.TaskEnd); ok && end.Status != event.Succeeded {
			assert.Equal(t, event.FetchFailed, end.Status)
		}
	}
}
