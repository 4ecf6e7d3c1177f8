package model

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
)

// after is the state of a tape once the n-th task has ended.
func after(t *testing.T, recording []event.Event, n int) State {
	line, err := New(recording)
	require.NoError(t, err)
	return line.At(line.Task(n))
}

// TestTranscripts keeps what every tape tells, step by step, in both languages.
func TestTranscripts(t *testing.T) {
	for name, recording := range tapes() {
		if name == "hostile" {
			continue
		}
		line, err := New(recording)
		require.NoError(t, err)
		for _, l := range []Language{French, English} {
			var b strings.Builder
			for position := 0; position < line.Len(); {
				position = line.Next(ByTask, position)
				s := line.At(position)
				fmt.Fprintf(&b, "%d\n", position)
				for _, n := range s.Telling() {
					fmt.Fprintf(&b, "  %s\n", strings.ReplaceAll(n.In(l), hard, " "))
				}
			}
			golden(t, filepath.Join("testdata", name+"."+string(l)+".txt"), b.String())
		}
	}
}

func golden(t *testing.T, file, got string) {
	if *rewrite {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, file)
}

// cells writes a stage as on screen, one letter a cell.
func cells(s *Stage) string {
	var b strings.Builder
	for _, c := range s.Cells {
		b.WriteByte(".rdxk"[c.State])
	}
	return b.String()
}

func TestCellsAndCounters(t *testing.T) {
	s := after(t, joinTape(), 3)
	require.Equal(t, "dddr", cells(s.Job().Stages[0]))
	require.Equal(t, Running, s.Job().Stages[0].Status)
	require.Equal(t, Waiting, s.Job().Stages[1].Status)
	require.Equal(t, 3, s.Job().Stages[0].Finished())

	s = after(t, joinTape(), 10) // the first result task of the join
	require.Equal(t, 1, s.Job().ID)
	require.Equal(t, Skipped, s.Job().Stages[0].Status)
	require.Equal(t, "kkkk", cells(s.Job().Stages[0]))
	require.Equal(t, 0, s.Job().Stages[0].WrittenBy)
	require.Equal(t, "dr.", cells(s.Job().Stages[2]))
	require.Equal(t, int64(16), s.Job().Counters.ShuffleWrite, "the job's own")
	require.Equal(t, int64(31+16), s.Counters.ShuffleWrite, "the session's")
	require.Equal(t, int64(5000+16), s.Counters.Combined)
	require.Nil(t, s.Jobs[0].Stages, "a job that ended keeps its sums only")
	require.EqualValues(t, 3, s.Jobs[0].Counters.Result)
}

func TestShuffleMatrix(t *testing.T) {
	s := after(t, joinTape(), 4)
	list := s.ShufflesOfJob()
	require.Len(t, list, 1)
	readers, total, combined, known := list[0].Matrix()
	require.Equal(t, []int64{12, 8, 11}, readers)
	require.EqualValues(t, 31, total)
	require.EqualValues(t, 5000, combined)
	require.True(t, known)

	// An output written by a task that has not ended: its combiner has not spoken.
	line, err := New(joinTape())
	require.NoError(t, err)
	s = line.At(line.Task(1) - 1)
	_, total, _, known = s.Shuffles[0].Matrix()
	require.EqualValues(t, 16, total)
	require.False(t, known)
}

func TestStorage(t *testing.T) {
	blocks := func(s State, dataset int) string {
		var parts []string
		for _, b := range s.BlocksOf(dataset) {
			text := fmt.Sprintf("%d@%s", b.Partition, b.Executor)
			if b.Gone != "" {
				text += " " + b.Gone
			}
			if b.Again {
				text += " again"
			}
			if b.Disk > 0 {
				text += " disk"
			}
			parts = append(parts, text)
		}
		return strings.Join(parts, ", ")
	}
	s := after(t, cacheTape(), 4)
	assert.Equal(t, "0@e0, 1@e1, 2@e0, 3@e1 no room", blocks(s, 1))
	assert.Equal(t, 3, s.Stored(1))
	memory, disk := s.Used("e0")
	assert.EqualValues(t, 800, memory)
	assert.Zero(t, disk)

	s = after(t, cacheTape(), 5)
	assert.Equal(t, "0@e0, 1@e1, 2@e0 lost, 3@e1 no room", blocks(s, 1))
	assert.Equal(t, 2, s.Stored(1))
	s = after(t, cacheTape(), 8)
	assert.Equal(t, "0@e0, 1@e1, 2@e0 again, 3@e1 no room", blocks(s, 1))
	assert.EqualValues(t, 2, s.Counters.Hits)
	assert.EqualValues(t, 6, s.Counters.Misses)

	s = after(t, cacheTape(), 12)
	assert.Equal(t, "0@e0 disk, 1@e1, 2@e0 disk, 3@e1", blocks(s, 2))
	assert.EqualValues(t, 1, s.Counters.Evictions)
	assert.Equal(t, []int{1, 2}, s.KeptIDs())

	line, err := New(cacheTape())
	require.NoError(t, err)
	s = line.At(line.Len())
	assert.Equal(t, []int{2}, s.KeptIDs(), "the mark is off, the checkpoint stays")
	assert.Empty(t, blocks(s, 1))
}

