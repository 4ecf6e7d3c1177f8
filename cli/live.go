package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/grader/report"
	"etincelle/grader/runner"
	"etincelle/tui/follow"
	"etincelle/tui/model/receiving"
	"etincelle/tui/model/streaming"
	"etincelle/tui/view"
	receivers "etincelle/tui/view/receiving"
	streams "etincelle/tui/view/streaming"
)

// Stepping through a program that still runs: what it records is shown as it comes.

// live follows a recording: of a program that somebody has started, or that it starts
// itself when words are its command line.
func (a *app) live(ctx context.Context, path string, words []string, how stepping) error {
	title, file := filepath.Base(path), follow.Open(path)
	if len(words) > 0 {
		folder, err := os.MkdirTemp("", "etincelle-live-")
		if err != nil {
			return fault(err)
		}
		defer os.RemoveAll(folder)
		path, title = filepath.Join(folder, "live.rec"), strings.Join(words, " ")
		output, err := os.Create(filepath.Join(folder, "output"))
		if err != nil {
			return fault(err)
		}
		file = follow.Open(path)
		stop, err := a.startProgram(words, path, output, file.End)
		if err != nil {
			output.Close()
			return err
		}
		defer a.said(output) // when it has been stopped
		defer stop()
	}
	if err := a.awaitFacts(ctx, file, path, len(words) > 0); err != nil {
		return err
	}
	s := scene{events: file.Events, title: message.Same(title), live: file}
	if how.plain || !a.terminal {
		return a.livePlain(ctx, s, how)
	}
	return a.show(s, how)
}

// startProgram starts what is to be followed; stop ends it and waits.
func (a *app) startProgram(words []string, path string, output io.Writer, over func()) (stop func(), err error) {
	program := exec.Command(words[0], words[1:]...)
	program.Env = append(os.Environ(), event.RecordVariable+"="+path)
	program.Stdout, program.Stderr = output, output
	release := runner.Group(program)
	if err := program.Start(); err != nil {
		release()
		return nil, a.usage(a.say("%s ne se lance pas : %w", "%s cannot be started: %w"), words[0], err)
	}
	ended := make(chan struct{})
	go func() {
		_ = program.Wait() // what went wrong is in its output
		over()
		close(ended)
	}()
	return func() {
		select {
		case <-ended:
		default:
			_ = runner.Kill(program) // it may have ended by itself just now
			<-ended
		}
		release()
	}, nil
}

// said prints what the program wrote while its screen was on, and closes the file.
func (a *app) said(output *os.File) {
	defer output.Close()
	text, err := os.ReadFile(output.Name())
	if err != nil || len(text) == 0 {
		return
	}
	a.line("%s", a.say("Le programme a écrit :", "The program wrote:"))
	for line := range strings.Lines(report.Clean(string(text))) {
		a.line("  %s", strings.TrimRight(line, "\n"))
	}
}

// shows reports whether facts say which screen they are for.
func shows(events []event.Event) bool {
	if streaming.Tells(events) || receiving.Tells(events) {
		return true
	}
	jobs := false
	for _, e := range events {
		switch e.(type) {
		case event.QueryStart:
			return false // its first batch says more than its jobs
		case event.JobStart:
			jobs = true
		}
	}
	return jobs
}

// awaitFacts waits until there is something to show.
func (a *app) awaitFacts(ctx context.Context, file *follow.File, path string, ours bool) error {
	looks := time.NewTicker(time.Second / follow.LooksPerSecond)
	defer looks.Stop()
	for told := false; ; told = true {
		over := file.Over() // before the look: it may have written and ended
		if _, err := file.Look(); err != nil {
			return &exit{exitUsage, fmt.Errorf("%s: %w", path, err)}
		}
		switch {
		case shows(file.Events):
			return nil
		case over:
			return &exit{exitWrong, errors.New(a.say("Le programme est terminé et n'a lancé ni job ni requête de flux.", "The program is over and has run no job and no streaming query."))}
		case !told && ours:
			fmt.Fprintln(a.problems, a.say("Le programme démarre… (Ctrl-C : arrêter)", "The program starts… (Ctrl-C: stop)"))
		case !told:
			fmt.Fprintf(a.problems, a.say("J'attends que %s grandisse. Dans un autre terminal :\n  %s=%s go run ./votre-programme\n(Ctrl-C : arrêter)\n",
				"Waiting for %s to grow. In another terminal:\n  %s=%s go run ./your-program\n(Ctrl-C: stop)\n"), path, event.RecordVariable, path)
		}
		select {
		case <-ctx.Done():
			return &exit{exitWrong, nil}
		case <-looks.C:
		}
	}
}

// livePlain prints lines as they come, until the program is over.
func (a *app) livePlain(ctx context.Context, s scene, how stepping) error {
	looks := time.NewTicker(time.Second / follow.LooksPerSecond)
	defer looks.Stop()
	for told := 0; ; {
		over := s.live.Over() || ctx.Err() != nil // before the look: it may have written and ended
		_, err := s.live.Look()
		s.events = s.live.Events
		over = over || err != nil
		if told, err = a.tellOn(s, how, told, over, err); err != nil || over {
			return fault(err)
		}
		select {
		case <-ctx.Done():
		case <-looks.C:
		}
	}
}

// tellOn prints what a scene has more than what was told.
func (a *app) tellOn(s scene, how stepping, told int, done bool, problem error) (int, error) {
	var err error
	switch {
	case streaming.Tells(s.events):
		told, err = streams.PlainOn(a.out, s.events, a.queriesOptions(s, how), told, done)
	case receiving.Tells(s.events):
		told, err = receivers.PlainOn(a.out, s.events, a.receiversOptions(s, how), told, done)
	default:
		told, err = view.PlainOn(a.out, s.events, a.jobsOptions(s, how), told, done)
	}
	return told, errors.Join(problem, err)
}
