// Package class puts the grader's parts together: a student's own check on the
// public cases (this file), a class graded on the hidden ones (grade.go), and
// the course's own test (selftest.go). The commands call it and do no more.
package class

import (
	"context"
	"fmt"

	"etincelle/grader/check"
	"etincelle/grader/lab"
	"etincelle/grader/runner"
)

// Checked is the result of a check.
type Checked struct {
	Lab      *lab.Lab
	Verdicts []check.Verdict
	Said     []check.Detail // the compiler's words about what costs nothing: an unused import
	Passed   int            // public checks, out of Total
	Total    int
}

// Right reports whether every public check passed.
func (c Checked) Right() bool { return c.Passed == c.Total && c.Total > 0 }

// Check judges the student's own exercises.go on the public cases. It changes
// nothing; Record keeps what it found.
func Check(ctx context.Context, root, name string) (Checked, error) {
	l, err := lab.Find(root, name)
	if err != nil {
		return Checked{}, err
	}
	source, err := l.Source()
	if err != nil {
		return Checked{}, err
	}
	return checkSource(ctx, l, source)
}

func checkSource(ctx context.Context, l *lab.Lab, source []byte) (Checked, error) {
	groups, err := l.Public()
	if err != nil {
		return Checked{}, err
	}
	wants, err := stated(l, groups)
	if err != nil {
		return Checked{}, err
	}
	verdicts, said, err := judge(ctx, l, source, exam{groups, wants}, runner.DefaultLimits())
	c := Checked{Lab: l, Verdicts: verdicts, Said: said}
	for _, v := range verdicts {
		for _, g := range v.Groups {
			c.Total++
			if g.Right {
				c.Passed++
			}
		}
	}
	return c, err
}

// stated is what the public cases say that is wanted.
func stated(l *lab.Lab, groups []check.Group) ([][]check.Want, error) {
	wants := make([][]check.Want, len(groups))
	for i, g := range groups {
		for _, c := range g.Cases {
			if c.Want == nil {
				return nil, fmt.Errorf("%s: case %q of %s has no expectation: run `go run . selftest --rewrite`", l.Path("cases.json"), c.Name, g.Function)
			}
			wants[i] = append(wants[i], *c.Want)
		}
	}
	return wants, nil
}

// Record keeps the verdicts in the student's progress.
func Record(root string, c Checked) error {
	p, err := lab.LoadProgress(root)
	if err != nil {
		return err
	}
	for _, v := range c.Verdicts {
		state := p.Of(c.Lab.Name, v.Exercise)
		state.Kind = v.Kind
		p.Set(c.Lab.Name, v.Exercise, state)
	}
	return p.Save(root)
}
