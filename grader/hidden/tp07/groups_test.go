package tp07

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
	hiddentest.Laws(t, Groups, map[int]int{1: 3, 2: 6, 3: 3, 4: 4, 5: 4}, nil)
}

// Each stream of words has one on a border and one that is too late, whatever the seed.
func TestWordsTemptToMistakes(t *testing.T) {
	for seed := range uint64(20) {
		for _, g := range hiddentest.Groups(Groups).Made(t, seed) {
			if g.Function != "InWindows" {
				continue
			}
			for _, c := range g.Cases {
				border, late, latest := false, false, time.Time{}
				for _, raw := range check.Flat(c.Source("events").Partitions) {
					var a datasets.Animal
					require.NoError(t, json.Unmarshal(raw, &a))
					border = border || a.At.Equal(a.At.Truncate(10*time.Minute))
					late = late || a.At.Before(latest.Add(-35*time.Minute))
					if a.At.After(latest) {
						latest = a.At
					}
				}
				assert.True(t, border && late, "seed %d", seed)
			}
		}
	}
}

// The batches of update mode leave something out of the last one, and change a count.
func TestUpdatesAreNoTables(t *testing.T) {
	for seed := range uint64(20) {
		for _, g := range hiddentest.Groups(Groups).Made(t, seed) {
			for _, c := range g.Cases {
				if g.Function != "Standings" || c.Params["mode"] != updated {
					continue
				}
				parts := c.Source("batches").Partitions
				assert.Less(t, len(parts[len(parts)-1]), len(parts[0]), "seed %d", seed)
				assert.NotEmpty(t, parts[len(parts)-1])
			}
		}
	}
}
