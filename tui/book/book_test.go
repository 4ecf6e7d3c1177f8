package book

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rivo/tview"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"etincelle/grader/message"
	"etincelle/grader/notebook"
	"etincelle/tui/terminal"
	"etincelle/tui/terminaltest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func sample(t require.TestingT, l message.Language) *notebook.Notebook {
	path := filepath.Join("testdata", "sample."+string(l)+".md")
	src, err := os.ReadFile(path)
	require.NoError(t, err)
	n, err := notebook.Parse(path, src)
	require.NoError(t, err)
	return n
}

// fakeDesk is a desk in memory. Cells wait for release before they print what
// the notebook says, or what printed says.
type fakeDesk struct {
	t           testing.TB
	opened      map[message.Language]*notebook.Notebook
	predictions map[string]string
	printed     map[string]string
	fails       error
	refuses     error
	panics      string
	release     chan struct{}
	ran         [][]string
	written     int
}

func newDesk(t testing.TB) *fakeDesk {
	d := &fakeDesk{t: t, opened: map[message.Language]*notebook.Notebook{}, predictions: map[string]string{}, printed: map[string]string{}, release: make(chan struct{}, 100)}
	for range cap(d.release) {
		d.release <- struct{}{}
	}
	return d
}

func (d *fakeDesk) Open(l message.Language) (*notebook.Notebook, error) {
	if d.refuses != nil {
		return nil, d.refuses
	}
	if d.opened[l] == nil {
		d.opened[l] = sample(d.t, l)
	}
	return d.opened[l], nil
}

func (d *fakeDesk) Run(ctx context.Context, n *notebook.Notebook, cells []string) ([]notebook.CellResult, error) {
	d.ran = append(d.ran, cells)
	select {
	case <-d.release:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if d.panics != "" {
		panic(d.panics)
	}
	if d.fails != nil {
		return nil, d.fails
	}
	var results []notebook.CellResult
	for _, c := range n.Cells() {
		if !slices.Contains(cells, c.Name) {
			continue
		}
		r := notebook.CellResult{Cell: c}
		if c.Output != nil {
			r.Output = c.Output.Text
		}
		if text, known := d.printed[c.Name]; known {
			r.Output = text
		}
		if r.Output == "panic" {
			r.Output, r.Err = "avant\n", &notebook.Failure{File: n.Path, Line: c.Line + 1, Message: "panic: boum"}
		}
		results = append(results, r)
	}
	return results, nil
}

func (d *fakeDesk) Write(*notebook.Notebook, []notebook.CellResult) (string, error) {
	d.written++
	return "notebook.fr.run.md", nil
}

func (d *fakeDesk) Predicted(question, text string) error {
	d.predictions[question] = text
	return nil
}

func (d *fakeDesk) Predictions() (map[string]string, error) { return maps.Clone(d.predictions), nil }

func (d *fakeDesk) Exercises() map[int]Mark { return map[int]Mark{1: ToMend} }

func (d *fakeDesk) Command(key rune, exercise int, l message.Language) (*terminal.Command, string) {
	if key == 'e' {
		return nil, "no editor"
	}
	return &terminal.Command{Words: []string{string(key), fmt.Sprint(exercise), string(l)}}, ""
}

// stopped is a clock that tests tick by hand.
type stoppedClock struct{}

func (stoppedClock) Start(int) {}
func (stoppedClock) Stop()     {}

// reading is a book on a terminal in memory.
type reading struct {
	*terminaltest.Terminal
	book    *Book
	command *terminal.Command
}

func open(t testing.TB, d *fakeDesk, o Options, width, height int) *reading {
	if o.Name == "" {
		o.Name = "tp09"
	}
	if o.Language == "" {
		o.Language = message.French
	}
	o.Files = os.DirFS("testdata")
	b, err := New(d, o)
	require.NoError(t, err)
	b.newClock = func(*tview.Application) clock { return stoppedClock{} }
	r := &reading{book: b}
	r.Terminal = terminaltest.Open(t, width, height, func(ctx context.Context, app *tview.Application) error {
		command, err := b.Show(ctx, app)
		r.command = command
		return err
	})
	return r
}

// tickUntil ticks until the screen says something.
func (r *reading) tickUntil(t testing.TB, words string) {
	for range 10000 {
		r.Press(terminal.Tick)
		if strings.Contains(r.Text(), words) {
			return
		}
	}
	t.Fatalf("%q never came:\n%s", words, r.Text())
}

var errFull = errors.New("disk full")
