package event

import (
	"fmt"
	"strings"
)

// This file gives every fact its name and its line of text. The lines are used
// by golden transcripts, so they are stable: change one only with its goldens.

func (SessionStart) Kind() string      { return "SessionStart" }
func (SessionEnd) Kind() string        { return "SessionEnd" }
func (ExecutorAdded) Kind() string     { return "ExecutorAdded" }
func (ExecutorLost) Kind() string      { return "ExecutorLost" }
func (ExecutorExcluded) Kind() string  { return "ExecutorExcluded" }
func (ExecutorIncluded) Kind() string  { return "ExecutorIncluded" }
func (JobStart) Kind() string          { return "JobStart" }
func (JobEnd) Kind() string            { return "JobEnd" }
func (StageStart) Kind() string        { return "StageStart" }
func (StageSkipped) Kind() string      { return "StageSkipped" }
func (StageEnd) Kind() string          { return "StageEnd" }
func (TaskStart) Kind() string         { return "TaskStart" }
func (TaskEnd) Kind() string           { return "TaskEnd" }
func (ShuffleWritten) Kind() string    { return "ShuffleWritten" }
func (Spilled) Kind() string           { return "Spilled" }
func (BlockStored) Kind() string       { return "BlockStored" }
func (BlockDropped) Kind() string      { return "BlockDropped" }
func (BlockRead) Kind() string         { return "BlockRead" }
func (BlockMissed) Kind() string       { return "BlockMissed" }
func (Persisted) Kind() string         { return "Persisted" }
func (CheckpointWritten) Kind() string { return "CheckpointWritten" }

func (e SessionStart) String() string {
	return fmt.Sprintf("session %q opens, %d partitions by default", e.App, e.Parallelism)
}

func (SessionEnd) String() string {
	return "session closes: cached blocks and shuffle outputs are gone"
}

func (e ExecutorAdded) String() string {
	return fmt.Sprintf("executor %s joins with %d cores and %d bytes", e.Executor, e.Cores, e.Memory)
}

func (e ExecutorLost) String() string {
	return fmt.Sprintf("executor %s is lost: %s", e.Executor, e.Reason)
}

func (e ExecutorExcluded) String() string {
	where := "of this session, for some time"
	if e.Stage >= 0 {
		where = fmt.Sprintf("of stage %d.%d", e.Stage, e.StageAttempt)
	}
	return fmt.Sprintf("executor %s gets no more tasks %s: %d failed there", e.Executor, where, e.Failures)
}

func (e ExecutorIncluded) String() string {
	return fmt.Sprintf("executor %s gets tasks again", e.Executor)
}

func (e JobStart) String() string {
	line := fmt.Sprintf("job %d %s at %s: %d stages", e.Job, e.Action, e.Site, len(e.Stages))
	if e.Group != "" {
		line += ", of group " + e.Group
	}
	return line
}

func (e JobEnd) String() string { return fmt.Sprintf("job %d %s", e.Job, outcome(e.Error)) }

func (e StageStart) String() string {
	line := fmt.Sprintf("stage %d.%d runs partitions %s", e.Stage, e.Attempt, list(e.Partitions))
	if e.Reason != "" {
		line += ": " + e.Reason
	}
	return line
}

func (e StageSkipped) String() string {
	if e.WrittenBy < 0 {
		return fmt.Sprintf("stage %d is skipped: nothing that runs reads shuffle %d", e.Stage, e.Shuffle)
	}
	return fmt.Sprintf("stage %d is skipped: shuffle %d was written by stage %d", e.Stage, e.Shuffle, e.WrittenBy)
}

func (e StageEnd) String() string {
	return fmt.Sprintf("stage %d.%d %s", e.Stage, e.Attempt, outcome(e.Error))
}

func (e TaskStart) String() string {
	line := fmt.Sprintf("task %d starts on %s: stage %d partition %d attempt %d", e.Task, e.Executor, e.Stage, e.Partition, e.Attempt)
	if e.Preferred {
		line += ", beside its data"
	}
	if e.Speculative {
		line += ", a copy"
	}
	return line
}

func (e TaskEnd) String() string {
	line := fmt.Sprintf("task %d %s%s", e.Task, e.Status, e.Metrics)
	if e.Error != "" {
		line += ": " + e.Error
	}
	return line
}

// String lists the counts that are not zero, each after a comma.
func (m Metrics) String() string {
	var b strings.Builder
	for _, c := range []struct {
		name string
		n    int64
	}{
		{"read", m.Input}, {"shuffle read", m.ShuffleRead}, {"to combine", m.Combined}, {"shuffle written", m.ShuffleWrite},
		{"written", m.Output}, {"to the driver", m.Result}, {"cache hits", m.Hits}, {"cache misses", m.Misses}, {"bytes spilled", m.Spilled},
	} {
		if c.n != 0 {
			fmt.Fprintf(&b, ", %d %s", c.n, c.name)
		}
	}
	return b.String()
}

func (e ShuffleWritten) String() string {
	return fmt.Sprintf("shuffle %d map %d on %s: rows %v", e.Shuffle, e.Map, e.Executor, e.Rows)
}

func (e Spilled) String() string {
	return fmt.Sprintf("task %d spills %d rows on %s, %d bytes: %s", e.Task, e.Rows, e.Executor, e.Bytes, e.During)
}

func (e BlockStored) String() string {
	what := "block"
	if e.Replica {
		what = "replica"
	}
	return fmt.Sprintf("%s rdd_%d_%d stored on %s: %s", what, e.Dataset, e.Partition, e.Executor, e.Level)
}

func (e BlockDropped) String() string {
	return fmt.Sprintf("block rdd_%d_%d not kept on %s: %s", e.Dataset, e.Partition, e.Executor, e.Reason)
}

func (e BlockRead) String() string {
	return fmt.Sprintf("task %d reads block rdd_%d_%d from %s", e.Task, e.Dataset, e.Partition, e.From)
}

func (e BlockMissed) String() string {
	return fmt.Sprintf("task %d computes rdd_%d_%d: %s", e.Task, e.Dataset, e.Partition, e.Reason)
}

func (e Persisted) String() string {
	if e.Level == "" {
		return fmt.Sprintf("dataset %d unpersisted", e.Dataset)
	}
	return fmt.Sprintf("dataset %d marked %s", e.Dataset, e.Level)
}

func (e CheckpointWritten) String() string {
	return fmt.Sprintf("dataset %d checkpointed in %d files: lineage cut", e.Dataset, e.Partitions)
}

func outcome(problem string) string {
	if problem == "" {
		return "succeeded"
	}
	return "failed: " + problem
}

// list writes runs of numbers short: 0-3,7.
func list(ns []int) string {
	var parts []string
	for i := 0; i < len(ns); {
		j := i
		for j+1 < len(ns) && ns[j+1] == ns[j]+1 {
			j++
		}
		if j == i {
			parts = append(parts, fmt.Sprint(ns[i]))
		} else {
			parts = append(parts, fmt.Sprintf("%d-%d", ns[i], ns[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ",")
}
