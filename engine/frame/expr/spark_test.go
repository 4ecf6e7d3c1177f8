package expr_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAgainstSpark makes random expressions, nulls included, and asks PySpark
// where it is installed:
//
//	SPARK_PYTHON=…/bin/python SPARK_QUESTIONS=500 SPARK_SEED=7 go test -run AgainstSpark ./engine/frame/expr
//
// What Spark answered to one such run is in testdata/answers/random.json, which
// TestAnswers asks everywhere. Any seed is a new set of questions.
func TestAgainstSpark(t *testing.T) {
	python := os.Getenv("SPARK_PYTHON")
	if python == "" {
		t.Skip("SPARK_PYTHON names no Python with PySpark: random expressions are not compared with Spark in this run")
	}
	answers := filepath.Join(t.TempDir(), "answers.json")
	ask := exec.Command(python, "testdata/ask.py", "testdata/table.json", env("SPARK_SEED", "1"), env("SPARK_QUESTIONS", "300"), answers)
	out, err := ask.CombinedOutput()
	require.NoError(t, err, "%s", tail(out))

	schema, table := answersTable(t)
	data, err := os.ReadFile(answers)
	require.NoError(t, err)
	var questions []recorded
	require.NoError(t, json.Unmarshal(data, &questions))
	errors := 0
	for _, q := range questions {
		if q.Error != nil {
			errors++
		}
		t.Run(q.SQL, func(t *testing.T) { q.check(t, schema, table) })
	}
	t.Logf("%d expressions, of which %d are errors in Spark", len(questions), errors)
}

func env(name, otherwise string) string {
	v := os.Getenv(name)
	if _, err := strconv.Atoi(v); err != nil {
		return otherwise
	}
	return v
}

func tail(out []byte) []byte { return out[max(0, len(out)-2000):] }
