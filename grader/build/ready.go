package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Ready is what programs of one kind are made of, compiled once: the engine, the
// harness, the standard library. With it a program costs one run of the compiler
// for each package of its own and one of the linker. The go command, which would
// look at every file of some hundred and forty packages first, is not run again.
//
// The compiled packages are the go command's own, in its cache: what `go run`
// has compiled is not compiled a second time.
type Ready struct {
	root    string
	made    prepared
	config  []byte   // one line for each compiled package, as compiler and linker read it
	setting []string // the tools' environment

	checking sync.Mutex // guards the two below
	imported types.Importer
	places   *token.FileSet
}

// prepared is what the go command said, and what may be kept on disk.
type prepared struct {
	Tools    string            `json:"tools"` // the folder of compiler and linker
	Language string            `json:"language"`
	Packages map[string]string `json:"packages"` // import path → compiled package
	Sources  []string          `json:"sources"`  // of the packages of this module
}

// Progress is how far Prepare is: packages that are compiled or being compiled,
// of those that have to be. A warm cache has none to compile.
type Progress struct {
	Done, Total int
	Package     string // the last one
}

// Prepare compiles the packages, and all that they import, unless that was done
// before. folder is where it notes what it found, for the next process; "" notes
// nothing. tell may be nil.
func Prepare(ctx context.Context, root, folder string, packages []string, tell func(Progress)) (*Ready, error) {
	goCommand, err := exec.LookPath("go")
	if err != nil {
		return nil, noGo(err)
	}
	note := note{folder: folder, goCommand: goCommand, key: []string{
		runtime.GOOS, runtime.GOARCH, root, strings.Join(packages, " "), strings.Join(flags(os.LookupEnv), " "),
	}}
	made, found := note.read()
	if !found {
		if made, err = prepare(ctx, goCommand, root, packages, tell); err != nil {
			return nil, err
		}
		if err := note.write(made); err != nil {
			return nil, fmt.Errorf("what was prepared cannot be noted: %w", err)
		}
	}
	r := &Ready{root: root, made: made, setting: append(environment(os.LookupEnv, nil), "GOROOT="), places: token.NewFileSet()}
	var config bytes.Buffer
	for _, path := range slices.Sorted(maps.Keys(made.Packages)) {
		fmt.Fprintf(&config, "packagefile %s=%s\n", path, made.Packages[path])
	}
	r.config = config.Bytes()
	return r, nil
}

func noGo(err error) error {
	return fmt.Errorf("the go command was not found on the PATH: install Go (https://go.dev/dl) and open a new terminal: %w", err)
}

// prepare asks the go command: what is not compiled yet, to compile it, and
// where everything is.
func prepare(ctx context.Context, goCommand, root string, packages []string, tell func(Progress)) (prepared, error) {
	var made prepared
	found, err := caches(ctx, goCommand)
	if err != nil {
		return made, err
	}
	list := func(said io.Writer, arguments ...string) ([]byte, error) {
		command := exec.CommandContext(ctx, goCommand, append([]string{"list", "-buildvcs=false", "-deps"}, append(arguments, packages...)...)...)
		command.Dir, command.Env, command.WaitDelay = root, environment(os.LookupEnv, found), killDelay
		var complaint bytes.Buffer
		command.Stderr = io.MultiWriter(said, &complaint)
		out, err := command.Output()
		switch {
		case ctx.Err() != nil:
			return nil, fmt.Errorf("the preparation was stopped before it ended: %w", context.Cause(ctx))
		case err != nil:
			return nil, fmt.Errorf("the packages of the course cannot be compiled: %w", errors.Join(judge("the course", root, complaint.String()), err))
		}
		return out, nil
	}
	stale, err := list(io.Discard, "-f={{if .Stale}}{{.ImportPath}}{{end}}")
	if err != nil {
		return made, err
	}
	counter := &counter{waiting: strings.Fields(string(stale)), tell: tell}
	counter.total = len(counter.waiting)
	counter.say("")
	out, err := list(counter, "-v", "-export", "-json=ImportPath,Export,Standard,Dir,GoFiles,Module")
	if err != nil {
		return made, err
	}
	if made, err = read(out, root); err == nil {
		made.Tools = found[toolFolder]
	}
	return made, err
}

// counter hears the go command name each package that it begins to compile, one
// a line.
type counter struct {
	waiting []string // not begun
	total   int
	tell    func(Progress)
	line    []byte
}

// Write implements io.Writer.
func (c *counter) Write(p []byte) (int, error) {
	for _, b := range p {
		if b != '\n' {
			c.line = append(c.line, b)
			continue
		}
		if at := slices.Index(c.waiting, string(c.line)); at >= 0 {
			c.waiting = slices.Delete(c.waiting, at, at+1)
			c.say(string(c.line))
		}
		c.line = c.line[:0]
	}
	return len(p), nil
}

func (c *counter) say(name string) {
	if c.tell != nil && c.total > 0 {
		c.tell(Progress{Done: c.total - len(c.waiting), Total: c.total, Package: name})
	}
}

// read is what the go command said of the packages.
func read(out []byte, root string) (prepared, error) {
	made := prepared{Packages: map[string]string{}}
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var p struct {
			ImportPath, Export, Dir string
			Standard                bool
			GoFiles                 []string
			Module                  *struct {
				GoVersion string
				Main      bool
			}
		}
		if err := decoder.Decode(&p); err != nil {
			return made, fmt.Errorf("`go list -json` gave no JSON: %w", err)
		}
		if p.Export != "" { // unsafe has none
			made.Packages[p.ImportPath] = p.Export
		}
		if p.Module == nil || !p.Module.Main {
			continue
		}
		made.Language = "go" + p.Module.GoVersion
		made.Sources = append(made.Sources, p.Dir)
		for _, file := range p.GoFiles {
			made.Sources = append(made.Sources, filepath.Join(p.Dir, file))
		}
	}
	made.Sources = append(made.Sources, filepath.Join(root, "go.mod"), filepath.Join(root, "go.sum"))
	return made, nil
}

// Fingerprint changes when what was prepared does.
func (r *Ready) Fingerprint() string {
	sum := sha256.Sum256(r.config)
	return r.made.Tools + " " + r.made.Language + " " + hex.EncodeToString(sum[:])
}
