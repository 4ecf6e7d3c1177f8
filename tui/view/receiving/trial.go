package receiving

import (
	"slices"
	"strings"
	"time"

	"etincelle/grader/message"
	"etincelle/replay/scenario"
	model "etincelle/tui/model/receiving"
	"etincelle/tui/trial"
)

// What can be changed about an experiment with receivers. Each change runs all of it
// again; u takes it back.

// Replayer runs a scenario on the engine, in a process of its own, and returns what
// happened.
type Replayer = trial.Replayer[scenario.Receiving]

type (
	bench  = trial.Bench[scenario.Receiving, *model.Timeline]
	runner = trial.Runner[scenario.Receiving, *model.Timeline]
)

var (
	fixed         = message.Both("Un enregistrement ne se change pas : seul un scénario rejoue (step tp05, step FICHIER.json).", "A recording cannot be changed: a scenario alone runs again (step tp05, step FILE.json).")
	askedKill     = message.Both("Tuer à t = {at} s ({names}) : ", "Kill at t = {at} s ({names}): ")
	driverName    = message.Both("pilote", "driver")
	askedBatchLen = message.Both("Intervalle de lot (2s) : ", "Batch interval (2s): ")
	badName       = message.Both("« {text} » : on peut tuer {names}.", "“{text}”: one may kill {names}.")
	nobodyAlive   = message.Both("Personne ne vit à t = {at} s : il n'y a rien à tuer.", "Nobody is alive at t = {at} s: there is nothing to kill.")
	badDuration   = message.Both("« {text} » : une durée est attendue, comme 2s ou 500ms.", "“{text}”: a duration is expected, as 2s or 500ms.")
)

// change runs the scenario with one thing changed.
func (s *screen) change(what func(*scenario.Receiving)) { s.Vary(s, fixed, what) }

// askKill kills an executor, or the driver, at the time on screen.
func (s *screen) askKill() {
	if !s.Changeable(s, fixed) {
		return
	}
	var alive []string
	for _, x := range s.state.Executors {
		if !x.Lost {
			alive = append(alive, x.Name)
		}
	}
	if !s.state.Dead {
		alive = append(alive, s.Say(driverName, nil))
	}
	names := strings.Join(alive, ", ")
	const tick = 100 * time.Millisecond
	at := max(time.Duration(s.state.Elapsed()*float64(time.Second)).Truncate(tick), tick)
	if len(alive) == 0 {
		s.Tell(nobodyAlive, message.Facts{"at": at.Seconds()})
		return
	}
	s.Ask(s.Say(askedKill, message.Facts{"at": at.Seconds(), "names": names}), nil, func(text string) {
		name := strings.TrimSpace(text)
		if slices.Contains([]string{driverName.French, driverName.English}, name) && !s.state.Dead {
			name = scenario.Driver
		} else if !slices.Contains(alive, name) {
			s.Notice = s.Say(badName, message.Facts{"text": text, "names": names})
			return
		}
		s.change(func(to *scenario.Receiving) {
			to.Kills = append(slices.Clone(to.Kills), scenario.Kill{At: scenario.Duration(at), Executor: name})
		})
	})
}

// askInterval sets the batch interval; windows stay as long, in whole batches.
func (s *screen) askInterval() {
	if !s.Changeable(s, fixed) {
		return
	}
	s.Ask(s.Say(askedBatchLen, nil), nil, func(text string) {
		d, err := time.ParseDuration(strings.TrimSpace(text))
		if err != nil || d <= 0 {
			s.Notice = s.Say(badDuration, message.Facts{"text": text})
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

func (s *screen) save() { s.Save(s, s.options.Save, fixed) }

// Shown, Show, Halt and Tell implement trial.Screen.
func (s *screen) Shown() *model.Timeline { return s.line }

// Show shows another run, at the time where one was.
func (s *screen) Show(line *model.Timeline) {
	at, position := s.state.Elapsed(), min(s.state.Position, line.Len())
	if there := line.At(position); there.Elapsed() != at || line.Rests(position) != s.line.Rests(s.state.Position) {
		position = line.Until(at) // what comes before has changed
	}
	s.line, s.predicted = line, nil
	s.goTo(position)
}

// Halt stops what plays.
func (s *screen) Halt() { s.Play.Pause() }

// Tell says a text once.
func (s *screen) Tell(t message.Text, f message.Facts) { s.Notice = s.Say(t, f) }
