package engine_test

import (
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// A dataset used inside a task is the mistake that Spark knows as SPARK-5063.
// It is refused wherever the call comes from, for the engine knows whose
// goroutine calls.
func TestActionInsideATaskIsRefused(t *testing.T) {
	s, _ := start(t, engine.Attempts(1))
	small, rows := rdd.Of(s, 1, 1, 2), rdd.Of(s, 2, 1, 2, 3)
	action := func() int { return engine.Must(small.Count()) }
	for _, c := range []struct {
		name string
		run  func() error
	}{
		{"map", func() error { return rdd.Map(rows, func(int) int { return action() }).ForEach(func(int) {}) }},
		{"forEach", func() error { return rows.ForEach(func(int) { action() }) }},
		{"on the writing side of a shuffle", func() error {
			_, err := rdd.GroupByKey(rdd.KeyBy(rows, func(int) int { return action() })).Count()
			return err
		}},
		{"in a combiner", func() error {
			_, err := rdd.ReduceByKey(rdd.KeyBy(rdd.Of(s, 1, 1, 1), func(n int) int { return n }), func(a, b int) int { return action() }).Count()
			return err
		}},
		{"in an iterator", func() error {
			_, err := rdd.MapPartitions(rows, func(rows iter.Seq[int]) iter.Seq[int] {
				return func(yield func(int) bool) { yield(action()) }
			}).Count()
			return err
		}},
		{"on the goroutine of iter.Pull", func() error {
			odd := rdd.Map(rows, func(int) int { return action() })
			_, err := rdd.Zip(rows, odd).Count()
			return err
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.run()
			require.Error(t, err)
			assert.ErrorContains(t, err, "count was called inside a function that runs in a task")
			assert.ErrorContains(t, err, "SPARK-5063")
			var failure *lineage.Failure
			require.ErrorAs(t, err, &failure)
			assert.Equal(t, lineage.SparkException, failure.Class)
		})
	}
	assert.Equal(t, 2, action(), "the program itself may go on")
}

// Nor may a goroutine that the function starts, nor one that this starts: the task
// waits for them, and their job would wait for the task's.
func TestActionOnAGoroutineOfATaskIsRefused(t *testing.T) {
	for _, option := range []engine.Option{engine.Cores(2), engine.Sequential()} {
		s, _ := start(t, engine.Attempts(1), option)
		small, rows := rdd.Of(s, 1, 1, 2), rdd.Of(s, 2, 1, 2, 3)
		elsewhere := func(f func()) {
			var other sync.WaitGroup
			other.Go(f)
			other.Wait()
		}
		var refused atomic.Int64
		ask := func() {
			if _, err := small.Count(); err != nil && strings.Contains(err.Error(), "count was called inside a function that runs in a task") {
				refused.Add(1)
			}
		}
		require.NoError(t, rows.ForEach(func(int) { elsewhere(ask) }))
		require.NoError(t, rows.ForEach(func(int) { elsewhere(func() { elsewhere(ask) }) }))
		assert.EqualValues(t, 6, refused.Load())
	}
}

// A goroutine of the program's own waits for its turn, be it as deep as it may.
func TestActionOnAnotherGoroutineWaitsItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := engine.Start(engine.Files(&fs.Memory{}))
		defer s.Stop()
		rows := rdd.Of(s, 1, 1, 2, 3)
		hang, ran := make(chan struct{}), make(chan error, 2)
		go func() { ran <- rows.ForEach(func(int) { <-hang }) }()
		synctest.Wait()
		go func() {
			go func() { _, err := rows.Count(); ran <- err }()
		}()
		synctest.Wait()
		assert.Empty(t, ran)
		close(hang)
		assert.NoError(t, <-ran)
		assert.NoError(t, <-ran)
	})
}

// A session knows its own tasks only.
func TestActionOfAnotherSessionInsideATask(t *testing.T) {
	outer, _ := start(t)
	other, _ := start(t)
	numbers := rdd.Of(other, 2, 1, 2, 3)
	counts, err := rdd.Map(rdd.Of(outer, 2, 1, 2), func(int) int { return engine.Must(numbers.Count()) }).Collect()
	require.NoError(t, err)
	assert.Equal(t, []int{3, 3}, counts)
}

func TestGoroutinesAreBoundWhileTheirTaskRuns(t *testing.T) {
	s, _ := start(t)
	core := engine.Inside(s)
	assert.Nil(t, core.CurrentTask())
	first, second := &lineage.Task{ID: 1}, &lineage.Task{ID: 2}
	release := core.Bind(first)
	assert.Same(t, first, core.CurrentTask())
	inner := core.Bind(second)
	assert.Same(t, second, core.CurrentTask())
	elsewhere := make(chan *lineage.Task)
	go func() { elsewhere <- core.CurrentTask() }()
	assert.Nil(t, <-elsewhere, "another goroutine is not bound")
	inner()
	assert.Same(t, first, core.CurrentTask(), "the one before is back")
	release()
	assert.Nil(t, core.CurrentTask())

	// In a job each task sees itself, and afterwards nobody is bound.
	partitions, err := rdd.Map(rdd.Of(s, 3, 0, 1, 2), func(int) int { return core.CurrentTask().Partition }).Collect()
	require.NoError(t, err)
	assert.Equal(t, []int{0, 1, 2}, partitions)
	assert.Nil(t, core.CurrentTask())
}

// A task that panics or ends its goroutine leaves nothing bound behind: the
// next job runs.
func TestABrokenTaskLeavesTheSessionWell(t *testing.T) {
	s, _ := start(t, engine.Attempts(1))
	rows := rdd.Of(s, 2, 1, 2, 3)
	err := rows.ForEach(func(int) { panic("no delay given") })
	assert.ErrorContains(t, err, "panic: no delay given (nested_test.go:")
	err = rdd.Map(rows, func(n int) int { return []int{n}[n] }).ForEach(func(int) {})
	assert.ErrorContains(t, err, "index out of range [1] with length 1 (nested_test.go:")
	assert.ErrorIs(t, rows.ForEach(func(int) { runtime.Goexit() }), lineage.ErrGoexit)
	got, err := rows.Collect()
	require.NoError(t, err)
	assert.Equal(t, []int{1, 2, 3}, slices.Sorted(slices.Values(got)))
}
