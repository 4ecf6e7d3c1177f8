package sched

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSpeculationDefaultsAreSparks(t *testing.T) {
	assert.Equal(t, Speculation{Quantile: 0.9, Multiplier: 3, MinRuntime: 100 * time.Millisecond, Interval: 100 * time.Millisecond}, Speculation{}.OrDefaults())
	mine := Speculation{Quantile: 0.5, Multiplier: 1.5, MinRuntime: time.Second, Interval: time.Minute}
	assert.Equal(t, mine, mine.OrDefaults())
}

func TestWhenToLookForStragglers(t *testing.T) {
	s := Speculation{}.OrDefaults()
	for _, c := range []struct {
		name                    string
		tasks, succeeded, alone int
		want                    time.Duration
	}{
		{"nine of ten are enough", 10, 9, 1, s.Interval},
		{"eight are not", 10, 8, 2, 0},
		{"of eleven, nine", 11, 9, 2, s.Interval},
		{"of two, one", 2, 1, 1, s.Interval},
		{"none yet", 2, 0, 2, 0},
		{"every task has its copy", 10, 9, 0, 0},
		{"one task alone", 1, 0, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, s.look(c.tasks, c.succeeded, c.alone)) })
	}
	assert.Equal(t, s.Interval, Speculation{Quantile: 0.01, Interval: s.Interval}.look(5, 1, 4), "one at least must have succeeded")
	assert.Zero(t, Speculation{Quantile: 0.01, Interval: s.Interval}.look(5, 0, 5))
}

func TestStragglers(t *testing.T) {
	began := time.Date(2013, 1, 1, 5, 15, 0, 0, time.UTC)
	ms := func(ns ...int) (all []time.Duration) {
		for _, n := range ns {
			all = append(all, time.Duration(n)*time.Millisecond)
		}
		return all
	}
	s := Speculation{}.OrDefaults()
	for _, c := range []struct {
		name string
		took []time.Duration
		ran  int // ms that partition 7 has run
		want []int
	}{
		{"three times the median and more", ms(100, 200, 300), 601, []int{7}},
		{"not more", ms(100, 200, 300), 600, nil},
		{"of an even number the upper median", ms(100, 200, 300, 400), 900, nil},
		{"in any order", ms(400, 100, 300, 200), 901, []int{7}},
		{"short tasks have 100 ms", ms(1, 1, 1), 100, nil},
		{"and no more", ms(1, 1, 1), 101, []int{7}},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := began.Add(time.Duration(c.ran) * time.Millisecond)
			assert.Equal(t, c.want, s.stragglers(c.took, []alone{{7, began}, {8, now}}, now))
		})
	}
}

// Laws: who is copied has run longer than MinRuntime and than most others took; once
// slow is slow at any later time; a larger multiplier copies no more; and a clock
// that counts in other units copies the same tasks.
func TestLawsOfStragglers(t *testing.T) {
	start := time.Date(2013, 1, 1, 5, 15, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		durations := rapid.Map(rapid.IntRange(0, 1000), func(n int) time.Duration { return time.Duration(n) })
		took := rapid.SliceOfN(durations, 1, 20).Draw(t, "took")
		s := Speculation{Multiplier: rapid.Float64Range(1, 5).Draw(t, "multiplier"), MinRuntime: durations.Draw(t, "least")}
		var under []alone
		for p, d := range rapid.SliceOf(durations).Draw(t, "began") {
			under = append(under, alone{p, start.Add(d)})
		}
		now := start.Add(2 * durations.Draw(t, "now"))
		copies := s.stragglers(took, under, now)
		for _, p := range copies {
			ran := now.Sub(under[p].began)
			require.Greater(t, ran, s.MinRuntime)
			shorter := 0
			for _, d := range took {
				if d <= ran {
					shorter++
				}
			}
			require.Greater(t, 2*shorter, len(took)-1)
		}
		require.Subset(t, s.stragglers(took, under, now.Add(durations.Draw(t, "later"))), copies)
		patient := s
		patient.Multiplier *= 2
		require.Subset(t, copies, patient.stragglers(took, under, now))

		const k = 8 // a power of two: the product with the multiplier is exact
		var longer []alone
		for _, u := range under {
			longer = append(longer, alone{u.partition, start.Add(k * u.began.Sub(start))})
		}
		long := slices.Clone(took)
		for i := range long {
			long[i] *= k
		}
		exact := Speculation{Multiplier: float64(rapid.IntRange(1, 5).Draw(t, "whole multiplier")), MinRuntime: s.MinRuntime}
		scaled := exact
		scaled.MinRuntime *= k
		require.Equal(t, exact.stragglers(took, under, now), scaled.stragglers(long, longer, start.Add(k*now.Sub(start))))
	})
}
