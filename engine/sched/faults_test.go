package sched

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// play runs a job in time and lets everything come to its end.
func (c *cluster) play(t *testing.T, n *lineage.Node) (taken []int, err error) {
	synctest.Test(t, func(*testing.T) {
		over := make(chan struct{})
		go func() {
			defer close(over)
			taken, err = c.run(context.Background(), "", "collect", lineage.Site{}, n)
		}()
		c.drive(over)
		c.finish()
	})
	return taken, err
}

// Whatever goes wrong and however slow tasks are, with copies of slow ones, the job
// succeeds, takes each partition once, and counts each of them once. No executor has
// more tasks than cores, stragglers that were left behind included, and each of them
// ends once.
func TestAnyGraphInTime(outer *testing.T) {
	rapid.Check(outer, func(t *rapid.T) {
		const attempts = 3
		cores := map[string]int{"e0": 2, "e1": 1, "e2": 1}
		c := newCluster(attempts, Core{"e0", 2}, Core{"e1", 1}, Core{"e2", 1})
		nodes := anyGraph(t, c)
		seed := rapid.Uint64().Draw(t, "seed of what is slow")
		draw := func(kind string, key any, n int) int {
			h := fnv.New32a()
			fmt.Fprint(h, seed, kind, key)
			return int(h.Sum32() % uint32(n))
		}
		c.pace = func(t *lineage.Task) time.Duration {
			pace := 1 + draw("pace", part{t.Dataset.ID, t.Partition}, 20)
			if draw("slow", [2]any{part{t.Dataset.ID, t.Partition}, t.Executor}, 3) == 0 {
				pace *= 50
			}
			return time.Duration(pace)
		}
		c.deaf = func(t *lineage.Task) bool { return draw("deaf", t.ID, 2) == 0 }
		c.sched.Speculation = &Speculation{
			Quantile: rapid.Float64Range(0.1, 0.9).Draw(t, "quantile"), Multiplier: rapid.Float64Range(1, 3).Draw(t, "multiplier"),
			MinRuntime: 5, Interval: time.Duration(rapid.IntRange(1, 10).Draw(t, "interval")),
		}
		for range rapid.IntRange(1, 3).Draw(t, "jobs") {
			for _, e := range []Core{{"e0", 2}, {"e1", 1}, {"e2", 1}} {
				if !c.alive(e.Executor) {
					c.start(e.Executor, e.Free)
				}
			}
			if rapid.Bool().Draw(t, "an executor dies") {
				victim := rapid.SampledFrom([]string{"e0", "e1", "e2"}).Draw(t, "executor")
				back := rapid.Bool().Draw(t, "and comes back")
				c.after(time.Duration(rapid.IntRange(0, 100).Draw(t, "when")), func() {
					c.kill(victim)
					if back {
						c.start(victim, cores[victim])
						c.sched.Wake()
					}
				})
			}
			for _, o := range c.outputs() {
				if rapid.IntRange(0, 3).Draw(t, "one in four is lost") == 0 {
					c.lose(o)
				}
			}
			for range rapid.IntRange(0, 3).Draw(t, "bad tasks") {
				n := rapid.SampledFrom(nodes).Draw(t, "bad task")
				c.bad[part{n.ID, rapid.SampledFrom(upTo(n)).Draw(t, "bad task")}] = rapid.IntRange(1, attempts-1).Draw(t, "times")
			}
			target := rapid.SampledFrom(nodes).Draw(t, "target")
			c.events, c.counted = nil, map[part]int{}
			taken, err := c.play(outer, target)
			require.NoError(t, err)
			slices.Sort(taken)
			require.Equal(t, upTo(target), taken)
			checkInTime(t, c, cores)
		}
	})
}

