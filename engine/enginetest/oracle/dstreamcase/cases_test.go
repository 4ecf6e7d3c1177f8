package dstreamcase

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/enginetest/oracle/altered"
	"etincelle/engine/enginetest/oracle/keptcase"
	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/enginetest/oracle/report"
)

const folder = "../../testdata/oracle/dstream"

func read(t *testing.T, file string) *Case {
	t.Helper()
	return keptcase.Read(t, file, Parse)
}

func observe(t *testing.T, c *Case) Observation {
	t.Helper()
	return keptcase.Observe(t, c, Run)
}

func TestCases(t *testing.T) { keptcase.Pass(t, Verdict, folder) }

// Each thing that a case gives is altered, taken away or added to, one at a time, and
// each altered case must fail.
func TestEveryAlterationFails(t *testing.T) {
	count := 0
	for _, file := range keptcase.Files(t, folder) {
		c := read(t, file)
		t.Run(c.Name, func(t *testing.T) {
			seen := observe(t, c)
			require.False(t, Judge(c, seen).Failed(), "the case itself must pass")
			observed := neutral.Canonical(report.Tree(seen))
			for what, tree := range altered.Each(report.Tree(c.Expect)) {
				if strings.Contains(what, ".created_by_function") || c.Name == "lifecycle" && strings.HasSuffix(what, "[3].error[0].message changed") {
					continue // Go's programs are always made by one; where the other program was started is a line of Scala
				}
				expect, _ := tree.(map[string]any)
				if !judge(c, expect, observed).Failed() {
					t.Errorf("expect%s", what)
				}
				count++
			}
		})
	}
	t.Logf("%d altered cases", count)
}

func TestCasesAreDeterministic(t *testing.T) {
	for _, name := range []string{"mapWithState_timeout_sum", "recovery_win_4_2000_2", "output_error_2000", "source_none"} {
		c := read(t, filepath.Join(folder, name+".json"))
		assert.Equal(t, report.Tree(observe(t, c)), report.Tree(observe(t, c)), name)
	}
}

func TestACaseLeavesNoFile(t *testing.T) {
	keptcase.LeavesNoFile(t, func() {
		for _, name := range []string{"checkpoint_files_7", "recovery_sum_4_0_3"} {
			observe(t, read(t, filepath.Join(folder, name+".json")))
		}
	})
}
