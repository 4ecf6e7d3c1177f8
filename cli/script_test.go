package cli

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/rogpeppe/go-internal/testscript"

	"etincelle/grader/build"
	"etincelle/tui/canvas"
	"etincelle/tui/terminal"
)

// The scripts run the command in a copy of the kit, as a student would:
//
//	exits 1 check tp02      the command, and the exit code that it must end with
//	edit FILE OLD NEW       replaces a text that must be there
//	gzip FILE TO            compresses a file
//
// tmux_test.go has those for screens.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"etincelle": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
		"broken":    broken,
	})
}

// broken is a command whose screen has a defect: the key x.
func broken() {
	a := newApp(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	os.Exit(a.code(a.guarded(func() error {
		ctx, release := terminal.Signals()
		defer release()
		return fault(terminal.Run(ctx, tview.NewApplication(), terminal.NewWindow(terminal.Options{}).Show(defective{})))
	})))
}

type defective struct{}

func (defective) Draw(width, height int) *canvas.Canvas {
	c := canvas.New(width, height)
	c.Put(0, 0, width, canvas.Text(canvas.Normal, "x: a defect"))
	return c
}
func (defective) Field(int, int) canvas.Rect { return canvas.Rect{} }
func (defective) Press(e *tcell.EventKey) {
	if e.Rune() == 'x' {
		panic("a defect")
	}
}

const scripts = "testdata/script"

func TestScripts(t *testing.T) {
	root, err := build.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	commands := map[string]func(*testscript.TestScript, bool, []string){
		"exits": exits,
		"edit":  edit,
		"gzip":  compress,
	}
	maps.Copy(commands, screenCommands())
	testscript.Run(t, testscript.Params{
		Condition:     screens,
		Dir:           scripts,
		UpdateScripts: os.Getenv("REWRITE") != "",
		Setup: func(env *testscript.Env) error {
			for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPATH"} {
				value, err := exec.Command("go", "env", name).Output()
				if err != nil {
					return err
				}
				env.Setenv(name, strings.TrimSpace(string(value)))
			}
			env.Setenv("GOFLAGS", "-buildvcs=false -trimpath") // the copies of the kit share what is compiled
			return copyKit(root, env.WorkDir)
		},
		Cmds: commands,
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec("etincelle", args[1:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if (got == want) == neg {
		ts.Fatalf("exit code %d", got)
	}
}

func edit(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	text := ts.ReadFile(path)
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, []byte(strings.Replace(text, args[1], args[2], 1)), 0o644))
}

func compress(ts *testscript.TestScript, _ bool, args []string) {
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	_, err := io.WriteString(w, ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), zipped.Bytes(), 0o644))
}

// scriptedTP is the one TP of the copy: a TP more changes nothing in the scripts.
const scriptedTP = "tp02-"

// copyKit copies what a student's kit needs to build and run TP 2.
func copyKit(root, to string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil || name == "." {
			return err
		}
		if d.IsDir() {
			switch filepath.ToSlash(name) {
			case "docs", "bench", "tui", "cli", "datasets/quakes", "datasets/sessions", "datasets/text":
				return filepath.SkipDir
			}
			if filepath.Dir(name) == "labs" && !strings.HasPrefix(d.Name(), scriptedTP) {
				return filepath.SkipDir
			}
			if d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") {
				return filepath.SkipDir
			}
			return os.MkdirAll(filepath.Join(to, name), 0o755)
		}
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".gz") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), data, 0o644)
	})
}
