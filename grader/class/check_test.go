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

	c, err := checkSource(t.Context(), l, solution)
	require.NoError(t, err)
	assert.True(t, c.Right())
	assert.Equal(t, c.Total, c.Passed)

	c, err = checkSource(t.Context(), l, l.Starter)
	require.NoError(t, err)
	assert.False(t, c.Right())
	assert.Zero(t, c.Passed)
	assert.Positive(t, c.Total)
	for _, v := range c.Verdicts {
		assert.Equal(t, check.Unfinished, v.Kind)
	}
}

func TestCheckNeedsALab(t *testing.T) {
	_, err := Check(t.Context(), tree, "tp99")
	assert.ErrorContains(t, err, `no lab "tp99"`)
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
