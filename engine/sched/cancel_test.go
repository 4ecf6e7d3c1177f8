package sched

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// hanging is a job of one task that goes on until it is released, whatever it is told.
func hanging(c *cluster, group string) (j Job, release func()) {
	hang := make(chan struct{})
	return Job{
		Action: "count", Site: here, Target: c.node("map", 1, here), Partitions: []int{0}, Group: group,
		Compute: func(*lineage.Task, int) (any, error) { <-hang; return nil, nil },
	}, func() { close(hang) }
}

// A job that is cancelled ends at once though its task goes on, be tasks run at once
// or one after the other; the one behind it waits for a core.
func TestCancelledJobDoesNotWaitForItsTask(t *testing.T) {
	for _, concurrent := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			c := newCluster(4, Core{"e0", 1})
			c.concurrent = concurrent
			j, release := hanging(c, "etl")
			first, second := make(chan error, 1), make(chan error, 1)
			go func() { first <- c.sched.Run(context.Background(), j) }()
			synctest.Wait()
			go func() {
				_, err := c.run(context.Background(), "", "count", here, c.node("map", 1, here))
				second <- err
			}()
			synctest.Wait()
			c.sched.CancelJob(0)
			synctest.Wait()
			require.Len(t, first, 1)
			err := <-first
			assert.EqualError(t, err, "[SPARK_JOB_CANCELLED] Job 0 cancelled  SQLSTATE: XXKDA")
			assert.ErrorIs(t, err, context.Canceled)
			var failure *lineage.Failure
			require.ErrorAs(t, err, &failure)
			assert.Equal(t, lineage.SparkException, failure.Class)
			assert.Empty(t, second, "the only core is busy")
			release()
			require.NoError(t, <-second)
			assert.Contains(t, lines(c), "task 0 killed: TaskKilled (Stage cancelled: [SPARK_JOB_CANCELLED] Job 0 cancelled  SQLSTATE: XXKDA)")
		})
	}
}

// A job may be cancelled while its tasks are waited for because it has failed.
func TestCancelAJobThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCluster(1, Core{"e0", 2})
		c.concurrent = true
		hang := make(chan struct{})
		n := c.node("map", 2, here)
		ended := make(chan error, 1)
		go func() {
			ended <- c.sched.Run(context.Background(), Job{
				Action: "count", Site: here, Target: n, Partitions: upTo(n),
				Compute: func(_ *lineage.Task, p int) (any, error) {
					if p == 0 {
						return nil, errBadRow
					}
					<-hang
					return nil, nil
				},
			})
		}()
		synctest.Wait()
		assert.Empty(t, ended, "a task that has failed waits for the others")
		c.sched.CancelAll()
		assert.ErrorIs(t, <-ended, errBadRow, "the job had failed before")
		close(hang)
	})
}

// A task that stops because it was told to has not failed.
func TestStoppedTaskHasNotFailed(t *testing.T) {
	for range 20 { // whether the scheduler hears of the task first is chance
		synctest.Test(t, func(t *testing.T) {
			c := newCluster(1, Core{"e0", 1})
			c.concurrent = true
			ended := make(chan error, 1)
			go func() {
				ended <- c.sched.Run(context.Background(), Job{
					Action: "count", Site: here, Target: c.node("map", 1, here), Partitions: []int{0},
					Compute: func(t *lineage.Task, _ int) (any, error) { <-t.Context.Done(); return nil, t.Context.Err() },
				})
			}()
			synctest.Wait()
			c.sched.CancelAll()
			assert.EqualError(t, <-ended, "[SPARK_JOB_CANCELLED] Job 0 cancelled as part of cancellation of all jobs SQLSTATE: XXKDA")
		})
	}
}

// When a task fails for good the others are told to stop, and those that listen do.
// A straggler that a copy has beaten is not waited for, whatever it does.
func TestFailedJobStopsItsTasks(t *testing.T) {
	c := newCluster(1, Core{"e0", 1}, Core{"e1", 1}, Core{"e2", 1})
	n := c.node("map", 4, here)
	c.sched.Speculation = &Speculation{Quantile: 0.5, Multiplier: 2, MinRuntime: 1, Interval: 1}
	c.pace = func(t *lineage.Task) time.Duration {
		if t.Attempt > 0 {
			return 10
		}
		return []time.Duration{10, 1000, 10, 200}[t.Partition]
	}
	c.deaf = func(t *lineage.Task) bool { return t.Partition == 1 }
	c.bad[part{n.ID, 3}] = 1 // the first that ends: the copy
	_, err := c.play(t, n)
	require.ErrorContains(t, err, "Task 3 in stage 0.0 failed 1 times")
	var told []string
	for _, e := range c.events {
		switch e := e.(type) {
		case event.TaskEnd:
			told = append(told, fmt.Sprintf("%d: partition %d attempt %d %s", e.Time.Sub(time.Time{}), e.Partition, e.Attempt, e.Status))
		case event.JobEnd:
			told = append(told, fmt.Sprintf("%d: the job ends", e.Time.Sub(time.Time{})))
		}
	}
	assert.Equal(t, []string{
		"10: partition 0 attempt 0 succeeded", "10: partition 2 attempt 0 succeeded", "31: partition 1 attempt 1 succeeded",
		"41: partition 3 attempt 1 failed", "41: partition 3 attempt 0 killed", "41: the job ends",
		"1000: partition 1 attempt 0 killed",
	}, told)
}

