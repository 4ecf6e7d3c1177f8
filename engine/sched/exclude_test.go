package sched

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestExclusionDefaultsAreSparks(t *testing.T) {
	assert.Equal(t, Exclusion{PerTask: 1, PerStage: 2, PerApplication: 2, Timeout: time.Hour}, Exclusion{}.OrDefaults())
	mine := Exclusion{PerTask: 2, PerStage: 3, PerApplication: 4, Timeout: time.Minute}
	assert.Equal(t, mine, mine.OrDefaults())
}

func TestExclusionWithinAStage(t *testing.T) {
	now := time.Now()
	f := failures{}
	x := Exclusion{PerTask: 2, PerStage: 2}
	assert.False(t, x.fromTask(f, "e0", 0))
	assert.False(t, x.fromStage(f, "e0"))
	f.add("e0", 0, now)
	assert.False(t, x.fromTask(f, "e0", 0), "it may try once more")
	f.add("e0", 0, now)
	assert.True(t, x.fromTask(f, "e0", 0))
	assert.False(t, x.fromTask(f, "e0", 1))
	assert.False(t, x.fromTask(f, "e1", 0))
	assert.False(t, x.fromStage(f, "e0"), "one task, though twice")
	f.add("e0", 1, now)
	assert.True(t, x.fromStage(f, "e0"))
	assert.False(t, x.fromStage(f, "e1"))
}

// A session's memory against a simple model of it: the list of all that failed.
func TestExclusionFromTheSession(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := Exclusion{PerApplication: rapid.IntRange(1, 4).Draw(t, "limit"), Timeout: time.Duration(rapid.IntRange(1, 30).Draw(t, "timeout"))}
		names := []string{"e0", "e1", "e2"}
		now := time.Date(2013, 1, 1, 5, 15, 0, 0, time.UTC)
		var h health
		failed := map[string][]time.Time{}
		out := map[string]time.Time{}
		for range rapid.IntRange(1, 12).Draw(t, "stages") {
			now = now.Add(time.Duration(rapid.IntRange(0, 20).Draw(t, "passes")))
			next, back := h.recovered(now)
			h = next
			var wantBack []string
			for _, name := range names {
				if until, is := out[name]; is && now.After(until) {
					delete(out, name)
					wantBack = append(wantBack, name)
				}
			}
			require.Equal(t, wantBack, back)

			f := failures{}
			for _, name := range rapid.SliceOfDistinct(rapid.SampledFrom(names), rapid.ID).Draw(t, "where") {
				for _, p := range rapid.SliceOfN(rapid.IntRange(0, 3), 1, 4).Draw(t, "partitions") {
					f.add(name, p, now)
				}
				for range f[name] {
					failed[name] = append(failed[name], now)
				}
			}
			before := h
			h2, excluded := x.after(h, f, now)
			again, _ := x.after(before, f, now)
			require.Equal(t, h2, again, "what it was given is left alone")
			h = h2
			var want []sick
			for _, name := range names {
				failed[name] = slices.DeleteFunc(failed[name], func(at time.Time) bool { return at.Add(x.Timeout).Before(now) })
				if _, is := out[name]; is || f[name] == nil || len(failed[name]) < x.PerApplication {
					continue
				}
				want = append(want, sick{name, len(failed[name])})
				out[name] = now.Add(x.Timeout)
				failed[name] = nil
			}
			require.Equal(t, want, excluded)
			require.Len(t, h.until, len(out))
			for name, until := range out {
				require.Equal(t, until, h.until[name])
			}
		}
	})
}