func TestLostExecutor(t *testing.T) {
	s := after(t, fetchTape(), 5) // both readers have failed
	_, total, combined, known := s.Shuffles[0].Matrix()
	assert.EqualValues(t, 200, total, "what the lost executor wrote is gone")
	assert.EqualValues(t, 200, combined)
	assert.True(t, known)
	assert.Equal(t, "xx", cells(s.Job().Stages[1]))
	x, _ := s.Executor("e2")
	assert.True(t, x.Lost)

	s = after(t, fetchTape(), 6)
	_, total, _, _ = s.Shuffles[0].Matrix()
	assert.EqualValues(t, 300, total)
	assert.Equal(t, "ddd", cells(s.Job().Stages[0]))
	assert.Equal(t, 1, s.Job().Stages[0].Attempt)

	s = after(t, fetchTape(), 8)
	assert.Equal(t, "dd", cells(s.Job().Stages[1]))
	assert.Equal(t, 2, s.Job().Counters.FailedTasks)
}

func TestLineage(t *testing.T) {
	draw := func(s State) string {
		var b strings.Builder
		for _, branch := range s.Lineage() {
			for i, open := range branch.Open {
				own := branch.Turn && i == len(branch.Open)-1
				switch {
				case own && branch.Shuffle >= 0:
					b.WriteString("+ ")
				case own:
					b.WriteString("- ")
				case open:
					b.WriteString("| ")
				default:
					b.WriteString("  ")
				}
			}
			b.WriteString(Label(branch.Dataset))
			if branch.First {
				fmt.Fprintf(&b, " stage %d", branch.Stage.ID)
			}
			b.WriteByte('\n')
		}
		return b.String()
	}
	assert.Equal(t, `join [6] stage 4
join [5]
join [4]
- comptes
| + map [1] stage 2
|   vols
+ compagnies stage 3
`, draw(after(t, joinTape(), 8)))

	// A dataset used twice is drawn once; a cycle, which no engine makes, ends.
	twice := []event.Event{event.JobStart{Dataset: 2, Datasets: []event.Dataset{
		{ID: 2, Op: "union", Parents: narrow(1, 1)}, {ID: 1, Op: "map", Parents: narrow(0)}, {ID: 0, Op: "a", Parents: narrow(2)},
	}}}
	line, err := New(twice)
	require.NoError(t, err)
	s := line.At(1)
	tree := s.Lineage()
	labels := make([]string, len(tree))
	for i, b := range tree {
		labels[i] = Label(b.Dataset)
	}
	assert.Equal(t, []string{"union [2]", "map [1]", "a [0]", "union [2]", "map [1]"}, labels)
	assert.Equal(t, []bool{false, false, false, true, true}, []bool{tree[0].Again, tree[1].Again, tree[2].Again, tree[3].Again, tree[4].Again})
}

// TestTakeLooksFurther: a stage may run other partitions than its first ones.
func TestTakeLooksFurther(t *testing.T) {
	stage := event.Stage{ID: 0, Name: "take", Tasks: 2, Writes: -1}
	line, err := New([]event.Event{event.JobStart{Stages: []event.Stage{stage}}, event.StageStart{Partitions: []int{3, 2}}})
	require.NoError(t, err)
	s := line.At(2)
	numbers := []int{}
	for _, c := range s.Job().Stages[0].Cells {
		numbers = append(numbers, c.Partition)
	}
	require.True(t, slices.Equal([]int{2, 3}, numbers), numbers)
}

// TestOnlyMissingPartitions: a new job computes again what was lost between jobs.
func TestOnlyMissingPartitions(t *testing.T) {
	stage := event.Stage{ID: 3, Name: "map", Tasks: 3, Writes: 0}
	line, err := New([]event.Event{
		event.ExecutorAdded{Executor: "e0"}, event.ShuffleWritten{Shuffle: 0, Map: 0, Executor: "e1", Rows: []int64{4}},
		event.ShuffleWritten{Shuffle: 0, Map: 1, Executor: "e0", Rows: []int64{5}},
		event.ExecutorLost{Executor: "e0", Reason: "killed"},
		event.JobStart{Job: 1, Stages: []event.Stage{stage}}, event.StageStart{Job: 1, Stage: 3, Partitions: []int{1}},
	})
	require.NoError(t, err)
	s := line.At(line.Len())
	require.Equal(t, "k.k", cells(s.Job().Stages[0]))
	require.Equal(t, "L'étape 3 écrit à nouveau la partition 1 du brassage 0 : ces sorties étaient sur e0 et n'y sont plus.", s.Telling()[0].In(French))
}
