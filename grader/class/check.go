// Package class puts the grader's parts together: a student's own check on the
// public cases (this file), a class graded on the hidden ones (grade.go), and
// the course's own test (selftest.go). The commands call it and do no more.
package class

import (
	"context"
	"fmt"
	"path/filepath"

	"etincelle/grader/build"
	"etincelle/grader/check"
	"etincelle/grader/lab"
	"etincelle/grader/runner"
)

// Checker judges a student's exercises.go on the public cases, as often as it is
// asked: what does not change from one time to the next is there already.
type Checker struct {
	Lab  *lab.Lab
	exam exam
}

// Checked is the result of a check.
type Checked struct {
	Lab      *lab.Lab
	Verdicts []check.Verdict
	Said     []check.Detail // the compiler's words about what costs nothing: an unused import
	Passed   int            // public checks, out of Total
	Total    int
	Partial  bool // of what does not compile alone: the rest is still being built
}

// Right reports whether every public check passed.
func (c Checked) Right() bool { return c.Passed == c.Total && c.Total > 0 }

// BuildFolder is where check keeps what it has compiled.
func BuildFolder(root string) string { return filepath.Join(root, ".etincelle", "build") }

// NewChecker prepares to judge a lab. The first time on a machine that takes a
// while; tell hears how far it is, and may be nil.
func NewChecker(ctx context.Context, l *lab.Lab, tell func(build.Progress)) (*Checker, error) {
	groups, err := l.Public()
	if err != nil {
		return nil, err
	}
	wants, err := stated(l, groups)
	if err != nil {
		return nil, err
	}
	shop, err := runner.Open(ctx, l.Root, l.Harness, BuildFolder(l.Root), tell)
	if err != nil {
		return nil, err
	}
	return &Checker{Lab: l, exam: exam{shop, l.Exercises, groups, wants}}, nil
}

// Check judges a source: those exercises of it. It changes nothing; Record keeps
// what it found.
// first hears what is known as soon as it is, and may be nil: what does not
// compile, then the verdicts, before the smallest case that shows each mistake is
// sought.
func (c *Checker) Check(ctx context.Context, source []byte, first func(Checked), exercises ...lab.Exercise) (Checked, error) {
	e := c.exam.only(exercises)
	a, err := sit(ctx, c.Lab, source, e, runner.DefaultLimits(), func(p *runner.Program) {
		if verdicts, err := uncompiled(c.Lab, e, p, source); err == nil && first != nil && len(verdicts) > 0 {
			first(Checked{Lab: c.Lab, Verdicts: verdicts, Said: p.Said(), Partial: true})
		}
	})
	if err != nil {
		return Checked{}, err
	}
	defer a.close()
	verdicts, err := conclude(c.Lab, e, a)
	if err != nil {
		return Checked{}, err
	}
	checked := Checked{Lab: c.Lab, Verdicts: verdicts, Said: a.said}
	for _, v := range verdicts {
		for _, g := range v.Groups {
			checked.Total++
			if g.Right {
				checked.Passed++
			}
		}
	}
	if first != nil {
		first(checked)
	}
	checked.Verdicts, err = reduced(ctx, a.program, verdicts)
	return checked, err
}

// uncompiled are verdicts about the functions that do not compile, and no others.
func uncompiled(l *lab.Lab, e exam, p *runner.Program, source []byte) ([]check.Verdict, error) {
	part := exam{shop: e.shop}
	a := answers{source: source, results: map[place]check.Result{}}
	for i, g := range e.groups {
		if _, broken := p.Broken[g.Function]; !broken {
			continue
		}
		for k := range g.Cases {
			a.results[place{len(part.groups), k}] = check.Result{Stopped: p.Uncompiled(g.Function)}
		}
		part.groups, part.wants = append(part.groups, g), append(part.wants, e.wants[i])
		if exercise, err := l.Exercise(g.Exercise); err == nil && (len(part.exercises) == 0 || part.exercises[len(part.exercises)-1].Number != g.Exercise) {
			part.exercises = append(part.exercises, exercise)
		}
	}
	return conclude(l, part, a)
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
