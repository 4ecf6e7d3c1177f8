package sched

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

var here = lineage.Site{File: "tp.go", Line: 7}

// lines is what a cluster told, without the tasks' starts.
func lines(c *cluster) (told []string) {
	for _, e := range c.events {
		if _, start := e.(event.TaskStart); !start {
			told = append(told, e.String())
		}
	}
	return told
}

func TestJobOnNoPartition(t *testing.T) {
	c := newCluster(1, Core{"e0", 1})
	taken, err := c.run(context.Background(), "", "count", here, c.node("emptyRDD", 0, here))
	require.NoError(t, err)
	assert.Empty(t, taken)
	assert.Equal(t, []string{"job 0 count at tp.go:7: 0 stages", "job 0 succeeded"}, lines(c))
}

// A dataset that cannot be counted has no job: nothing is told, and no number
// is used up, however far back the mistake lies.
func TestUncountableDatasets(t *testing.T) {
	c := newCluster(1, Core{"e0", 1})
	missing := errors.New("Input path does not exist: /nowhere")
	source := lineage.New(0, "HadoopRDD", "textFile", here, func() (int, error) { return 0, missing })
	good := c.node("parallelize", 2, here)
	reduced := c.node("reduceByKey", 2, here, c.across(good), c.across(source))
	for _, n := range []*lineage.Node{source, reduced} {
		err := c.sched.Run(context.Background(), Job{Action: "count", Target: n, Partitions: []int{0}})
		assert.ErrorIs(t, err, missing)
	}
	assert.Empty(t, c.events)
	_, err := c.run(context.Background(), "", "count", here, c.node("groupByKey", 1, here, c.across(good)))
	require.NoError(t, err)
	job := c.events[0].(event.JobStart)
	assert.Zero(t, job.Job)
	assert.Zero(t, job.Stages[0].ID)
}

// fails runs a one-task job whose task ends with err.
func fails(t *testing.T, attempts int, fail func() error) (err error, told []string) {
	c := newCluster(attempts, Core{"e0", 1})
	err = c.sched.Run(context.Background(), Job{
		Action: "count", Site: here, Target: c.node("map", 1, here), Partitions: []int{0},
		Compute: func(*lineage.Task, int) (any, error) { return nil, fail() },
	})
	require.Error(t, err)
	return err, lines(c)
}

func TestErrorOfAFailedJob(t *testing.T) {
	err, told := fails(t, 2, func() error { return io.ErrUnexpectedEOF })
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.EqualError(t, err, "Job aborted due to stage failure: Task 0 in stage 0.0 failed 2 times, most recent failure: "+
		"Lost task 0.1 in stage 0.0 (TID 1) (host executor e0): *errors.errorString: unexpected EOF")
	assert.Equal(t, []string{
		"job 0 count at tp.go:7: 1 stages", "stage 0.0 runs partitions 0",
		"task 0 failed: unexpected EOF", "task 1 failed: unexpected EOF",
		"stage 0.0 failed: " + err.Error(), "job 0 failed: " + err.Error(),
	}, told)

	mine := &lineage.Failure{Class: "java.lang.ArithmeticException", Message: "/ by zero", Site: here}
	err, _ = fails(t, 1, func() error { return mine })
	require.ErrorIs(t, err, mine)
	assert.ErrorContains(t, err, "failed 1 times, most recent failure: Lost task 0.0 in stage 0.0 (TID 0) (host executor e0): "+
		"java.lang.ArithmeticException: / by zero (tp.go:7)")
	var failure *lineage.Failure
	require.ErrorAs(t, err, &failure)
	assert.Equal(t, lineage.SparkException, failure.Class)

	own := &lineage.Failure{Class: lineage.SparkException, Message: "Can only zip RDDs with same number of elements in each partition"}
	err, _ = fails(t, 1, func() error { return own })
	assert.Same(t, own, err, "an error of the engine's own is the job's")
}

// The job has failed with the first; Spark would have killed the second.
func TestFailureAfterTheJobHasFailed(t *testing.T) {
	c := newCluster(1, Core{"e0", 2})
	n := c.node("map", 2, here)
	c.bad[part{n.ID, 0}], c.bad[part{n.ID, 1}] = 1, 1
	_, err := c.run(context.Background(), "", "count", here, n)
	assert.ErrorContains(t, err, "Task 0 in stage 0.0 failed 1 times")
	assert.Subset(t, lines(c), []string{"task 0 failed: bad row", "task 1 killed: bad row"})
}

