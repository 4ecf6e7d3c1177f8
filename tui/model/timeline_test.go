package model

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/event"
)

// anyFact draws a fact with small numbers, so that facts meet: jobs that run
// twice, tasks of unknown stages, blocks of lost executors, negative numbers.
func anyFact(t *rapid.T) event.Event {
	n := func(label string) int { return rapid.IntRange(-1, 3).Draw(t, label) }
	ns := func(label string) []int { return rapid.SliceOfN(rapid.IntRange(-1, 4), 0, 4).Draw(t, label) }
	x := rapid.SampledFrom([]string{"e0", "e1", ""}).Draw(t, "executor")
	bad := rapid.SampledFrom([]string{"", "", "broken."}).Draw(t, "error")
	reason := rapid.SampledFrom([]string{event.Evicted, event.NoRoom, event.Unpersisted, event.Lost, event.NeverStored, "other"}).Draw(t, "reason")
	rows := rapid.SliceOfN(rapid.Int64Range(0, 9), 0, 3).Draw(t, "rows")
	switch rapid.IntRange(0, 17).Draw(t, "kind") {
	case 0:
		return event.SessionStart{App: "app"}
	case 1:
		return event.SessionEnd{}
	case 2:
		return event.ExecutorAdded{Executor: x, Cores: 1, Memory: 10}
	case 3:
		return event.ExecutorLost{Executor: x, Reason: "killed"}
	case 4, 5:
		e := event.JobStart{Job: n("job"), Dataset: n("dataset")}
		for i := range rapid.IntRange(0, 3).Draw(t, "stages") {
			e.Stages = append(e.Stages, event.Stage{ID: i, Tasks: rapid.IntRange(0, 3).Draw(t, "tasks"), Writes: n("writes"), Reads: ns("reads")})
			e.Datasets = append(e.Datasets, event.Dataset{ID: i, Level: bad, Partitions: 2, Parents: []event.Parent{{Dataset: n("parent"), Shuffle: n("shuffle")}, {Dataset: n("parent"), Shuffle: -1}}})
		}
		return e
	case 6:
		return event.JobEnd{Job: n("job"), Error: bad}
	case 7, 8:
		return event.StageStart{Job: n("job"), Stage: n("stage"), Attempt: n("attempt"), Partitions: ns("partitions"), Reason: bad}
	case 9:
		return event.StageSkipped{Job: n("job"), Stage: n("stage"), Shuffle: n("shuffle"), WrittenBy: n("writer")}
	case 10:
		return event.StageEnd{Job: n("job"), Stage: n("stage"), Attempt: n("attempt"), Error: bad}
	case 11:
		return event.TaskStart{Job: n("job"), Stage: n("stage"), Task: n("task"), Partition: n("partition"), Executor: x}
	case 12:
		return event.TaskEnd{Job: n("job"), Stage: n("stage"), Task: n("task"), Partition: n("partition"), Executor: x,
			Status: rapid.SampledFrom([]event.Status{event.Succeeded, event.Failed, event.FetchFailed}).Draw(t, "status"), Error: bad, Metrics: event.Metrics{Combined: 2, ShuffleWrite: 1}}
	case 13:
		return event.ShuffleWritten{Shuffle: n("shuffle"), Map: n("map"), Executor: x, Rows: rows}
	case 14:
		return event.BlockStored{Executor: x, Dataset: n("dataset"), Partition: n("partition"), Memory: int64(len(rows)), Replica: bad != ""}
	case 15:
		return event.BlockDropped{Executor: x, Dataset: n("dataset"), Partition: n("partition"), Reason: reason}
	case 16:
		return event.BlockMissed{Executor: x, Dataset: n("dataset"), Partition: n("partition"), Reason: reason}
	}
	return rapid.SampledFrom([]event.Event{
		event.Persisted{Dataset: 1, Level: "disk"}, event.Persisted{Dataset: 1}, event.CheckpointWritten{Dataset: 1}, event.BlockRead{Dataset: 1},
	}).Draw(t, "mark")
}

// short gives a timeline of close snapshots, so that small recordings cross some.
func short(t require.TestingT, recording []event.Event, gap int) *Timeline {
	whole, err := New(recording)
	require.NoError(t, err)
	whole.gap, whole.snapshots = gap, nil
	now := empty()
	for i, e := range whole.facts {
		if i%gap == 0 {
			whole.snapshots = append(whole.snapshots, now)
			now = now.clone()
		}
		now.apply(e)
	}
	if whole.snapshots == nil {
		whole.snapshots = []State{now}
	}
	return whole
}

// TestAnyWayToAState: whatever the recording, a state is the same whether it is
// reached fact by fact, from a snapshot, or after other states were looked at.
func TestAnyWayToAState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		recording := rapid.SliceOfN(rapid.Custom(anyFact), 0, 60).Draw(t, "recording")
		line := short(t, recording, rapid.IntRange(1, 9).Draw(t, "gap"))
		var stepped []State
		now := empty()
		for position := 0; ; position++ {
			c := now.clone()
			c.owned = nil
			stepped = append(stepped, c)
			if position == line.Len() {
				break
			}
			now = now.clone()
			now.apply(line.facts[position])
		}
		for _, position := range rapid.SliceOfN(rapid.IntRange(0, line.Len()), 1, 12).Draw(t, "jumps") {
			require.Equal(t, stepped[position], line.At(position), "position %d", position)
		}
		for position := range stepped {
			require.Equal(t, stepped[position], line.At(position), "position %d, after the jumps", position)
			for _, n := range stepped[position].Notes {
				require.NotContains(t, n.In(French)+n.In(English), "?", "a hole without its fact")
			}
			stepped[position].Lineage()
			stepped[position].ShufflesOfJob()
		}
	})
}

