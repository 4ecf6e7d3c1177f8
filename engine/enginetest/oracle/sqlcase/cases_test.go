package sqlcase

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/enginetest/oracle/keptcase"
)

const folder = "../../testdata/oracle/sql"

func read(t *testing.T, file string) *Case {
	t.Helper()
	return keptcase.Read(t, file, Parse)
}

func observe(t *testing.T, c *Case) Observation {
	t.Helper()
	return keptcase.Observe(t, c, Run)
}

func TestCases(t *testing.T) { keptcase.Pass(t, Verdict, folder) }

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
