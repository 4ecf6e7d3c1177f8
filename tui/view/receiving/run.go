// Package receiving draws Spark Streaming: receivers, the blocks that they store, the
// batches cut from them and how they wait for each other. A screen (Run), and the
// same story as lines of text (Plain).
//
//	page     what is shown, and drawing it as cells: pure   (page.go, layout.go)
//	panels   a state as lines                               (panels.go, batches.go)
//	screen   what the keys do to the page                   (screen.go, keys.go)
//	words    every word in French and in English            (words.go)
package receiving

import (
	"context"
	"fmt"
	"os"

	"github.com/rivo/tview"

	"etincelle/engine/event"
	"etincelle/grader/message"
	model "etincelle/tui/model/receiving"
	"etincelle/tui/terminal"
)

// Options of a screen or of its text.
type Options struct {
	Language message.Language
	Title    string
	NoColor  bool // bold and reverse only; NO_COLOR in the environment says the same
	ASCII    bool // no signs or frames beyond ASCII
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
	clock := terminal.NewClock(app)
	defer clock.Stop()
	return terminal.Run(ctx, app, newScreen(line, o, clock).window)
}
