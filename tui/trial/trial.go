// Package trial is experiments that are changed and run again beside a screen: each
// run stays, so that undo and redo ask nothing of the engine.
package trial

import (
	"context"
	"fmt"

	"github.com/gdamore/tcell/v2"

	"etincelle/engine/event"
)

// Done is the key that a Runner presses when a run is there; no keyboard has it.
const Done = tcell.KeyF63

// Run is a scenario with what came of it.
type Run[S, T any] struct {
	Scenario S
	Story    T
}

// Trials are the runs before and after the one that shows.
type Trials[S, T any] struct{ Before, After []Run[S, T] }

// Leave keeps the run that showed until now, for a new one takes its place.
func (t *Trials[S, T]) Leave(shown Run[S, T]) { t.Before, t.After = append(t.Before, shown), nil }

// Undo is the run before the one that shows; false when there is none.
func (t *Trials[S, T]) Undo(shown Run[S, T]) (Run[S, T], bool) {
	n := len(t.Before) - 1
	if n < 0 {
		return shown, false
	}
	last := t.Before[n]
	t.Before, t.After = t.Before[:n], append(t.After, shown)
	return last, true
}

// Redo is the run that was undone last; false when there is none.
func (t *Trials[S, T]) Redo(shown Run[S, T]) (Run[S, T], bool) {
	n := len(t.After) - 1
	if n < 0 {
		return shown, false
	}
	next := t.After[n]
	t.Before, t.After = append(t.Before, shown), t.After[:n]
	return next, true
}

// Runner runs one scenario at a time, on a goroutine of its own.
type Runner[S, T any] struct {
	ctx    context.Context
	run    func(context.Context, S) (T, error)
	press  func()
	result chan outcome[S, T]
}

type outcome[S, T any] struct {
	run Run[S, T]
	err error
}

// NewRunner runs scenarios until the context ends; press wakes the screen, by its key
// Done.
func NewRunner[S, T any](ctx context.Context, run func(context.Context, S) (T, error), press func()) *Runner[S, T] {
	return &Runner[S, T]{ctx: ctx, run: run, press: press, result: make(chan outcome[S, T], 1)}
}

// Replayer runs a scenario on the engine, in a process of its own, and returns what
// happened.
type Replayer[S any] func(ctx context.Context, s S) ([]event.Event, error)

// NewReplay is a runner whose stories are read from what a replayer returns; nil without
// one. press gives the screen a key.
func NewReplay[S, T any](ctx context.Context, replay Replayer[S], read func([]event.Event) (T, error), press func(tcell.Event)) *Runner[S, T] {
	if replay == nil {
		return nil
	}
	return NewRunner(ctx, func(ctx context.Context, s S) (story T, err error) {
		facts, err := replay(ctx, s)
		if err != nil {
			return story, err
		}
		return read(facts)
	}, func() { press(tcell.NewEventKey(Done, 0, tcell.ModNone)) })
}

// Start runs a scenario. Another is started when Result has given this one's.
func (r *Runner[S, T]) Start(s S) {
	go func() {
		story, err := r.safely(s)
		if r.ctx.Err() != nil {
			return // the screen is gone
		}
		r.result <- outcome[S, T]{Run[S, T]{s, story}, err}
		r.press()
	}()
}

// safely runs a scenario; a panic here would leave the screen's terminal as it is.
func (r *Runner[S, T]) safely(s S) (story T, err error) {
	defer func() {
		if defect := recover(); defect != nil {
			err = fmt.Errorf("the run failed: %v", defect)
		}
	}()
	return r.run(r.ctx, s)
}

// Result is what came of the run that is over; false when none is.
func (r *Runner[S, T]) Result() (run Run[S, T], over bool, err error) {
	select {
	case o := <-r.result:
		return o.run, true, o.err
	default:
		return run, false, nil
	}
}