// checkInTime demands that what was told hangs together when tasks may be copied and
// left behind.
func checkInTime(t require.TestingT, c *cluster, cores map[string]int) {
	type try struct{ stage, attempt, partition int }
	under := map[int]event.TaskStart{}
	running := map[string]int{}
	tried := map[try][]string{}
	succeeded := map[try]int{}
	final := map[int]int{} // the last dataset of each stage
	result := -1
	for _, e := range c.events {
		switch e := e.(type) {
		case event.JobStart:
			for _, s := range e.Stages {
				final[s.ID] = s.Datasets[0]
			}
			result = e.Stages[len(e.Stages)-1].ID
		case event.TaskStart:
			at := try{e.Stage, e.StageAttempt, e.Partition}
			together := 0
			for _, other := range under {
				if (try{other.Stage, other.StageAttempt, other.Partition}) == at {
					together++
				}
			}
			if e.Speculative {
				require.Equal(t, 1, together, "a copy of a task that runs, and one copy only")
				require.NotContains(t, tried[at], e.Executor)
			} else {
				require.Zero(t, together)
			}
			require.Equal(t, len(tried[at]), e.Attempt)
			tried[at] = append(tried[at], e.Executor)
			require.Zero(t, succeeded[at], "what has succeeded is not run again")
			under[e.Task] = e
			running[e.Executor]++
			require.LessOrEqual(t, running[e.Executor], cores[e.Executor])
		case event.TaskEnd:
			require.Contains(t, under, e.Task)
			delete(under, e.Task)
			running[e.Executor]--
			if e.Status == event.Succeeded {
				succeeded[try{e.Stage, e.StageAttempt, e.Partition}]++
			}
		}
	}
	require.Empty(t, under)
	want := map[part]int{}
	for at, n := range succeeded {
		require.Equal(t, 1, n, "a partition succeeds once in an attempt of its stage")
		if at.stage == result {
			require.Zero(t, want[part{final[at.stage], at.partition}], "and once in all if it is of the result")
		}
		want[part{final[at.stage], at.partition}] += n
	}
	require.Equal(t, want, c.counted, "what successful tasks added up, and nothing else")
}

// With executors excluded as well, a job ends as it should or says that a task has
// nowhere to go; no task goes where its stage has it excluded.
func TestAnyGraphWithExclusion(outer *testing.T) {
	rapid.Check(outer, func(t *rapid.T) {
		c := newCluster(3, Core{"e0", 1}, Core{"e1", 1}, Core{"e2", 2})
		nodes := anyGraph(t, c)
		c.pace = func(t *lineage.Task) time.Duration { return time.Duration(1 + t.Partition) }
		x := Exclusion{
			PerTask: rapid.IntRange(1, 2).Draw(t, "per task"), PerStage: rapid.IntRange(1, 3).Draw(t, "per stage"),
			PerApplication: rapid.IntRange(1, 4).Draw(t, "per application"), Timeout: time.Duration(rapid.IntRange(1, 50).Draw(t, "timeout")),
		}
		c.sched.Exclusion = &x
		for range rapid.IntRange(1, 4).Draw(t, "jobs") {
			c.broken[rapid.SampledFrom([]string{"e0", "e1", "e2"}).Draw(t, "executor")] = rapid.IntRange(0, 4).Draw(t, "tasks that fail there")
			target := rapid.SampledFrom(nodes).Draw(t, "target")
			c.events, c.counted = nil, map[part]int{}
			taken, err := c.play(outer, target)
			if err == nil {
				slices.Sort(taken)
				require.Equal(t, upTo(target), taken)
				checkInTime(t, c, map[string]int{"e0": 1, "e1": 1, "e2": 2})
			} else {
				require.Regexp(t, "cannot run anywhere due to node and executor excludeOnFailure|failed 3 times", err.Error())
			}
			c.checkExclusion(t, x)
		}
	})
}

// checkExclusion demands that no task starts where it may not.
func (c *cluster) checkExclusion(t require.TestingT, x Exclusion) {
	failed := failures{}
	starts := map[int]event.TaskStart{}
	outOfStage, out := map[string]bool{}, map[string]bool{}
	for _, e := range c.events {
		switch e := e.(type) {
		case event.StageStart:
			failed, outOfStage = failures{}, map[string]bool{}
		case event.ExecutorExcluded:
			if e.Stage < 0 {
				require.False(t, out[e.Executor], "it is out already")
				require.GreaterOrEqual(t, e.Failures, x.PerApplication)
				out[e.Executor] = true
			} else {
				require.Equal(t, x.PerStage, e.Failures)
				outOfStage[e.Executor] = true
			}
		case event.ExecutorIncluded:
			delete(out, e.Executor)
		case event.TaskStart:
			starts[e.Task] = e
			require.False(t, out[e.Executor])
			require.False(t, outOfStage[e.Executor])
			require.Less(t, failed[e.Executor][e.Partition].times, x.PerTask)
		case event.TaskEnd:
			if e.Status == event.Failed {
				failed.add(e.Executor, e.Partition, e.Time)
			}
		}
	}
}