func TestTaskThatPanics(t *testing.T) {
	err, _ := fails(t, 1, func() error { panic("no delay given") })
	assert.ErrorContains(t, err, "panic: no delay given (job_test.go:")
}

// A result of a job that is cancelled from its first result on.
func TestCancel(t *testing.T) {
	c := newCluster(4, Core{"e0", 1})
	n := c.node("map", 5, here)
	ctx, cancel := context.WithCancel(context.Background())
	var taken []int
	job := Job{
		Action: "collect", Site: here, Target: n, Partitions: upTo(n),
		Compute: func(t *lineage.Task, p int) (any, error) { return p, t.Context.Err() },
		Take:    func(p int, _ any) { taken = append(taken, p); cancel() },
	}
	err := c.sched.Run(ctx, job)
	require.ErrorIs(t, err, context.Canceled)
	assert.EqualError(t, err, "[SPARK_JOB_CANCELLED] Job 0 cancelled  SQLSTATE: XXKDA")
	assert.Equal(t, []int{0}, taken, "no task starts after it")
	assert.ErrorIs(t, c.sched.Run(ctx, job), context.Canceled)
	assert.Len(t, taken, 1)
	assert.NoError(t, c.sched.Run(context.Background(), job), "the scheduler itself is well")
}

// What an executor that dies has done does not count, not even a result.
func TestResultOfALostExecutorIsNotTaken(t *testing.T) {
	c := newCluster(1, Core{"e0", 1}, Core{"e1", 1})
	runs := 0
	var taken []any
	err := c.sched.Run(context.Background(), Job{
		Action: "count", Site: here, Target: c.node("map", 1, here), Partitions: []int{0},
		Compute: func(t *lineage.Task, _ int) (any, error) {
			runs++
			t.Update(t, nil, func() { taken = append(taken, "accumulated") })
			if runs == 1 {
				c.kill("e0")
			}
			return fmt.Sprint("run ", runs), nil
		},
		Take: func(_ int, result any) { taken = append(taken, result) },
	})
	require.NoError(t, err)
	assert.Equal(t, []any{"accumulated", "run 2"}, taken)
}

// A task that fails for the last time while another has met a missing output:
// the stage comes round anyway, so the failure does not count.
func TestFailureBesideAFetchFailure(t *testing.T) {
	c := newCluster(1, Core{"e0", 2})
	source := c.node("parallelize", 1, here)
	reduced := c.node("reduceByKey", 2, here, c.across(source))
	_, err := c.run(context.Background(), "", "collect", here, reduced)
	require.NoError(t, err)
	c.events = nil
	c.lose(c.outputs()...)
	c.bad[part{reduced.ID, 1}] = 1
	taken, err := c.run(context.Background(), "", "collect", here, reduced)
	require.NoError(t, err)
	assert.Equal(t, []int{0, 1}, taken)
	assert.Contains(t, lines(c), "task 4 failed: bad row")
}

// Jobs of several goroutines run one after the other: their events do not mix.
func TestJobsFromManyGoroutines(t *testing.T) {
	c := newCluster(1, Core{"e0", 2})
	c.concurrent = true
	n := c.node("reduceByKey", 3, here, c.across(c.node("parallelize", 3, here)))
	var wg sync.WaitGroup
	const jobs = 6
	for range jobs {
		wg.Go(func() {
			taken, err := c.run(context.Background(), "", "count", here, n)
			assert.NoError(t, err)
			assert.Len(t, taken, 3)
		})
	}
	wg.Wait()
	from := 0
	seen := 0
	for i, e := range c.events {
		if end, ok := e.(event.JobEnd); ok {
			assert.Equal(t, seen, end.Job)
			checkTold(t, c.events[from:i+1], map[string]int{"e0": 2})
			from, seen = i+1, seen+1
		}
	}
	assert.Equal(t, jobs, seen)
	assert.Len(t, c.written, 3)
}

// A loop in a program may chain very many datasets: no recursion goes as deep.
func TestVeryLongStage(t *testing.T) {
	const length = 100_000
	c := newCluster(1, Core{"e0", 1})
	n := c.node("parallelize", 1, here)
	for range length {
		n = c.node("map", 1, here, lineage.Narrow(n))
	}
	err := c.sched.Run(context.Background(), Job{
		Action: "count", Target: n, Partitions: []int{0},
		Compute: func(*lineage.Task, int) (any, error) { return nil, nil },
	})
	require.NoError(t, err)
	assert.Len(t, c.events[0].(event.JobStart).Stages[0].Datasets, length+1)
}
