// Package view draws recordings: a screen to step through one in a terminal
// (Run), and the same facts as lines of text (Plain).
//
//	page     what is shown, and drawing it as cells: pure         (page.go, layout.go, canvas.go)
//	panels   a state as lines                                     (lineage.go, stages.go, tasks.go, storage.go, shuffle.go)
//	screen   the page with its keyboard, a tview widget           (screen.go, keys.go, help.go)
//	words    every word in French and in English                  (words.go)
package view

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"etincelle/engine/event"
	"etincelle/tui/model"
)

// Options of a screen or of its text.
type Options struct {
	Language model.Language // French unless English
	Title    string         // what is being stepped through: "TP 2"; the application's name unless set
	NoColor  bool           // bold and reverse only; NO_COLOR in the environment says the same
	ASCII    bool           // no signs or frames beyond ASCII
}

func titleOf(o Options, line *model.Timeline) string {
	if o.Title != "" {
		return o.Title
	}
	last := line.At(line.Len())
	return last.App
}

// Run shows a recording in the terminal until the user quits. The terminal is
// given back as it was, on a signal or a defect of the screen as well.
func Run(recording []event.Event, o Options) error {
	o.NoColor = o.NoColor || os.Getenv("NO_COLOR") != ""
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer cancel()
	return run(ctx, recording, o, tview.NewApplication())
}

// run is Run on an application that may have a screen of its own.
func run(ctx context.Context, recording []event.Event, o Options, app *tview.Application) (err error) {
	line, err := model.New(recording)
	if err != nil {
		return fmt.Errorf("the recording cannot be stepped through: %w", err)
	}
	clock := &ticker{press: func() { app.QueueEvent(tcell.NewEventKey(tick, 0, tcell.ModNone)) }}
	defer clock.stop()
	defer func() {
		if defect := recover(); defect != nil { // tview has given the terminal back
			err = fmt.Errorf("the stepping screen failed, the recording is unharmed: %v\n%s", defect, debug.Stack())
		}
	}()
	stop := context.AfterFunc(ctx, app.Stop)
	defer stop()
	app.SetRoot(newScreen(line, o, clock, app.Stop), true)
	if err := app.Run(); err != nil {
		return fmt.Errorf("no screen on this terminal (the same facts as text: --plain): %w", err)
	}
	return nil
}

// ticker is the player that works with the computer's clock.
type ticker struct {
	press  func()
	cancel context.CancelFunc
}

// play implements player.
func (t *ticker) play(stepsPerSecond int) {
	t.stop()
	ctx, cancel := context.WithCancel(context.Background())
	t.cancel = cancel
	go func() {
		clock := time.NewTicker(time.Second / time.Duration(stepsPerSecond))
		defer clock.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-clock.C:
				t.press()
			}
		}
	}()
}

// stop implements player.
func (t *ticker) stop() {
	if t.cancel != nil {
		t.cancel()
		t.cancel = nil
	}
}
