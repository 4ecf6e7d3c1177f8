package engine_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// runs is a program that keeps a dataset and counts it twice.
func runs(t *testing.T, trial string) []event.Event {
	var heard event.Recorder
	t.Setenv(engine.TrialVariable, trial)
	s := engine.Start(engine.Sequential(), engine.Executors(2), engine.Cores(1), engine.Listen(heard.Hear))
	defer s.Stop()
	kept := rdd.Of(s, 4, 1, 2, 3, 4, 5, 6, 7, 8).Cache()
	for range 2 {
		n, err := kept.Count()
		require.NoError(t, err)
		assert.Equal(t, 8, n, "whatever is changed, the answer is the same")
	}
	return heard.Events()
}

// TestATrialChangesTheSession: executors, cores, memory and copies are as the variable
// says, and an executor dies when it says so.
func TestATrialChangesTheSession(t *testing.T) {
	heard := runs(t, `{"executors":3,"cores":2,"memory":4096,"copies":2,"kills":[{"tasks":5,"executor":"e1"}]}`)
	var joined, replicas, lost, again int
	for _, e := range heard {
		switch e := e.(type) {
		case event.ExecutorAdded:
			joined++
			assert.Equal(t, 2, e.Cores)
			assert.Equal(t, int64(4096), e.Memory)
		case event.Persisted:
			assert.Contains(t, e.Level, "2x Replicated")
		case event.BlockStored:
			if e.Replica {
				replicas++
			}
		case event.ExecutorLost:
			lost++
			assert.Equal(t, "e1", e.Executor)
		case event.BlockMissed:
			if e.Reason == event.Lost {
				again++
			}
		}
	}
	assert.Equal(t, 3, joined)
	assert.Equal(t, 4, replicas)
	assert.Equal(t, 1, lost)
	assert.Zero(t, again, "the other copies are read")
}

func TestNoTrial(t *testing.T) {
	for _, text := range []string{"", "{}", "not a trial"} {
		heard := runs(t, text)
		joined := 0
		for _, e := range heard {
			if _, is := e.(event.ExecutorAdded); is {
				joined++
			}
		}
		assert.Equal(t, 2, joined)
	}
}
