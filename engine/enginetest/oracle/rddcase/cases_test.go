package rddcase

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const folder = "../../testdata/oracle/rdd"

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

// The same case gives the same observation in every run: a fault that a student
// or an author sees once can be seen again.
func TestCasesAreDeterministic(t *testing.T) {
	for _, name := range []string{"multi_stage_2_2", "memory_only_too_big_MEMORY_ONLY_6_20", "repartition_20_3_6", "fetch_failed_2"} {
		c := read(t, filepath.Join(folder, name+".json"))
		assert.Equal(t, observe(t, c), observe(t, c), name)
	}
}

func TestACaseLeavesNoFile(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	t.Setenv("TMP", temporary)
	for _, name := range []string{"saveAsTextFile_4_3", "level_DISK_ONLY_10_3"} {
		observe(t, read(t, filepath.Join(folder, name+".json")))
	}
	left, err := os.ReadDir(temporary)
	require.NoError(t, err)
	assert.Empty(t, left)
}
