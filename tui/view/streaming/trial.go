package streaming

import (
	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/replay/scenario"
	model "etincelle/tui/model/streaming"
	"etincelle/tui/trial"
)

// Replayer runs a scenario on the engine, in a process of its own, and returns what
// happened.
type Replayer = trial.Replayer[scenario.Scenario]

type (
	bench  = trial.Bench[scenario.Scenario, *model.Story]
	runner = trial.Runner[scenario.Scenario, *model.Story]
)

// again reads what a changed scenario came to: one comparison.
func again(facts []event.Event) (*model.Story, error) { return model.New(facts, 0) }

// change runs another scenario in the place of this one.
func (s *screen) change(to scenario.Scenario) { s.Change(s, to) }

// Shown, Show, Halt and Tell implement trial.Screen.
func (s *screen) Shown() *model.Story { return s.story }

// Show shows another run, at the step where one was.
func (s *screen) Show(story *model.Story) {
	s.predicted, s.Notice = nil, ""
	s.tell(story, min(s.moment.Position, story.Len()))
	s.showAdded()
}

// Halt stops what plays.
func (s *screen) Halt() { s.Play.Pause() }

// Tell says a text once.
func (s *screen) Tell(t message.Text, f message.Facts) { s.Notice = s.Say(t, f) }
