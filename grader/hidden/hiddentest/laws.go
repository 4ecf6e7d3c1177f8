// Package hiddentest has the laws that the hidden cases of every TP keep. Tests alone
// import it.
package hiddentest

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/check"
)

// Groups makes the hidden cases of a TP from a seed.
type Groups func(seed uint64) ([]check.Group, error)

// Made is the cases of a seed.
func (g Groups) Made(t *testing.T, seed uint64) []check.Group {
	t.Helper()
	groups, err := g(seed)
	require.NoError(t, err)
	return groups
}

// SeedDecides holds that one seed gives the same cases, and another one others.
func SeedDecides(t *testing.T, groups Groups) {
	t.Helper()
	text := func(seed uint64) string {
		data, err := json.Marshal(groups.Made(t, seed))
		require.NoError(t, err)
		return string(data)
	}
	assert.Equal(t, text(7), text(7))
	assert.NotEqual(t, text(7), text(8))
}

// Laws holds of eight seeds that each group has points, words in both languages and
// cases with rows whose answers the reference gives, and that the exercises have these
// points. more holds what is the TP's own; nil for nothing.
func Laws(t *testing.T, groups Groups, points map[int]int, more func(g check.Group, c check.Case)) {
	t.Helper()
	for seed := range uint64(8) {
		sums := map[int]int{}
		for _, g := range groups.Made(t, seed*0x9e3779b97f4a7c15) {
			require.Positive(t, g.Points)
			require.NotEmpty(t, g.About.French)
			require.NotEmpty(t, g.About.English)
			sums[g.Exercise] += g.Points
			require.NotEmpty(t, g.Cases)
			for _, c := range g.Cases {
				require.Nil(t, c.Want, "the reference says what is wanted")
				for _, s := range c.Sources {
					require.Positive(t, s.Count())
				}
				if more != nil {
					more(g, c)
				}
			}
		}
		require.Equal(t, points, sums)
	}
}
