package engine_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// A group is what one goroutine calls its jobs, for as long as a function runs.
func TestJobGroups(t *testing.T) {
	s, r := start(t)
	rows := rdd.Of(s, 2, 1, 2, 3)
	count := func() error { _, err := rows.Count(); return err }
	require.NoError(t, count())
	problem := errors.New("mine")
	err := s.InJobGroup("etl", "the flights of January", func() error {
		require.NoError(t, count())
		require.NoError(t, s.InJobGroup("inner", "", count))
		var elsewhere sync.WaitGroup
		elsewhere.Go(func() { assert.NoError(t, count()) })
		elsewhere.Wait()
		require.NoError(t, rdd.SortBy(rows, func(n int) int { return n }, rdd.Ascending).Err()) // it runs a job as well
		return problem
	})
	assert.Same(t, problem, err)
	require.NoError(t, count())

	type group struct{ action, group, about string }
	var groups []group
	for _, e := range r.Events() {
		if start, ok := e.(event.JobStart); ok {
			groups = append(groups, group{start.Action, start.Group, start.Description})
		}
	}
	assert.Equal(t, []group{
		{"count", "", ""}, {"count", "etl", "the flights of January"}, {"count", "inner", ""}, {"count", "", ""},
		{"sortBy", "etl", "the flights of January"}, {"count", "", ""},
	}, groups)

	assert.Panics(t, func() { _ = s.InJobGroup("etl", "", func() error { panic("mine") }) })
	require.NoError(t, count())
	last := told(r, "JobStart")
	assert.NotContains(t, last[len(last)-1], "etl", "the group ends with the function")
}

// A job that is cancelled ends, and its tasks stop at the next row, wherever rows
// come from.
func TestCancelJobGroup(t *testing.T) {
	hundred := make([]int64, 100)
	sources := map[string]func(*engine.Session) *rdd.RDD[int64]{
		"range":       func(s *engine.Session) *rdd.RDD[int64] { return rdd.Range(s, 0, 100, 1, 2) },
		"parallelize": func(s *engine.Session) *rdd.RDD[int64] { return rdd.FromSlice(s, 2, hundred) },
		"FromPartitions": func(s *engine.Session) *rdd.RDD[int64] {
			return rdd.FromPartitions(s, "read", 2, func(int) ([]int64, error) { return hundred[:50], nil })
		},
		"a block": func(s *engine.Session) *rdd.RDD[int64] { return rdd.FromSlice(s, 2, hundred).Cache() },
	}
	for name, source := range sources {
		for _, option := range []engine.Option{engine.Cores(1), engine.Sequential()} {
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { cancelled(t, source, option) })
			})
		}
	}
}

func cancelled(t *testing.T, source func(*engine.Session) *rdd.RDD[int64], option engine.Option) {
	heard := &event.Recorder{}
	s := engine.Start(engine.Cores(1), engine.Files(&fs.Memory{}), engine.Listen(heard.Hear), option)
	defer s.Stop()
	var rows atomic.Int64
	seen := rdd.Counter(s)
	slow := rdd.Map(source(s), func(n int64) int64 {
		time.Sleep(time.Second)
		rows.Add(1)
		seen.Add(1)
		return n
	})
	sums := rdd.ReduceByKey(rdd.KeyBy(slow, func(n int64) int64 { return n % 3 }), rdd.Add)
	failed := make(chan error, 1)
	go func() {
		failed <- s.InJobGroup("etl", "", func() error { _, err := sums.Count(); return err })
	}()
	time.Sleep(10*time.Second + time.Millisecond)
	s.CancelJobGroup("another")
	s.CancelJob(1)
	before := time.Now()
	s.CancelJobGroup("etl")
	err := <-failed
	assert.Zero(t, time.Since(before))
	assert.EqualError(t, err, "[SPARK_JOB_CANCELLED] Job 0 cancelled part of cancelled job group etl SQLSTATE: XXKDA")
	assert.ErrorIs(t, err, context.Canceled)
	time.Sleep(2 * time.Second)
	assert.EqualValues(t, 11, rows.Load(), "the row under way was its last")
	ends := told(heard, "TaskEnd")
	require.Len(t, ends, 1)
	assert.Regexp(t, `^task 0 killed.*: TaskKilled \(Stage cancelled: \[SPARK_JOB_CANCELLED\] Job 0 .* etl SQLSTATE: XXKDA\)$`, ends[0])
	assert.Empty(t, told(heard, "ShuffleWritten"))
	assert.Zero(t, seen.Value(), "what a killed task added does not count")

	n, err := rdd.Of(s, 2, 1, 2, 3).Count()
	require.NoError(t, err, "the session is well")
	assert.Equal(t, 3, n)
}

