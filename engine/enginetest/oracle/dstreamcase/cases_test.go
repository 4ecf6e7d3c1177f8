package dstreamcase

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/enginetest/oracle/altered"
)

const folder = "../../testdata/oracle/dstream"

// caseFiles are the cases that the project keeps.
func caseFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files, "no case in %s", folder)
	return files
}

func read(t *testing.T, file string) *Case {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	c, err := Parse(data)
	require.NoError(t, err)
	return c
}

// observe runs a case, or skips the test when an operation is not built.
func observe(t *testing.T, c *Case) Observation {
	t.Helper()
	seen, err := Run(c)
	var missing NotBuilt
	if errors.As(err, &missing) {
		t.Skip(missing.Error())
	}
	require.NoError(t, err)
	return seen
}

func TestCases(t *testing.T) {
	for _, file := range caseFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			c := read(t, file)
			v := Judge(c, observe(t, c))
			if v.Failed() {
				var page strings.Builder
				v.Write(&page)
				t.Error(page.String())
			}
		})
	}
}

// Each thing that a case gives is altered, taken away or added to, one at a time, and
// each altered case must fail.
func TestEveryAlterationFails(t *testing.T) {
	count := 0
	for _, file := range caseFiles(t) {
		c := read(t, file)
		t.Run(c.Name, func(t *testing.T) {
			seen := observe(t, c)
			require.False(t, Judge(c, seen).Failed(), "the case itself must pass")
			observed := canonical(treeOf(seen))
			for what, tree := range altered.Each(treeOf(c.Expect)) {
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
		assert.Equal(t, treeOf(observe(t, c)), treeOf(observe(t, c)), name)
	}
}

func TestACaseLeavesNoFile(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	t.Setenv("TMP", temporary)
	for _, name := range []string{"checkpoint_files_7", "recovery_sum_4_0_3"} {
		observe(t, read(t, filepath.Join(folder, name+".json")))
	}
	left, err := os.ReadDir(temporary)
	require.NoError(t, err)
	assert.Empty(t, left)
}
