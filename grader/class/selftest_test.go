package class

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
)

// The course as it stands: starter, solution, stubs, known mistakes, other
// styles, hints, and files that must agree.
func TestSelftest(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	_, err := Selftest(t.Context(), tree, 1, func(trial Trial) {
		tried[trial.Name] = true
		if trial.Name == "exercises.go is the starter" {
			return // whoever solves the exercises in this tree breaks no test of the grader's
		}
		assert.NoError(t, trial.Err, trial.Name)
	})
	require.NoError(t, err)
	for _, name := range []string{"starter", "solution", "stub/nil", "stub/identity", "stub/empty", "stub/constant",
		"wrong/group_by_key", "wrong/map_loses_partitioner", "right/combine_by_key", "hints in fr", "hints in en"} {
		assert.True(t, tried[name], name)
	}
}

// A trial that cannot fail proves nothing.
func TestTrialsCanFail(t *testing.T) {
	property := check.Property{Judge: func(check.Case, evidence.Outcome, check.Want) []check.Finding { return nil }}
	right := check.Verdict{Exercise: 1, Kind: check.Right, Points: 1, Earned: 1, Groups: []check.GroupResult{{Property: property, Points: 1, Earned: 1, Right: true}}}
	undone := check.Verdict{Exercise: 2, Kind: check.Unfinished, Points: 1, Groups: []check.GroupResult{{Points: 1, Findings: []check.Finding{{Key: check.NotDone}}}}}
	explained := func(points int) check.GroupResult {
		return check.GroupResult{Points: points, Findings: []check.Finding{{Key: check.CombineBefore}}}
	}
	wrong := check.Verdict{Exercise: 1, Kind: check.Wrong, Points: 2, Groups: []check.GroupResult{explained(0), explained(2)}}
	source := []byte("// want: 1 combineBefore\npackage tp\n")

	assert.Error(t, earnsNothing(nil, []check.Verdict{right}))
	assert.NoError(t, earnsNothing(nil, []check.Verdict{undone}))
	assert.Error(t, earnsAll(nil, []check.Verdict{undone}))
	assert.NoError(t, earnsAll(nil, []check.Verdict{right}))

	assert.NoError(t, isExplained(source, []check.Verdict{wrong, undone}))
	assert.Error(t, isExplained([]byte("package tp\n"), []check.Verdict{wrong, undone}), "nothing says what is wanted")
	assert.Error(t, isExplained([]byte("// want: 1 oneTask\npackage tp\n"), []check.Verdict{wrong, undone}), "another explanation")
	assert.Error(t, isExplained(source, []check.Verdict{right, undone}), "it is accepted")
	wrong.Groups = wrong.Groups[1:]
	assert.Error(t, isExplained(source, []check.Verdict{wrong, undone}), "no public case explains it")
	wrong.Groups = []check.GroupResult{explained(0)}
	assert.Error(t, isExplained(source, []check.Verdict{wrong, undone}), "no hidden case finds it")
	other := right
	other.Exercise = 2
	wrong.Groups = []check.GroupResult{explained(0), explained(2)}
	assert.Error(t, isExplained(source, []check.Verdict{wrong, other}), "another exercise is judged")
}
