package class

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"etincelle/grader/check"
	"etincelle/grader/lab"
	"etincelle/grader/runner"
)

// Selftest is the authors' own check of the course: what is handed out earns
// nothing, what solves it earns everything, known mistakes are explained, other
// styles are accepted, hints are there, and files that must agree do.

// Trial is one thing that was tried.
type Trial struct {
	Lab  string
	Name string
	Err  error // nil when it held
}

// Selftest makes every trial of every lab and tells of each as it ends. It
// reports whether all held; its error is that nothing could be tried at all.
func Selftest(ctx context.Context, root string, seed uint64, tell func(Trial)) (bool, error) {
	names, err := lab.List(root)
	if err != nil {
		return false, err
	}
	if len(names) == 0 {
		return false, fmt.Errorf("no lab was found in %s", filepath.Join(root, "labs"))
	}
	if seed == 0 {
		seed = newSeed()
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
		if err := answerTrials(ctx, l, seed, report); err != nil {
			report(fmt.Sprintf("the exam (seed %d)", seed), err)
		}
	}
	return held, ctx.Err()
}

// answerTrials tries every answer that stands beside the hidden cases, and what
// is handed out, and the solution, on all cases.
func answerTrials(ctx context.Context, l *lab.Lab, seed uint64, report func(string, error)) error {
	e, err := wholeExam(ctx, l, seed)
	if err != nil {
		return err
	}
	solution, err := os.ReadFile(solutionPath(l, "exercises.go"))
	if err != nil {
		return err
	}
	report("what is wanted of smaller cases", wantedAgrees(l, e))
	type trial struct {
		name   string
		source []byte
		judge  func(source []byte, verdicts []check.Verdict) error
	}
	trials := []trial{{"starter", l.Starter, earnsNothing}, {"solution", solution, earnsAll}}
	for kind, judge := range map[string]func([]byte, []check.Verdict) error{"stub": earnsNothing, "right": earnsAll, "wrong": isExplained} {
		files, err := filepath.Glob(filepath.Join(l.Root, "grader", "hidden", l.Harness, kind, "*.go.txt"))
		if err != nil {
			return err
		}
		if len(files) == 0 {
			report(kind, fmt.Errorf("no answer stands in grader/hidden/%s/%s", l.Harness, kind))
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			trials = append(trials, trial{kind + "/" + strings.TrimSuffix(filepath.Base(file), ".go.txt"), source, judge})
		}
	}
	slices.SortFunc(trials, func(a, b trial) int { return strings.Compare(a.name, b.name) })
	work := make(chan trial)
	var workers sync.WaitGroup
	for range jobs(0) {
		workers.Go(func() {
			for t := range work {
				verdicts, _, err := judge(ctx, l, t.source, e, runner.DefaultLimits())
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
