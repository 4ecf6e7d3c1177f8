// Package runner builds a TP's functions with the grader's harness into one
// program, runs it once an exercise in a process of its own, and talks to it:
// inputs go out, rows and events come back, and nothing that is wanted is ever
// in that process.
//
// workshop.go keeps what is compiled, build.go makes the program of a submission
// or of the trusted solutions, exercise.go cuts it into exercises; run.go plans
// the calls, conversation.go speaks the protocol, process.go holds the child to
// its limits, autopsy.go says why it died.
package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"etincelle/grader/policy"
	"etincelle/grader/salvage"
)

// Target is the TP, or the exercises of it, that a program is built for.
type Target struct {
	Name      string // the TP's folder in labs/ and solutions/
	Exercises []Exercise
	Starter   []byte // exercises.go as it was handed out
}

// Exercise is one of a target.
type Exercise struct {
	Number    int
	Functions []string // that it asks for
}

func (t Target) functions() []string {
	var all []string
	for _, e := range t.Exercises {
		all = append(all, e.Functions...)
	}
	return all
}

// Program is a program under test. Close it.
type Program struct {
	folder  string
	file    string                         // absent when no function could be built
	source  []byte                         // as it was submitted
	Refused []policy.Refusal               // not built: the file holds what is not accepted
	Broken  map[string][]salvage.Complaint // functions that do not compile, or use what does not
	Loose   []salvage.Complaint            // what else the compiler said; nothing depends on it
}

// maxRounds bounds how often a file that does not compile is mended and built
// again: a declaration that is taken out shows what depended on it.
const maxRounds = 8

// buildTime bounds the build of a submission, by the wall clock.
const buildTime = time.Minute

var errBuildTime = errors.New("the build took too long")

// Submit builds a submitted exercises.go. Its errors are the grader's: what is
// wrong with the submission is in the Program. early, which may be nil, hears of a
// program that is not built yet, with what does not compile: that is known in a
// few milliseconds, the rest takes a hundred times longer.
func (w *Workshop) Submit(ctx context.Context, target Target, source []byte, early func(*Program)) (*Program, error) {
	return w.submit(ctx, target, source, policy.Judge, early)
}

// judge is policy.Judge, or what a test of the other defences puts in its place.
type judge func(name string, source []byte) ([]policy.Refusal, error)

