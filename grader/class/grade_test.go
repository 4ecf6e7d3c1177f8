package class

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/check"
	"etincelle/grader/message"
	"etincelle/grader/runner"
)

const (
	tree   = "../.."
	sample = "../testdata/class"
)

// keys are what was found in an exercise.
func keys(v check.Verdict) []check.Key {
	var all []check.Key
	for _, g := range v.Groups {
		for _, f := range g.Findings {
			all = append(all, f.Key)
		}
	}
	return all
}

func TestGradeTheSampleClass(t *testing.T) {
	t.Parallel()
	told := 0
	g, err := Grade(t.Context(), tree, sample, Options{Labs: []string{"tp02"}, Seed: 7, Done: func(_ string, done, of int) {
		told++
		assert.Equal(t, told, done)
		assert.Equal(t, 5, of)
	}})
	require.NoError(t, err)
	assert.Equal(t, 5, told)
	assert.False(t, g.Failed())
	require.Len(t, g.Labs, 1)

	type result struct {
		earned int
		kinds  []check.Kind
		key    check.Key // of the exercise that falls short
	}
	// The other exercises of TP 2 are right where the points are many, and not done elsewhere.
	want := map[string]result{
		"ada-lovelace":      {60, []check.Kind{check.Right, check.Right, check.Right}, ""},
		"alan-turing":       {16, []check.Kind{check.Right, check.Right, check.Wrong}, check.PartitionerLost},
		"grace-hopper":      {57, []check.Kind{check.Right, check.Wrong, check.Right}, check.CombineBefore},
		"margaret-hamilton": {17, []check.Kind{check.Wrong, check.Right, check.Right}, check.CoalesceForRepartition},
		"sophie-germain":    {13, []check.Kind{check.Right, check.Uncompiled, check.Right}, check.DoesNotCompile},
	}
	require.Len(t, g.Students, len(want))
	for _, s := range g.Students {
		sub := s.Submissions[0]
		expected := want[s.Name]
		assert.Equal(t, 60, sub.Points, s.Name)
		assert.Equal(t, expected.earned, sub.Earned, s.Name)
		assert.Len(t, sub.SHA256, 64, s.Name)
		others := check.Unfinished
		if expected.earned > 20 {
			others = check.Right
		}
		for i, v := range sub.Verdicts {
			kind := others
			if i < len(expected.kinds) {
				kind = expected.kinds[i]
			}
			assert.Equal(t, kind, v.Kind, "%s, exercise %d: %v", s.Name, v.Exercise, found(v))
			if v.Kind != check.Right && v.Kind != check.Unfinished {
				assert.Contains(t, keys(v), expected.key, s.Name)
			}
		}
	}
	compiler := g.Students[4].Submissions[0].Verdicts[1].Groups[0].Findings[0].More
	require.NotEmpty(t, compiler)
	assert.Equal(t, "exercises.go:31:96: f.Retard undefined (type datasets.Flight has no field or method Retard)", compiler[0].In(message.French))
}

// write makes a class of sources in a temporary folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	return dir
}

func TestWhateverOneSubmissionDoes(t *testing.T) {
	t.Parallel()
	solution, err := os.ReadFile(filepath.Join(sample, "ada-lovelace", "tp02-partitionnement", "exercises.go"))
	require.NoError(t, err)
	loop := strings.Replace(string(solution), "return rdd.Coalesce(flights, n)", "for {\n\t}", 1)
	exits := strings.Replace(strings.Replace(string(solution), "import (\n", "import (\n\t\"os\"\n", 1), "return rdd.Coalesce(flights, n)", "os.Exit(0)\n\treturn nil", 1)
	dir := write(t, map[string]string{
		"a-right/tp02-partitionnement/exercises.go":      string(solution),
		"b-loop/tp02-partitionnement/exercises.go":       loop,
		"c-exits/labs/tp02-partitionnement/exercises.go": exits,
		"d-nothing/readme.txt":                           "pardon",
		"e-other/exercises.go":                           "package tp03\n",
		"f-starter/exercises.go":                         starter(t),
		"g-huge/exercises.go":                            "package tp02\n//" + strings.Repeat("x", 300<<10),
		".hidden/exercises.go":                           string(solution),
		"_reports/exercises.go":                          string(solution),
	})
	require.NoError(t, os.Mkdir(filepath.Join(dir, "h-link"), 0o755))
	require.NoError(t, os.Symlink("../a-right/tp02-partitionnement/exercises.go", filepath.Join(dir, "h-link", "exercises.go")))
	limits := runner.DefaultLimits()
	limits.Time = 6 * time.Second // much more than a right answer takes on a busy machine
	g, err := Grade(t.Context(), tree, dir, Options{Labs: []string{"tp02"}, Seed: 7, Limits: &limits})
	require.NoError(t, err)
	assert.False(t, g.Failed())
	want := map[string]struct {
		earned int
		first  check.Kind // of exercise 1
		others check.Kind
		key    check.Key
	}{
		"a-right":   {60, check.Right, check.Right, ""},
		"b-loop":    {57, check.OverTime, check.Right, check.TimeLimit},
		"c-exits":   {0, check.Unaccepted, check.Unaccepted, check.Refused},
		"d-nothing": {0, check.Unfinished, check.Unfinished, check.NotHandedIn},
		"e-other":   {0, check.Unfinished, check.Unfinished, check.NotHandedIn},
		"f-starter": {0, check.Unfinished, check.Unfinished, check.NotDone},
		"g-huge":    {0, check.Unaccepted, check.Unaccepted, check.Refused},
		"h-link":    {0, check.Unaccepted, check.Unaccepted, check.Refused},
	}
	require.Len(t, g.Students, len(want))
	for _, s := range g.Students {
		sub := s.Submissions[0]
		assert.Equal(t, want[s.Name].earned, sub.Earned, s.Name)
		for i, v := range sub.Verdicts {
			kind := want[s.Name].others
			if i == 0 {
				kind = want[s.Name].first
			}
			assert.Equal(t, kind, v.Kind, "%s %d: %s", s.Name, v.Exercise, found(v))
		}
		if key := want[s.Name].key; key != "" {
			assert.Contains(t, keys(sub.Verdicts[0]), key, s.Name)
		}
	}
}

func starter(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(tree + "/labs/tp02-partitionnement/starter.go.txt")
	require.NoError(t, err)
	return string(text)
}

func TestGradeNeedsAClass(t *testing.T) {
	_, err := Grade(t.Context(), tree, t.TempDir(), Options{})
	assert.ErrorContains(t, err, "holds no submission")
	_, err = Grade(t.Context(), tree, filepath.Join(t.TempDir(), "none"), Options{})
	assert.ErrorIs(t, err, os.ErrNotExist)
}

func TestGradeStops(t *testing.T) {
	enough := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(enough)
	_, err := Grade(ctx, tree, sample, Options{})
	assert.ErrorIs(t, err, enough)
}
