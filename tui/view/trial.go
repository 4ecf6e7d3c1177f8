package view

import (
	"slices"
	"strconv"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/replay/scenario"
	"etincelle/tui/canvas"
	"etincelle/tui/model"
	"etincelle/tui/trial"
)

// What can be changed about the jobs of a notebook's example. Each change runs the
// example again; u takes it back.

// Replayer runs the example of a TP with what is changed, in a process of its own, and
// returns what happened.
type Replayer = trial.Replayer[scenario.Jobs]

type (
	bench  = trial.Bench[scenario.Jobs, *model.Timeline]
	runner = trial.Runner[scenario.Jobs, *model.Timeline]
)

var (
	fixed          = message.Both("Un enregistrement ne se change pas : seul l'exemple d'un cahier rejoue (step tp02, step FICHIER.json).", "A recording cannot be changed: a notebook's example alone runs again (step tp02, step FILE.json).")
	replayed       = message.Both("Rejoué. d : ce qui a changé, u : annuler.", "Run again. d: what has changed, u: undo.")
	askedKill      = message.Both("Tuer après {n:tâche|tâches} ({names}) : ", "Kill after {n:task|tasks} ({names}): ")
	askedExecutors = message.Both("Nombre d'exécuteurs : ", "Number of executors: ")
	askedCores     = message.Both("Cœurs par exécuteur : ", "Cores of each executor: ")
	askedMemory    = message.Both("Mémoire par exécuteur pour les blocs (4096, 64k, 1m) : ", "Memory of each executor for blocks (4096, 64k, 1m): ")
	badName        = message.Both("« {text} » : on peut tuer {names}.", "“{text}”: one may kill {names}.")
	badMemory      = message.Both("« {text} » : une taille est attendue, comme 4096, 64k ou 1m.", "“{text}”: a size is expected, as 4096, 64k or 1m.")

	titleDifference = message.Both("Différence avec l'essai d'avant", "Difference with the run before")
	noDifference    = message.Both("Rien n'a encore été changé : il n'y a qu'un essai.", "Nothing has been changed yet: there is one run alone.")
	sameCounts      = message.Both("Les mêmes comptes, du premier job au dernier.", "The same counts, from the first job to the last.")
	oneChange       = message.Both("{what} : {before} → {after}", "{what}: {before} → {after}")
	jobChange       = message.Both("job {job} ({action}) : {list}", "job {job} ({action}): {list}")
)

// change runs the example with one thing changed.
func (s *screen) change(what func(*scenario.Jobs)) { s.Vary(s, fixed, what) }

// askKill kills an executor after the tasks that have ended on screen.
func (s *screen) askKill() {
	if !s.Changeable(s, fixed) {
		return
	}
	var alive []string
	for _, x := range s.state.Executors {
		if !x.Lost {
			alive = append(alive, canvas.Clean(x.Name))
		}
	}
	names, ended := strings.Join(alive, ", "), s.state.Ended
	s.Ask(s.Say(askedKill, message.Facts{"n": ended, "names": names}), nil, func(text string) {
		name := strings.TrimSpace(text)
		if !slices.Contains(alive, name) {
			s.Tell(badName, message.Facts{"text": text, "names": names})
			return
		}
		s.change(func(to *scenario.Jobs) {
			to.Kills = append(slices.Clone(to.Kills), scenario.TaskKill{Tasks: ended, Executor: name})
		})
	})
}

// askCount asks for a number of executors or cores.
func (s *screen) askCount(question message.Text, set func(to *scenario.Jobs, n int)) {
	if s.Changeable(s, fixed) {
		s.AskNumber(s.Say(question, nil), func(n int) { s.change(func(to *scenario.Jobs) { set(to, max(n, 1)) }) })
	}
}

func (s *screen) askMemory() {
	if !s.Changeable(s, fixed) {
		return
	}
	s.Ask(s.Say(askedMemory, nil), nil, func(text string) {
		bytes, ok := size(text)
		if !ok {
			s.Tell(badMemory, message.Facts{"text": text})
			return
		}
		s.change(func(to *scenario.Jobs) { to.Memory = bytes })
	})
}

