package dstream

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

// files is a stream of the files that come into a folder. It has no receiver: the files
// are there to be read again, so a batch that runs again reads the same ones.
type files struct {
	fs  fs.FS
	dir string

	mu      sync.Mutex
	started bool
	state   filesState
}

// filesState is what a checkpoint holds of it.
type filesState struct {
	Seen    []string          // names that are not new any more, in order
	Batches map[Time][]string // what batches have read
}

// TextFileStream is the lines of the files that come into a folder after the program has
// started: in each batch, of those that were not there at the batch before. A file must
// come whole, under its last name: write it elsewhere and move it. Names that begin with
// a dot or an underscore are passed over; so is what is added to a file later.
func TextFileStream(c *Context, dir string) *DStream[string] {
	f := &files{fs: c.core.Files(), dir: dir, state: filesState{Batches: map[Time][]string{}}}
	d, in := inputStream(c, "MappedDStream", "textFileStream", func(at Time) (*rdd.RDD[string], int64, error) {
		names, err := f.of(at)
		if err != nil {
			return nil, 0, err
		}
		var all []*rdd.RDD[string]
		for _, name := range names {
			all = append(all, rdd.TextFile(c.session, name, 1))
		}
		return rdd.Union(c.session, all...), 0, nil // as in Spark, rows of files are not counted
	})
	in.start = f.start
	in.save = func() any { return f.snapshot() }
	in.load = f.load
	in.drop = func(before Time) {
		f.mu.Lock()
		defer f.mu.Unlock()
		maps.DeleteFunc(f.state.Batches, func(at Time, _ []string) bool { return at < before })
	}
	return d
}

// start notes which files are there already: they are not new.
func (f *files) start() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.started || f.state.Seen != nil {
		f.started = true
		return nil // what a checkpoint knew
	}
	names, err := f.list()
	if err != nil {
		return err
	}
	f.started, f.state.Seen = true, append([]string{}, names...)
	return nil
}

func (f *files) list() ([]string, error) {
	entries, err := f.fs.List(f.dir)
	if fs.Missing(err) {
		return nil, fmt.Errorf("folder %s does not exist: make it, then start the program", f.dir)
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if !e.Dir && !fs.Hidden(e.Path) {
			names = append(names, e.Path)
		}
	}
	return names, nil
}

// of is the files of a batch: those that it has read before, else the new ones.
func (f *files) of(at Time) ([]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if names, again := f.state.Batches[at]; again {
		return names, nil
	}
	names, err := f.list()
	if err != nil {
		return nil, err
	}
	fresh := slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		_, seen := slices.BinarySearch(f.state.Seen, name)
		return seen
	})
	f.state.Seen = names // sorted by the file system; what was removed may come again
	f.state.Batches[at] = fresh
	return fresh, nil
}

func (f *files) snapshot() filesState {
	f.mu.Lock()
	defer f.mu.Unlock()
	return filesState{Seen: slices.Clone(f.state.Seen), Batches: maps.Clone(f.state.Batches)}
}

func (f *files) load(decode func(any) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var saved filesState
	if err := decode(&saved); err != nil {
		return err
	}
	if saved.Batches == nil {
		saved.Batches = map[Time][]string{}
	}
	if saved.Seen == nil {
		saved.Seen = []string{}
	}
	f.state = saved
	return nil
}
