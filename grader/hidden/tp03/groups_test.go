package tp03

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/datasets"
	"etincelle/engine/storage"
	"etincelle/grader/check"
	"etincelle/grader/hidden/hiddentest"
)

func TestTheSeedDecides(t *testing.T) { hiddentest.SeedDecides(t, Groups) }

func TestGroupsLaws(t *testing.T) {
	hiddentest.Laws(t, Groups, map[int]int{1: 3, 2: 2, 3: 3, 4: 4, 5: 3, 6: 5}, func(g check.Group, c check.Case) {
		require.GreaterOrEqual(t, len(g.Cases), 2)
		if every := c.Params["every"]; every > 0 {
			require.GreaterOrEqual(t, c.Params["n"], every, "the lineage is cut once at least")
		}
	})
}

// held is what the blocks of a source take, as the engine counts.
func held(t *testing.T, s check.Source) (total int64) {
	t.Helper()
	for _, partition := range s.Partitions {
		rows := make([]datasets.Flight, len(partition))
		for i, raw := range partition {
			require.NoError(t, json.Unmarshal(raw, &rows[i]))
		}
		total += storage.Size(rows)
	}
	return total
}

// Cases about memory count bytes: the maker's are the engine's, and there is room
// for what the exercise says and no more.
func TestMemoryIsWhatIsSaid(t *testing.T) {
	for seed := range uint64(8) {
		for _, g := range hiddentest.Groups(Groups).Made(t, seed) {
			for _, c := range g.Cases {
				room := int64(c.Session.Memory)
				switch {
				case g.Function == "CountAll":
					often, first, second := held(t, c.Source("often")), held(t, c.Source("first")), held(t, c.Source("second"))
					require.GreaterOrEqual(t, room, often+max(first, second), "two fit")
					require.Less(t, room, often+first+second, "three do not")
				case room > 0 && c.Params["situation"] == tooLarge:
					require.Less(t, room*int64(c.Session.Executors), held(t, c.Source("flights")), "it does not fit")
				}
			}
		}
	}
}

func TestDelaysOfCancelledFlightsMeanNothing(t *testing.T) {
	cancelled := 0
	for _, g := range hiddentest.Groups(Groups).Made(t, 3) {
		for _, c := range g.Cases {
			for _, raw := range check.Flat(c.Source("flights").Partitions) {
				var f flight
				require.NoError(t, json.Unmarshal(raw, &f))
				if !f.Departed {
					cancelled++
					assert.Greater(t, f.Delay, 499, "who counts it is found out")
				}
			}
		}
	}
	assert.Greater(t, cancelled, 100)
}
