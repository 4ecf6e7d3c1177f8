package engine_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/enginetest"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// An executor that fails tasks is left alone, for the stage, then for the session, and
// comes back after an hour by the session's clock.
func TestExclusion(t *testing.T) {
	hands := clock.NewManual(time.Date(2013, 1, 1, 5, 15, 0, 0, time.UTC))
	s, r := start(t, engine.Executors(3), engine.Cores(1), engine.Clock(hands), engine.Exclusion(engine.ExclusionSettings{}))
	rows := rdd.Of(s, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9)
	bad := enginetest.Fail(s, enginetest.On("e1"), 100)
	assert.Equal(t, 9, engine.Must(rows.Count()))
	at := hands.Now()
	assert.Contains(t, r.Events(), event.ExecutorExcluded{Time: at, Executor: "e1", Stage: 0, Failures: 2})
	assert.Contains(t, r.Events(), event.ExecutorExcluded{Time: at, Executor: "e1", Stage: -1, Failures: 2})
	assert.Equal(t, 2, s.Counters().FailedTasks)

	started := func() (on map[string]int) {
		before := len(r.Events())
		assert.Equal(t, 9, engine.Must(rows.Count()))
		on = map[string]int{}
		for _, e := range r.Events()[before:] {
			if start, ok := e.(event.TaskStart); ok {
				on[start.Executor]++
			}
		}
		return on
	}
	assert.NotContains(t, started(), "e1")
	bad()
	assert.NotContains(t, started(), "e1", "it is well again, but nobody knows")
	hands.Advance(time.Hour)
	assert.NotContains(t, started(), "e1", "longer than an hour")
	hands.Advance(time.Nanosecond)
	assert.Equal(t, 3, started()["e1"])
	assert.Contains(t, r.Events(), event.ExecutorIncluded{Time: hands.Now(), Executor: "e1"})
	assert.Len(t, told(r, "ExecutorIncluded"), 1)
}

// A row that fails everywhere ends its job once no executor is left to try.
func TestExcludedEverywhere(t *testing.T) {
	s, r := start(t, engine.Executors(2), engine.Cores(1), engine.Exclusion(engine.ExclusionSettings{PerApplication: 1}))
	err := rdd.Of(s, 2, 1, 2).ForEach(func(n int) {
		if n == 2 {
			panic("bad row")
		}
	})
	assert.ErrorContains(t, err, "Job aborted due to stage failure: Aborting TaskSet 0.0 because task 1 (partition 1) cannot run anywhere due to node and executor excludeOnFailure. "+
		"Most recent failure: Lost task 1.1 in stage 0.0 (TID 2) (host executor e0): panic: bad row (exclusion_test.go:")
	assert.ErrorContains(t, err, "ExcludeOnFailure behavior can be configured via spark.excludeOnFailure.*.")
	assert.Empty(t, told(r, "ExecutorExcluded"), "its stage did not succeed: no executor is to blame")

	_, err = rdd.Of(s, 1, 1).Count()
	assert.NoError(t, err)
}