// size reads 4096, 64k or 1m.
func size(text string) (bytes int64, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	unit := int64(1)
	for suffix, of := range map[string]int64{"k": 1 << 10, "m": 1 << 20, "g": 1 << 30} {
		if short, found := strings.CutSuffix(text, suffix); found {
			text, unit = short, of
			break
		}
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 31)
	return n * unit, err == nil && n > 0
}

func (s *screen) toggleCopies() {
	s.change(func(to *scenario.Jobs) {
		if to.Copies == 2 {
			to.Copies = 1
		} else {
			to.Copies = 2
		}
	})
}

func (s *screen) save() { s.Save(s, s.options.Save, fixed) }

// Shown, Show, Halt and Tell implement trial.Screen.
func (s *screen) Shown() *model.Timeline { return s.line }

// Show shows another run, after as many tasks.
func (s *screen) Show(line *model.Timeline) {
	position := min(s.state.Position, line.Len())
	there := line.At(position)
	if there.Ended != s.state.Ended {
		position = line.Task(s.state.Ended)
	}
	s.line = line
	s.state, s.told, s.scroll = line.At(position), 0, [panelCount]int{}
}

// Halt stops what plays.
func (s *screen) Halt() { s.Play.Pause() }

// Tell says a text once.
func (s *screen) Tell(t message.Text, f message.Facts) { s.Notice = s.Say(t, f) }

// counted are the numbers in which runs are compared.
var counted = []struct {
	name message.Text
	of   func(event.Counters) int64
}{
	{message.Both("étapes", "stages"), func(c event.Counters) int64 { return int64(c.Stages) }},
	{message.Both("étapes sautées", "stages skipped"), func(c event.Counters) int64 { return int64(c.SkippedStages) }},
	{message.Both("tâches", "tasks"), func(c event.Counters) int64 { return int64(c.Tasks) }},
	{message.Both("tâches perdues ou échouées", "tasks lost or failed"), func(c event.Counters) int64 { return int64(c.FailedTasks) }},
	{message.Both("lignes lues", "rows read"), func(c event.Counters) int64 { return c.Input }},
	{message.Both("écrites pour le brassage", "written to shuffles"), func(c event.Counters) int64 { return c.ShuffleWrite }},
	{message.Both("lues du brassage", "read from shuffles"), func(c event.Counters) int64 { return c.ShuffleRead }},
	{message.Both("au pilote", "to the driver"), func(c event.Counters) int64 { return c.Result }},
	{message.Both("succès du cache", "cache hits"), func(c event.Counters) int64 { return c.Hits }},
	{message.Both("défauts du cache", "cache misses"), func(c event.Counters) int64 { return c.Misses }},
	{message.Both("évictions", "evictions"), func(c event.Counters) int64 { return c.Evictions }},
}

// difference tells what the last change changed: the session's counts, then those of
// each job.
func (p *page) difference() []string {
	if len(p.Before) == 0 {
		return []string{p.Say(noDifference, nil)}
	}
	old := p.Before[len(p.Before)-1].Story
	was, is := old.At(old.Len()), p.line.At(p.line.Len())
	all := p.changes(was.Counters, is.Counters)
	if len(all) == 0 {
		all = []string{p.Say(sameCounts, nil)}
	}
	for i, j := range is.Jobs {
		if i < len(was.Jobs) {
			if parts := p.changes(was.Jobs[i].Counters, j.Counters); len(parts) > 0 {
				all = append(all, p.Say(jobChange, message.Facts{"job": j.ID, "action": canvas.Clean(j.Action), "list": strings.Join(parts, ", ")}))
			}
		}
	}
	return all
}

func (p *page) changes(before, after event.Counters) []string {
	var parts []string
	for _, c := range counted {
		if was, is := c.of(before), c.of(after); was != is {
			parts = append(parts, p.Say(oneChange, message.Facts{"what": c.name, "before": was, "after": is}))
		}
	}
	return parts
}

func (p *page) differenceLines(n int) canvas.Listing {
	var lines canvas.Listing
	for _, text := range p.difference() {
		for _, s := range canvas.Wrap(text, n-2) {
			lines.Add(canvas.Text(canvas.Normal, " "+s))
		}
	}
	return lines
}
