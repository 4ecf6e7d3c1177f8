package tp02

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/check"
	"etincelle/grader/hidden/hiddentest"
)

func TestTheSeedDecides(t *testing.T) { hiddentest.SeedDecides(t, Groups) }

func TestGroupsLaws(t *testing.T) {
	for seed := range uint64(8) {
		groups, err := Groups(seed * 0x9e3779b97f4a7c15)
		require.NoError(t, err)
		points := map[int]int{}
		for _, g := range groups {
			require.Positive(t, g.Points)
			require.NotEmpty(t, g.About.French)
			require.NotEmpty(t, g.About.English)
			points[g.Exercise] += g.Points
			require.GreaterOrEqual(t, len(g.Cases), 3)
			for _, c := range g.Cases {
				require.Nil(t, c.Want, "the reference says what is wanted")
				flights := c.Source("flights")
				require.Positive(t, flights.Count())
				if n := c.Params["n"]; g.Function == "Shrink" {
					require.Less(t, n, len(flights.Partitions), "Shrink makes fewer partitions than there are")
				}
				requireEveryAirlineFlies(t, flights)
			}
			require.LessOrEqual(t, g.Cases[0].Source("flights").Count(), g.Cases[len(g.Cases)-1].Source("flights").Count())
		}
		require.Equal(t, map[int]int{1: 6, 2: 7, 3: 7, 4: 6, 5: 5, 6: 4, 7: 6, 8: 7, 9: 6, 10: 6}, points)
	}
}

// Whether an airline that only cancels has a sum is not said, so it is not asked.
func requireEveryAirlineFlies(t *testing.T, s check.Source) {
	flies, known := map[string]bool{}, map[string]bool{}
	for _, raw := range check.Flat(s.Partitions) {
		var f flight
		require.NoError(t, json.Unmarshal(raw, &f))
		known[f.Carrier] = true
		flies[f.Carrier] = flies[f.Carrier] || f.Departed
	}
	for airline := range known {
		require.True(t, flies[airline], airline)
	}
}

func TestCancelledFlightsAreThere(t *testing.T) {
	groups, err := Groups(3)
	require.NoError(t, err)
	cancelled := 0
	for _, g := range groups {
		for _, c := range g.Cases {
			for _, raw := range check.Flat(c.Source("flights").Partitions) {
				var f flight
				require.NoError(t, json.Unmarshal(raw, &f))
				if !f.Departed {
					cancelled++
					assert.NotZero(t, f.Delay, "who adds it up is found out")
				}
			}
		}
	}
	assert.Greater(t, cancelled, 100)
}
