package build

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// What Prepare found is noted for the next process, so that a check need not ask
// the go command again: that takes a third of a second. A note is believed only
// while nothing that it speaks of has changed: the toolchain, the sources of this
// module, and the compiled packages, which the go command throws away when nobody
// has asked for them in a while.

// note is a file that says what was prepared, and when to believe it.
type note struct {
	folder    string // "": there is none
	key       []string
	goCommand string
}

const (
	noteVersion = 1
	// noteAge is how long a note is believed. The go command drops what it was not
	// asked for in five days.
	noteAge = 24 * time.Hour
)

type noteFile struct {
	Version int              `json:"version"`
	Key     []string         `json:"key"`
	Stamps  map[string]stamp `json:"stamps"`
	Made    prepared         `json:"made"`
}

// stamp tells a file that was changed from the one it was, as `make` does.
type stamp struct {
	Size    int64     `json:"size"`
	Changed time.Time `json:"changed"`
}

func stampOf(path string) (stamp, error) {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}, err
	}
	return stamp{info.Size(), info.ModTime()}, nil
}

func (n note) path() string { return filepath.Join(n.folder, "prepared.json") }

// read is what was prepared, when there is a note to believe.
func (n note) read() (prepared, bool) {
	if n.folder == "" {
		return prepared{}, false
	}
	text, err := os.ReadFile(n.path())
	if err != nil {
		return prepared{}, false
	}
	info, err := os.Stat(n.path())
	if err != nil || time.Since(info.ModTime()) > noteAge {
		return prepared{}, false
	}
	var file noteFile
	if json.Unmarshal(text, &file) != nil || file.Version != noteVersion || !slices.Equal(file.Key, n.key) {
		return prepared{}, false
	}
	for path, before := range file.Stamps {
		if now, err := stampOf(path); err != nil || now.Size != before.Size || !now.Changed.Equal(before.Changed) {
			return prepared{}, false
		}
	}
	for _, compiled := range file.Made.Packages {
		if _, err := os.Stat(compiled); err != nil {
			return prepared{}, false
		}
	}
	return file.Made, len(file.Stamps) > 0
}

// write notes what was prepared.
func (n note) write(made prepared) error {
	if n.folder == "" {
		return nil
	}
	file := noteFile{Version: noteVersion, Key: n.key, Stamps: map[string]stamp{}, Made: made}
	for _, path := range append([]string{n.goCommand}, made.Sources...) {
		s, err := stampOf(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue // a module without a go.sum
		}
		if err != nil {
			return err
		}
		file.Stamps[path] = s
	}
	text, err := json.Marshal(file)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(n.folder, 0o755); err != nil {
		return err
	}
	// Two checks may note at once: each writes a file of its own, and the last one stays.
	temporary, err := os.CreateTemp(n.folder, "prepared-*")
	if err != nil {
		return err
	}
	_, err = temporary.Write(text)
	if err = errors.Join(err, temporary.Close()); err == nil {
		err = os.Rename(temporary.Name(), n.path())
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", n.path(), err), os.Remove(temporary.Name()))
	}
	return nil
}
