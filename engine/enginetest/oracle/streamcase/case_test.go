package streamcase

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/enginetest/oracle/altered"
	"etincelle/engine/enginetest/oracle/keptcase"
)

// The cases that the project keeps: the oracle's, and what Spark answered to programs
// drawn at random and asked by hand.
const (
	oracleCases = "../../testdata/oracle/structured"
	drawnCases  = "../../testdata/oracle/structured/random"
)

func read(t *testing.T, file string) *Case {
	t.Helper()
	return keptcase.Read(t, file, Parse)
}

func observe(t *testing.T, c *Case) Observation {
	t.Helper()
	return keptcase.Observe(t, c, Run)
}

func TestCases(t *testing.T) { keptcase.Pass(t, Verdict, oracleCases, drawnCases) }

// inputs are the fields of a step that say what was done: they are not compared.
var inputs = regexp.MustCompile(`^\.steps\[\d+\]\.(add|restart_before)\b`)

// A runner that compares loosely passes everything. Here each thing that a case
// gives is altered, taken away or added to, one at a time, and each altered case
// must fail.
func TestEveryAlterationFails(t *testing.T) {
	count := 0
	for _, file := range keptcase.Files(t, oracleCases) {
		c := read(t, file)
		t.Run(c.Name, func(t *testing.T) {
			seen := observe(t, c)
			require.False(t, Judge(c, seen).Failed(), "the case itself must pass")
			for what, tree := range altered.Each(map[string]any(c.Expect)) {
				if inputs.MatchString(what) {
					continue
				}
				wrong := *c
				wrong.Expect, _ = tree.(map[string]any)
				assert.True(t, Judge(&wrong, seen).Failed(), "expect%s", what)
				count++
			}
		})
	}
	t.Logf("%d altered cases", count)
}