// TestForwardThenBack: from any stop, next then previous is where one was; so
// is previous then next. Stops of a coarse grain are stops of the finer ones.
func TestForwardThenBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := short(t, rapid.SliceOfN(rapid.Custom(anyFact), 0, 60).Draw(t, "recording"), 5)
		g := Grain(rapid.IntRange(0, int(numGrains)-1).Draw(t, "grain"))
		seen := []int{0}
		for position := 0; position < line.Len(); {
			next := line.Next(g, position)
			require.Greater(t, next, position)
			require.Equal(t, position, line.Previous(g, next))
			require.Equal(t, line.At(position), line.At(line.Previous(g, line.Next(g, position))))
			position = next
			seen = append(seen, position)
		}
		require.Equal(t, line.Len(), line.Next(g, line.Len()), "the end is clear")
		walked := []int{0}
		line.Walk(g, func(s *State) {
			walked = append(walked, s.Position)
			c := s.clone()
			c.owned = nil
			require.Equal(t, line.At(s.Position), c)
		})
		require.Equal(t, seen, walked)
		require.Equal(t, 0, line.Previous(g, 0), "so is the beginning")
		if g > Fine {
			for _, position := range seen[1:] {
				require.Equal(t, position, line.Next(g-1, position-1), "a stop is one of the finer grain")
			}
		}
	})
}

func TestTaskNumbers(t *testing.T) {
	line, err := New(joinTape())
	require.NoError(t, err)
	require.Equal(t, 15, line.Tasks())
	for n := 1; n <= 15; n++ {
		s := line.At(line.Task(n))
		require.Equal(t, n, s.Ended)
	}
	require.Equal(t, 0, line.Task(0))
	require.Equal(t, line.Len(), line.Task(99))
}

func TestSearch(t *testing.T) {
	line, err := New(joinTape())
	require.NoError(t, err)
	find := func(text string, after int, l Language) State {
		position, found := line.Search(text, after, l)
		require.True(t, found, text)
		require.Equal(t, position, line.Next(ByTask, position-1), "a search ends on a stop")
		return line.At(position)
	}
	skipped := find("sautée", 0, French)
	require.Equal(t, "L'étape 2 est sautée : ses fichiers de brassage existent encore (brassage 0, écrit par l'étape 0). Elle le serait aussi sans cache.", skipped.Telling()[0].In(French))
	again := find("sautée", skipped.Position, French)
	require.Greater(t, again.Position, skipped.Position)
	named := find("COMPAGNIES", 0, English)
	require.Equal(t, 1, named.Job().ID)
	site := find("exercises.go:34", 0, English)
	require.Equal(t, 1, site.Job().ID)
	round := find("stage 0.0 runs", line.Len(), French)
	require.Equal(t, 0, round.Job().ID, "the search goes round")
	for _, text := range []string{"", "  ", "nothing of the sort"} {
		_, found := line.Search(text, 0, French)
		require.False(t, found)
	}
}

// TestLongRecording: jumps stay instant because few facts are taken in again,
// and snapshots stay few.
func TestLongRecording(t *testing.T) {
	recording := longTape(20000)
	line, err := New(recording)
	require.NoError(t, err)
	require.LessOrEqual(t, len(line.snapshots), maxSnapshots)
	require.LessOrEqual(t, line.gap, line.Len()/maxSnapshots+1)
	for _, n := range []int{20000, 1, 10000} {
		s := line.At(line.Task(n))
		require.Equal(t, n, s.Ended)
		require.EqualValues(t, 3*n, s.Counters.ShuffleWrite)
	}
}

// longTape is one stage of many tasks.
func longTape(tasks int) []event.Event {
	stage := event.Stage{ID: 0, Name: "map", Tasks: tasks, Writes: 0}
	partitions := make([]int, tasks)
	for p := range partitions {
		partitions[p] = p
	}
	facts := []event.Event{event.ExecutorAdded{Executor: "e0"}, event.JobStart{Stages: []event.Stage{stage}}, event.StageStart{Partitions: partitions}}
	for p := range tasks {
		facts = append(facts,
			event.TaskStart{Task: p, Partition: p, Executor: "e0"},
			event.ShuffleWritten{Map: p, Executor: "e0", Rows: []int64{1, 2}},
			event.TaskEnd{Task: p, Partition: p, Executor: "e0", Status: event.Succeeded, Metrics: event.Metrics{ShuffleWrite: 3, Combined: 9}})
	}
	return facts
}

func BenchmarkJump(b *testing.B) {
	line, err := New(longTape(20000))
	require.NoError(b, err)
	for i := 0; b.Loop(); i++ {
		line.At(i * 7919 % line.Len())
	}
}

func BenchmarkNew(b *testing.B) {
	recording := longTape(20000)
	for b.Loop() {
		_, err := New(recording)
		require.NoError(b, err)
	}
}

func TestDamagedRecording(t *testing.T) {
	for _, tasks := range []int{-1, maxTasks + 1} {
		_, err := New([]event.Event{event.SessionEnd{}, event.JobStart{Stages: []event.Stage{{Tasks: tasks}}}})
		require.ErrorIs(t, err, event.ErrRecording)
		require.ErrorContains(t, err, fmt.Sprintf("event 2: not a recording of this engine: stage 0 of job 0 has %d tasks", tasks))
	}
	line, err := New(nil)
	require.NoError(t, err)
	s := line.At(5)
	require.Zero(t, s.Position)
	require.Nil(t, s.Job())
	require.Nil(t, s.Lineage())
}
