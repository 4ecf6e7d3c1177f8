package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"etincelle/engine/event"
	"etincelle/grader/build"
	"etincelle/grader/class"
	"etincelle/grader/lab"
	"etincelle/replay/scenario"
	"etincelle/tui/view/receiving"
	"etincelle/tui/view/streaming"
)

// replayLimit is how long a changed experiment may run.
const replayLimit = 2 * time.Minute

// replayer runs experiments with streaming queries.
func (a *app) replayer() streaming.Replayer {
	run := a.engine()
	return func(ctx context.Context, s scenario.Scenario) ([]event.Event, error) { return run(ctx, s) }
}

// receiverReplayer runs experiments with receivers.
func (a *app) receiverReplayer() receiving.Replayer {
	run := a.engine("receiving")
	return func(ctx context.Context, s scenario.Receiving) ([]event.Event, error) { return run(ctx, s) }
}

// experiment is a scenario of either kind.
type experiment interface{ Encode() ([]byte, error) }

// engine runs scenarios in a process of its own: the command itself does not link what
// streams. It is built when the first change asks for it.
func (a *app) engine(kind ...string) func(context.Context, experiment) ([]event.Event, error) {
	folder := class.BuildFolder(a.root)
	program := filepath.Join(folder, "replay")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	built := sync.OnceValue(func() error {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(context.Background(), replayLimit)
		defer cancel()
		return build.Program{Root: a.root, Package: "replay/cmd"}.Build(ctx, program)
	})
	return func(ctx context.Context, s experiment) ([]event.Event, error) {
		if err := built(); err != nil {
			return nil, err
		}
		ctx, cancel := context.WithTimeout(ctx, replayLimit)
		defer cancel()
		asked, err := s.Encode()
		if err != nil {
			return nil, err
		}
		var out, problems bytes.Buffer
		command := exec.CommandContext(ctx, program, kind...)
		command.Dir, command.Stdin, command.Stdout, command.Stderr = a.root, bytes.NewReader(asked), &out, &problems
		command.WaitDelay = time.Second
		if err := command.Run(); err != nil {
			if said := strings.TrimSpace(problems.String()); said != "" && ctx.Err() == nil {
				return nil, errors.New(said)
			}
			return nil, fmt.Errorf(a.say("le moteur n'a pas fini l'expérience : %w", "the engine did not finish the experiment: %w"), errors.Join(ctx.Err(), err))
		}
		return event.Read(&out)
	}
}

// saveScenario writes an experiment beside where the command was started, under a
// name that is free.
func (a *app) saveScenario(s experiment) (string, error) {
	body, err := s.Encode()
	if err != nil {
		return "", err
	}
	name := a.say("experience", "experiment")
	for n := 1; ; n++ {
		path := fmt.Sprintf("%s-%d.json", name, n)
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			return path, lab.WriteFile(path, body)
		}
	}
}

// handOut writes what a screen hands out, where the command was started.
func handOut(name string, content []byte) (string, error) { return name, lab.WriteFile(name, content) }

// prediction is what a student wrote about a batch, on a screen of any kind.
type prediction interface {
	Name() string
	Text() string
}

// keeping keeps predictions with those of a TP's notebook; nil outside of a TP.
func keeping[P prediction](a *app, tp string) func(P) error {
	if tp == "" {
		return nil
	}
	name := tp
	if l, err := lab.Find(a.root, tp); err == nil {
		name = l.Name
	}
	return func(p P) error {
		return lab.Reread(a.root, name, func(r *lab.Reading) {
			r.Predictions[p.Name()] = lab.Prediction{Text: p.Text(), Made: time.Now()}
		})
	}
}
