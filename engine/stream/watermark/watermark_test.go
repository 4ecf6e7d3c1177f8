package watermark

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

const minute = int64(60_000_000) // microseconds

func at(minutes int64) Seen { return Seen{Any: true, Max: minutes * minute} }

func TestTrackerMovesWhenABatchEnds(t *testing.T) {
	w := NewTracker(Min, 10*60_000)
	assert.EqualValues(t, 0, w.Watermark())
	assert.True(t, w.EndBatch([]Seen{at(15)}))
	assert.EqualValues(t, 5*60_000, w.Watermark())
	assert.False(t, w.EndBatch([]Seen{{}}), "a batch without event times moves nothing")
	assert.False(t, w.EndBatch([]Seen{at(12)}), "it never goes back")
	assert.EqualValues(t, 5*60_000, w.Watermark())
}

func TestTrackerPolicies(t *testing.T) {
	slow := NewTracker(Min, 0, 0)
	assert.False(t, slow.EndBatch([]Seen{at(10), {}}), "one without rows holds everything back")
	assert.True(t, slow.EndBatch([]Seen{{}, at(3)}), "each operator's own maximum is kept")
	assert.EqualValues(t, 3*60_000, slow.Watermark())

	fast := NewTracker(Max, 0, 0)
	assert.True(t, fast.EndBatch([]Seen{at(10), {}}))
	assert.EqualValues(t, 10*60_000, fast.Watermark())
}

func TestTrackerAfterARestart(t *testing.T) {
	w := NewTracker(Min, 0)
	w.Restore(60_000)
	assert.EqualValues(t, 60_000, w.Watermark())
	assert.False(t, w.EndBatch([]Seen{{}}))
	assert.True(t, w.EndBatch([]Seen{at(2)}))
}

func TestMillisTruncatesDownwards(t *testing.T) {
	for micros, want := range map[int64]int64{0: 0, 999: 0, 1000: 1, 1999: 1, -1: -1, -1000: -1, -1001: -2} {
		assert.Equal(t, want, Millis(micros), "%d", micros)
	}
}

func TestBehindIsNotStrict(t *testing.T) {
	assert.True(t, Behind(5000, 5))
	assert.False(t, Behind(5001, 5))
}

func TestPolicyOf(t *testing.T) {
	p, err := PolicyOf("max")
	assert.NoError(t, err)
	assert.Equal(t, Max, p)
	_, err = PolicyOf("median")
	assert.ErrorContains(t, err, "neither min nor max")
}

// The watermark never goes back, and the order in which tasks report, or one
// that reports twice, changes nothing.
func TestTrackerLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		delays := rapid.SliceOfN(rapid.Int64Range(0, 100), 1, 3).Draw(t, "delays")
		policy := rapid.SampledFrom([]Policy{Min, Max}).Draw(t, "policy")
		once, twice := NewTracker(policy, delays...), NewTracker(policy, delays...)
		before := int64(0)
		for range rapid.IntRange(1, 6).Draw(t, "batches") {
			seen, again := make([]Seen, len(delays)), make([]Seen, len(delays))
			for i := range delays {
				times := rapid.SliceOfN(rapid.Int64Range(-500_000, 500_000), 0, 4).Draw(t, "times")
				for _, at := range times {
					seen[i].Add(at)
				}
				for j := range times {
					task := Seen{Any: true, Max: times[len(times)-1-j]}
					again[i].Merge(task)
					again[i].Merge(task)
				}
			}
			moved := once.EndBatch(seen)
			twice.EndBatch(again)
			assert.Equal(t, moved, once.Watermark() > before)
			assert.GreaterOrEqual(t, once.Watermark(), before)
			assert.Equal(t, once.Watermark(), twice.Watermark())
			before = once.Watermark()
		}
	})
}
