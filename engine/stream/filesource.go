package stream

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"sync"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/files"
	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
	"etincelle/engine/stream/checkpoint"
)

// Format is how files hold rows: JSON, CSV or Text.
type Format interface {
	files.Format
	files.Encoder
}

// The formats: an object a line; a row a line, below the columns' names; a line a
// row of one column.
var (
	JSON Format = files.JSON{}
	CSV  Format = files.CSV{Separator: ',', Quote: '"', Header: true}
	Text Format = files.Text{}
)

// FileOption configures a source of files.
type FileOption func(*fileSource)

// MaxFilesPerTrigger bounds the files that a batch reads.
func MaxFilesPerTrigger(n int) FileOption { return func(f *fileSource) { f.most = n } }

// Files is the rows of the files that come to a folder, each file once, in the order
// of their names. A file must come whole: write it elsewhere, under a name that begins
// with a dot or an underscore, and rename it into the folder. One that is written in
// place may be read half.
func Files(s *engine.Session, dir string, format Format, schema frame.Schema, options ...FileOption) *frame.Frame {
	core := engine.Inside(s)
	f := &fileSource{files: core.Files(), dir: dir, format: format, schema: nullable(schema), tasks: s.DefaultParallelism()}
	for _, option := range options {
		option(f)
	}
	return From(s, f)
}

// nullable is schema with nulls allowed everywhere: who knows what files hold.
func nullable(schema column.Schema) column.Schema {
	with := slices.Clone(schema)
	for i := range with {
		with[i].Nullable = true
	}
	return with
}

// fileSource numbers the sets of files that batches read, in a log of its own: an
// offset is {"logOffset":N}, the last set before it.
type fileSource struct {
	files  fs.FS
	dir    string
	format Format
	schema column.Schema
	most   int // files a batch, 0: any number
	tasks  int // that can run at once

	mu   sync.Mutex
	logs fs.FS           // where the log lies
	log  string          // its folder
	sets [][]string      // by number
	kept int             // of them that are in the log
	seen map[string]bool // the files of all sets
}

func (f *fileSource) Description() string { return "FileStreamSource[file:" + f.dir + "]" }

func (f *fileSource) Schema() column.Schema { return f.schema }

// Keep implements keeper: it reads the log.
func (f *fileSource) Keep(at fs.FS, dir string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.log, f.sets, f.kept, f.seen = dir, nil, 0, map[string]bool{}
	for n := 0; ; n++ {
		set, err := checkpoint.Read(at, filepath.Join(dir, strconv.Itoa(n)))
		if fs.Missing(err) {
			f.logs = at
			return nil
		}
		if err != nil {
			return err
		}
		f.take(set)
		f.kept++
	}
}

// Save implements saver: it logs the sets that batches are planned with.
func (f *fileSource) Save() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for ; f.kept < len(f.sets); f.kept++ {
		lines := make([][]byte, len(f.sets[f.kept]))
		for i, path := range f.sets[f.kept] {
			lines[i] = []byte(path)
		}
		if err := checkpoint.Write(f.logs, filepath.Join(f.log, strconv.Itoa(f.kept)), lines...); err != nil {
			return err
		}
	}
	return nil
}

func (f *fileSource) take(set []string) {
	f.sets = append(f.sets, set)
	for _, path := range set {
		f.seen[path] = true
	}
}

// logOffset is an offset of a file source.
type logOffset struct {
	LogOffset int `json:"logOffset"`
}

// setsBefore is how many sets lie before an offset.
func setsBefore(offset string) (int, error) {
	if offset == "" {
		return 0, nil
	}
	var o logOffset
	if err := json.Unmarshal([]byte(offset), &o); err != nil {
		return 0, fmt.Errorf("offset %q: %w", offset, err)
	}
	return o.LogOffset + 1, nil
}

// Latest implements Source: new files become a set.
func (f *fileSource) Latest(start string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	from, err := setsBefore(start)
	if err != nil {
		return "", err
	}
	if from >= len(f.sets) { // else a process before this one logged a set that no batch was planned for
		set, err := f.fresh()
		if err != nil || len(set) == 0 {
			return start, err
		}
		f.take(set)
	}
	text, err := json.Marshal(logOffset{len(f.sets) - 1})
	return string(text), err
}

// fresh is the files that no set has, as many as a batch may read.
func (f *fileSource) fresh() ([]string, error) {
	list, err := f.files.List(f.dir)
	if err != nil {
		return nil, err
	}
	var set []string
	for _, info := range list {
		if info.Dir || fs.Hidden(info.Path) || f.seen[info.Path] {
			continue
		}
		if f.most > 0 && len(set) == f.most {
			break
		}
		set = append(set, info.Path)
	}
	return set, nil
}

// Batch implements Source.
func (f *fileSource) Batch(start, end string) ([]Part, error) {
	from, err := setsBefore(start)
	if err != nil {
		return nil, err
	}
	to, err := setsBefore(end)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if from > to || to > len(f.sets) {
		return nil, fmt.Errorf("sets of files %d to %d were asked for, and the log has %d", from, to, len(f.sets))
	}
	table := &files.Table{Files: f.files, At: f.dir}
	for _, set := range f.sets[from:to] {
		for _, path := range set {
			info, err := f.files.Stat(path)
			if err != nil {
				return nil, fmt.Errorf("a file of the batch is gone: %w", err)
			}
			table.Data = append(table.Data, info)
		}
	}
	read, err := table.With(f.format, f.schema).Parts(f.tasks)
	if err != nil {
		return nil, err
	}
	parts := make([]Part, len(read))
	for i, p := range read {
		parts[i] = filePart{p, f.schema}
	}
	return parts, nil
}

// Commit implements Source: the files stay where they are.
func (f *fileSource) Commit(string) error { return nil }

// filePart is what one task reads of files.
type filePart struct {
	of     physical.Part
	schema column.Schema
}

func (p filePart) Read(t *lineage.Task, emit func(column.Batch) bool) error {
	return p.of.Read(t, p.schema, nil, emit)
}
