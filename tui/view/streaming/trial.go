package streaming

import (
	"context"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/replay/scenario"
	model "etincelle/tui/model/streaming"
	"etincelle/tui/trial"
)

// Replayer runs a scenario on the engine, in a process of its own, and returns what
// happened.
type Replayer func(ctx context.Context, s scenario.Scenario) ([]event.Event, error)

type (
	run    = trial.Run[scenario.Scenario, *model.Story]
	trials = trial.Trials[scenario.Scenario, *model.Story]
	runner = trial.Runner[scenario.Scenario, *model.Story]
)

// newRunner makes stories of what a Replayer returns.
func newRunner(ctx context.Context, replay Replayer, press func()) *runner {
	return trial.NewRunner(ctx, func(ctx context.Context, s scenario.Scenario) (*model.Story, error) {
		facts, err := replay(ctx, s)
		if err != nil {
			return nil, err
		}
		return model.New(facts, 0)
	}, press)
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
	s.runner.Start(to)
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
	if s.runner == nil {
		return
	}
	made, over, err := s.runner.Result()
	if !over {
		return // pressed by nobody
	}
	s.busy = false
	if err != nil {
		s.notice = s.say(failure, message.Facts{"error": err.Error()})
		return
	}
	s.trials.Leave(s.shown())
	s.show(made)
}

// shown is the run on screen, to come back to.
func (s *screen) shown() run { return run{Scenario: *s.scenario, Story: s.story} }

func (s *screen) show(r run) {
	s.scenario, s.predicted = &r.Scenario, nil
	s.tell(r.Story, min(s.moment.Position, r.Story.Len()))
}

func (s *screen) undo() {
	s.goBack(s.trials.Undo, nothingToUndo)
}

func (s *screen) redo() {
	s.goBack(s.trials.Redo, nothingToRedo)
}

// goBack shows a run that was made before, when there is one.
func (s *screen) goBack(to func(run) (run, bool), none message.Text) {
	if s.scenario == nil || s.busy {
		s.notice = s.say(none, nil)
		return
	}
	s.play.Pause()
	r, some := to(s.shown())
	if !some {
		s.notice = s.say(none, nil)
		return
	}
	s.show(r)
}

// undoAll goes back to the exercise; redo goes forward again.
func (s *screen) undoAll() {
	if len(s.trials.Before) == 0 {
		s.notice = s.say(nothingToUndo, nil)
	}
	for len(s.trials.Before) > 0 && !s.busy {
		s.undo()
	}
}