// A job that is cancelled between two stages does not begin the second.
func TestCancelBetweenStages(t *testing.T) {
	c := newCluster(1, Core{"e0", 1})
	n := c.node("reduceByKey", 1, here, c.across(c.node("parallelize", 1, here)))
	c.sched.Emit = func(e event.Event) {
		c.emit(e)
		if _, over := e.(event.StageEnd); over {
			c.sched.CancelAll()
		}
	}
	_, err := c.run(context.Background(), "", "count", here, n)
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, []string{
		"job 0 count at tp.go:7: 2 stages", "stage 0.0 runs partitions 0", "task 0 succeeded", "stage 0.0 succeeded",
		"job 0 failed: " + err.Error(),
	}, lines(c))
}

// What had ended before the job was cancelled has ended.
func TestCancelAfterTasksHaveEnded(t *testing.T) {
	c := newCluster(1, Core{"e0", 2})
	n := c.node("map", 3, here)
	var taken []int
	err := c.sched.Run(context.Background(), Job{
		Action: "collect", Site: here, Target: n, Partitions: upTo(n),
		Compute: func(*lineage.Task, int) (any, error) { return nil, nil },
		Take:    func(p int, _ any) { taken = append(taken, p); c.sched.CancelAll() },
	})
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, []int{0, 1}, taken, "both tasks ran before the scheduler heard of the first")
	assert.Subset(t, lines(c), []string{"task 0 succeeded", "task 1 succeeded"})
}

// Jobs run in the order in which they came; one that is cancelled as it waits ends at
// once, and so does one whose caller gives up.
func TestQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCluster(1, Core{"e0", 1})
		c.concurrent = true
		n := c.node("map", 1, here)
		j, release := hanging(c, "")
		ended := map[string]chan error{}
		enter := func(name string, run func() error) {
			ended[name] = make(chan error, 1)
			go func() { ended[name] <- run() }()
			synctest.Wait() // so that they come in this order
		}
		enter("running", func() error { return c.sched.Run(context.Background(), j) })
		ctx, giveUp := context.WithCancel(context.Background())
		for _, name := range []string{"first", "etl", "second"} {
			enter(name, func() error {
				_, err := c.run(context.Background(), name, name, here, n)
				return err
			})
		}
		enter("given up", func() error { _, err := c.run(ctx, "", "given up", here, n); return err })
		assert.True(t, c.sched.Busy())

		c.sched.CancelGroup("")
		c.sched.CancelGroup("nobody")
		c.sched.CancelJob(7)
		c.sched.CancelGroup("etl")
		assert.EqualError(t, <-ended["etl"], "[SPARK_JOB_CANCELLED] Job 1 cancelled part of cancelled job group etl SQLSTATE: XXKDA")
		giveUp()
		assert.ErrorIs(t, <-ended["given up"], context.Canceled)
		for _, name := range []string{"running", "first", "second"} {
			assert.Empty(t, ended[name])
		}
		release()
		for _, name := range []string{"running", "first", "second"} {
			assert.NoError(t, <-ended[name])
		}
		var actions []string
		var numbers []int
		for _, e := range c.events {
			if start, ok := e.(event.JobStart); ok {
				actions, numbers = append(actions, start.Action), append(numbers, start.Job)
			}
		}
		assert.Equal(t, []string{"count", "first", "second"}, actions)
		assert.Equal(t, []int{0, 3, 4}, numbers, "a job that did not begin has used up its number")
		assert.False(t, c.sched.Busy())
	})
}

func TestStopWaitsForTheJobsAndNotForTheirTasks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCluster(1, Core{"e0", 1})
		c.concurrent = true
		j, release := hanging(c, "")
		first, second := make(chan error, 1), make(chan error, 1)
		go func() { first <- c.sched.Run(context.Background(), j) }()
		synctest.Wait()
		go func() { second <- c.sched.Run(context.Background(), j) }()
		synctest.Wait()
		c.sched.Stop()
		assert.EqualError(t, <-first, "Job 0 cancelled because SparkContext was shut down")
		assert.EqualError(t, <-second, "Job 1 cancelled because SparkContext was shut down")
		release()
	})
}
