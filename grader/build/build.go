// Package build turns source that exists nowhere into a program. The grader's
// harness and a notebook's cells are generated; they must be built inside the
// module, to reach the labs and the engine, and must not leave a trace in its
// tree. So the files are given to the go command as an overlay: a list that
// says "read this path from there". A student's file can be replaced the same
// way, without being touched.
//
// The environment is closed (environment.go) and what the compiler says comes
// back as values (diagnostic.go), named after the files that the user knows.
package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"time"
)

// Module is the name of the module that programs are built in.
const Module = "etincelle"

// maxProgram bounds a built program, in bytes. One with the whole engine has
// 5 MiB; a huge array literal can make it hundreds.
const maxProgram = 64 << 20

// killDelay is how long the pipes of a killed go command may stay open: its
// compilers end on their own shortly after.
const killDelay = 2 * time.Second

// Program is source that exists only for one build.
type Program struct {
	Root    string            // the module's folder
	Package string            // the main package's folder below Root, with slashes; it may be virtual
	Also    []string          // folders of packages that must compile too, and are not linked
	Files   map[string][]byte // path relative to Root, with slashes → contents; replaces a file or adds one
}

// Build compiles and links the program into the file out. Its error is a
// *CompileError when the source is at fault, the context's when time ran out,
// and otherwise says what is missing on this machine.
func (p Program) Build(ctx context.Context, out string) error {
	goCommand, err := exec.LookPath("go")
	if err != nil {
		return noGo(err)
	}
	// Everything temporary lies beside out, so that the last step is a rename.
	work, err := os.MkdirTemp(filepath.Dir(out), "build-")
	if err != nil {
		return fmt.Errorf("a folder to build %s in cannot be made: %w", p.Package, err)
	}
	defer os.RemoveAll(work)
	overlay, err := writeOverlay(work, p.Root, p.Files)
	if err != nil {
		return fmt.Errorf("the source of %s cannot be written: %w", p.Package, err)
	}
	bin := filepath.Join(work, "bin")
	if err := os.Mkdir(bin, 0o755); err != nil {
		return fmt.Errorf("a folder to build %s in cannot be made: %w", p.Package, err)
	}
	linked, err := arguments(overlay.list, bin+string(filepath.Separator), p.Package)
	if err != nil {
		return err
	}
	beside, err := arguments(overlay.list, os.DevNull, p.Also...)
	if err != nil {
		return err
	}
	found, err := caches(ctx, goCommand)
	if err != nil {
		return p.stopped(ctx, err)
	}
	run := func(arguments []string) (string, error) {
		command := exec.CommandContext(ctx, goCommand, arguments...)
		command.Dir = p.Root
		command.Env = append(environment(os.LookupEnv, found), "GOTMPDIR="+work)
		command.WaitDelay = killDelay
		said, err := command.CombinedOutput()
		return string(said), err
	}
	said, err := run(linked)
	if len(p.Also) > 0 && ctx.Err() == nil {
		more, also := run(beside)
		said, err = said+more, errors.Join(err, also)
	}
	if err != nil {
		if exit := (*exec.ExitError)(nil); ctx.Err() != nil || !errors.As(err, &exit) {
			return p.stopped(ctx, fmt.Errorf("the go command could not be run: %w", err))
		}
		return judge(p.Package, p.Root, overlay.logical(said))
	}
	return deliver(p.Package, bin, out)
}

// stopped is the context's own reason when there is one, and otherwise err.
func (p Program) stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("building %s was stopped before it ended: %w", p.Package, context.Cause(ctx))
	}
	return err
}

// arguments is the go command's line. Its flags are about the program alone: the
// packages that it imports are compiled as `go run` compiles them, once for all.
func arguments(overlay, out string, folders ...string) ([]string, error) {
	line := []string{"build",
		"-overlay=" + overlay,
		"-buildvcs=false",
		"-ldflags=-s -w", // no debug tables: faster to link
		// Every error, not the first ten, of the program and of the labs that it calls.
		"-gcflags=-e", "-gcflags=" + Module + "/labs/...=-e",
		"-o=" + out,
	}
	for _, folder := range folders {
		if !filepath.IsLocal(filepath.FromSlash(folder)) {
			return nil, fmt.Errorf("package folder %q: expected a path below the module", folder)
		}
		line = append(line, "./"+path.Clean(folder))
	}
	return line, nil
}

// deliver moves the one program in bin to out.
func deliver(pkg, bin, out string) error {
	built, err := os.ReadDir(bin)
	if err != nil {
		return fmt.Errorf("the built program cannot be found: %w", err)
	}
	if len(built) != 1 {
		return fmt.Errorf("the build made %d programs, expected one: is %s a main package?", len(built), pkg)
	}
	return put(filepath.Join(bin, built[0].Name()), out)
}

// put moves a program in place, unless it is too large.
func put(made, out string) error {
	info, err := os.Stat(made)
	if err != nil {
		return fmt.Errorf("the built program cannot be read: %w", err)
	}
	if info.Size() > maxProgram {
		message := fmt.Sprintf("the program has %d MiB, the limit is %d MiB: build large tables at run time", info.Size()>>20, maxProgram>>20)
		return &CompileError{Diagnostics: []Diagnostic{{Message: message}}, Output: message}
	}
	if err := os.Rename(made, out); err != nil {
		return fmt.Errorf("the built program cannot be put in place: %w", err)
	}
	return nil
}
