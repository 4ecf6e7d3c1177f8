// Package streaming draws streaming queries: a screen to step through their batches
// in a terminal (Run), the same story as lines of text (Plain) and as data (JSON).
//
//	page     what is shown, and drawing it as cells: pure       (page.go, layout.go)
//	panels   time, state and outputs as lines                   (grid.go, axis.go, table.go, output.go)
//	screen   what the keys do to the page                       (screen.go, keys.go)
//	change   an experiment that is changed and run again        (edit.go, trial.go)
//	predict  what a student writes before seeing                (predict.go)
//	words    every word in French and in English                (words.go)
package streaming

import (
	"context"
	"fmt"
	"os"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/replay/scenario"
	"etincelle/tui/canvas"
	"etincelle/tui/follow"
	model "etincelle/tui/model/streaming"
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
	Batch    *int64 // this one alone, for texts and data; a screen opens on it. nil: all
	// Comparison is which of the recording's queries, or groups of queries in several
	// modes, from 0.
	Comparison int
	// Mode is the output mode that a screen opens on, when the recording has it; ""
	// is update.
	Mode string

	// What the screen may do besides looking. Each may be nil.
	Scenario *scenario.Scenario                               // that the recording is of: it can be changed
	Replay   Replayer                                         // runs a changed one
	Save     func(scenario.Scenario) (path string, err error) // writes one to a file
	Keep     func(Prediction) error
	Write    stepper.Write // what the screen hands out

	Mouse bool         // it points
	Live  *follow.File // that the recording comes from, while it grows
}

// NoBatch says, in the reader's language, that the batch asked for is not there.
type NoBatch string

func (e NoBatch) Error() string { return string(e) }

var noBatchOf = message.Both("lot {batch} : l'enregistrement a les lots 0 à {last}", "batch {batch}: the recording has batches 0 to {last}")

// there checks that the batch that is asked for is there.
func (o Options) there(s *model.Story) error {
	if o.Batch == nil || s.Has(*o.Batch) {
		return nil
	}
	return NoBatch(noBatchOf.Fill(o.Language, message.Facts{"batch": *o.Batch, "last": s.Last()}))
}

// Run shows the streaming queries of a recording until the user quits. The terminal
// is given back as it was, on a signal or a defect of the screen as well.
func Run(recording []event.Event, o Options) error {
	o.NoColor = o.NoColor || os.Getenv("NO_COLOR") != ""
	ctx, cancel := terminal.Signals()
	defer cancel()
	return runOn(ctx, recording, o, tview.NewApplication())
}

// Picture is the page of a batch, the last one unless the options ask for another, for
// a file or a notebook: it is drawn without its keys.
func Picture(recording []event.Event, o Options, width, height int) (*canvas.Canvas, error) {
	story, err := model.New(recording, o.Comparison)
	if err != nil {
		return nil, fmt.Errorf("the recording cannot be read: %w", err)
	}
	if err := o.there(story); err != nil {
		return nil, err
	}
	s := newScreen(story, o, nil, nil)
	if o.Batch == nil {
		s.goTo(story.Len())
	}
	c := s.Sheet(width, height)
	return c.Top(s.arrange(width, height).footer.Y), nil
}

// runOn is Run on an application that may have a screen of its own.
func runOn(ctx context.Context, recording []event.Event, o Options, app *tview.Application) error {
	story, err := model.New(recording, o.Comparison)
	if err != nil {
		return fmt.Errorf("the recording cannot be stepped through: %w", err)
	}
	if err := o.there(story); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	clock := terminal.NewClock(app)
	defer clock.Stop()
	r := trial.NewReplay(ctx, o.Replay, again, func(key tcell.Event) { app.QueueEvent(key) })
	s := newScreen(story, o, clock, r)
	defer s.Follow(o.Live, app)()
	return terminal.Run(ctx, app, s.Window)
}
