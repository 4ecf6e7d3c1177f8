package notebook

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"etincelle/grader/notebook/cells"
)

const (
	defaultTime   = time.Minute     // limit of a run, unless the caller gives one
	defaultOutput = 1 << 20         // bytes a run may print, unless the caller gives a limit
	keptErrors    = 64 << 10        // bytes kept of a program's standard error
	pipeDelay     = 2 * time.Second // how long the pipes of a killed program may stay open
)

// Options say how to run a notebook.
type Options struct {
	Root    string            // the module's folder; cells run in it
	Imports map[string]string // the TP's own packages: name → import path
	Cells   []string          // the cells to run; all when empty
	Time    time.Duration     // limit of the run, the build apart; 0 is one minute
	Output  int               // limit of what it prints, in bytes; 0 is 1 MiB
	Env     []string          // added to the environment of the cells
}

// CellResult is how a cell came out.
type CellResult struct {
	Cell   *Cell
	Output string // what it printed; a last line without an end is given one
	Err    error  // a *Failure; nil when the cell returned
}

// Failure is why a cell did not return.
type Failure struct {
	File    string
	Line    int // where it happened, or the cell's own when that is not known
	Message string
}

func (f *Failure) Error() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message) }

// Run builds the notebook's program and runs its cells. A cell that fails is a
// result; the error is for a notebook that cannot be run at all, and holds a
// *build.CompileError when its code does not compile.
func Run(ctx context.Context, n *Notebook, o Options) ([]CellResult, error) {
	if _, err := choose(n, o.Cells); err != nil {
		return nil, err
	}
	built, err := Compile(ctx, n, o)
	if err != nil {
		return nil, err
	}
	defer built.Close()
	return built.Run(ctx, o)
}

// Built is a notebook's program, which runs as often as one likes: each time
// from a clean state.
type Built struct {
	notebook *Notebook
	folder   string // its own
	binary   string
}

// Compile builds the notebook's program. Its error is as Run's.
func Compile(ctx context.Context, n *Notebook, o Options) (*Built, error) {
	program, err := Program(o.Root, n, o.Imports)
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "notebook-")
	if err != nil {
		return nil, fmt.Errorf("%s: a folder for its program cannot be made: %w", n.Path, err)
	}
	b := &Built{n, folder, filepath.Join(folder, "cells")}
	if runtime.GOOS == "windows" {
		b.binary += ".exe"
	}
	if err := program.Build(ctx, b.binary); err != nil {
		b.Close()
		return nil, fmt.Errorf("%s: %w", n.Path, err)
	}
	return b, nil
}

// Close removes the program.
func (b *Built) Close() error { return os.RemoveAll(b.folder) }

// Run runs the chosen cells.
func (b *Built) Run(ctx context.Context, o Options) ([]CellResult, error) {
	chosen, err := choose(b.notebook, o.Cells)
	if err != nil || len(chosen) == 0 {
		return nil, err // without cells it was built all the same: what it shows must compile
	}
	said, err := execute(ctx, b.binary, chosen, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", b.notebook.Path, err)
	}
	file, err := fileName(o.Root, b.notebook.Path)
	if err != nil {
		return nil, err
	}
	return outcomes(file, chosen, said), nil
}

// choose lists the named cells in the notebook's order, all when none is named.
func choose(n *Notebook, names []string) ([]*Cell, error) {
	var chosen []*Cell
	var known []string
	for _, cell := range n.Cells() {
		known = append(known, cell.Name)
		if len(names) == 0 || slices.Contains(names, cell.Name) {
			chosen = append(chosen, cell)
		}
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("%s: no cell %q; its cells are %s", n.Path, name, strings.Join(known, ", "))
		}
	}
	return chosen, nil
}

// said is what a program left behind.
type said struct {
	parts  []cells.Part
	errors string // its standard error
	ended  string // why it ended early, "" when it did not
}

// execute runs the program within its limits.
func execute(ctx context.Context, binary string, chosen []*Cell, o Options) (said, error) {
	limit, most := o.Time, o.Output
	if limit <= 0 {
		limit = defaultTime
	}
	if most <= 0 {
		most = defaultOutput
	}
	late := fmt.Errorf("the run had not ended after %s, its limit", limit)
	much := fmt.Errorf("the run printed more than %s, its limit", bytesText(most))
	within, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	within, release := context.WithTimeoutCause(within, limit, late)
	defer release()

	nonce := rand.Text()
	command := exec.CommandContext(within, binary)
	for _, cell := range chosen {
		command.Args = append(command.Args, cell.Name)
	}
	command.Dir = o.Root
	command.Env = append(os.Environ(), cells.Nonce+"="+nonce, "TZ=UTC") // times print alike everywhere
	command.Env = append(command.Env, o.Env...)
	command.WaitDelay = pipeDelay
	output := &limited{most: most, full: func() { stop(much) }}
	complaints := &limited{most: keptErrors, full: func() {}}
	command.Stdout, command.Stderr = output, complaints

	err := command.Run()
	if ctx.Err() != nil {
		return said{}, fmt.Errorf("its run was stopped: %w", context.Cause(ctx))
	}
	left := said{parts: cells.Split(output.kept, nonce), errors: string(complaints.kept)}
	exit := (*exec.ExitError)(nil)
	switch cause := context.Cause(within); {
	case errors.Is(cause, late), errors.Is(cause, much):
		left.ended = cause.Error()
	case errors.As(err, &exit):
		left.ended = "the cell ended the program (" + exit.Error() + ")"
	case err != nil:
		return said{}, fmt.Errorf("its program could not be run: %w", err)
	default:
		left.ended = "the cell ended the program (exit status 0)"
	}
	return left, nil
}

// outcomes gives each chosen cell what the program left of it.
func outcomes(file string, chosen []*Cell, left said) []CellResult {
	results := make([]CellResult, len(chosen))
	stopped := "the program ended before it"
	for i, cell := range chosen {
		results[i].Cell = cell
		if i >= len(left.parts) {
			results[i].Err = &Failure{file, cell.Line, "the cell was not run: " + stopped}
			continue
		}
		part := left.parts[i]
		results[i].Output = printed(part.Output)
		switch part.How {
		case cells.Panicked:
			results[i].Err = &Failure{file, orElse(part.Line, cell.Line), "panic: " + part.Words}
		case cells.Exited:
			results[i].Err = &Failure{file, cell.Line, "the cell ended its goroutine and did not return"}
		case cells.Unfinished:
			stopped = fmt.Sprintf("cell %s (line %d) stopped the program", cell.Name, cell.Line)
			results[i].Err = crash(file, cell, left)
		}
	}
	return results
}

// fatal is the line that the Go runtime ends a program with.
var fatal = regexp.MustCompile(`(?m)^(?:panic|fatal error): .*$`)

// crash is the failure of the cell that the program ended in, read out of what
// the Go runtime prints; its stack stays out of it.
func crash(file string, cell *Cell, left said) *Failure {
	failure := &Failure{file, cell.Line, left.ended}
	words := fatal.FindStringIndex(left.errors)
	if words == nil {
		return failure
	}
	failure.Message = left.errors[words[0]:words[1]]
	stack := left.errors[words[1]:]
	if at := regexp.MustCompile(`(?m)^\t` + regexp.QuoteMeta(file) + `:(\d+)`).FindStringSubmatch(stack); at != nil {
		failure.Line, _ = strconv.Atoi(at[1])
	}
	return failure
}

func orElse(line, other int) int {
	if line > 0 {
		return line
	}
	return other
}
