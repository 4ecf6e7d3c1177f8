package checkpoint

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"

	"etincelle/engine/fs"
)

// Metadata is what a checkpoint says of its query. Filters and projections may
// change between two runs; what lies on disk in a form of its own may not, and
// each such thing has a line: a source, a stateful operator with its keys,
// buffers and windows.
type Metadata struct {
	ID      string   `json:"id"`
	Sources []string `json:"sources"`
	State   []string `json:"state"`
}

const metadata = "metadata"

// Begin binds dir to the query that mine describes: it writes the metadata of a
// new checkpoint, or returns the id that an old one has. A checkpoint of another
// query is refused, and nothing in it is touched.
func Begin(files fs.FS, dir string, mine Metadata) (id string, err error) {
	path := filepath.Join(dir, metadata)
	lines, err := Read(files, path)
	if fs.Missing(err) {
		return mine.ID, begin(files, dir, path, mine)
	}
	if err != nil {
		return "", err
	}
	if len(lines) != 1 {
		return "", fmt.Errorf("%s: %w: found %d lines, expected 1", path, ErrDamaged, len(lines))
	}
	var found Metadata
	if err := json.Unmarshal([]byte(lines[0]), &found); err != nil {
		return "", fmt.Errorf("%s: %w: %w", path, ErrDamaged, err)
	}
	for _, part := range []struct {
		name        string
		found, mine []string
	}{{"source", found.Sources, mine.Sources}, {"stateful operator", found.State, mine.State}} {
		if err := same(path, part.name, part.found, part.mine); err != nil {
			return "", err
		}
	}
	return found.ID, nil
}

// begin writes the metadata of a new checkpoint. A folder that has logs but no
// metadata has lost a file.
func begin(files fs.FS, dir, path string, mine Metadata) error {
	for _, log := range []string{offsets, commits} {
		found, err := batches(files, dir, log)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			return fmt.Errorf("%s: %w: it is missing, and the folder holds %s of %d batches; nothing was changed: restore the file, or start with a new checkpoint folder",
				path, ErrDamaged, log, len(found))
		}
	}
	line, err := json.Marshal(mine)
	if err != nil {
		return err
	}
	return Write(files, path, line)
}

// same refuses a list that is not the one found, naming the first difference.
func same(path, name string, found, mine []string) error {
	if slices.Equal(found, mine) {
		return nil
	}
	refuse := func(what string) error {
		return fmt.Errorf("%s: %w: %s; nothing was changed: go on with the query as it was, or start with a new checkpoint folder", path, ErrOther, what)
	}
	if len(found) != len(mine) {
		return refuse(fmt.Sprintf("it was written with %d %ss, and this query has %d", len(found), name, len(mine)))
	}
	for i := range found {
		if found[i] != mine[i] {
			return refuse(fmt.Sprintf("%s %d was\n    %s\nand is now\n    %s\n", name, i, found[i], mine[i]))
		}
	}
	return nil
}
