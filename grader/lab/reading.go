package lab

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Readings is what a student did with the notebooks, kept in
// .etincelle/notebooks.json beside the progress:
//
//	{
//	  "labs": {
//	    "tp02-partitionnement": {
//	      "section": "combineur",
//	      "predictions": {
//	        "tasks": {"text": "1 étape, 7 tâches", "made": "2026-03-02T09:41:00+01:00"}
//	      }
//	    }
//	  }
//	}
//
// Nobody can fill it in again, so a damaged file is put aside, not written over.
type Readings struct {
	Labs map[string]Reading `json:"labs"` // by lab's name

	Aside string `json:"-"` // where a damaged file was put, relative to the module
}

// Reading is that of one notebook.
type Reading struct {
	Section     string                `json:"section,omitempty"`     // read last
	Predictions map[string]Prediction `json:"predictions,omitempty"` // by the question's id
}

// Prediction is an answer given before the cell was run. It is kept as it was
// made; nobody judges it.
type Prediction struct {
	Text string    `json:"text"`
	Made time.Time `json:"made"`
}

const (
	readingsFile  = "notebooks.json"
	readingsAside = "notebooks.damaged.json"
)

func readingsPath(root, file string) string { return filepath.Join(root, ".etincelle", file) }

// LoadReadings reads them; where there are none they are empty.
func LoadReadings(root string) (Readings, error) {
	r := Readings{Labs: map[string]Reading{}}
	data, err := os.ReadFile(readingsPath(root, readingsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return r, fmt.Errorf("read the predictions: %w", err)
	}
	read := Readings{}
	if err := json.Unmarshal(data, &read); err != nil || read.Labs == nil {
		r.Aside = filepath.Join(".etincelle", readingsAside)
		if err := os.Rename(readingsPath(root, readingsFile), readingsPath(root, readingsAside)); err != nil {
			return r, fmt.Errorf("put the damaged %s aside: %w", readingsPath(root, readingsFile), err)
		}
		return r, nil
	}
	return read, nil
}

// Of is a notebook's reading.
func (r Readings) Of(lab string) Reading { return r.Labs[lab] }

// Reread changes the reading of a notebook on the disk: what another window has
// written meanwhile stays.
func Reread(root, lab string, change func(*Reading)) error {
	r, err := LoadReadings(root)
	if err != nil {
		return err
	}
	one := r.Labs[lab]
	if one.Predictions == nil {
		one.Predictions = map[string]Prediction{}
	}
	change(&one)
	r.Labs[lab] = one
	var data bytes.Buffer
	out := json.NewEncoder(&data)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false) // for people: a < stays a <
	if err := out.Encode(r); err != nil {
		return fmt.Errorf("save the predictions: %w", err)
	}
	path := readingsPath(root, readingsFile)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("save the predictions: %w", err)
	}
	return WriteFile(path, data.Bytes())
}
