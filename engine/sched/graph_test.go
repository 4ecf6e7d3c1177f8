package sched

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// anyGraph defines datasets at random: sources, narrow edges from one or two
// parents, unions, shuffles, and joins of which one side moves.
func anyGraph(t *rapid.T, c *cluster) []*lineage.Node {
	nodes := []*lineage.Node{c.node("source", rapid.IntRange(1, 3).Draw(t, "partitions"), lineage.Site{})}
	for range rapid.IntRange(1, 9).Draw(t, "datasets") {
		parent := func() *lineage.Node { return rapid.SampledFrom(nodes).Draw(t, "parent") }
		a := parent()
		n := len(upTo(a))
		partitions := rapid.IntRange(1, 3).Draw(t, "partitions")
		var node *lineage.Node
		switch op := rapid.SampledFrom([]string{"source", "map", "zip", "union", "shuffle", "cogroup", "join"}).Draw(t, "op"); op {
		case "source":
			node = c.node(op, partitions, lineage.Site{})
		case "map":
			node = c.node(op, n, lineage.Site{}, lineage.Narrow(a))
		case "zip":
			b := parent()
			if len(upTo(b)) != n {
				b = a
			}
			node = c.node(op, n, lineage.Site{}, lineage.Narrow(a), lineage.Narrow(b))
		case "union":
			b := parent()
			m := len(upTo(b))
			node = c.node(op, n+m, lineage.Site{},
				lineage.NarrowFrom(a, lineage.Range, section(0, n)), lineage.NarrowFrom(b, lineage.Range, section(n, m)))
		case "shuffle":
			node = c.node(op, partitions, lineage.Site{}, c.across(a))
		case "cogroup":
			node = c.node(op, partitions, lineage.Site{}, c.across(a), c.across(parent()))
		case "join":
			node = c.node(op, n, lineage.Site{}, lineage.Narrow(a), c.across(parent()))
		}
		nodes = append(nodes, node)
	}
	return nodes
}

// sameStage is n and what is computed with it; border the shuffles read there.
func sameStage(n *lineage.Node, nodes map[int]bool, border map[int]*lineage.Shuffle) {
	nodes[n.ID] = true
	for _, d := range n.Deps() {
		if d.Shuffle != nil {
			border[d.Shuffle.ID] = d.Shuffle
		} else {
			sameStage(d.Parent, nodes, border)
		}
	}
}

// allShuffles is every shuffle that n comes from.
func allShuffles(n *lineage.Node, all map[int]*lineage.Shuffle) {
	for _, d := range n.Deps() {
		if d.Shuffle != nil {
			all[d.Shuffle.ID] = d.Shuffle
		}
		allShuffles(d.Parent, all)
	}
}

// In any graph: one stage a shuffle and one for the result, parents first, each
// with the datasets that narrow edges join and the shuffles at its border.
func TestStagesOfAnyGraph(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newCluster(4, Core{"e0", 2})
		nodes := anyGraph(t, c)
		for round := range 2 {
			target := rapid.SampledFrom(nodes).Draw(t, "target")
			c.events = nil
			_, err := c.run(context.Background(), "", "count", lineage.Site{}, target)
			require.NoError(t, err)
			job := c.events[0].(event.JobStart)
			require.Equal(t, round, job.Job)

			shuffles := map[int]*lineage.Shuffle{}
			allShuffles(target, shuffles)
			require.Len(t, job.Stages, len(shuffles)+1)
			writer := map[int]int{} // shuffle → stage, of the stages met so far
			for i, stage := range job.Stages {
				require.Equal(t, job.Stages[0].ID+i, stage.ID, "numbered in this order, without a gap")
				final, name := target, "count"
				if i < len(shuffles) {
					require.NotContains(t, writer, stage.Writes, "a shuffle has one stage")
					final = shuffles[stage.Writes].Parent
					name = final.Op
				} else {
					require.Equal(t, -1, stage.Writes, "the result stage is the last")
				}
				require.Equal(t, name, stage.Name)
				require.Equal(t, len(upTo(final)), stage.Tasks)
				inside, border := map[int]bool{}, map[int]*lineage.Shuffle{}
				sameStage(final, inside, border)
				require.Len(t, stage.Datasets, len(inside))
				require.Equal(t, final.ID, stage.Datasets[0])
				for _, id := range stage.Datasets {
					require.Contains(t, inside, id)
				}
				require.Len(t, stage.Reads, len(border))
				require.Len(t, stage.Parents, len(border))
				for _, s := range stage.Reads {
					require.Contains(t, border, s)
					require.Contains(t, writer, s, "parents come first")
					require.Contains(t, stage.Parents, writer[s])
				}
				writer[stage.Writes] = stage.ID
			}
		}
	})
}

// owed adds what a job on n has to write: what is missing of the shuffles that
// it reads and, for these, what is missing further back. A dataset that is
// wholly kept is read in its place.
func (c *cluster) owed(n *lineage.Node, missing map[output]bool) {
	if c.Cached(n) {
		return
	}
	for _, d := range n.Deps() {
		if d.Shuffle == nil {
			c.owed(d.Parent, missing)
			continue
		}
		lost := c.Missing(d.Shuffle)
		for _, m := range lost {
			missing[output{d.Shuffle.ID, m}] = true
		}
		if len(lost) > 0 {
			c.owed(d.Parent, missing)
		}
	}
}

