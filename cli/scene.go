package cli

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/replay/recorded"
	"etincelle/replay/scenario"
	"etincelle/tui/follow"
)

// scene is what is stepped through.
type scene struct {
	events   []event.Event
	title    message.Text
	tp       string             // whose predictions they are; empty outside of a TP
	scenario *scenario.Scenario // of which the events are; nil when they cannot be changed

	receiving *scenario.Receiving // the same, of receivers
	jobs      *scenario.Jobs      // the same, of a notebook's example

	live *follow.File // that the events come from, while it grows
}

// streamingTP are the TPs whose stepping screen shows case M until an exercise is
// asked for.
var streamingTP = regexp.MustCompile(`(?i)^tp0[789]\b`)

// receivingTP are those that show two receivers, of which an executor dies, where
// there is no exercise to show.
var receivingTP = regexp.MustCompile(`(?i)^tp0[456]\b`)

// has reports whether a TP's folder is here.
func (a *app) has(tp string) bool {
	_, err := lab.Find(a.root, tp)
	return err == nil
}

// receivers is one of the course's programs of receivers.
func (a *app) receivers(name, tp string) (scene, error) {
	s, events, err := recorded.Receiving(receivingTapes[name])
	if err != nil {
		return scene{}, fault(err)
	}
	title := message.Both("Deux récepteurs", "Two receivers")
	if name == driverDies {
		title = message.Both("Le pilote meurt", "The driver dies")
	}
	tp = strings.ToLower(tp)
	return scene{events: events, title: ofTP(tp, title), tp: tp, receiving: &s}, nil
}

// ofTP is a title with the TP before it, if it is for one.
func ofTP(tp string, title message.Text) message.Text {
	if tp == "" {
		return title
	}
	short, _, _ := strings.Cut(strings.ToUpper(tp), "-")
	return message.Both(short+" · "+title.French, short+" · "+title.English)
}

// The course's programs of receivers, as --dataset names them, and their recordings.
const (
	twoReceivers = "receivers"
	driverDies   = "driver"
)

var receivingTapes = map[string]string{twoReceivers: "words", driverDies: "driver"}

// caseM is the course's running example: animals, their windows, one that comes late.
const caseM = "animals"

// find is the scene that the command line asks for.
func (a *app) find(ctx context.Context, args []string, dataset string) (scene, error) {
	switch {
	case dataset != "":
		tp := ""
		if len(args) > 0 {
			tp = args[0]
		}
		return a.shipped(dataset, tp)
	case len(args) == 0:
		return scene{}, a.usage("%s", a.say("step : un TP, un enregistrement ou --dataset est attendu. Exemple : go run . step tp08", "step: a TP, a recording or --dataset is expected. Example: go run . step tp08"))
	case strings.HasSuffix(args[0], ".json"):
		return a.written(ctx, args[0])
	case isRecording(args[0]):
		events, err := readRecording(args[0])
		if _, grows := os.Stat(args[0] + event.Growing); errors.Is(err, os.ErrNotExist) && grows == nil {
			return scene{}, a.usage(a.say(
				"%s : le programme n'est pas fini, ou s'est arrêté sans Stop. Ce qu'il y a déjà : go run . step --live %s",
				"%s: the program has not ended, or has ended without Stop. What there is so far: go run . step --live %s"), args[0], args[0])
		}
		if err != nil {
			return scene{}, &exit{exitUsage, err}
		}
		return scene{events: events, title: message.Same(args[0])}, nil
	case len(args) == 1 && receivingTP.MatchString(args[0]) && !a.has(args[0]):
		return a.receivers(twoReceivers, args[0])
	case len(args) == 1 && streamingTP.MatchString(args[0]):
		return a.shipped(caseM, args[0])
	}
	return a.exerciseScene(ctx, args)
}

// shipped is one of the course's own scenarios.
func (a *app) shipped(name, tp string) (scene, error) {
	if _, ours := receivingTapes[name]; ours {
		return a.receivers(name, tp)
	}
	if !slices.Contains(recorded.Names(), name) {
		return scene{}, a.usage(a.say("--dataset %q : il y a %s", "--dataset %q: there is %s"), name, strings.Join(append(recorded.Names(), twoReceivers, driverDies), ", "))
	}
	s, events, err := recorded.Open(name)
	if err != nil {
		return scene{}, fault(err)
	}
	title := message.Both("Semaine d'orages "+s.Title, "Storm week "+s.Title)
	if name == caseM {
		title = message.Both("Cas M", "Case M")
	}
	tp = strings.ToLower(tp)
	return scene{events: events, title: ofTP(tp, title), tp: tp, scenario: &s}, nil
}

