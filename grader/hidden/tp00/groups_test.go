package tp00

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"etincelle/grader/check"
	judges "etincelle/grader/check/tp00"
	"etincelle/grader/hidden/hiddentest"
)

func TestTheSeedDecides(t *testing.T) { hiddentest.SeedDecides(t, Groups) }

func TestGroupsLaws(t *testing.T) {
	wanted := map[string]func(check.Case) (check.Want, bool){}
	for _, p := range judges.Properties() {
		wanted[p.Name] = p.Wanted
	}
	for seed := range uint64(20) {
		groups, err := Groups(seed * 0x9e3779b97f4a7c15)
		require.NoError(t, err)
		points := map[int]int{}
		for _, g := range groups {
			require.NotEmpty(t, g.About.French)
			require.NotEmpty(t, g.About.English)
			points[g.Exercise] += g.Points
			answers := map[string]bool{}
			for _, c := range g.Cases {
				require.Nil(t, c.Want, "the reference says what is wanted")
				require.True(t, judges.Telling(c))
				want, asked := wanted[g.Property](c)
				require.True(t, asked)
				require.NotEmpty(t, want.Rows)
				answer, err := json.Marshal(want.Rows)
				require.NoError(t, err)
				answers[string(answer)] = true
			}
			require.Greater(t, len(answers), 1, "one constant answers the whole group, seed %d", seed)
		}
		require.Equal(t, map[int]int{1: 5, 2: 5}, points)
	}
}
