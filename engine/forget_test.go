package engine_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// What is forgotten is not there any more, and is computed again by whoever uses it.
func TestForget(t *testing.T) {
	s := engine.Start(engine.Sequential())
	defer s.Stop()
	core := engine.Inside(s)
	ones := rdd.MapToPair(rdd.Of(s, 2, "a", "b", "a"), func(w string) (string, int) { return w, 1 })
	counts := rdd.ReduceByKey(ones, rdd.Add[int]).Cache()
	before, err := rdd.CollectMap(counts)
	require.NoError(t, err)
	assert.True(t, core.Holds(rdd.Node(counts), 0))
	require.NoError(t, core.Forget(rdd.Node(counts), 0))
	assert.False(t, core.Holds(rdd.Node(counts), 0))
	tasks := s.Counters()
	after, err := rdd.CollectMap(counts)
	require.NoError(t, err)
	assert.Equal(t, before, after)
	assert.Equal(t, 4, s.Counters().Since(tasks).Tasks, "the map stage runs again")
}

// A shuffle that is older than the dataset is another's.
func TestForgetKeepsWhatIsOlder(t *testing.T) {
	s := engine.Start(engine.Sequential())
	defer s.Stop()
	core := engine.Inside(s)
	static := rdd.Distinct(rdd.Of(s, 2, "a", "b", "a"))
	from := core.Datasets()
	once := rdd.Map(static, func(w string) string { return w })
	_, err := once.Count()
	require.NoError(t, err)
	require.NoError(t, core.Forget(rdd.Node(once), from))
	tasks := s.Counters()
	_, err = static.Count()
	require.NoError(t, err)
	assert.Equal(t, 1, s.Counters().Since(tasks).SkippedStages)
}

func TestADigestForgetsOldJobs(t *testing.T) {
	var d event.Digest
	for n := range event.RetainedJobs + 5 {
		d.Hear(event.JobStart{Job: n})
	}
	assert.Len(t, d.Jobs, event.RetainedJobs)
	assert.Equal(t, event.RetainedJobs+4, d.Jobs[len(d.Jobs)-1].Job)
	assert.Equal(t, 5, d.Jobs[0].Job)
}
