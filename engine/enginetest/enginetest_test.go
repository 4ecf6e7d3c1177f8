package enginetest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/enginetest"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// start opens a session of two executors whose facts are recorded.
func start(t *testing.T) (*engine.Session, *event.Recorder) {
	t.Helper()
	heard := &event.Recorder{}
	s := engine.Start(engine.Executors(2), engine.Cores(1), engine.Sequential(), engine.Listen(heard.Hear))
	t.Cleanup(s.Stop)
	return s, heard
}

func lost(events []event.Event) (executors []string, blocks int) {
	for _, e := range events {
		switch e := e.(type) {
		case event.ExecutorLost:
			executors = append(executors, e.Executor)
		case event.BlockDropped:
			if e.Reason == event.Lost {
				blocks++
			}
		}
	}
	return executors, blocks
}

func TestKillAndRevive(t *testing.T) {
	s, heard := start(t)
	sums := rdd.ReduceByKey(rdd.KeyBy(rdd.Of(s, 4, 1, 2, 3, 4, 5, 6, 7, 8), func(n int) int { return n % 3 }), rdd.Add)
	before := engine.Must(rdd.CollectMap(sums))

	assert.True(t, enginetest.Kill(s, "e1"))
	assert.False(t, enginetest.Kill(s, "e1"), "it is dead already")
	assert.Equal(t, before, engine.Must(rdd.CollectMap(sums)), "what was lost is computed again")

	enginetest.Revive(s, "e1")
	enginetest.Kill(s, "e0")
	assert.Equal(t, before, engine.Must(rdd.CollectMap(sums)))
	executors, _ := lost(heard.Events())
	assert.Equal(t, []string{"e1", "e0"}, executors)
}

func TestLoseBlock(t *testing.T) {
	s, heard := start(t)
	calls := rdd.Counter(s)
	cached := rdd.Map(rdd.Of(s, 3, 1, 2, 3, 4, 5, 6), func(n int) int { calls.Add(1); return n }).Cache()
	engine.Must(cached.Count())
	require.NoError(t, enginetest.LoseBlock(cached, 1))
	assert.Equal(t, []int{1, 2, 3, 4, 5, 6}, engine.Must(cached.Collect()))
	assert.EqualValues(t, 6+2, calls.Value(), "the lost partition alone is computed again")
	_, blocks := lost(heard.Events())
	assert.Equal(t, 1, blocks)
}

func TestLoseShuffles(t *testing.T) {
	s, heard := start(t)
	sums := rdd.ReduceByKey(rdd.KeyBy(rdd.Of(s, 2, 1, 2, 3, 4), func(n int) int { return n % 2 }), rdd.Add)
	before := engine.Must(rdd.CollectMap(sums))
	assert.Equal(t, 1, enginetest.LoseShuffles(sums))
	assert.Equal(t, before, engine.Must(rdd.CollectMap(sums)))
	fetchFailures := 0
	for _, e := range heard.Events() {
		if end, ok := e.(event.TaskEnd); ok && end.Status == event.FetchFailed {
			fetchFailures++
		}
	}
	assert.Positive(t, fetchFailures)
	assert.Zero(t, enginetest.LoseShuffles(rdd.Of(s, 1, 1)), "it reads none")
}

// A transcript is the same in every run, and is compared with a file.
func TestTranscript(t *testing.T) {
	s, heard := start(t)
	words := rdd.Of(s, 2, "le", "chat", "et", "le", "chien")
	ones := rdd.MapToPair(words, func(w string) (string, int) { return w, 1 })
	engine.Must(rdd.CollectMap(rdd.ReduceByKey(ones, rdd.Add)))
	enginetest.Golden(t, "wordcount.txt", enginetest.Transcript(heard.Events()))
}
