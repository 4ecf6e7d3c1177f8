// Package lab reads a TP's folder, and writes what belongs beside it: the
// student's progress, a reset exercise, the expectations of the public cases.
//
//	labs/tp02-partitionnement/
//	  lab.json         title, exercises, their functions and notebook sections (this file)
//	  exercises.go     what the student writes
//	  starter.go.txt   exercises.go as it was handed out, byte for byte
//	  cases.json       the public cases: inputs, and what is wanted (cases.go)
//	  hints.fr.md, hints.en.md   three staged hints an exercise (hints.go)
package lab

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// Lab is one TP.
type Lab struct {
	Root      string       `json:"-"`       // the module's folder
	Name      string       `json:"-"`       // its own, "tp02-partitionnement"
	Short     string       `json:"short"`   // what commands call it, "tp02"
	Harness   string       `json:"harness"` // the package below grader/harness that calls its functions
	Title     message.Text `json:"title"`
	Exercises []Exercise   `json:"exercises"`
	Runs      []Run        `json:"runs"`
	Example   string       `json:"example"`        // the notebook's cell that step shows before an exercise is done
	Mode      string       `json:"mode,omitempty"` // that the stepping screen opens on: the TP's own
	Starter   []byte       `json:"-"`
}

// Exercise is one exercise of a TP.
type Exercise struct {
	Number    int          `json:"number"`
	Title     message.Text `json:"title"`
	Functions []string     `json:"functions"`
	Section   string       `json:"section"` // of the notebook, the heading's id
}

// Run is a call on a whole dataset, for `run` and `step`: nothing is judged.
type Run struct {
	Exercise int              `json:"exercise"`
	Function string           `json:"function"`
	Session  protocol.Session `json:"session"`
	Params   map[string]int   `json:"params"`
	Sources  []source         `json:"sources"`
}

// Case is the run with its inputs read.
func (l *Lab) Case(r Run) (check.Case, error) { return r.read(l.reader()) }

func (r Run) read(from *reader) (check.Case, error) {
	c := check.Case{Name: r.Function, Session: r.Session, Params: r.Params}
	for _, s := range r.Sources {
		read, err := from.read(s)
		if err != nil {
			return c, err
		}
		c.Sources = append(c.Sources, read)
	}
	return c, nil
}

// ErrNone is the error of Find when no TP has that name.
var ErrNone = errors.New("there is no lab")

// Find opens the TP that a command names: "tp02", or the folder's whole name.
func Find(root, name string) (*Lab, error) {
	root, err := filepath.Abs(root) // programs are built with the module's folder as their own
	if err != nil {
		return nil, fmt.Errorf("open the lab %s: %w", name, err)
	}
	all, err := List(root)
	if err != nil {
		return nil, err
	}
	for _, folder := range all {
		if folder == name || strings.HasPrefix(folder, name+"-") {
			return open(root, folder)
		}
	}
	return nil, fmt.Errorf("%w %q in %s: found %s", ErrNone, name, filepath.Join(root, "labs"), strings.Join(all, ", "))
}

// List names the TPs of the course, in order: the folders of labs/ that have a lab.json.
func List(root string) ([]string, error) {
	found, err := filepath.Glob(filepath.Join(root, "labs", "*", "lab.json"))
	if err != nil {
		return nil, fmt.Errorf("look for labs in %s: %w", root, err)
	}
	var names []string
	for _, path := range found {
		names = append(names, filepath.Base(filepath.Dir(path)))
	}
	sort.Strings(names)
	return names, nil
}

func open(root, name string) (*Lab, error) {
	l := &Lab{Root: root, Name: name}
	data, err := os.ReadFile(l.Path("lab.json"))
	if err != nil {
		return nil, fmt.Errorf("open the lab %s: %w", name, err)
	}
	if err := strictly(data, l); err != nil {
		return nil, fmt.Errorf("%s: %w", l.Path("lab.json"), err)
	}
	if l.Starter, err = os.ReadFile(l.Path("starter.go.txt")); err != nil {
		return nil, fmt.Errorf("open the lab %s: %w", name, err)
	}
	return l, nil
}

// strictly reads JSON and refuses fields that nobody knows: a misspelt one would
// be a check that is never made.
func strictly(data []byte, into any) error {
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// Path is the path of a file of the TP.
func (l *Lab) Path(file string) string { return filepath.Join(l.Root, "labs", l.Name, file) }

// Functions are those of all exercises.
func (l *Lab) Functions() []string {
	var all []string
	for _, e := range l.Exercises {
		all = append(all, e.Functions...)
	}
	return all
}

// Exercise is the one of that number.
func (l *Lab) Exercise(number int) (Exercise, error) {
	i := slices.IndexFunc(l.Exercises, func(e Exercise) bool { return e.Number == number })
	if i < 0 {
		return Exercise{}, fmt.Errorf("%s has no exercise %d: it has 1 to %d", l.Short, number, len(l.Exercises))
	}
	return l.Exercises[i], nil
}

// Source is the student's exercises.go as it is now.
func (l *Lab) Source() ([]byte, error) {
	source, err := os.ReadFile(l.Path("exercises.go"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is missing: `go run . reset %s` puts it back: %w", l.Path("exercises.go"), l.Short, err)
	}
	return source, err
}
