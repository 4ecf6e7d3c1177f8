// Package terminaltest is a terminal in memory, for tests of screens: it runs an
// application, presses keys, and tells what shows.
package terminaltest

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/require"

	"etincelle/tui/canvas"
)

var rewrite = flag.Bool("rewrite", false, "write the golden files instead of comparing with them")

// Terminal is a screen in memory with an application running on it.
type Terminal struct {
	t     testing.TB
	Sim   tcell.SimulationScreen
	Stop  context.CancelFunc // ends the application's context
	app   *tview.Application
	drawn chan struct{} // one for each time the page was drawn
	over  chan error
}

// Open starts an application on a terminal of that size, and waits for its
// first page. The test ends it.
func Open(t testing.TB, width, height int, run func(context.Context, *tview.Application) error) *Terminal {
	ctx, stop := context.WithCancel(context.Background())
	term := &Terminal{t: t, Sim: tcell.NewSimulationScreen("UTF-8"), drawn: make(chan struct{}, 1000), over: make(chan error, 1), Stop: stop}
	term.app = tview.NewApplication().SetScreen(term.Sim)
	term.Sim.SetSize(width, height)
	term.app.SetAfterDrawFunc(func(tcell.Screen) { term.drawn <- struct{}{} })
	go func() { term.over <- run(ctx, term.app) }()
	term.Settle()
	t.Cleanup(func() {
		stop()
		if term.over != nil {
			<-term.over
		}
	})
	return term
}

// Settle waits until a page has been drawn and shown.
func (term *Terminal) Settle() {
	select {
	case <-term.drawn: // tview tells just before it shows the page,
		term.app.QueueUpdate(func() {}) // and does this just after
	case err := <-term.over:
		term.over = nil
		require.FailNow(term.t, "the application is over, and a key was still to be pressed", "%v", err)
	}
}

// Press presses keys, runes and tcell.Keys, one after the other, and waits until
// each has been drawn.
func (term *Terminal) Press(keys ...any) {
	for _, key := range keys {
		switch k := key.(type) {
		case tcell.Key:
			term.Sim.InjectKey(k, 0, tcell.ModNone)
			term.Settle()
		case string:
			for _, r := range k {
				term.Sim.InjectKey(tcell.KeyRune, r, tcell.ModNone)
				term.Settle()
			}
		}
	}
}

// Click clicks on a cell, and Wheel turns the wheel there by notches, up when negative;
// they wait until that has been drawn.
func (term *Terminal) Click(x, y int) {
	term.Sim.InjectMouse(x, y, tcell.Button1, tcell.ModNone)
	term.Sim.InjectMouse(x, y, tcell.ButtonNone, tcell.ModNone)
	term.Settle()
}

// Wheel is told of with Click.
func (term *Terminal) Wheel(x, y, notches int) {
	button := tcell.WheelDown
	if notches < 0 {
		button, notches = tcell.WheelUp, -notches
	}
	for range notches {
		term.Sim.InjectMouse(x, y, button, tcell.ModNone)
		term.Settle()
	}
}

// Find is the cell where a text begins that shows.
func (term *Terminal) Find(text string) (x, y int) {
	for y, row := range strings.Split(term.Text(), "\n") {
		if before, _, found := strings.Cut(row, text); found {
			return canvas.Columns(before), y
		}
	}
	require.FailNow(term.t, "it does not show", "%s in\n%s", text, term.Text())
	return 0, 0
}

// Ended waits for the application to be over.
func (term *Terminal) Ended() error {
	err := <-term.over
	term.over = nil
	return err
}

// Gone reports whether the screen was given back.
func (term *Terminal) Gone() bool {
	_, width, _ := term.Sim.GetContents()
	return width == 0
}

// Text is what the terminal shows.
func (term *Terminal) Text() string {
	cells, width, height := term.Sim.GetContents()
	var b strings.Builder
	for y := range height {
		var row strings.Builder
		for x := 0; x < width; x++ {
			for _, r := range cells[y*width+x].Runes {
				row.WriteRune(r)
			}
			if runes := cells[y*width+x].Runes; len(runes) > 0 && canvas.Columns(string(runes[0])) == 2 {
				x++
			}
		}
		b.WriteString(strings.TrimRight(row.String(), " ") + "\n")
	}
	return b.String()
}

// Golden compares a text with a file of testdata; -rewrite writes it.
func Golden(t testing.TB, name, got string) {
	file := filepath.Join("testdata", name)
	if *rewrite {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "%s; go test with -rewrite writes it", file)
}
