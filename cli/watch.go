package cli

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/rivo/tview"

	"etincelle/grader/build"
	"etincelle/grader/class"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/tui/terminal"
	"etincelle/tui/watch"
)

// watch judges the file at each save, on a screen. The commands that its keys
// start have the terminal for themselves.
func (a *app) watch(l *lab.Lab, exercises []lab.Exercise, ascii bool) error {
	if !a.terminal {
		return a.usage(a.say(
			"--watch demande un terminal : ceci est un tube, ou TERM=dumb. Une vérification : go run . check %s",
			"--watch needs a terminal: this is a pipe, or TERM=dumb. A single check: go run . check %s"), l.Short)
	}
	return a.guarded(func() error { return a.watchOn(l, exercises, ascii) })
}

func (a *app) watchOn(l *lab.Lab, exercises []lab.Exercise, ascii bool) error {
	progress, err := lab.LoadProgress(a.root)
	if err != nil {
		return fault(err)
	}
	o := watch.Options{
		Options:  terminal.Options{NoColor: !a.color, ASCII: ascii},
		Language: a.language, Environment: language(nil, os.LookupEnv), Editor: editor() != nil,
		Heading: func(section string, in message.Language) string { return headingOf(a.root, l.Name, section, in) },
	}
	if len(exercises) == 1 {
		o.Exercise = exercises[0].Number
	}
	screen := watch.New(l, progress, &watching{app: a, lab: l}, watch.OnDisk(l.Path("exercises.go")), time.Now, o)
	for {
		// The commands that it starts are interrupted by Ctrl-C; the screen is not.
		signals, release := terminal.Signals()
		command, err := screen.Show(signals, tview.NewApplication())
		asked := signals.Err() != nil
		release()
		if err != nil || command == nil || asked {
			return fault(err)
		}
		if command.File != "" {
			command.File = filepath.Join(a.root, filepath.FromSlash(command.File))
		}
		again, err := a.start(*command, a.say("Entrée : retour à la vérification ", "Enter: back to the checks "))
		if err != nil || !again {
			return fault(err)
		}
	}
}

// watching is what the screen has done: it implements watch.Work.
type watching struct {
	app     *app
	lab     *lab.Lab
	checker *class.Checker // from Prepare on
	keeping sync.Mutex     // the progress is read, changed and written by one at a time
}

func (w *watching) Prepare(ctx context.Context, tell func(build.Progress)) (err error) {
	if w.checker == nil {
		w.checker, err = class.NewChecker(ctx, w.lab, tell)
	}
	return err
}

func (w *watching) Check(ctx context.Context, source []byte, exercises []lab.Exercise, first func(class.Checked)) (class.Checked, error) {
	var recorded error
	checked, err := w.checker.Check(ctx, source, func(c class.Checked) {
		first(c)
		w.keeping.Lock()
		defer w.keeping.Unlock()
		recorded = class.Record(w.app.root, c)
	}, exercises...)
	if err == nil {
		err = recorded
	}
	return checked, err
}

func (w *watching) Hint(e lab.Exercise, l message.Language) ([]string, error) {
	w.keeping.Lock()
	defer w.keeping.Unlock()
	return w.app.nextHint(w.lab, e, l)
}

func (w *watching) Reset(e lab.Exercise) (kept string, err error) {
	source, err := w.lab.Source()
	if err != nil {
		return "", err
	}
	fresh, err := lab.Reset(source, w.lab.Starter, e.Functions)
	if err != nil || string(fresh) == string(source) {
		return "", err
	}
	if kept, err = w.app.keep(w.lab, source); err != nil {
		return "", err
	}
	return kept, lab.WriteFile(w.lab.Path("exercises.go"), fresh)
}