// CancelJob and CancelAllJobs, from within a task.
func TestCancelFromWithin(t *testing.T) {
	s, _ := start(t)
	rows := rdd.Of(s, 4, 1, 2, 3, 4)
	err := rows.ForEach(func(int) { s.CancelJob(0) })
	assert.EqualError(t, err, "[SPARK_JOB_CANCELLED] Job 0 cancelled  SQLSTATE: XXKDA")
	err = rows.ForEach(func(int) { s.CancelAllJobs() })
	assert.EqualError(t, err, "[SPARK_JOB_CANCELLED] Job 1 cancelled as part of cancellation of all jobs SQLSTATE: XXKDA")
	var failure *lineage.Failure
	require.ErrorAs(t, err, &failure)
	assert.Equal(t, lineage.SparkException, failure.Class)
	assert.NoError(t, rows.ForEach(func(int) {}))
}

// A function that goes on keeps its core, but neither its job nor, when the session
// stops, the session waits for it.
func TestAFunctionThatGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		heard := &event.Recorder{}
		s := engine.Start(engine.Executors(2), engine.Cores(1), engine.Files(&fs.Memory{}), engine.Listen(heard.Hear))
		hang := make(chan struct{})
		rows := rdd.Of(s, 2, 1, 2)
		failed := make(chan error, 1)
		run := func(f func(int)) { failed <- rows.ForEach(f) }
		go run(func(n int) {
			if n == 1 {
				<-hang
			}
		})
		synctest.Wait()
		s.CancelAllJobs()
		assert.Error(t, <-failed)
		go run(func(int) {})
		require.NoError(t, <-failed, "the other executor has a core")
		assert.NotContains(t, told(heard, "TaskEnd"), "task 0 killed")

		// Its executor dies: the core is gone, and the task with it.
		require.True(t, engine.Inside(s).KillExecutor("e0", "a test"))
		synctest.Wait()
		assert.Contains(t, told(heard, "TaskEnd"), "task 0 killed: the executor was lost while the task ran")
		engine.Inside(s).AddExecutor("e0")
		go run(func(int) { <-hang })
		synctest.Wait()
		s.Stop()
		assert.ErrorContains(t, <-failed, "cancelled because SparkContext was shut down")
		events := len(heard.Events())
		close(hang)
		synctest.Wait()
		assert.Len(t, heard.Events(), events, "after its end a session is silent")
	})
}

// A job whose tasks hang on an executor that dies goes on elsewhere at once.
func TestTaskThatHangsOnADeadExecutor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := engine.Start(engine.Executors(2), engine.Cores(1), engine.Files(&fs.Memory{}))
		defer s.Stop()
		core := engine.Inside(s)
		hang := make(chan struct{})
		defer close(hang)
		got := make(chan []int, 1)
		go func() {
			got <- engine.Must(rdd.Map(rdd.Of(s, 2, 1, 2), func(n int) int {
				if core.CurrentTask().Executor == "e1" {
					<-hang
				}
				return n
			}).Collect())
		}()
		synctest.Wait()
		assert.Empty(t, got)
		core.KillExecutor("e1", "a test")
		assert.Equal(t, []int{1, 2}, <-got)
	})
}

// An executor that joins while a job waits for a core is used at once.
func TestExecutorJoinsAJobThatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := engine.Start(engine.Executors(1), engine.Cores(1), engine.Files(&fs.Memory{}))
		defer s.Stop()
		hang := make(chan struct{})
		got := make(chan []int, 1)
		go func() {
			got <- engine.Must(rdd.Map(rdd.Of(s, 2, 1, 2), func(n int) int {
				if n == 1 {
					<-hang
				} else {
					close(hang) // only another executor can run this beside the first
				}
				return n
			}).Collect())
		}()
		synctest.Wait()
		engine.Inside(s).AddExecutor("e1")
		assert.Equal(t, []int{1, 2}, <-got)
	})
}
