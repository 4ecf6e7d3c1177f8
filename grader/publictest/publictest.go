// Package publictest is how `go test` judges a TP: the public cases, on the
// functions of the package under test, in the test's own process. What is not
// done yet is skipped; what is wrong fails with the words of `check`.
//
// It is for the student's own eyes: marks are given by the grader, which trusts
// no process that student code runs in.
package publictest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"etincelle/grader/build"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/harness"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
	"etincelle/grader/report"
	"etincelle/grader/runner"
)

// notDone is what a skipped exercise says.
var notDone = message.Both("pas encore fait", "not done yet")

// Run judges one exercise of the TP whose folder the test runs in: its own name
// says which one, under labs/ or solutions/.
func Run(t *testing.T, exercises []harness.Exercise, number int) {
	t.Helper()
	folder, err := os.Getwd()
	require.NoError(t, err)
	root, err := build.Root(folder)
	require.NoError(t, err)
	l, err := lab.Find(root, filepath.Base(folder))
	require.NoError(t, err)
	source, err := os.ReadFile(filepath.Join(folder, "exercises.go"))
	require.NoError(t, err)
	lang := message.Choose("", os.Getenv)

	i := slices.IndexFunc(exercises, func(e harness.Exercise) bool { return e.Number == number })
	require.GreaterOrEqual(t, i, 0, "there is no exercise %d", number)
	undone := lab.Untouched(source, l.Starter, l.Functions())
	if !slices.ContainsFunc(exercises[i].Functions, func(f harness.Function) bool { return !slices.Contains(undone, f.Name) }) {
		t.Skip(notDone.In(lang))
	}
	groups, err := l.Public()
	require.NoError(t, err)
	properties, err := l.Properties()
	require.NoError(t, err)
	for _, f := range exercises[i].Functions {
		t.Run(f.Name, func(t *testing.T) {
			if slices.Contains(undone, f.Name) {
				t.Skip(notDone.In(lang))
			}
			judged := 0
			for _, g := range groups {
				if g.Function != f.Name {
					continue
				}
				judged++
				if result := judge(t, f, g, properties[g.Property]); !result.Right {
					t.Error("\n" + report.Group(result, lang))
				}
			}
			require.Positive(t, judged, "no public case judges %s", f.Name)
		})
	}
}

// judge runs a group's cases and judges them.
func judge(t *testing.T, f harness.Function, g check.Group, p check.Property) check.GroupResult {
	require.NotNil(t, p.Judge, "nothing judges the property %q", g.Property)
	var results []check.Result
	var wants []check.Want
	for n, c := range g.Cases {
		require.NotNil(t, c.Want, "case %q has no expectation: run `go run . selftest --rewrite`", c.Name)
		results, wants = append(results, call(f, c, n)), append(wants, *c.Want)
	}
	return check.Judge(g, p, results, wants)
}

// call makes one call, and gives it as long as check would.
func call(f harness.Function, c check.Case, number int) check.Result {
	spec := protocol.Case{Number: number, Function: f.Name, Params: c.Params, Session: c.Session}
	for _, s := range c.Sources {
		spec.Sources = append(spec.Sources, protocol.Source{Name: s.Name, Partitions: len(s.Partitions)})
	}
	p := &parent{c: c, over: make(chan struct{})}
	go harness.Run(f, spec, p)
	limit := runner.DefaultLimits().Time
	select {
	case <-p.over:
		o := p.recording.Outcome(c.SourceNames())
		return check.Result{Outcome: &o}
	case <-time.After(limit):
		return check.Result{Stopped: &check.Finding{Key: check.TimeLimit, Facts: message.Facts{"seconds": limit.Seconds()}}}
	}
}

// parent is harness.Parent in the same process.
type parent struct {
	c    check.Case
	over chan struct{} // closed after the answer

	mu        sync.Mutex // guards the recording until over is closed
	ended     bool
	recording evidence.Recording
}

// Rows implements harness.Parent.
func (p *parent) Rows(_ int, source string, partition int) ([]json.RawMessage, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	rows := p.c.Source(source).Partitions[partition]
	if !p.ended {
		p.recording.Served(source, len(rows))
	}
	return rows, nil
}

// Tell implements harness.Parent.
func (p *parent) Tell(f protocol.Frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended && p.recording.Take(f) {
		p.ended = true
		close(p.over)
	}
}
