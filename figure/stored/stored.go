// Package stored keeps the figures of the labs fresh. A lab's folder figures/ has
// the pictures that its notebooks show, as SVG and as text in each language, with
// what they are made of: figures.json, and the programs or recordings it names.
//
//	labs/TP/figures/
//	  figures.json          each figure: its kind, its scene or recording, its title
//	  main.go               a program that runs the scene it is told the name of
//	  NAME.fr.svg, NAME.fr.txt, NAME.en.svg, NAME.en.txt
//	  SCENE.jsonl           a scene as a recording, for students to step through
//
// Redraw makes them anew; Check says whether those that lie there are the same.
package stored

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"etincelle/engine/event"
	"etincelle/figure"
	"etincelle/grader/build"
	"etincelle/grader/lab"
	"etincelle/grader/message"
)

const (
	version   = 1
	sceneTime = time.Minute // limit of one scene's run
)

// list is figures.json.
type list struct {
	Version    int      `json:"version"`
	Figures    []spec   `json:"figures"`
	Recordings []string `json:"recordings,omitempty"` // scenes that students read: recording.go
}

// spec is one figure.
type spec struct {
	Name      string       `json:"name"`
	Kind      figure.Kind  `json:"kind"`
	Scene     string       `json:"scene,omitempty"`     // what main.go is told to run
	Recording string       `json:"recording,omitempty"` // or a recording in the folder
	Jobs      []int        `json:"jobs,omitempty"`      // all when empty
	Queries   []int        `json:"queries,omitempty"`   // of a stream, in the recording's order; all when empty
	Title     message.Text `json:"title"`
}

// File is one picture as it must be.
type File struct {
	Path string
	Data []byte
}

// word is what a figure or a scene may be called: a file's name and no path.
var word = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// Redraw draws the figures of a lab; none when it has no figures.json.
func Redraw(ctx context.Context, l *lab.Lab) ([]File, error) {
	all, err := read(l)
	if err != nil || len(all.Figures)+len(all.Recordings) == 0 {
		return nil, err
	}
	work, err := os.MkdirTemp("", "etincelle-figures-")
	if err != nil {
		return nil, fmt.Errorf("a folder for the recordings of %s cannot be made: %w", l.Short, err)
	}
	defer os.RemoveAll(work)
	stage := &stage{lab: l, work: work, played: map[string][]event.Event{}}
	var files []File
	for _, s := range all.Figures {
		recording, err := stage.recording(ctx, s)
		if err != nil {
			return nil, fmt.Errorf("the figure %s of %s: %w", s.Name, l.Short, err)
		}
		for _, language := range []message.Language{message.French, message.English} {
			f, err := figure.Draw(s.Kind, recording, figure.Options{Language: language, Title: s.Title.In(language), Jobs: s.Jobs, Queries: s.Queries})
			if err != nil {
				return nil, fmt.Errorf("the figure %s of %s: %w", s.Name, l.Short, err)
			}
			base := folder(l, s.Name+"."+string(language))
			files = append(files, File{base + ".svg", f.SVG()}, File{base + ".txt", []byte(f.Text())})
		}
	}
	for _, scene := range all.Recordings {
		events, err := stage.recording(ctx, spec{Scene: scene})
		if err != nil {
			return nil, fmt.Errorf("the recording %s of %s: %w", scene, l.Short, err)
		}
		text, err := timeless(events)
		if err != nil {
			return nil, fmt.Errorf("the recording %s of %s: %w", scene, l.Short, err)
		}
		files = append(files, File{folder(l, scene+".jsonl"), text})
	}
	return files, nil
}

// read reads figures.json.
func read(l *lab.Lab) (list, error) {
	var all list
	path := folder(l, "figures.json")
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return all, fmt.Errorf("read the figures of %s: %w", l.Short, err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&all); err != nil {
		return all, fmt.Errorf("%s: %w", path, err)
	}
	if all.Version != version {
		return all, fmt.Errorf("%s: found version %d, expected %d", path, all.Version, version)
	}
	seen := map[string]bool{}
	for _, s := range all.Figures {
		switch {
		case !word.MatchString(s.Name) || seen[s.Name]:
			return all, fmt.Errorf("%s: found the name %q, expected small letters, digits and -, each name once", path, s.Name)
		case (s.Scene == "") == (s.Recording == ""), s.Scene != "" && !word.MatchString(s.Scene), s.Recording != "" && !word.MatchString(strings.TrimSuffix(s.Recording, ".jsonl")):
			return all, fmt.Errorf("%s: figure %s: found scene %q and recording %q, expected the name of one of them", path, s.Name, s.Scene, s.Recording)
		case s.Title.French == "" || s.Title.English == "":
			return all, fmt.Errorf("%s: figure %s: found no title in one of the languages, expected both", path, s.Name)
		}
		seen[s.Name] = true
	}
	for _, scene := range all.Recordings {
		if !word.MatchString(scene) {
			return all, fmt.Errorf("%s: found the recording %q, expected the name of a scene", path, scene)
		}
	}
	return all, nil
}

func folder(l *lab.Lab, file string) string { return filepath.Join(l.Path("figures"), file) }

// stage runs scenes, each once, with one program built once.
type stage struct {
	lab    *lab.Lab
	work   string
	built  string
	played map[string][]event.Event
}

func (s *stage) recording(ctx context.Context, of spec) ([]event.Event, error) {
	if of.Recording != "" {
		return load(folder(s.lab, of.Recording))
	}
	if events, played := s.played[of.Scene]; played {
		return events, nil
	}
	if s.built == "" {
		program := build.Program{Root: s.lab.Root, Package: "labs/" + s.lab.Name + "/figures"}
		file := filepath.Join(s.work, "scenes.exe") // the ending harms nobody, and Windows asks for it
		if err := program.Build(ctx, file); err != nil {
			return nil, err
		}
		s.built = file
	}
	ctx, cancel := context.WithTimeout(ctx, sceneTime)
	defer cancel()
	file := filepath.Join(s.work, of.Scene+".jsonl")
	command := exec.CommandContext(ctx, s.built, of.Scene)
	command.Dir = s.lab.Root
	command.Env = append(os.Environ(), event.RecordVariable+"="+file)
	if said, err := command.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the scene %s ended badly: %s: %w", of.Scene, said, err)
	}
	events, err := load(file)
	s.played[of.Scene] = events
	return events, err
}

func load(path string) ([]event.Event, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	events, err := event.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return events, nil
}
