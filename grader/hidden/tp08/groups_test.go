package tp08

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/datasets"
	"etincelle/grader/check"
	"etincelle/grader/hidden/hiddentest"
)

func TestTheSeedDecides(t *testing.T) { hiddentest.SeedDecides(t, Groups) }

func TestGroupsLaws(t *testing.T) {
	hiddentest.Laws(t, Groups, map[int]int{1: 4, 2: 4, 3: 5, 4: 4, 5: 5, 6: 3}, func(_ check.Group, c check.Case) {
		for _, s := range c.Sources {
			for _, rows := range s.Partitions {
				require.NotEmpty(t, rows)
			}
		}
	})
}

// each calls f with the cases of a function, of many seeds.
func each(t *testing.T, function string, f func(c check.Case)) {
	t.Helper()
	for seed := range uint64(40) {
		for _, g := range hiddentest.Groups(Groups).Made(t, seed) {
			for _, c := range g.Cases {
				if g.Function == function {
					f(c)
				}
			}
		}
	}
}

func rowsOf[T any](t *testing.T, rows []json.RawMessage) (all []T) {
	t.Helper()
	for _, raw := range rows {
		var one T
		require.NoError(t, json.Unmarshal(raw, &one))
		all = append(all, one)
	}
	return all
}

func TestAnInstantIsOnAnEdgeAndAnotherIsNot(t *testing.T) {
	each(t, "Windows", func(c check.Case) {
		slide := minutes(c.Params["slide"])
		at := rowsOf[time.Time](t, c.Source("at").Partitions[0])
		assert.NotEqual(t, at[0], at[0].Truncate(slide))
		assert.Equal(t, at[1], at[1].Truncate(slide))
	})
}

// Whatever the order, two events are exactly the gap apart, and two sessions less than
// twice the gap.
func TestSessionsHaveTheirBorders(t *testing.T) {
	orders := map[bool]bool{}
	each(t, "Sessions", func(c check.Case) {
		gap := minutes(c.Params["gap"])
		at := rowsOf[time.Time](t, c.Source("at").Partitions[0])
		exact, near, sorted := false, false, true
		for i, a := range at {
			sorted = sorted && (i == 0 || !a.Before(at[i-1]))
			for _, b := range at {
				exact = exact || b.Sub(a) == gap
				near = near || b.Sub(a) > gap && b.Sub(a) < 2*gap
			}
		}
		assert.True(t, exact && near)
		orders[sorted] = true
	})
	assert.Len(t, orders, 2)
}

// In the last step something is too late, and something is older than the watermark in
// a window that is open; the watermark stands at the end of a window.
func TestStepsTemptToMistakes(t *testing.T) {
	each(t, "Forecast", func(c check.Case) {
		length, slide, delay := minutes(c.Params["length"]), minutes(c.Params["slide"]), minutes(max(c.Params["delay"], 0))
		steps := c.Source("events").Partitions
		last := rowsOf[datasets.Animal](t, steps[len(steps)-1])
		latest := time.Time{}
		for _, a := range rowsOf[datasets.Animal](t, check.Flat(steps[:len(steps)-1])) {
			if a.At.After(latest) {
				latest = a.At
			}
		}
		mark := latest.Add(-delay)
		assert.Equal(t, mark, mark.Truncate(slide), "the end of a window")
		assert.True(t, last[0].At.Add(length).Before(mark) || last[0].At.Add(length).Equal(mark), "too late")
		assert.True(t, last[1].At.Before(mark), "older than the watermark")
		assert.Less(t, last[2].At.Sub(latest), time.Second, "no step makes the watermark go back")
	})
}

// The batch of the step in which the program dies has rows, and others come after it in
// some case.
func TestProgramsDie(t *testing.T) {
	for _, function := range []string{"Upsert", "AddUp"} {
		dead, after := 0, false
		each(t, function, func(c check.Case) {
			steps := len(c.Source("events").Partitions)
			assert.LessOrEqual(t, c.Params["diesAt"], steps)
			if c.Params["diesAt"] > 0 {
				dead++
				after = after || c.Params["diesAt"] < steps
			}
		})
		assert.True(t, dead > 0 && after, function)
	}
}
