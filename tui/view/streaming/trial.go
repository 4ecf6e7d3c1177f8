package streaming

import (
	"context"

	"github.com/gdamore/tcell/v2"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/replay/scenario"
	model "etincelle/tui/model/streaming"
)

// Replayer runs a scenario on the engine, in a process of its own, and returns what
// happened.
type Replayer func(ctx context.Context, s scenario.Scenario) ([]event.Event, error)

// trial is a scenario with what came of it.
type trial struct {
	scenario scenario.Scenario
	story    *model.Story
}

// trials are the runs that undo and redo go through.
type trials struct{ before, after []trial }

// replayed is the key that a runner presses when it is done; no keyboard has it.
const replayed = tcell.KeyF63

// runner runs one changed scenario at a time, beside the screen.
type runner struct {
	ctx    context.Context
	replay Replayer
	press  func() // wakes the screen
	result chan outcome
}

type outcome struct {
	trial trial
	err   error
}

func newRunner(ctx context.Context, replay Replayer, press func()) *runner {
	return &runner{ctx: ctx, replay: replay, press: press, result: make(chan outcome, 1)}
}

func (r *runner) start(s scenario.Scenario) {
	go func() {
		facts, err := r.replay(r.ctx, s)
		if r.ctx.Err() != nil {
			return // the screen is gone
		}
		o := outcome{trial: trial{scenario: s}, err: err}
		if err == nil {
			o.trial.story, o.err = model.New(facts, 0)
		}
		r.result <- o
		r.press()
	}()
}

// change runs another scenario in the place of this one.
func (s *screen) change(to scenario.Scenario) {
	if s.busy {
		return
	}
	s.play.Pause()
	if err := to.Check(); err != nil {
		s.notice = s.say(failure, message.Facts{"error": err.Error()})
		return
	}
	s.busy = true
	s.runner.start(to)
}

// changeable reports whether the experiment can be changed, and says so when not.
func (s *screen) changeable() bool {
	if s.scenario == nil || s.runner == nil {
		s.notice = s.say(fixed, nil)
		return false
	}
	return !s.busy
}

// arrived shows what a changed scenario came to, at the step where one was.
func (s *screen) arrived() {
	select {
	case o := <-s.runner.result:
		s.busy = false
		if o.err != nil {
			s.notice = s.say(failure, message.Facts{"error": o.err.Error()})
			return
		}
		s.trials.before, s.trials.after = append(s.trials.before, s.present()), nil
		s.show(o.trial)
	default: // pressed by nobody
	}
}

// present is what shows now, to come back to.
func (s *screen) present() trial { return trial{*s.scenario, s.story} }

func (s *screen) show(t trial) {
	s.scenario, s.predicted = &t.scenario, nil
	s.tell(t.story, min(s.moment.Position, t.story.Len()))
}

func (s *screen) undo() {
	n := len(s.trials.before)
	if n == 0 || s.busy {
		s.notice = s.say(nothingToUndo, nil)
		return
	}
	s.play.Pause()
	s.trials.after = append(s.trials.after, s.present())
	last := s.trials.before[n-1]
	s.trials.before = s.trials.before[:n-1]
	s.show(last)
}

func (s *screen) redo() {
	n := len(s.trials.after)
	if n == 0 || s.busy {
		s.notice = s.say(nothingToRedo, nil)
		return
	}
	s.play.Pause()
	s.trials.before = append(s.trials.before, s.present())
	next := s.trials.after[n-1]
	s.trials.after = s.trials.after[:n-1]
	s.show(next)
}

// undoAll goes back to the exercise; redo goes forward again.
func (s *screen) undoAll() {
	if len(s.trials.before) == 0 {
		s.notice = s.say(nothingToUndo, nil)
	}
	for len(s.trials.before) > 0 && !s.busy {
		s.undo()
	}
}
