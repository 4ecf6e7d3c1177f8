package tp09

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/datasets"
	"etincelle/grader/check"
	"etincelle/grader/hidden/hiddentest"
)

// cases are those of a function, of twenty seeds.
func cases(t *testing.T, function string) (all []check.Case) {
	for seed := range uint64(20) {
		for _, g := range hiddentest.Groups(Groups).Made(t, seed*0x9e3779b97f4a7c15) {
			if g.Function == function {
				all = append(all, g.Cases...)
			}
		}
	}
	require.NotEmpty(t, all)
	return all
}

func rows[T any](t *testing.T, c check.Case, name string) (all []T) {
	t.Helper()
	for _, raw := range check.Flat(c.Source(name).Partitions) {
		var one T
		require.NoError(t, json.Unmarshal(raw, &one))
		all = append(all, one)
	}
	return all
}

func TestTheSeedDecides(t *testing.T) { hiddentest.SeedDecides(t, Groups) }

func TestGroupsLaws(t *testing.T) {
	hiddentest.Laws(t, Groups, map[int]int{1: 5, 2: 6, 3: 4, 4: 3, 5: 4, 6: 3}, nil)
}

// Each stream of flights has one at the very hour, one that leaves in another hour than
// it was due, and one so late that its hour is closed.
func TestFlightsTemptToMistakes(t *testing.T) {
	for _, c := range cases(t, "ByHour") {
		hour, other, late, latest := false, false, false, time.Time{}
		delay := time.Duration(c.Params["delay"]) * time.Minute
		for _, d := range rows[datasets.Departure](t, c, "flights") {
			due := d.Scheduled.Truncate(time.Hour)
			hour = hour || d.Scheduled.Equal(due)
			other = other || !d.Left.Truncate(time.Hour).Equal(due)
			late = late || !due.Add(time.Hour).After(latest.Add(-delay))
			if d.Scheduled.After(latest) {
				latest = d.Scheduled
			}
		}
		assert.True(t, hour && other && late)
	}
}

// The first step has an event in each window that is asked for, as BatchOf is promised.
func TestWindowsBeginInTheFirstStep(t *testing.T) {
	for _, c := range cases(t, "BatchOf") {
		var first []time.Time
		for _, raw := range c.Source("steps").Partitions[0] {
			var at time.Time
			require.NoError(t, json.Unmarshal(raw, &at))
			first = append(first, at)
		}
		for _, end := range rows[time.Time](t, c, "end") {
			assert.True(t, slices.ContainsFunc(first, func(at time.Time) bool {
				return at.Before(end) && !at.Before(end.Add(-5*time.Minute))
			}), "a window that ends at %s, and %s", end, first)
		}
	}
}

// All windows wait before the event that is asked for: no other event closes one.
func TestEndsWait(t *testing.T) {
	for _, c := range cases(t, "LastCall") {
		ends := rows[time.Time](t, c, "ends")
		first, last := slices.MinFunc(ends, time.Time.Compare), slices.MaxFunc(ends, time.Time.Compare)
		assert.True(t, first.After(last.Add(-time.Minute-time.Duration(c.Params["delay"])*time.Minute)), "%v", ends)
	}
}

// Lateness is told apart: an event that is lost, one that is lost in part, and one that
// is in time.
func TestBatchesHaveEveryKindOfLateness(t *testing.T) {
	for _, c := range cases(t, "Late") {
		length, slide := time.Duration(c.Params["length"])*time.Minute, time.Duration(c.Params["slide"])*time.Minute
		mark := rows[time.Time](t, c, "watermark")[0]
		kinds := map[string]bool{}
		for _, e := range rows[datasets.Animal](t, c, "batch") {
			last := e.At.Truncate(slide).Add(length)
			first := e.At.Truncate(slide).Add(slide)
			kinds["lost"] = kinds["lost"] || !last.After(mark)
			kinds["partly"] = kinds["partly"] || last.After(mark) && !first.After(mark)
			kinds["in time"] = kinds["in time"] || first.After(mark)
		}
		assert.Equal(t, map[string]bool{"lost": true, "partly": true, "in time": true}, kinds)
	}
}

// A trial's numbers are possible: no more flights are anywhere than there are.
func TestTrialsArePossible(t *testing.T) {
	for _, c := range cases(t, "SmallestDelay") {
		for _, one := range rows[trial](t, c, "trials") {
			lost := one.Flights - one.Written - one.Waiting
			assert.True(t, one.Written >= 0 && one.Waiting >= 0 && lost >= 0 && one.Dropped >= 0 && one.Dropped <= lost, "%+v", one)
		}
	}
}