// written is a student's own experiment.
func (a *app) written(ctx context.Context, path string) (scene, error) {
	f, err := os.Open(path)
	if err != nil {
		return scene{}, &exit{exitUsage, err}
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	if err != nil {
		return scene{}, &exit{exitUsage, err}
	}
	made := scene{title: message.Same(path)}
	var kind struct {
		Receivers *int    `json:"receivers"`
		TP        *string `json:"tp"`
	}
	_ = json.Unmarshal(body, &kind) // whatever is wrong is told by its reader
	switch {
	case kind.TP != nil:
		var j scenario.Jobs
		if j, err = scenario.ReadJobs(bytes.NewReader(body)); err == nil {
			made.jobs = &j
			made.events, err = a.runExample(ctx, j)
		}
	case kind.Receivers != nil:
		var r scenario.Receiving
		if r, err = scenario.ReadReceiving(bytes.NewReader(body)); err == nil {
			made.receiving = &r
			made.events, err = a.receiverReplayer()(ctx, r)
		}
	default:
		var s scenario.Scenario
		if s, err = scenario.Read(bytes.NewReader(body)); err == nil {
			made.scenario = &s
			made.events, err = a.replayer()(ctx, s)
		}
	}
	if err != nil {
		var said scenario.Problems
		if errors.As(err, &said) {
			return scene{}, a.usage("%s: %s", path, said.In(a.language))
		}
		return scene{}, &exit{exitUsage, fmt.Errorf("%s: %w", path, err)}
	}
	return made, nil
}

// isRecording goes by a file's name.
func isRecording(path string) bool {
	return slices.ContainsFunc([]string{".jsonl", ".rec", ".jsonl.gz", ".rec.gz"}, func(ending string) bool { return strings.HasSuffix(path, ending) })
}

// readRecording reads a recording, packed or not.
func readRecording(path string) ([]event.Event, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := io.Reader(f)
	if strings.HasSuffix(path, ".gz") {
		if lines, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	events, err := event.Read(lines)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return events, nil
}

// exerciseScene is what the student's exercise does, or the notebook's example.
func (a *app) exerciseScene(ctx context.Context, args []string) (scene, error) {
	l, err := a.lab(args[0])
	if err != nil {
		return scene{}, err
	}
	number, err := a.chosen(l, args[1:])
	if err != nil {
		return scene{}, err
	}
	if number == 0 {
		fmt.Fprintln(a.problems, a.say("Aucun exercice commencé : voici l'exemple du cahier.", "No exercise begun yet: here is the notebook's example."))
		jobs := scenario.Jobs{Version: scenario.Version, TP: l.Short}
		events, err := a.example(ctx, l, jobs)
		return scene{events: events, title: message.Same(strings.ToUpper(l.Short)), tp: l.Short, jobs: &jobs}, fault(err)
	}
	done, undone, err := a.execute(ctx, l, number)
	if err != nil {
		return scene{}, err
	}
	if len(done) == 0 {
		return scene{}, &exit{exitWrong, fmt.Errorf(a.say("%s : pas encore fait. L'exemple du cahier : go run . notebook %s", "%s: not done yet. The notebook's example: go run . notebook %s"), strings.Join(undone, ", "), l.Short)}
	}
	last := done[len(done)-1] // of several functions the last one moves rows
	if problem := last.problem(); problem != nil {
		return scene{}, a.findings([]check.Finding{*problem})
	}
	title := fmt.Sprintf(" %d · %s", number, last.run.Function)
	return scene{events: last.recording(), title: ofTP(l.Short, message.Both("exercice"+title, "exercise"+title)), tp: l.Short}, nil
}

// chosen is the exercise that is named, or the first one that is begun; 0 when
// none is.
func (a *app) chosen(l *lab.Lab, words []string) (int, error) {
	if len(words) > 0 {
		e, err := a.exercise(l, words[0])
		return e.Number, err
	}
	source, err := a.source(l)
	if err != nil {
		return 0, err
	}
	for _, e := range l.Exercises {
		if len(lab.Untouched(source, l.Starter, e.Functions)) < len(e.Functions) {
			return e.Number, nil
		}
	}
	return 0, nil
}
