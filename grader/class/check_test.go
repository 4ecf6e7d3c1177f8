package class

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/check"
	"etincelle/grader/lab"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	l, err := lab.Find(tree, "tp02")
	require.NoError(t, err)
	solution, err := os.ReadFile(solutionPath(l, "exercises.go"))
	require.NoError(t, err)
	checker, err := NewChecker(t.Context(), l, nil)
	require.NoError(t, err)

	c, err := checker.Check(t.Context(), solution, nil, l.Exercises...)
	require.NoError(t, err)
	assert.True(t, c.Right())
	assert.Equal(t, c.Total, c.Passed)

	c, err = checker.Check(t.Context(), l.Starter, nil, l.Exercises...)
	require.NoError(t, err)
	assert.False(t, c.Right())
	assert.Zero(t, c.Passed)
	assert.Positive(t, c.Total)
	for _, v := range c.Verdicts {
		assert.Equal(t, check.Unfinished, v.Kind)
	}
}

// One exercise is judged without the others.
func TestCheckOneExercise(t *testing.T) {
	t.Parallel()
	l, err := lab.Find(tree, "tp02")
	require.NoError(t, err)
	solution, err := os.ReadFile(solutionPath(l, "exercises.go"))
	require.NoError(t, err)
	checker, err := NewChecker(t.Context(), l, nil)
	require.NoError(t, err)
	c, err := checker.Check(t.Context(), solution, nil, l.Exercises[1])
	require.NoError(t, err)
	require.Len(t, c.Verdicts, 1)
	assert.Equal(t, 2, c.Verdicts[0].Exercise)
	assert.True(t, c.Right())
	assert.Equal(t, 2, c.Total)
}

func TestRecord(t *testing.T) {
	l, err := lab.Find(tree, "tp02")
	require.NoError(t, err)
	root := t.TempDir()
	p, err := lab.LoadProgress(root)
	require.NoError(t, err)
	p.Set(l.Name, 2, lab.State{Kind: check.Wrong, Hints: 2})
	require.NoError(t, p.Save(root))

	require.NoError(t, Record(root, Checked{Lab: l, Verdicts: []check.Verdict{{Exercise: 1, Kind: check.Wrong}, {Exercise: 2, Kind: check.Right}}}))
	p, err = lab.LoadProgress(root)
	require.NoError(t, err)
	assert.Equal(t, lab.State{Kind: check.Wrong}, p.Of(l.Name, 1))
	assert.Equal(t, lab.State{Kind: check.Right, Hints: 2}, p.Of(l.Name, 2), "hints that were shown stay counted")
	assert.Equal(t, lab.State{}, p.Of(l.Name, 3))
}
