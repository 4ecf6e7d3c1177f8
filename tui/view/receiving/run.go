// Package receiving draws Spark Streaming: receivers, the blocks that they store, the
// batches cut from them and how they wait for each other. A screen (Run), and the
// same story as lines of text (Plain).
//
//	page     what is shown, and drawing it as cells: pure   (page.go, layout.go)
//	panels   a state as lines                               (panels.go, batches.go, result.go, program.go)
//	screen   what the keys do to the page                   (screen.go, keys.go)
//	change   an experiment that is changed and run again    (trial.go, difference.go)
//	predict  what a student writes before seeing            (predict.go)
//	data     the batches as JSON                            (data.go)
//	words    every word in French and in English            (words.go)
package receiving

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
	model "etincelle/tui/model/receiving"
	"etincelle/tui/stepper"
	"etincelle/tui/terminal"
	"etincelle/tui/trial"
)

// Options of a screen or of its text.
type Options struct {
	Language message.Language
	Title    message.Text
	NoColor  bool   // bold and reverse only; NO_COLOR in the environment says the same
	ASCII    bool   // no signs or frames beyond ASCII
	Batch    *int64 // for JSON and Plain: the batch of that many seconds alone

	// What the screen may do besides looking. Each may be nil.
	Scenario *scenario.Receiving // that the recording is of: it can be changed
	Replay   Replayer            // runs a changed one
	Save     func(scenario.Receiving) (path string, err error)
	Keep     func(Prediction) error // with those of the TP
	Write    stepper.Write          // what the screen hands out

	Mouse bool         // it points
	Live  *follow.File // that the recording comes from, while it grows
}

// Run shows a recording until the user quits. The terminal is given back as it was,
// on a signal or a defect of the screen as well.
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
