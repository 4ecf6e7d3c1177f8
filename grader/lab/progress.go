package lab

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	files "etincelle/engine/fs"
	"etincelle/grader/check"
)

// Progress is what a student has reached, kept in .etincelle/progress.json in
// the module's folder. Losing it costs nothing: check fills it in again.
type Progress struct {
	Labs map[string]map[int]State `json:"labs"` // by lab's name and exercise
}

// State is that of one exercise.
type State struct {
	Kind  check.Kind `json:"kind,omitempty"`  // the last verdict of check
	Hints int        `json:"hints,omitempty"` // how many were shown
}

func progressPath(root string) string { return filepath.Join(root, ".etincelle", "progress.json") }

// LoadProgress reads it; where there is none, or it is damaged, it is empty.
func LoadProgress(root string) (Progress, error) {
	p := Progress{Labs: map[string]map[int]State{}}
	data, err := os.ReadFile(progressPath(root))
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return p, fmt.Errorf("read the progress: %w", err)
	}
	var read Progress
	if json.Unmarshal(data, &read) == nil && read.Labs != nil {
		p = read
	}
	return p, nil
}

// Of is the state of an exercise.
func (p Progress) Of(lab string, exercise int) State { return p.Labs[lab][exercise] }

// Set changes it.
func (p Progress) Set(lab string, exercise int, s State) {
	if p.Labs[lab] == nil {
		p.Labs[lab] = map[int]State{}
	}
	p.Labs[lab][exercise] = s
}

// Save writes the progress.
func (p Progress) Save(root string) error {
	data, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return fmt.Errorf("save the progress: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(progressPath(root)), 0o755); err != nil {
		return fmt.Errorf("save the progress: %w", err)
	}
	return WriteFile(progressPath(root), append(data, '\n'))
}

// WriteFile replaces a file whole or not at all: a reader, or a machine that
// stops in the middle, sees the old one or the new one. The folder must be there: a
// misspelt one is not made.
func WriteFile(path string, data []byte) error {
	_, err := os.Stat(filepath.Dir(path))
	if err == nil {
		err = files.System{}.Write(path, data)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
