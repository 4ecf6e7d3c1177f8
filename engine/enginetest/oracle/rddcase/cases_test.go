package rddcase

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"

	"etincelle/engine/enginetest/oracle/keptcase"
	"etincelle/engine/enginetest/oracle/report"
)

const folder = "../../testdata/oracle/rdd"

func read(t *testing.T, file string) *Case {
	t.Helper()
	return keptcase.Read(t, file, Parse)
}

func observe(t *testing.T, c *Case) Observation {
	t.Helper()
	return keptcase.Observe(t, c, Run)
}

// The line that errors name is the first one outside the engine: the one below.
func TestCases(t *testing.T) {
	keptcase.Pass(t, func(data []byte) (report.Verdict, error) { return Verdict(data) }, folder)
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
	keptcase.LeavesNoFile(t, func() {
		for _, name := range []string{"saveAsTextFile_4_3", "level_DISK_ONLY_10_3"} {
			observe(t, read(t, filepath.Join(folder, name+".json")))
		}
	})
}
