package sqlcase

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAnswers runs programs of our own, most drawn at random, against what Spark
// answered to them once: testdata/answers.jsonl, a case a line.
func TestAnswers(t *testing.T) { checkAnswers(t, "testdata/answers.jsonl") }

// TestAgainstSpark draws programs and asks PySpark where it is installed:
//
//	SPARK_PYTHON=…/bin/python SPARK_QUESTIONS=40 SPARK_SEED=7 go test -timeout 1h -run AgainstSpark ./engine/enginetest/oracle/sqlcase
//
// Any seed is a new set of programs.
func TestAgainstSpark(t *testing.T) {
	python := os.Getenv("SPARK_PYTHON")
	if python == "" {
		t.Skip("SPARK_PYTHON names no Python with PySpark: random queries are not compared with Spark in this run")
	}
	tables, err := filepath.Abs(filepath.Join(folder, "data"))
	require.NoError(t, err)
	answers := filepath.Join(t.TempDir(), "answers.jsonl")
	ask := exec.Command(python, "testdata/ask.py", tables, number("SPARK_SEED", "1"), number("SPARK_QUESTIONS", "20"), answers)
	out, err := ask.CombinedOutput()
	require.NoError(t, err, "%s", out[max(0, len(out)-2000):])
	checkAnswers(t, answers)
}

func number(variable, otherwise string) string {
	v := os.Getenv(variable)
	if _, err := strconv.Atoi(v); err != nil {
		return otherwise
	}
	return v
}

// checkAnswers runs each case of a file.
func checkAnswers(t *testing.T, file string) {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	cases := 0
	for lines.Scan() {
		cases++
		c, err := Parse(lines.Bytes())
		require.NoError(t, err)
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			v := Judge(c, observe(t, c))
			if v.Failed() {
				var page strings.Builder
				v.Write(&page)
				t.Error(page.String())
			}
		})
	}
	require.NoError(t, lines.Err())
	require.NotZero(t, cases)
}
