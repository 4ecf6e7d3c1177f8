package datasets

import (
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

func TestRunOf(t *testing.T) {
	var events []event.Event
	s := engine.Start(engine.Executors(2), engine.Cores(1), engine.Sequential(), engine.Attempts(2),
		engine.Listen(func(e event.Event) { events = append(events, e) }))
	var failed atomic.Bool
	pairs := rdd.MapToPair(rdd.Of(s, 2, "a", "b", "a", "a"), func(word string) (string, int) {
		if word == "b" && failed.CompareAndSwap(false, true) {
			panic("once")
		}
		return word, 1
	})
	counts := rdd.ReduceByKey(pairs, rdd.Add, rdd.Hash(1))
	engine.Must(counts.Count())
	engine.Must(counts.Collect())
	s.Stop()

	run := RunOf(events)
	assert.Equal(t, []Stage{{0, 0, "map", 2, false}, {0, 1, "count", 1, false}, {1, 2, "map", 2, true}, {1, 3, "collect", 1, false}}, run.Stages)
	require.Len(t, run.Tasks, 5)
	assert.Equal(t, Task{Job: 0, Stage: 0, Partition: 0, Executor: "e0", Failed: true}, run.Tasks[0])
	assert.Equal(t, 1, run.Tasks[1].Attempt+run.Tasks[2].Attempt)
	last := run.Tasks[4]
	assert.Equal(t, Task{Job: 1, Stage: 3, Executor: last.Executor, Read: 3}, last)

	file := filepath.Join(t.TempDir(), "run.jsonl")
	var text []byte
	for _, e := range events {
		line, err := event.Encode(e)
		require.NoError(t, err)
		text = append(append(text, line...), '\n')
	}
	require.NoError(t, os.WriteFile(file, text, 0o600))
	read, err := ReadRun(file)
	require.NoError(t, err)
	assert.Equal(t, run, read)

	_, err = ReadRun("nowhere.jsonl")
	assert.ErrorContains(t, err, "nowhere.jsonl")
	require.NoError(t, os.WriteFile(file, []byte("not a recording\n"), 0o600))
	_, err = ReadRun(file)
	assert.ErrorContains(t, err, file)
}

// An output that was lost is written again: the stage that was skipped runs.
func TestASkippedStageThatRuns(t *testing.T) {
	stages := []event.Stage{{ID: 4, Name: "map", Tasks: 3}}
	run := RunOf([]event.Event{
		event.JobStart{Job: 1, Stages: stages}, event.StageSkipped{Job: 1, Stage: 4}, event.StageStart{Job: 1, Stage: 4, Attempt: 2},
	})
	assert.Equal(t, []Stage{{1, 4, "map", 3, false}}, run.Stages)
}
