package receiving

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/replay/scenario"
	model "etincelle/tui/model/receiving"
	"etincelle/tui/trial"
)

// What can be changed about an experiment with receivers. Each change runs all of it
// again; u takes it back.

// Replayer runs a scenario on the engine, in a process of its own, and returns what
// happened.
type Replayer func(ctx context.Context, s scenario.Receiving) ([]event.Event, error)

type (
	made   = trial.Run[scenario.Receiving, *model.Timeline]
	trials = trial.Trials[scenario.Receiving, *model.Timeline]
	runner = trial.Runner[scenario.Receiving, *model.Timeline]
)

var (
	fixed         = message.Both("Un enregistrement ne se change pas : seul un scénario rejoue (step tp05, step FICHIER.json).", "A recording cannot be changed: a scenario alone runs again (step tp05, step FILE.json).")
	nothingToUndo = message.Both("Rien à annuler.", "Nothing to undo.")
	nothingToRedo = message.Both("Rien à rétablir.", "Nothing to redo.")
	saved         = message.Both("Enregistré : {path}", "Saved: {path}")
	failure       = message.Both("Échec : {error}", "Failed: {error}")
	replaying     = message.Both("Le moteur rejoue…", "The engine runs it again…")
	changed       = message.Both("modifié ({n})", "changed ({n})")
	askedKill     = message.Both("Tuer à t = {at} s ({names}) : ", "Kill at t = {at} s ({names}): ")
	askedBatchLen = message.Both("Intervalle de lot (2s) : ", "Batch interval (2s): ")
	badName       = message.Both("« {text} » : un exécuteur vivant est attendu, {names}.", "“{text}”: an executor that lives is expected, {names}.")
	badDuration   = message.Both("« {text} » : une durée est attendue, comme 2s ou 500ms.", "“{text}”: a duration is expected, as 2s or 500ms.")
)

// newRunner makes timelines of what a Replayer returns.
func newRunner(ctx context.Context, replay Replayer, press func()) *runner {
	return trial.NewRunner(ctx, func(ctx context.Context, s scenario.Receiving) (*model.Timeline, error) {
		facts, err := replay(ctx, s)
		if err != nil {
			return nil, err
		}
		return model.New(facts)
	}, press)
}

// change runs the scenario with one thing changed.
func (s *screen) change(what func(*scenario.Receiving)) {
	if !s.changeable() {
		return
	}
	s.play.Pause()
	to := *s.scenario
	what(&to)
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

// arrived shows what a changed scenario came to, at the batch where one was.
func (s *screen) arrived() {
	if s.runner == nil {
		return
	}
	r, over, err := s.runner.Result()
	if !over {
		return // pressed by nobody
	}
	s.busy = false
	if err != nil {
		s.notice = s.say(failure, message.Facts{"error": err.Error()})
		return
	}
	s.trials.Leave(s.shown())
	s.show(r)
}

func (s *screen) shown() made { return made{Scenario: *s.scenario, Story: s.line} }

func (s *screen) show(r made) {
	batches := len(s.state.Batches)
	s.scenario, s.line = &r.Scenario, r.Story
	s.goTo(s.line.Batch(batches))
}

func (s *screen) undo() { s.goBack(s.trials.Undo, nothingToUndo) }
func (s *screen) redo() { s.goBack(s.trials.Redo, nothingToRedo) }

// goBack shows a run that was made before, when there is one.
func (s *screen) goBack(to func(made) (made, bool), none message.Text) {
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

// askKill kills an executor at the time on screen.
func (s *screen) askKill() {
	if !s.changeable() {
		return
	}
	var alive []string
	for _, x := range s.state.Executors {
		if !x.Lost {
			alive = append(alive, x.Name)
		}
	}
	names := strings.Join(alive, ", ")
	const tick = 100 * time.Millisecond
	at := max(time.Duration(s.state.Elapsed()*float64(time.Second)).Truncate(tick), tick)
	s.ask(s.say(askedKill, message.Facts{"at": at.Seconds(), "names": names}), nil, func(text string) {
		name := strings.TrimSpace(text)
		if !slices.Contains(alive, name) {
			s.notice = s.say(badName, message.Facts{"text": text, "names": names})
			return
		}
		s.change(func(to *scenario.Receiving) {
			to.Kills = append(slices.Clone(to.Kills), scenario.Kill{At: scenario.Duration(at), Executor: name})
		})
	})
}

// askInterval sets the batch interval; windows stay as long, in whole batches.
func (s *screen) askInterval() {
	if !s.changeable() {
		return
	}
	s.ask(s.say(askedBatchLen, nil), nil, func(text string) {
		d, err := time.ParseDuration(strings.TrimSpace(text))
		if err != nil || d <= 0 {
			s.notice = s.say(badDuration, message.Facts{"text": text})
			return
		}
		s.change(func(to *scenario.Receiving) {
			batch := scenario.Duration(d)
			to.Window, to.Slide = max(to.Window/batch, 1)*batch, max(to.Slide/batch, 1)*batch
			to.Batch = batch
		})
	})
}

func (s *screen) toggleCopies() {
	s.change(func(to *scenario.Receiving) { to.Copies = 3 - to.Copies })
}

func (s *screen) toggleLog() { s.change(func(to *scenario.Receiving) { to.Log = !to.Log }) }

func (s *screen) save() {
	if s.scenario == nil || s.options.Save == nil {
		s.notice = s.say(fixed, nil)
		return
	}
	path, err := s.options.Save(*s.scenario)
	if err != nil {
		s.notice = s.say(failure, message.Facts{"error": err.Error()})
		return
	}
	s.notice = s.say(saved, message.Facts{"path": fmt.Sprint(path)})
}