// While nothing goes wrong during a job, what it needs is written exactly once,
// and nothing else; each partition asked for is taken exactly once. Executors
// that die between jobs make exactly what they held be written again.
func TestExactlyWhatIsMissingIsComputed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newCluster(1, Core{"e0", 1}, Core{"e1", 2})
		c.concurrent = rapid.Bool().Draw(t, "concurrent")
		nodes := anyGraph(t, c)
		for range rapid.IntRange(1, 4).Draw(t, "jobs") {
			if rapid.Bool().Draw(t, "an executor dies") {
				name := rapid.SampledFrom([]string{"e0", "e1"}).Draw(t, "executor")
				c.kill(name)
				c.start(name, 1)
			}
			target := rapid.SampledFrom(nodes).Draw(t, "target")
			wanted := rapid.SliceOfNDistinct(rapid.SampledFrom(upTo(target)), 1, -1, rapid.ID).Draw(t, "wanted")
			owed := map[output]bool{}
			c.owed(target, owed)
			clear(c.written)
			taken, err := c.run(context.Background(), "", "collect", lineage.Site{}, target, wanted...)
			require.NoError(t, err)
			slices.Sort(taken)
			slices.Sort(wanted)
			require.Equal(t, wanted, taken)
			for o, times := range c.written {
				require.Equal(t, 1, times, "%v was written %d times", o, times)
				require.True(t, owed[o], "%v was there, or nobody needed it", o)
			}
			require.Len(t, c.written, len(owed))
		}
	})
}

// Whatever goes wrong, within what a session bears: the job succeeds, takes
// each partition once, never gives an executor more tasks than cores, and never
// writes an output that is still there.
func TestAnyGraphWithFaults(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const attempts = 3
		c := newCluster(attempts, Core{"e0", 2}, Core{"e1", 1})
		c.concurrent = rapid.Bool().Draw(t, "concurrent")
		nodes := anyGraph(t, c)
		for _, n := range nodes {
			c.marked[n] = rapid.IntRange(0, 3).Draw(t, "one in four is cached") == 0
		}
		anyPart := func(name string) part {
			n := rapid.SampledFrom(nodes).Draw(t, name)
			return part{n.ID, rapid.SampledFrom(upTo(n)).Draw(t, name)}
		}
		for range rapid.IntRange(1, 4).Draw(t, "jobs") {
			for _, e := range []Core{{"e0", 2}, {"e1", 1}} {
				if !c.alive(e.Executor) {
					c.start(e.Executor, e.Free)
				}
			}
			for _, o := range c.outputs() {
				if rapid.IntRange(0, 3).Draw(t, "one in four is lost") == 0 {
					c.lose(o)
				}
			}
			clear(c.killer) // one executor dies, so that one lives
			c.killer[anyPart("killed at")] = rapid.SampledFrom([]string{"e0", "e1"}).Draw(t, "executor")
			for range rapid.IntRange(0, 3).Draw(t, "bad tasks") {
				c.bad[anyPart("bad task")] = rapid.IntRange(1, attempts-1).Draw(t, "times")
			}
			target := rapid.SampledFrom(nodes).Draw(t, "target")
			c.events = nil
			taken, err := c.run(context.Background(), "", "collect", lineage.Site{}, target)
			require.NoError(t, err)
			slices.Sort(taken)
			require.Equal(t, upTo(target), taken)
			require.Zero(t, c.needless, "an output that was there was written again")
			checkTold(t, c.events, map[string]int{"e0": 2, "e1": 1})
		}
	})
}

// checkTold demands that a job's events hang together: what starts ends, within
// what holds it, and no executor has more tasks than cores.
func checkTold(t require.TestingT, events []event.Event, cores map[string]int) {
	stage := -1 // the one that runs: stages of a job run one after the other
	under := map[int]event.TaskStart{}
	running := map[string]int{}
	require.IsType(t, event.JobStart{}, events[0])
	require.IsType(t, event.JobEnd{}, events[len(events)-1])
	for _, e := range events {
		switch e := e.(type) {
		case event.StageStart:
			require.Equal(t, -1, stage)
			require.NotEmpty(t, e.Partitions)
			if e.Attempt > 0 {
				require.NotEmpty(t, e.Reason, "an attempt after the first says why")
			}
			stage = e.Stage
		case event.StageEnd:
			require.Equal(t, stage, e.Stage)
			require.Empty(t, under)
			stage = -1
		case event.TaskStart:
			require.Equal(t, stage, e.Stage)
			require.NotContains(t, under, e.Task)
			under[e.Task] = e
			running[e.Executor]++
			require.LessOrEqual(t, running[e.Executor], cores[e.Executor])
		case event.TaskEnd:
			start, started := under[e.Task]
			require.True(t, started)
			require.Equal(t, []any{start.Stage, start.StageAttempt, start.Partition, start.Attempt, start.Executor},
				[]any{e.Stage, e.StageAttempt, e.Partition, e.Attempt, e.Executor})
			delete(under, e.Task)
			running[e.Executor]--
		}
	}
	require.Equal(t, -1, stage)
}

// outputs lists the map outputs that exist, in order.
func (c *cluster) outputs() (all []output) {
	for o := range c.held {
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b output) int {
		if a.shuffle != b.shuffle {
			return a.shuffle - b.shuffle
		}
		return a.m - b.m
	})
	return all
}
