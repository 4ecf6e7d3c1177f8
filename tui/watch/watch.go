// Package watch is a student's companion while the editor is open beside it: one
// exercise at a time, judged each time the file is saved.
//
//	state    what is known, and what to judge next: pure      (state.go)
//	page     the screen as cells: pure                        (page.go)
//	file     when the student's file has changed              (file.go)
//	worker   what is done beside the screen, one at a time    (worker.go)
//	screen   the keyboard                                     (screen.go, keys.go)
//
// It judges nothing itself: Work does, which the command line hands over.
package watch

import (
	"context"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"etincelle/grader/build"
	"etincelle/grader/class"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/tui/terminal"
)

// Work is what the screen has done. It is asked for one thing at a time.
type Work interface {
	// Prepare makes ready to judge: a first time it takes a minute, and tells.
	Prepare(ctx context.Context, tell func(build.Progress)) error
	// Check judges exercises of a source and keeps what it found. first hears the
	// verdicts; what is returned shows each mistake on the smallest case.
	Check(ctx context.Context, source []byte, exercises []lab.Exercise, first func(class.Checked)) (class.Checked, error)
	// Hint counts one hint more, and returns all that were shown.
	Hint(exercise lab.Exercise, l message.Language) ([]string, error)
	// Reset puts an exercise back as it was handed out, and says where the file as it
	// was is kept.
	Reset(exercise lab.Exercise) (kept string, err error)
}

// Options of a watch.
type Options struct {
	terminal.Options
	Language    message.Language
	Environment message.Language // what a command speaks that is not told otherwise
	Editor      bool             // there is an editor to open
	Exercise    int              // to begin with; 0: the first that is not right

	// Heading is what a section of the notebook is called in a language; nil: by its id.
	Heading func(section string, l message.Language) string
}

// Watch keeps what is known from one screen to the next: a command that it
// starts has the terminal for itself.
type Watch struct {
	State
	options Options
	work    Work
	file    File
	now     func() time.Time
}

// New is a watch over a TP's exercises.go.
func New(l *lab.Lab, progress lab.Progress, work Work, file File, now func() time.Time, o Options) *Watch {
	return &Watch{State: begin(l, progress, o), options: o, work: work, file: file, now: now}
}

// looksPerSecond is how often the file is looked at: a look costs microseconds,
// and on average half the time between two is lost.
const looksPerSecond = 20

// Show shows the screen until the user quits or starts a command, which it
// returns; nil means quit.
func (w *Watch) Show(ctx context.Context, app *tview.Application) (*terminal.Command, error) {
	clock := terminal.NewClock(app)
	clock.Start(looksPerSecond)
	defer clock.Stop()
	return w.open(ctx, app, func() { app.QueueEvent(tcell.NewEventKey(terminal.Tick, 0, tcell.ModNone)) })
}

// open is Show with the ticks of whoever calls; wake is called when there is news
// for one.
func (w *Watch) open(ctx context.Context, app *tview.Application, wake func()) (*terminal.Command, error) {
	on := newScreen(ctx, w, wake)
	defer on.worker.stop()
	err := terminal.Run(ctx, app, on.window.Show(on))
	if err == nil {
		err = on.fault
	}
	return on.started, err
}
