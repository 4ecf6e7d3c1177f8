package event

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCountersAdd(t *testing.T) {
	moved := Metrics{Input: 1, Output: 2, ShuffleRead: 3, Combined: 4, ShuffleWrite: 5, Result: 6, Hits: 7, Misses: 8}
	var c Counters
	for _, e := range []Event{
		SessionStart{}, JobStart{}, StageStart{}, StageStart{Attempt: 1}, StageSkipped{}, StageEnd{}, JobEnd{},
		TaskEnd{Status: Succeeded, Metrics: moved}, TaskEnd{Status: Failed, Metrics: moved},
		TaskEnd{Status: FetchFailed, Metrics: moved}, TaskEnd{Status: Killed, Metrics: moved}, TaskEnd{Status: Succeeded, Metrics: moved},
		BlockDropped{Reason: Evicted}, BlockDropped{Reason: NoRoom}, BlockDropped{Reason: Lost}, BlockStored{}, ShuffleWritten{Rows: []int64{9}},
	} {
		c.Add(e)
	}
	assert.Equal(t, Counters{
		Jobs: 1, Stages: 2, SkippedStages: 1, Tasks: 5, FailedTasks: 3, Evictions: 1,
		Input: 2, Output: 4, ShuffleRead: 6, Combined: 8, ShuffleWrite: 10, Result: 12, Hits: 14, Misses: 16,
	}, c)
	assert.Equal(t, "1 jobs, 2 stages (1 skipped), 5 tasks, 10 rows shuffled", c.String())
}

// What lies between two moments is the difference, in every field.
func TestSinceIsTheDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, between := anyEvents(t), anyEvents(t)
		var at, want Counters
		for _, e := range before {
			at.Add(e)
		}
		after := at
		for _, e := range between {
			after.Add(e)
			want.Add(e)
		}
		require.Equal(t, want, after.Since(at))
	})
	// No field is forgotten: one that Since left out would stay 0 here.
	var ones Counters
	v := reflect.ValueOf(&ones).Elem()
	for i := range v.NumField() {
		v.Field(i).SetInt(1)
	}
	assert.Equal(t, ones, ones.Since(Counters{}))
	assert.Zero(t, ones.Since(ones))
}

func anyEvents(t *rapid.T) []Event {
	return rapid.SliceOfN(rapid.Custom(anyEvent), 0, 5).Draw(t, "events")
}
