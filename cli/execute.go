package cli

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/class"
	"etincelle/grader/evidence"
	"etincelle/grader/lab"
	"etincelle/grader/notebook"
	"etincelle/grader/report"
	"etincelle/grader/runner"
	"etincelle/replay/scenario"
)

// executed is what came of the student's function on a whole dataset.
type executed struct {
	run     lab.Run
	data    check.Case        // what it was called with
	outcome *evidence.Outcome // nil when the program was stopped
	stopped *check.Finding
	printed string
}

// execute runs the student's functions for an exercise, those that are begun.
// undone names the others.
func (a *app) execute(ctx context.Context, l *lab.Lab, exercise int) (done []executed, undone []string, err error) {
	source, err := a.source(l)
	if err != nil {
		return nil, nil, err
	}
	untouched := lab.Untouched(source, l.Starter, l.Functions())
	var runs []lab.Run
	var calls []runner.Call
	for _, r := range l.Runs {
		switch {
		case r.Exercise != exercise:
		case slices.Contains(untouched, r.Function):
			undone = append(undone, r.Function)
		default:
			c, err := l.Case(r)
			if err != nil {
				return nil, nil, fault(err)
			}
			runs, calls = append(runs, r), append(calls, runner.Call{Function: r.Function, Case: c})
		}
	}
	if len(calls) == 0 {
		return nil, undone, nil
	}
	shop, err := runner.Open(ctx, a.root, l.Harness, class.BuildFolder(a.root), a.warming())
	if err != nil {
		return nil, nil, fault(err)
	}
	asked, err := l.Exercise(exercise)
	if err != nil {
		return nil, nil, fault(err)
	}
	program, err := shop.Submit(ctx, class.Target(l, asked), source, nil)
	if err != nil {
		return nil, nil, fault(err)
	}
	defer program.Close()
	if len(program.Refused) > 0 {
		return nil, nil, a.findings([]check.Finding{*program.Refusals()})
	}
	report, err := program.Run(ctx, calls, runner.DefaultLimits())
	if err != nil {
		return nil, nil, fault(err)
	}
	for i, result := range report.Results {
		done = append(done, executed{runs[i], calls[i].Case, result.Outcome, result.Stopped, report.Printed})
	}
	return done, undone, nil
}

// problem is why there is no result, nil when there is one.
func (e executed) problem() *check.Finding {
	if e.stopped != nil {
		return e.stopped
	}
	if e.outcome.Failure == nil {
		return nil
	}
	found := check.Sound(check.Case{}, *e.outcome, check.Want{})
	return &found[0]
}

// findings is an error that tells what was found, with exit code 1.
func (a *app) findings(all []check.Finding) error {
	var errs []error
	for _, f := range all {
		errs = append(errs, errors.New(f.Text(a.language)))
		for _, d := range f.More {
			errs = append(errs, errors.New("  "+report.Clean(d.In(a.language))))
		}
	}
	return &exit{exitWrong, errors.Join(errs...)}
}

// recording is the events of the job that the student's function asked for. The
// grader computes a result a second time after losing every executor: that part
// is not the student's.
func (e executed) recording() []event.Event {
	at := slices.IndexFunc(e.outcome.Events, func(e event.Event) bool {
		_, lost := e.(event.ExecutorLost)
		return lost
	})
	if at < 0 {
		return e.outcome.Events
	}
	return e.outcome.Events[:at]
}

// runExample runs the example of a TP with what a screen has changed.
func (a *app) runExample(ctx context.Context, s scenario.Jobs) ([]event.Event, error) {
	l, err := a.lab(s.TP)
	if err != nil {
		return nil, err
	}
	return a.example(ctx, l, s)
}

// example runs the notebook's example with a recorder, on the executors that s asks for.
func (a *app) example(ctx context.Context, l *lab.Lab, s scenario.Jobs) ([]event.Event, error) {
	changed := event.Trial{Executors: s.Executors, Cores: s.Cores, Memory: s.Memory, Copies: s.Copies}
	for _, k := range s.Kills {
		changed.Kills = append(changed.Kills, event.Kill{Tasks: k.Tasks, Executor: k.Executor})
	}
	trial, err := json.Marshal(changed)
	if err != nil {
		return nil, err
	}
	n, err := a.notebook(l.Name)
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "etincelle-step-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "example.jsonl")
	results, err := notebook.Run(ctx, n, notebook.Options{Root: a.root, Cells: []string{l.Example}, Env: []string{event.RecordVariable + "=" + file, event.TrialVariable + "=" + string(trial)}})
	if err != nil {
		return nil, err
	}
	for _, r := range results {
		if r.Err != nil {
			return nil, r.Err
		}
	}
	return readRecording(file)
}
