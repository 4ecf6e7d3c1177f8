package class

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"etincelle/grader/lab"
	"etincelle/grader/runner"
)

// Selftest is the authors' own check of the course: what is handed out earns
// nothing, what solves it earns everything, known mistakes are explained, other
// styles are accepted, hints are there, and files that must agree do.

// Labs names the folders of the TPs in the scope, one at least.
func (s Scope) Labs(root string) ([]string, error) {
	var named []string
	for _, tp := range s.TPs {
		l, err := lab.Find(root, tp)
		if err != nil {
			return nil, err
		}
		named = append(named, l.Name)
	}
	if len(named) > 0 {
		return named, nil
	}
	names, err := lab.List(root)
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("no lab was found in %s", filepath.Join(root, "labs"))
	}
	return names, err
}

// Trial is one thing that was tried.
type Trial struct {
	Lab  string
	Name string
	Err  error // nil when it held
}

// Scope is what the trials are about.
type Scope struct {
	TPs   []string // as commands call them; none: all
	Seed  uint64   // of the hidden cases; 0: a new one
	Wrong int      // wrong answers of each exercise, and stubs of each TP, drawn by the seed; 0: all
}

// Selftest makes the trials of every lab and tells of each as it ends. It
// reports whether all held; its error is that nothing could be tried at all.
func Selftest(ctx context.Context, root string, scope Scope, tell func(Trial)) (bool, error) {
	names, err := scope.Labs(root)
	if err != nil {
		return false, err
	}
	if scope.Seed == 0 {
		scope.Seed = newSeed()
	}
	held := true
	var telling sync.Mutex
	for _, name := range names {
		report := func(trial string, err error) {
			telling.Lock()
			defer telling.Unlock()
			held = held && err == nil
			tell(Trial{Lab: name, Name: trial, Err: err})
		}
		l, err := lab.Find(root, name)
		if err != nil {
			report("the lab's files", err)
			continue
		}
		for _, t := range fileTrials(ctx, l) {
			report(t.Name, t.Err)
		}
		if err := answerTrials(ctx, l, scope, report); err != nil {
			report(fmt.Sprintf("the exam (seed %d)", scope.Seed), err)
		}
	}
	return held, ctx.Err()
}

// answerTrials tries what is handed out, the solution, and the answers that stand
// beside the hidden cases, on all cases.
func answerTrials(ctx context.Context, l *lab.Lab, scope Scope, report func(string, error)) error {
	e, err := wholeExam(ctx, l, scope.Seed)
	if err != nil {
		return err
	}
	solution, err := os.ReadFile(solutionPath(l, "exercises.go"))
	if err != nil {
		return err
	}
	others, lacking, err := beside(l)
	if err != nil {
		return err
	}
	report("what is wanted of smaller cases", wantedAgrees(l, e))
	report("each exercise has wrong, right and empty answers", lacking)
	trials := append(sampled(others, scope), answer{"starter", l.Starter, l.Exercises, earnsNothing}, answer{"solution", solution, l.Exercises, earnsAll})
	slices.SortFunc(trials, func(a, b answer) int { return strings.Compare(a.name, b.name) })
	work := make(chan answer)
	var workers sync.WaitGroup
	for range jobs(0) {
		workers.Go(func() {
			for t := range work {
				verdicts, _, err := judge(ctx, l, t.source, e.only(t.exercises), runner.DefaultLimits())
				if err == nil {
					err = t.judge(t.source, verdicts)
				}
				report(t.name, err)
			}
		})
	}
	for _, t := range trials {
		work <- t
	}
	close(work)
	workers.Wait()
	return nil
}

// wholeExam is the public groups and the hidden ones.
func wholeExam(ctx context.Context, l *lab.Lab, seed uint64) (exam, error) {
	e, err := hiddenExam(ctx, l, seed)
	if err != nil {
		return e, err
	}
	public, err := l.Public()
	if err != nil {
		return e, err
	}
	wants, err := stated(l, public)
	if err != nil {
		return e, err
	}
	e.groups, e.wants = append(public, e.groups...), append(wants, e.wants...)
	return e, nil
}
