package class

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"etincelle/grader/check"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/runner"
)

// exam is groups of cases and what is wanted of each: the public ones with what
// their file says, or the hidden ones with what the reference did.
type exam struct {
	shop      *runner.Workshop
	exercises []lab.Exercise // those that are judged
	groups    []check.Group
	wants     [][]check.Want // by group and case
}

// only is the exam's part about some exercises.
func (e exam) only(exercises []lab.Exercise) exam {
	part := exam{shop: e.shop, exercises: exercises}
	for i, g := range e.groups {
		if slices.ContainsFunc(exercises, func(x lab.Exercise) bool { return x.Number == g.Exercise }) {
			part.groups, part.wants = append(part.groups, g), append(part.wants, e.wants[i])
		}
	}
	return part
}

// place is a case of an exam.
type place struct{ group, number int }

// answers are what came of an exam. What is missing is judged as missing.
type answers struct {
	source  []byte
	results map[place]check.Result
	printed map[int]string  // by exercise
	said    []check.Detail  // by the compiler, about nothing that is judged
	program *runner.Program // nil when nothing was built
}

func (a answers) close() {
	if a.program != nil {
		_ = a.program.Close() // its folder is a temporary one
	}
}

// judge has a source sit an exam. The error is the grader's.
func judge(ctx context.Context, l *lab.Lab, source []byte, e exam, limits runner.Limits) ([]check.Verdict, []check.Detail, error) {
	a, err := sit(ctx, l, source, e, limits, nil)
	if err != nil {
		return nil, nil, err
	}
	defer a.close()
	verdicts, err := conclude(l, e, a)
	return verdicts, a.said, err
}

// judgeNothing is the judgement of a submission without a source, for one reason.
func judgeNothing(l *lab.Lab, e exam, why *check.Finding) ([]check.Verdict, error) {
	a := answers{results: map[place]check.Result{}}
	for i, g := range e.groups {
		for k := range g.Cases {
			a.results[place{i, k}] = check.Result{Stopped: why}
		}
	}
	return conclude(l, e, a)
}

// conclude judges what came of an exam, exercise by exercise.
func conclude(l *lab.Lab, e exam, a answers) ([]check.Verdict, error) {
	properties, err := l.Properties()
	if err != nil {
		return nil, err
	}
	byExercise := map[int][]check.GroupResult{}
	for i, g := range e.groups {
		p, known := properties[g.Property]
		if !known {
			return nil, fmt.Errorf("a group of %s asks for the property %q, which nothing judges", g.Function, g.Property)
		}
		results := make([]check.Result, len(g.Cases))
		for k := range g.Cases {
			results[k] = a.results[place{i, k}]
		}
		byExercise[g.Exercise] = append(byExercise[g.Exercise], check.Judge(g, p, results, e.wants[i]))
	}
	lines := strings.Split(string(a.source), "\n")
	var verdicts []check.Verdict
	for _, exercise := range e.exercises {
		v := check.Conclude(exercise.Number, byExercise[exercise.Number])
		v.Printed = a.printed[exercise.Number]
		for _, g := range v.Groups {
			for i, f := range g.Findings {
				if f.Line > 0 && f.Line <= len(lines) {
					g.Findings[i].Code = strings.TrimRight(lines[f.Line-1], "\r")
				}
			}
		}
		verdicts = append(verdicts, v)
	}
	return verdicts, nil
}

// sit builds a source and runs what it has to show. early is what Submit calls.
func sit(ctx context.Context, l *lab.Lab, source []byte, e exam, limits runner.Limits, early func(*runner.Program)) (answers, error) {
	a := answers{source: source, results: map[place]check.Result{}, printed: map[int]string{}}
	todo := map[place]runner.Call{}
	undone := lab.Untouched(source, l.Starter, l.Functions())
	for i, g := range e.groups {
		for k, c := range g.Cases {
			todo[place{i, k}] = runner.Call{Function: g.Function, Case: c}
		}
	}
	for _, name := range undone {
		a.settle(todo, name, &check.Finding{Key: check.NotDone, Facts: message.Facts{"function": name}})
	}
	if len(todo) == 0 {
		return a, nil // nothing is done: nothing is built
	}
	program, err := e.shop.Submit(ctx, Target(l, begun(e.exercises, undone)...), source, early)
	if err != nil {
		return a, err
	}
	a.program, a.said = program, program.Said()
	if len(program.Refused) > 0 {
		for _, name := range l.Functions() {
			a.settle(todo, name, program.Refusals())
		}
		return a, nil
	}
	if err := a.run(ctx, program, e, todo, limits); err != nil {
		a.close()
		return a, err
	}
	return a, nil
}

// begun are the exercises that have a function to run.
func begun(exercises []lab.Exercise, undone []string) []lab.Exercise {
	return slices.DeleteFunc(slices.Clone(exercises), func(e lab.Exercise) bool {
		return !slices.ContainsFunc(e.Functions, func(name string) bool { return !slices.Contains(undone, name) })
	})
}

// settle answers the calls of a function without running them.
func (a *answers) settle(todo map[place]runner.Call, function string, finding *check.Finding) {
	for at, call := range todo {
		if call.Function == function {
			a.results[at] = check.Result{Stopped: finding}
			delete(todo, at)
		}
	}
}

// run makes the calls, those of each exercise in a process of its own, at once.
func (a *answers) run(ctx context.Context, program *runner.Program, e exam, todo map[place]runner.Call, limits runner.Limits) error {
	reports := make([]map[place]check.Result, len(e.exercises))
	printed := make([]string, len(e.exercises))
	errs := make([]error, len(e.exercises))
	var running sync.WaitGroup
	for n, exercise := range e.exercises {
		var calls []runner.Call
		var places []place
		for i, g := range e.groups {
			for k := range g.Cases {
				if call, waits := todo[place{i, k}]; waits && g.Exercise == exercise.Number {
					calls, places = append(calls, call), append(places, place{i, k})
				}
			}
		}
		running.Go(func() {
			report, err := program.Run(ctx, calls, limits)
			reports[n] = map[place]check.Result{}
			for i, r := range report.Results {
				reports[n][places[i]] = r
			}
			printed[n], errs[n] = report.Printed, err
		})
	}
	running.Wait()
	for n, exercise := range e.exercises {
		if errs[n] != nil {
			return errs[n]
		}
		maps.Copy(a.results, reports[n])
		a.printed[exercise.Number] = printed[n]
	}
	return nil
}

// Target is what runner needs to know of exercises of a TP.
func Target(l *lab.Lab, exercises ...lab.Exercise) runner.Target {
	t := runner.Target{Name: l.Name, Starter: l.Starter}
	for _, e := range exercises {
		t.Exercises = append(t.Exercises, runner.Exercise{Number: e.Number, Functions: e.Functions})
	}
	return t
}
