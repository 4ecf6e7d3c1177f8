// Package view draws recordings: a screen to step through one in a terminal
// (Run), and the same facts as lines of text (Plain).
//
//	page     what is shown, and drawing it as cells: pure         (page.go, layout.go)
//	panels   a state as lines                                     (lineage.go, stages.go, tasks.go, storage.go, shuffle.go)
//	screen   what the keys do to the page                         (screen.go, keys.go)
//	change   an example that is changed and run again             (trial.go)
//	words    every word in French and in English                  (words.go)
package view

import (
	"context"
	"fmt"
	"os"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/replay/scenario"
	"etincelle/tui/follow"
	"etincelle/tui/model"
	"etincelle/tui/stepper"
	"etincelle/tui/terminal"
	"etincelle/tui/trial"
)

// Options of a screen or of its text.
type Options struct {
	Language model.Language // French unless English
	Title    message.Text   // what is being stepped through: "TP 2"; the application's name unless set
	NoColor  bool           // bold and reverse only; NO_COLOR in the environment says the same
	ASCII    bool           // no signs or frames beyond ASCII
	Mouse    bool           // it points
	Write    stepper.Write  // what the screen hands out; may be nil
	Live     *follow.File   // that the recording comes from, while it grows; nil when it is whole

	// What the screen may do besides looking. Each may be nil.
	Scenario *scenario.Jobs // that the recording is of: it can be changed
	Replay   Replayer       // runs a changed one
	Save     func(scenario.Jobs) (path string, err error)
}

func titleOf(o Options, line *model.Timeline) message.Text {
	if o.Title != (message.Text{}) {
		return o.Title
	}
	last := line.At(line.Len())
	return message.Same(last.App)
}

// Run shows a recording in the terminal until the user quits. The terminal is
// given back as it was, on a signal or a defect of the screen as well.
func Run(recording []event.Event, o Options) error {
	o.NoColor = o.NoColor || os.Getenv("NO_COLOR") != ""
	ctx, cancel := terminal.Signals()
	defer cancel()
	return run(ctx, recording, o, tview.NewApplication())
}

// run is Run on an application that may have a screen of its own.
func run(ctx context.Context, recording []event.Event, o Options, app *tview.Application) error {
	line, err := model.New(recording)
	if err != nil {
		return fmt.Errorf("the recording cannot be stepped through: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	clock := terminal.NewClock(app)
	defer clock.Stop()
	r := trial.NewReplay(ctx, o.Replay, model.New, func(key tcell.Event) { app.QueueEvent(key) })
	s := newScreen(line, o, clock, r)
	defer s.Follow(o.Live, app)()
	return terminal.Run(ctx, app, s.Window)
}
