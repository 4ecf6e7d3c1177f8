package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// Package is a package that exists only for one program.
type Package struct {
	Path  string            // its import path, "main" for a program's own
	Name  string            // its folder, with slashes, as places in its code are told
	Files map[string][]byte // base name → contents
}

// Compile compiles the package into the file out. It may import what was
// prepared, and the packages of also: import path → compiled file. Its error is
// a *CompileError when the source is at fault, its places named by base name.
func (r *Ready) Compile(ctx context.Context, p Package, also map[string]string, out string) error {
	work, err := os.MkdirTemp(filepath.Dir(out), "compile-")
	if err != nil {
		return fmt.Errorf("a folder to compile %s in cannot be made: %w", p.Path, err)
	}
	defer os.RemoveAll(work)
	names, err := writeAll(work, p.Files)
	if err != nil {
		return fmt.Errorf("the source of %s cannot be written: %w", p.Path, err)
	}
	config, err := r.writeConfig(work, also)
	if err != nil {
		return fmt.Errorf("the imports of %s cannot be written: %w", p.Path, err)
	}
	line := []string{
		"-o", out, "-p", p.Path, "-lang", r.made.Language, "-importcfg", config, "-pack", "-complete", "-nolocalimports",
		"-trimpath", work + "=>" + p.Name, // a panic's place is not this machine's
		"-c", strconv.Itoa(min(runtime.GOMAXPROCS(0), 4)), // as many as the go command asks for
		"-e",           // every error, not the first ten: functions that hold one are stubbed
		"-l",           // run once: not inlining costs the run less than it saves the compiler, by far
		"-dwarf=false", // nobody debugs it: a sixth of the compiler's work
	}
	if positionIndependent {
		line = append(line, "-shared")
	}
	said, err := r.tool(ctx, work, "compile", append(line, names...))
	if err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("compiling %s was stopped before it ended: %w", p.Path, context.Cause(ctx))
		}
		return judge(p.Path, work, "# "+p.Path+"\n"+said)
	}
	return nil
}

// Link makes a program of a compiled main package, of what was prepared, and of
// the packages of also.
func (r *Ready) Link(ctx context.Context, main string, also map[string]string, out string) error {
	work, err := os.MkdirTemp(filepath.Dir(out), "link-")
	if err != nil {
		return fmt.Errorf("a folder to link in cannot be made: %w", err)
	}
	defer os.RemoveAll(work)
	config, err := r.writeConfig(work, also)
	if err != nil {
		return fmt.Errorf("the list of packages to link cannot be written: %w", err)
	}
	made := filepath.Join(work, "program")
	line := []string{"-o", made, "-importcfg", config, "-s", "-w"} // no tables for debuggers: less to write
	if positionIndependent {
		line = append(line, "-buildmode=pie")
	}
	said, err := r.tool(ctx, work, "link", append(line, main))
	if err != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("linking was stopped before it ended: %w", context.Cause(ctx))
		}
		return fmt.Errorf("the program could not be linked on this machine; the linker said:\n%s", said)
	}
	return put(made, out)
}

// positionIndependent says how the go command compiles for this system unless
// told otherwise; what is linked together must be compiled alike.
const positionIndependent = runtime.GOOS == "darwin" || runtime.GOOS == "windows" || runtime.GOOS == "ios" || runtime.GOOS == "android"

// tool runs the compiler or the linker; its error is that of the process.
func (r *Ready) tool(ctx context.Context, work, name string, line []string) (string, error) {
	command := exec.CommandContext(ctx, filepath.Join(r.made.Tools, name), line...)
	command.Dir, command.WaitDelay = work, killDelay
	command.Env = append(r.setting[:len(r.setting):len(r.setting)], "TMPDIR="+work, "PWD="+work)
	said, err := command.CombinedOutput()
	if err != nil {
		if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) {
			return fmt.Sprintf("%s could not be run: %v", name, err), err
		}
	}
	return string(said), err
}

// writeAll writes the files into the folder and names them as the compiler is
// told of them, in order.
func writeAll(folder string, files map[string][]byte) ([]string, error) {
	var names []string
	for _, name := range sortedNames(files) {
		if filepath.Base(name) != name {
			return nil, fmt.Errorf("file %q: expected a base name", name)
		}
		if err := os.WriteFile(filepath.Join(folder, name), files[name], 0o644); err != nil {
			return nil, err
		}
		names = append(names, "."+string(filepath.Separator)+name)
	}
	return names, nil
}

// writeConfig lists the compiled packages for one run of a tool.
func (r *Ready) writeConfig(folder string, also map[string]string) (string, error) {
	var text bytes.Buffer
	text.Write(r.config)
	for path, file := range also {
		if strings.ContainsAny(file, "\n\r") {
			return "", fmt.Errorf("the path %q has a line end", file)
		}
		fmt.Fprintf(&text, "packagefile %s=%s\n", path, file)
	}
	path := filepath.Join(folder, "importcfg")
	return path, os.WriteFile(path, text.Bytes(), 0o644)
}
