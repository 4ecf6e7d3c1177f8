package streamcase

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	python = flag.String("pyspark", "", "the Python that has pyspark 4.3: asks real Spark about programs drawn at random")
	drawn  = flag.Int("programs", 25, "how many programs are drawn")
	seed   = flag.Uint64("seed", 1, "the seed that they are drawn from")
)

// Programs drawn at random do here, batch by batch, what they do in real Spark:
//
//	go test ./engine/enginetest/oracle/streamcase -run TestAgainstSpark -v -pyspark venv/bin/python -programs 100 -seed 7
//
// Without -pyspark the answers that were kept are compared, by TestCases.
func TestAgainstSpark(t *testing.T) {
	if *python == "" {
		t.Skip("needs Spark: name a Python that has pyspark 4.3 with -pyspark (the answers kept in testdata are compared by TestCases)")
	}
	asked, answered := t.TempDir(), t.TempDir()
	args := []string{filepath.Join("testdata", "ask_spark.py"), "--out", answered}
	for i := range *drawn {
		g := generator{rand.New(rand.NewPCG(*seed, uint64(i)))}
		name := fmt.Sprintf("random_%d_%d", *seed, i)
		data, err := json.MarshalIndent(g.program(name), "", " ")
		require.NoError(t, err)
		path := filepath.Join(asked, name+".json")
		require.NoError(t, os.WriteFile(path, data, 0o644))
		args = append(args, path)
	}
	out, err := exec.Command(*python, args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
	files, err := filepath.Glob(filepath.Join(answered, "*.json"))
	require.NoError(t, err)
	refused, batches := 0, 0
	for _, file := range files {
		c := read(t, file)
		v := Judge(c, observe(t, c))
		if v.Failed() {
			var page strings.Builder
			v.Write(&page)
			t.Error(page.String())
		}
		if c.Expect["error"] != nil {
			refused++
		}
		for _, step := range c.Steps {
			var list []any
			require.NoError(t, json.Unmarshal(step.Batches, &list))
			batches += len(list)
		}
	}
	assert.Len(t, files, *drawn, "Spark answered all of them")
	t.Logf("%d programs compared with Spark, %d of them refused or failed there, %d micro-batches", len(files), refused, batches)
}
