package kit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"etincelle/grader/lab"
)

// staged is the folder in which a kit is put together. It lies where the kit
// will, so that the last step is a rename.
type staged struct{ work, kit string }

func stageIn(out string) (staged, error) {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return staged{}, fmt.Errorf("make the folder for the kit: %w", err)
	}
	work, err := os.MkdirTemp(out, ".making-")
	if err != nil {
		return staged{}, fmt.Errorf("make the folder for the kit: %w", err)
	}
	work, err = filepath.Abs(work)
	return staged{work, filepath.Join(work, Name)}, err
}

// remove leaves nothing behind of a kit that was not finished. What cannot be
// removed is in a hidden folder and harms nobody.
func (s staged) remove() { _ = os.RemoveAll(s.work) }

func (s staged) write(files Files) error {
	for name, data := range files {
		file := filepath.Join(s.kit, filepath.FromSlash(name))
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return fmt.Errorf("the path %q leads out of the kit", name)
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return fmt.Errorf("write the kit: %w", err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return fmt.Errorf("write the kit: %w", err)
		}
	}
	return nil
}

// vendor adds the modules that the kit needs to its folder and its files.
func (s staged) vendor(ctx context.Context, files Files) error {
	if err := s.goCommand(ctx, nil, "mod", "vendor"); err != nil {
		return fmt.Errorf("the modules cannot be put into the kit (the first time this needs a network): %w", err)
	}
	return filepath.WalkDir(filepath.Join(s.kit, "vendor"), func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(s.kit, file)
		if err != nil {
			return err
		}
		if !d.Type().IsRegular() {
			return fmt.Errorf("%s is no file: a kit holds files alone", name)
		}
		data, err := os.ReadFile(file)
		files[filepath.ToSlash(name)] = data
		return err
	})
}

// try does what a student will: build the command, run the tests, check each lab
// with exercises that are begun and not right.
func (s staged) try(ctx context.Context, labs []string, vendored bool) error {
	env := []string{"GOPROXY=off"} // what is missing shows now
	if vendored {
		env = append(env, "GOMODCACHE="+filepath.Join(s.work, "no-modules"))
	}
	command := filepath.Join(s.work, "etincelle.exe") // the ending harms nobody, and Windows asks for it
	err := s.goCommand(ctx, env, "build", "-o", command, ".")
	if err == nil {
		err = s.goCommand(ctx, env, "test", "./...")
	}
	for _, name := range labs {
		if err == nil {
			err = s.check(ctx, env, command, name)
		}
	}
	if err != nil {
		return fmt.Errorf("the kit is not sound, so it was not made: %w", err)
	}
	return nil
}

// check runs the kit's own check on exercises that differ from what was handed
// out, so that the grader has something to build. It leaves the kit as it was.
func (s staged) check(ctx context.Context, env []string, command, name string) error {
	l, err := lab.Find(s.kit, name)
	if err != nil {
		return err
	}
	begun, err := begun(l.Starter)
	if err != nil {
		return fmt.Errorf("%s: %w", l.Path("starter.go.txt"), err)
	}
	if err := os.WriteFile(l.Path("exercises.go"), begun, 0o644); err != nil {
		return err
	}
	check := exec.CommandContext(ctx, command, "--lang", "en", "check", l.Short)
	check.Dir, check.Env = s.kit, append(os.Environ(), env...)
	said, err := check.CombinedOutput()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 1 {
		err = nil // wrong answers, as they should be
	} else {
		err = fmt.Errorf("check %s ended with %w, expected exit status 1:\n%s", l.Short, cmp.Or(err, errors.New("exit status 0")), said)
	}
	return errors.Join(err, os.WriteFile(l.Path("exercises.go"), l.Starter, 0o644), os.RemoveAll(filepath.Join(s.kit, ".etincelle")))
}

// begun is a starter whose functions all have one more statement.
func begun(starter []byte) ([]byte, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, "", starter, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	source := starter
	for _, d := range slices.Backward(tree.Decls) { // from the end: places stay true
		if function, is := d.(*ast.FuncDecl); is && function.Body != nil {
			at := set.PositionFor(function.Body.Lbrace, false).Offset + 1
			source = slices.Concat(source[:at], []byte("\n\t_ = 0"), source[at:])
		}
	}
	return source, nil
}

// goCommand runs the go command in the kit, apart from what surrounds it.
func (s staged) goCommand(ctx context.Context, env []string, words ...string) error {
	command := exec.CommandContext(ctx, "go", words...)
	command.Dir = s.kit
	// Without the folder's name in what is compiled, a second kit is built in seconds.
	command.Env = append(append(os.Environ(), "GOFLAGS=-trimpath -buildvcs=false", "GOWORK=off", "CGO_ENABLED=0"), env...)
	said, err := command.CombinedOutput()
	if ctx.Err() != nil {
		return fmt.Errorf("it was stopped: %w", context.Cause(ctx))
	}
	if err != nil {
		return fmt.Errorf("go %s: %s: %w", words[0], said, err)
	}
	return nil
}
