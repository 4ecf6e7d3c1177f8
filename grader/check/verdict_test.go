package check

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/grader/evidence"
)

// passes judges right what has one row.
var passes = Property{Name: "one row", Judge: func(_ Case, got evidence.Outcome, _ Want) []Finding {
	if len(Flat(got.Rows)) == 1 {
		return nil
	}
	return []Finding{{Key: WrongRows}}
}}

var (
	right   = Result{Outcome: &evidence.Outcome{Rows: [][]json.RawMessage{rows("1")}}}
	wrong   = Result{Outcome: &evidence.Outcome{}}
	stopped = Result{Stopped: &Finding{Key: TimeLimit}}
	missing = Result{}
)

func TestJudge(t *testing.T) {
	g := Group{Points: 3, Function: "F", Cases: make([]Case, 3)}
	g.Cases[0].Name, g.Cases[1].Name, g.Cases[2].Name = "a", "b", "c"
	wants := make([]Want, 3)
	tests := map[string]struct {
		results []Result
		earned  int
		key     Key
		name    string // of the case that is shown
	}{
		"all right":             {[]Result{right, right, right}, 3, "", ""},
		"one wrong":             {[]Result{right, wrong, right}, 0, WrongRows, "b"},
		"the first is shown":    {[]Result{wrong, wrong, wrong}, 0, WrongRows, "a"},
		"one stopped":           {[]Result{right, right, stopped}, 0, TimeLimit, "c"},
		"one missing":           {[]Result{right, missing, right}, 0, Unanswered, "b"},
		"results too few":       {[]Result{right, right}, 0, Unanswered, "c"},
		"no results":            {nil, 0, Unanswered, "a"},
		"stopped with a result": {[]Result{right, {Outcome: right.Outcome, Stopped: stopped.Stopped}, right}, 0, TimeLimit, "b"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := Judge(g, passes, test.results, wants)
			assert.Equal(t, test.earned, got.Earned)
			assert.Equal(t, 3, got.Points)
			assert.Equal(t, test.earned > 0, got.Right)
			if test.key != "" {
				assert.Equal(t, test.key, got.Findings[0].Key)
				assert.Equal(t, test.name, got.Case.Name)
			}
		})
	}
	assert.False(t, Judge(Group{Points: 3}, passes, nil, nil).Right, "a group without cases earns nothing")
	assert.False(t, Judge(g, passes, []Result{right, right, right}, wants[:2]).Right, "a case without a want earns nothing")
}

// A mark starts at 0, and only whole groups that are right add to it.
func TestScoreLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var groups []GroupResult
		most, due := 0, 0
		for range rapid.IntRange(0, 6).Draw(t, "groups") {
			points := rapid.IntRange(0, 5).Draw(t, "points")
			results := rapid.SliceOfN(rapid.SampledFrom([]Result{right, right, right, wrong, stopped, missing}), 0, 4).Draw(t, "results")
			cases := rapid.IntRange(0, 4).Draw(t, "cases")
			g := Judge(Group{Points: points, Cases: make([]Case, cases)}, passes, results, make([]Want, cases))
			all := cases > 0 && len(results) >= cases
			for i := range min(cases, len(results)) {
				all = all && results[i].Outcome == right.Outcome && results[i].Stopped == nil
			}
			require.Equal(t, all, g.Right)
			most += points
			if all {
				due += points
			}
			groups = append(groups, g)
		}
		v := Conclude(1, groups)
		require.Equal(t, most, v.Points)
		require.Equal(t, due, v.Earned)
		if v.Kind == Right {
			require.Equal(t, v.Points, v.Earned)
			require.NotEmpty(t, groups)
		}
	})
}

func TestKinds(t *testing.T) {
	of := func(keys ...Key) Kind {
		groups := []GroupResult{{Points: 1, Earned: 1, Right: true}}
		for _, k := range keys {
			groups = append(groups, GroupResult{Points: 1, Findings: []Finding{{Key: k}}})
		}
		return Conclude(1, groups).Kind
	}
	assert.Equal(t, Right, of())
	assert.Equal(t, Unfinished, of(NotDone))
	assert.Equal(t, Wrong, of(NotDone, CombineBefore))
	assert.Equal(t, OverTime, of(CombineBefore, TimeLimit, NotDone))
	assert.Equal(t, Uncompiled, of(TimeLimit, DoesNotCompile))
	assert.Equal(t, Unaccepted, of(Refused))
	assert.Equal(t, OverMemory, of(MemoryLimit))
	assert.Equal(t, OverOutput, of(OutputLimit))
	assert.Equal(t, OverStack, of(StackLimit))
	assert.Equal(t, Deadlocked, of(Deadlock))
	assert.Equal(t, Wrong, of(Crashed))
	assert.Equal(t, Wrong, of(Tampered))
	assert.Equal(t, Wrong, Conclude(1, nil).Kind, "no group, no pass")

	v := Conclude(1, []GroupResult{{Points: 2, Earned: 2, Right: true}, {Points: 1, Findings: []Finding{{Key: GraderFailed}}}})
	assert.Equal(t, GraderError, v.Kind)
	assert.Zero(t, v.Earned, "no mark")
}
