// Package runner builds a TP's functions with the grader's harness into one
// program, runs it once an exercise in a process of its own, and talks to it:
// inputs go out, rows and events come back, and nothing that is wanted is ever
// in that process.
//
// build.go makes the program, of a submission or of the trusted solutions;
// run.go plans the calls, conversation.go speaks the protocol, process.go holds
// the child to its limits, autopsy.go says why it died.
package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"etincelle/grader/build"
	"etincelle/grader/policy"
	"etincelle/grader/salvage"
)

// Target is the TP that a program is built for.
type Target struct {
	Name      string   // the TP's folder in labs/ and solutions/
	Harness   string   // the package below grader/harness that calls its functions
	Functions []string // that its exercises ask for
	Starter   []byte   // exercises.go as it was handed out
}

// Program is a program under test. Close it.
type Program struct {
	folder  string
	file    string
	Refused []policy.Refusal               // not built: the file holds what is not accepted
	Broken  map[string][]salvage.Complaint // functions that do not compile, or use what does not
	Loose   []salvage.Complaint            // what else the compiler said; nothing depends on it
}

// maxRounds bounds how often a file that does not compile is mended and built
// again: a declaration that is taken out shows what depended on it.
const maxRounds = 8

// buildTime bounds the builds of a submission, by the wall clock: a student's
// first one compiles the standard library, for a minute on a slow machine.
const buildTime = 3 * time.Minute

var errBuildTime = errors.New("the build took too long")

// Submit builds a submitted exercises.go. Its errors are the grader's: what is
// wrong with the submission is in the Program.
func Submit(ctx context.Context, root string, target Target, source []byte) (*Program, error) {
	return submit(ctx, root, target, source, policy.Judge)
}

// judge is policy.Judge, or what a test of the other defences puts in its place.
type judge func(name string, source []byte) ([]policy.Refusal, error)

func submit(ctx context.Context, root string, target Target, source []byte, accept judge) (*Program, error) {
	p, err := newProgram()
	if err != nil {
		return nil, err
	}
	if err := p.build(ctx, root, target, source, accept); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// The submitted file is built in a folder that exists for this build alone, so
// that it cannot count on other files of labs/, nor on assembly beside it. The
// name sorts after grader/: see harness/stdio.
const submission = "submission"

func (p *Program) build(ctx context.Context, root string, target Target, source []byte, accept judge) error {
	file, err := salvage.Open(source, target.Starter, target.Functions)
	if err != nil {
		return fmt.Errorf("the handed-out exercises.go of %s cannot be parsed: %w", target.Name, err)
	}
	g := generated(target, path.Join(submission, target.Harness))
	limited, cancel := context.WithTimeoutCause(ctx, buildTime, errBuildTime)
	defer cancel()
	var complaints []salvage.Complaint
	for range maxRounds {
		// A file that cannot be parsed has shown its imports and directives all the same.
		if p.Refused, _ = accept("exercises.go", file.Source); len(p.Refused) > 0 {
			return nil
		}
		program := build.Program{Root: root, Package: path.Dir(g.path), Files: map[string][]byte{
			g.path: g.source, path.Join(submission, target.Harness, "exercises.go"): file.Source,
		}}
		err := program.Build(limited, p.file)
		var compile *build.CompileError
		switch {
		case err == nil:
			p.Broken, p.Loose = file.Broken(), file.Loose
			return nil
		case errors.Is(err, errBuildTime) && ctx.Err() == nil:
			p.breakAll(target, []salvage.Complaint{{Message: fmt.Sprintf("not compiled in %s", buildTime)}})
			return nil
		case !errors.As(err, &compile):
			return err
		}
		if complaints, err = g.complaints(compile); err != nil {
			return err
		}
		if !file.Repair(complaints) {
			break
		}
	}
	p.breakAll(target, complaints)
	return nil
}

// breakAll says that nothing of the file can be run.
func (p *Program) breakAll(target Target, why []salvage.Complaint) {
	p.Broken = map[string][]salvage.Complaint{}
	for _, name := range target.Functions {
		p.Broken[name] = why
	}
}

// Trust builds the reference: the tree's own solutions.
func Trust(ctx context.Context, root string, target Target) (*Program, error) {
	p, err := newProgram()
	if err != nil {
		return nil, err
	}
	g := generated(target, path.Join("solutions", target.Name))
	program := build.Program{Root: root, Package: path.Dir(g.path), Files: map[string][]byte{g.path: g.source}}
	if err := program.Build(ctx, p.file); err != nil {
		return nil, errors.Join(fmt.Errorf("the reference of %s cannot be built: %w", target.Name, err), p.Close())
	}
	return p, nil
}

func newProgram() (*Program, error) {
	folder, err := os.MkdirTemp("", "etincelle-")
	if err != nil {
		return nil, fmt.Errorf("a folder for the program under test cannot be made: %w", err)
	}
	name := "program"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return &Program{folder: folder, file: filepath.Join(folder, name)}, nil
}

// Close removes the program.
func (p *Program) Close() error { return os.RemoveAll(p.folder) }

// mainFile is the generated main of a program.
type mainFile struct {
	path      string
	source    []byte
	exercises string         // the file that it calls
	functions map[int]string // its lines → the function that each one names
}

func generated(target Target, folder string) mainFile {
	g := mainFile{
		path: path.Join("grader", "generated", target.Harness, "main.go"), exercises: path.Join(folder, "exercises.go"),
		functions: map[int]string{},
	}
	lines := []string{
		"// Code generated by the grader; DO NOT EDIT.", "", "package main", "", "import (",
		fmt.Sprintf("\t%q", build.Module+"/grader/harness/child"),
		fmt.Sprintf("\tharness %q", build.Module+"/grader/harness/"+target.Harness),
		fmt.Sprintf("\tstudent %q", build.Module+"/"+folder),
		")", "", "func main() {", "\tchild.Main(harness.Exercises(harness.Functions{",
	}
	for _, name := range target.Functions {
		lines = append(lines, fmt.Sprintf("\t\t%s: student.%s,", name, name))
		g.functions[len(lines)] = name
	}
	lines = append(lines, "\t})...)", "}", "")
	g.source = []byte(strings.Join(lines, "\n"))
	return g
}

// complaints are what the compiler said, where the student wrote it. What it
// says of any other file is the grader's fault.
func (g mainFile) complaints(e *build.CompileError) ([]salvage.Complaint, error) {
	var all []salvage.Complaint
	for _, d := range e.Diagnostics {
		name := g.functions[d.Line]
		switch {
		case d.File == g.exercises:
			all = append(all, salvage.Complaint{Line: d.Line, Column: d.Column, Message: d.Message})
		case d.File == g.path && name != "":
			all = append(all, salvage.Complaint{Function: name, Message: strings.ReplaceAll(d.Message, "student.", "")})
		case d.File == "" || d.File == g.path:
			all = append(all, salvage.Complaint{Message: d.Message}) // of the package as a whole
		default:
			return nil, fmt.Errorf("the harness does not compile: %w", e)
		}
	}
	return all, nil
}
