package sched

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/lineage"
)

// What counts of what tasks add to accumulators is what Spark's DAGScheduler counts
// (handleTaskCompletion): a map task each time it succeeds, a result task the first
// time its partition does. Here every task adds one for the partition it ends in.
func TestAccumulatorsCountAsSparks(t *testing.T) {
	setUp := func() (c *cluster, rows, sums *lineage.Node) {
		c = newCluster(3, Core{"e0", 1}, Core{"e1", 1})
		rows = c.node("parallelize", 3, here)
		return c, rows, c.node("reduceByKey", 2, here, c.across(rows))
	}
	once := func(rows, sums *lineage.Node) map[part]int {
		return map[part]int{{rows.ID, 0}: 1, {rows.ID, 1}: 1, {rows.ID, 2}: 1, {sums.ID, 0}: 1, {sums.ID, 1}: 1}
	}
	collect := func(t *testing.T, c *cluster, sums *lineage.Node) {
		_, err := c.play(t, sums)
		require.NoError(t, err)
	}

	t.Run("attempts that failed do not count", func(t *testing.T) {
		c, rows, sums := setUp()
		c.bad[part{rows.ID, 1}], c.bad[part{sums.ID, 0}] = 2, 1
		collect(t, c, sums)
		assert.Equal(t, once(rows, sums), c.counted)
	})
	t.Run("nor those on an executor that was lost", func(t *testing.T) {
		c, rows, sums := setUp()
		c.killer[part{sums.ID, 1}] = "e1"
		c.start("e2", 1)
		collect(t, c, sums)
		want := once(rows, sums)
		want[part{rows.ID, 1}]++ // its output died with e1, so it was written once more, and counts again
		assert.Equal(t, want, c.counted)
	})
	t.Run("a map task that runs again after a fetch failure counts again, a result that was taken does not", func(t *testing.T) {
		c, rows, sums := setUp()
		collect(t, c, sums)
		c.lose(output{0, 2})
		collect(t, c, sums)
		want := once(rows, sums)
		want[part{rows.ID, 2}]++
		want[part{sums.ID, 0}]++
		want[part{sums.ID, 1}]++ // another job is another result
		assert.Equal(t, want, c.counted)
	})
	t.Run("nothing of a skipped stage", func(t *testing.T) {
		c, rows, sums := setUp()
		collect(t, c, sums)
		c.counted = map[part]int{}
		collect(t, c, sums)
		assert.Equal(t, map[part]int{{sums.ID, 0}: 1, {sums.ID, 1}: 1}, c.counted)
		assert.NotContains(t, c.counted, part{rows.ID, 0})
	})
	for _, deaf := range []bool{false, true} {
		t.Run(map[bool]string{false: "not the slower of two copies", true: "not even when it goes on to its end"}[deaf], func(t *testing.T) {
			c, rows, sums := setUp()
			c.sched.Speculation = &Speculation{Quantile: 0.5, Multiplier: 2, MinRuntime: 1, Interval: 1}
			c.deaf = func(*lineage.Task) bool { return deaf }
			c.pace = func(t *lineage.Task) time.Duration {
				if t.Attempt == 0 && t.Partition == 1 {
					return 100 // in both stages
				}
				return 10
			}
			collect(t, c, sums)
			assert.Equal(t, once(rows, sums), c.counted)
			assert.Contains(t, lines(c), "task 1 killed: TaskKilled (another attempt succeeded)")
		})
	}
	t.Run("nothing after the job has failed", func(t *testing.T) {
		c := newCluster(1, Core{"e0", 2})
		rows := c.node("parallelize", 2, here)
		c.bad[part{rows.ID, 0}] = 1
		taken, err := c.run(context.Background(), "", "count", here, rows)
		require.ErrorContains(t, err, "failed 1 times")
		assert.Contains(t, lines(c), "task 1 succeeded", "it had ended before")
		assert.Empty(t, c.counted)
		assert.Empty(t, taken)
	})
}

// Both attempts may have ended before the scheduler hears of either.
func TestTwoAttemptsThatSucceed(t *testing.T) {
	c := newCluster(1, Core{"e0", 1}, Core{"e1", 1})
	n := c.node("map", 2, here)
	var taken []any
	r := c.sched.enter(context.Background(), Job{Target: n, Take: func(_ int, result any) { taken = append(taken, result) }})
	defer c.sched.leave(r)
	a := &attempt{run: r, stage: &Stage{Final: n}, order: []int{0, 1}, owed: map[int]bool{0: true, 1: true}, running: map[string]int{}}
	added := 0
	for id, executor := range []string{"e0", "e1"} {
		ctx, stop := context.WithCancelCause(r.ctx)
		task := &lineage.Task{ID: id, Executor: executor, Attempt: id, Dataset: n, Context: ctx}
		task.Update(c, nil, func() { added++ })
		a.under = append(a.under, under{task: task, stop: stop})
	}
	first, second := a.under[0].task, a.under[1].task
	a.hear(ended{task: first, result: "first"})
	assert.EqualError(t, second.Stopped(), "TaskKilled (another attempt succeeded)")
	a.hear(ended{task: second, result: "second"})
	assert.Equal(t, []any{"first"}, taken)
	assert.Equal(t, 1, added)
	assert.Equal(t, map[int]bool{1: true}, a.owed)
	assert.Equal(t, []string{
		"task 0 succeeded", "task 1 killed: TaskKilled (Finish but did not commit due to another attempt succeeded)",
	}, lines(c))
	for name, err := range map[string]error{
		"TaskKilled (another attempt succeeded)":           errBadRow,
		"the executor was lost while the task ran":         lineage.ErrExecutorLost,
		"TaskKilled (Stage cancelled: the job has failed)": &lineage.Killed{Reason: "Stage cancelled: the job has failed"},
	} {
		assert.EqualError(t, tooLate(err), name)
	}
}
