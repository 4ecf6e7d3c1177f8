package tp01

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
	"etincelle/grader/check"
	judges "etincelle/grader/check/tp01"
	"etincelle/grader/hidden"
	"etincelle/grader/hidden/hiddentest"
)

func TestTheSeedDecides(t *testing.T) { hiddentest.SeedDecides(t, Groups) }

func seeds(yield func(uint64) bool) {
	for seed := range uint64(4) {
		if !yield(seed * 0x9e3779b97f4a7c15) {
			return
		}
	}
}

func TestGroupsLaws(t *testing.T) {
	wanted := map[string]func(check.Case) (check.Want, bool){}
	for _, p := range judges.Properties() {
		wanted[p.Name] = p.Wanted
	}
	for seed := range seeds {
		points := map[int]int{}
		for _, g := range hiddentest.Groups(Groups).Made(t, seed) {
			require.Positive(t, g.Points)
			require.NotEmpty(t, g.About.French)
			require.NotEmpty(t, g.About.English)
			points[g.Exercise] += g.Points
			require.GreaterOrEqual(t, len(g.Cases), 3)
			answers := map[string]bool{}
			for _, c := range g.Cases {
				require.Nil(t, c.Want, "the reference says what is wanted")
				for _, s := range c.Sources {
					require.Positive(t, s.Count(), "%s, seed %d", g.Function, seed)
				}
				if told := wanted[g.Property]; told != nil {
					want, asked := told(c)
					require.True(t, asked, "%s, seed %d: %v", g.Function, seed, c.Name)
					answer, err := json.Marshal(want.Rows)
					require.NoError(t, err)
					answers[string(answer)] = true
				}
			}
			if wanted[g.Property] != nil {
				require.Greater(t, len(answers), 1, "%s: one constant answers the whole group, seed %d", g.Function, seed)
			}
		}
		require.Equal(t, map[int]int{1: 6, 2: 8, 3: 8, 4: 6, 5: 9, 6: 9, 7: 9}, points)
	}
}

// stagesOfJob runs an action and counts the stages of its job.
func stagesOfJob(t *testing.T, m *maker, chain []string) (stages int, lineage string) {
	t.Helper()
	var last event.JobStart
	s := engine.Start(engine.Executors(1), engine.Cores(1), engine.Sequential(), engine.Files(m.visits(80)),
		engine.Listen(func(e event.Event) {
			if job, ok := e.(event.JobStart); ok {
				last = job
			}
		}))
	defer s.Stop()
	built := m.build(s, chain)
	_, err := rdd.Values(built).Count()
	require.NoError(t, err)
	return len(last.Stages), built.Lineage()
}

// What is wanted of Stages and StagesOf is what the engine does.
func TestStagesAreTheEngines(t *testing.T) {
	for seed := range seeds {
		groups, err := Groups(seed)
		require.NoError(t, err)
		m := &maker{hidden.NewMaker(seed, 1)}
		for _, g := range groups {
			if g.Property != "stages" {
				continue
			}
			for _, c := range g.Cases {
				chain := strings.Fields(c.Name)
				stages, lineage := stagesOfJob(t, m, chain)
				var want int
				told, asked := stagesWanted(c)
				require.True(t, asked)
				require.NoError(t, json.Unmarshal(told.Rows[0], &want))
				assert.Equal(t, stages, want, "%v", chain)
				assert.Equal(t, stages, 1+strings.Count(lineage, "+-"), "the text says as much: %s", lineage)
			}
		}
		require.NoError(t, m.Failed)
	}
}

func stagesWanted(c check.Case) (check.Want, bool) {
	for _, p := range judges.Properties() {
		if p.Name == "stages" {
			return p.Wanted(c)
		}
	}
	return check.Want{}, false
}

// No dataset stands twice in a lineage that is asked about, and the answers differ.
func TestLineagesAreReadable(t *testing.T) {
	for seed := range seeds {
		for _, g := range hiddentest.Groups(Groups).Made(t, seed) {
			if g.Property != "marginsRead" {
				continue
			}
			answers := map[int]bool{}
			for _, c := range g.Cases {
				seen := map[string]bool{}
				shuffles := 0
				for _, raw := range check.Flat(c.Source("lineage").Partitions) {
					var line string
					require.NoError(t, json.Unmarshal(raw, &line))
					_, id, found := strings.Cut(line, "RDD[")
					require.True(t, found, line)
					id, _, _ = strings.Cut(id, "]")
					require.False(t, seen[id], line)
					seen[id] = true
					shuffles += strings.Count(line, "+-")
				}
				answers[shuffles] = true
			}
			assert.Greater(t, len(answers), 1, "one constant answers the whole group, seed %d", seed)
		}
	}
}
