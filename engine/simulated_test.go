package engine_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Executors that are simulated work at once: a slow one is given fewer tasks, and the
// job ends when the last of them does.
func TestSimulatedTime(t *testing.T) {
	hands := clock.NewManual(time.UnixMilli(0))
	var heard event.Recorder
	s := engine.Start(engine.Executors(2), engine.Cores(1), engine.Clock(hands), engine.Listen(heard.Hear),
		engine.Simulated(func(t *lineage.Task) time.Duration {
			if t.Executor == "e1" {
				return 3 * time.Second
			}
			return time.Second
		}))
	defer s.Stop()
	n, err := rdd.Of(s, 8, 1, 2, 3, 4, 5, 6, 7, 8).Count()
	require.NoError(t, err)
	assert.Equal(t, 8, n)
	tasks := map[string]int{}
	for _, e := range heard.Events() {
		if end, ok := e.(event.TaskEnd); ok {
			tasks[end.Executor]++
			assert.Equal(t, map[string]time.Duration{"e0": time.Second, "e1": 3 * time.Second}[end.Executor], end.Metrics.Duration)
		}
	}
	assert.Equal(t, map[string]int{"e0": 6, "e1": 2}, tasks)
	assert.Equal(t, time.UnixMilli(6000), hands.Now())
}

// What an executor has not ended when it dies runs again elsewhere.
func TestSimulatedExecutorDies(t *testing.T) {
	hands := clock.NewManual(time.UnixMilli(0))
	s := engine.Start(engine.Executors(2), engine.Cores(1), engine.Clock(hands),
		engine.Simulated(func(*lineage.Task) time.Duration { return time.Second }))
	defer s.Stop()
	hands.AfterFunc(500*time.Millisecond, func() { engine.Inside(s).KillExecutor("e1", "a test") })
	rows, err := rdd.Of(s, 2, "a", "b").Collect()
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b"}, rows)
	assert.Equal(t, time.UnixMilli(2000), hands.Now())
}
