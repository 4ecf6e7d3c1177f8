package class

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/lab"
)

// The course as it stands: starter, solution, stubs, known mistakes, other
// styles, hints, and files that must agree.
func TestSelftest(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	seed := newSeed() // other wrong answers and stubs each time; `go run . selftest` tries them all
	t.Logf("seed %d", seed)
	_, err := Selftest(t.Context(), tree, Scope{Seed: seed, Wrong: 1}, func(trial Trial) {
		tried[trial.Name] = true
		if trial.Name == "exercises.go is the starter" {
			return // whoever solves the exercises in this tree breaks no test of the grader's
		}
		assert.NoError(t, trial.Err, trial.Name)
	})
	require.NoError(t, err)
	for _, name := range []string{"starter", "solution", "right/combine_by_key", "hints in fr", "hints in en"} {
		assert.True(t, tried[name], name)
	}
	stubs := slices.Collect(maps.Keys(tried))
	assert.True(t, slices.ContainsFunc(stubs, func(name string) bool { return strings.HasPrefix(name, "stub/") }), "stubs are tried")
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
	assert.Error(t, isExplained(source, []check.Verdict{undone}), "its exercise is not judged")
}

// A sample has some wrong answers of each exercise, some stubs, and all right ones.
func TestSampled(t *testing.T) {
	one, two := []lab.Exercise{{Number: 1}}, []lab.Exercise{{Number: 2}}
	both := []lab.Exercise{{Number: 1}, {Number: 2}}
	all := []answer{{name: "right/a", exercises: one}, {name: "right/b", exercises: one}}
	for _, name := range []string{"a", "b", "c"} {
		all = append(all, answer{name: "stub/" + name, exercises: both})
	}
	for _, name := range []string{"a", "b", "c"} {
		all = append(all, answer{name: "wrong/" + name, exercises: one}, answer{name: "wrong/2" + name, exercises: two})
	}
	assert.Len(t, sampled(all, Scope{Seed: 3}), 11)
	drawn := map[string]bool{}
	for seed := range uint64(30) {
		some := sampled(all, Scope{Seed: seed + 1, Wrong: 2})
		require.Len(t, some, 2+2+2*2)
		for _, a := range some {
			drawn[a.name] = true
		}
	}
	assert.Len(t, drawn, 11, "each has its turn")
}

func TestAbout(t *testing.T) {
	l := &lab.Lab{Exercises: []lab.Exercise{{Number: 1, Functions: []string{"A", "B"}}, {Number: 2, Functions: []string{"C"}}}}
	numbers := func(source string) (all []int) {
		for _, e := range about(l, []byte(source)) {
			all = append(all, e.Number)
		}
		return all
	}
	assert.Equal(t, []int{2}, numbers("// want: 2 wrongRows\npackage tp\nfunc A() {}\nfunc C() {}\n"), "the exercise that it names")
	assert.Equal(t, []int{1}, numbers("// Another style.\npackage tp\nfunc B() {}\nfunc help() {}\n"))
	assert.Empty(t, numbers("package tp\n"))
}