func (w *Workshop) submit(ctx context.Context, target Target, source []byte, accept judge, early func(*Program)) (*Program, error) {
	folder, err := os.MkdirTemp("", "etincelle-")
	if err != nil {
		return nil, fmt.Errorf("a folder for the program under test cannot be made: %w", err)
	}
	name := "program"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	p := &Program{folder: folder, file: filepath.Join(folder, name), source: source}
	if err := w.build(ctx, p, target, accept, early); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// Close removes the program.
func (p *Program) Close() error { return os.RemoveAll(p.folder) }

func (w *Workshop) build(ctx context.Context, p *Program, target Target, accept judge, early func(*Program)) error {
	file, err := salvage.Open(p.source, target.Starter, target.functions())
	if err != nil {
		return fmt.Errorf("the handed-out exercises.go of %s cannot be parsed: %w", target.Name, err)
	}
	limited, cancel := context.WithTimeoutCause(ctx, buildTime, errBuildTime)
	defer cancel()
	var complaints []salvage.Complaint
	for range maxRounds {
		// A file that cannot be parsed has shown its imports and directives all the same.
		if p.Refused, _ = accept(exercisesFile, file.Source); len(p.Refused) > 0 {
			return nil
		}
		if complaints, err = w.types(limited, p, target, file); err == nil && len(complaints) == 0 {
			if p.Broken, p.Loose = file.Broken(), file.Loose; len(p.Broken) > 0 && early != nil {
				early(p)
				early = nil // once is enough
			}
			complaints, err = w.attempt(limited, p, target, file)
		}
		switch {
		case errors.Is(err, errBuildTime) && ctx.Err() == nil:
			complaints = []salvage.Complaint{{Message: fmt.Sprintf("not compiled in %s", buildTime)}}
			p.breakAll(target, complaints)
			return nil
		case err != nil:
			return err
		case len(complaints) == 0:
			return nil
		case !file.Repair(complaints):
			p.breakAll(target, complaints)
			return nil
		}
	}
	p.breakAll(target, complaints)
	return nil
}

// breakAll says that nothing of the file can be run.
func (p *Program) breakAll(target Target, why []salvage.Complaint) {
	p.Broken = map[string][]salvage.Complaint{}
	for _, name := range target.functions() {
		p.Broken[name] = why
	}
}

// types is what the compiler has against the types of the whole file: what is
// built are parts of it.
func (w *Workshop) types(ctx context.Context, p *Program, target Target, file *salvage.File) ([]salvage.Complaint, error) {
	whole := w.exercise(0, file.Source, target.functions())
	if len(w.ready.Check(whole.Package)) == 0 {
		return nil, nil
	}
	if err := w.ready.Compile(ctx, whole.Package, nil, filepath.Join(p.folder, "whole.a")); err != nil {
		return whole.complaints(err)
	}
	return nil, nil
}

// attempt builds the program of what is sound in the file as it is now. It
// returns what the compiler has against it.
func (w *Workshop) attempt(ctx context.Context, p *Program, target Target, file *salvage.File) ([]salvage.Complaint, error) {
	var parts []exercise
	for _, e := range target.Exercises {
		var sound []string
		for _, name := range e.Functions {
			if _, out := p.Broken[name]; !out {
				sound = append(sound, name)
			}
		}
		if len(sound) > 0 {
			parts = append(parts, w.exercise(e.Number, file.Only(sound...), sound))
		}
	}
	if len(parts) == 0 {
		return nil, nil
	}
	also := map[string]string{}
	for i, compiled := range w.compileAll(ctx, p.folder, parts) {
		if compiled.err != nil {
			return parts[i].complaints(compiled.err)
		}
		also[parts[i].Path] = compiled.file
	}
	if err := w.link(ctx, p, parts, also); err != nil {
		return parts[0].complaints(err) // a program that is too large is the source's fault
	}
	return nil, nil
}

type compiled struct {
	file string
	err  error
}

// compileAll compiles the exercises, all at once.
func (w *Workshop) compileAll(ctx context.Context, folder string, parts []exercise) []compiled {
	all := make([]compiled, len(parts))
	var compiling sync.WaitGroup
	for i, e := range parts {
		compiling.Go(func() { all[i].file, all[i].err = w.compiled(ctx, folder, e) })
	}
	compiling.Wait()
	return all
}

// link makes the program of its exercises.
func (w *Workshop) link(ctx context.Context, p *Program, parts []exercise, also map[string]string) error {
	main := filepath.Join(p.folder, "main.a")
	if err := w.ready.Compile(ctx, mainOf(parts), also, main); err != nil {
		return fmt.Errorf("the program under test cannot be put together: %w", err)
	}
	return w.ready.Link(ctx, main, also, p.file)
}

// Trust builds the reference: the tree's own solutions.
func (w *Workshop) Trust(ctx context.Context, root string, target Target) (*Program, error) {
	source, err := os.ReadFile(filepath.Join(root, "solutions", target.Name, exercisesFile))
	if err != nil {
		return nil, fmt.Errorf("the reference of %s cannot be read: %w", target.Name, err)
	}
	p, err := w.submit(ctx, target, source, func(string, []byte) ([]policy.Refusal, error) { return nil, nil }, nil)
	if err != nil {
		return nil, fmt.Errorf("the reference of %s cannot be built: %w", target.Name, err)
	}
	for name, why := range p.Broken {
		return nil, errors.Join(fmt.Errorf("the reference of %s does not compile: %s: %v", target.Name, name, why), p.Close())
	}
	return p, nil
}
