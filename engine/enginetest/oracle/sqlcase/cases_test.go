package sqlcase

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const folder = "../../testdata/oracle/sql"

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

// The same case gives the same observation in every run.
func TestCasesAreDeterministic(t *testing.T) {
	for _, name := range []string{"join_sortmerge", "window_top1", "cache"} {
		c := read(t, filepath.Join(folder, name+".json"))
		assert.Equal(t, observe(t, c), observe(t, c), name)
	}
}

// A case that is not understood is refused or skipped, never passed.
func TestWhatIsNotKnownIsNotPassed(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(folder, "groupby.json"))
	require.NoError(t, err)
	text := string(data)
	_, err = Parse([]byte(strings.Replace(text, `"about"`, `"abuot"`, 1)))
	assert.ErrorContains(t, err, "abuot")
	_, err = Parse([]byte(strings.Replace(text, `"aqe_on"`, `"aqe_off_again"`, 1)))
	assert.ErrorContains(t, err, "aqe_off_again")
	v, err := Verdict([]byte(strings.Replace(text, `"op": "groupBy"`, `"op": "pivot"`, 1)))
	require.NoError(t, err)
	assert.Equal(t, "pivot", v.Skipped)
	v, err = Verdict([]byte(strings.Replace(text, `"conf": {}`, `"conf": {"spark.sql.ansi.enabled": "false"}`, 1)))
	require.NoError(t, err)
	assert.Equal(t, "conf spark.sql.ansi.enabled", v.Skipped)
	_, err = Verdict([]byte(strings.Replace(text, "sum(distance)", "sum(distanse)", 1)))
	assert.ErrorContains(t, err, "`distance`")
}
