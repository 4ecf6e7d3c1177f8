package dstream

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"

	"etincelle/engine/codec"
	"etincelle/engine/event"
	"etincelle/engine/fs"
)

// The progress of a program is written twice for each batch: when its jobs are made,
// and when they are done.
//
//	<dir>/checkpoint-2000        the program's shape, its times, the batches that are not
//	                             done, where the states are; sealed, with a checksum
//	<dir>/checkpoint-2000.bk     the one before it of the same batch
//	<dir>/<session>/rdd-7/…      the states themselves (rdd's checkpoints)
//	<dir>/receivedBlockMetadata  which blocks were received, and which are whose (tracker.go)
//	<dir>/receivedData           the blocks, with WriteAheadLog
//
// The last ten files are kept, so that a damaged one is not the end.

// keptFiles is how many are kept.
const keptFiles = 10

const progressKind = "streaming"

// progress is the contents of a checkpoint file.
type progress struct {
	Time      Time // of the batch
	Zero      Time
	Batch     ms
	Pending   []Time // batches that are not done
	Operators []operator
	Outputs   []outputShape
	Datasets  map[int]map[Time]string // by stream: where the states of a batch are, below the directory
	Inputs    map[int][]byte          // by input: what its source needs
}

// savedDatasets is what one stream has on disk.
type savedDatasets struct {
	current map[Time]string // what the next checkpoint refers to
	files   map[Time]string // all that were written and not removed
	oldest  map[Time]Time   // by checkpoint: the oldest that it refers to
}

// update looks for datasets that have been written since.
func (s *stream) updateSaved(at Time) {
	found := map[Time]string{}
	for t, set := range s.generated {
		if file := set.node.Checkpoint().File; file != "" {
			found[t] = file
		}
	}
	if len(found) == 0 {
		return
	}
	if s.saved.files == nil {
		s.saved.files, s.saved.oldest = map[Time]string{}, map[Time]Time{}
	}
	s.saved.current = found
	oldest := at
	for t, file := range found {
		s.saved.files[t] = file
		oldest = min(oldest, t)
	}
	s.saved.oldest[at] = oldest
}

// removeOld removes the files that the checkpoint of a batch, now on disk, does not
// refer to any more.
func (s *stream) removeOld(files fs.FS, at Time) (err error) {
	oldest, ok := s.saved.oldest[at]
	if !ok {
		return nil
	}
	delete(s.saved.oldest, at)
	for t, file := range s.saved.files {
		if t < oldest {
			err = errors.Join(err, files.Remove(file))
			delete(s.saved.files, t)
		}
	}
	return err
}

// saveProgress writes the progress after a batch was made or, when done, is done.
func (c *Context) saveProgress(at Time, done bool) {
	if c.isDead() {
		return
	}
	if c.checkpointDir == "" {
		if done {
			c.letGo(at)
		}
		return
	}
	every := c.every
	if every == unset {
		every = c.batch
	}
	if whole, err := ms(at - c.zero).multipleOf(every); err != nil || !whole {
		return
	}
	used := c.used()
	for _, s := range used {
		s.updateSaved(at)
	}
	if err := c.writer.write(at, c.progress(at)); err != nil {
		c.report(fmt.Errorf("checkpoint of batch %s: %w", at, err))
		return
	}
	if !done {
		return
	}
	for _, s := range used {
		if err := s.removeOld(c.core.Files(), at); err != nil {
			c.report(err)
		}
	}
	c.letGo(at)
}

// progress is what there is to save.
func (c *Context) progress(at Time) progress {
	p := progress{
		Time: at, Zero: c.zero, Batch: c.batch, Pending: c.jobs.pending(), Operators: c.shape(), Outputs: c.outputShapes(),
		Datasets: map[int]map[Time]string{}, Inputs: map[int][]byte{},
	}
	for _, s := range c.streams {
		for t, file := range s.saved.current {
			if below, err := filepath.Rel(c.checkpointDir, file); err == nil {
				file = below
			}
			if p.Datasets[s.id] == nil {
				p.Datasets[s.id] = map[Time]string{}
			}
			p.Datasets[s.id][t] = file
		}
	}
	for _, in := range c.inputs {
		if in.save == nil {
			continue
		}
		if data, err := codec.Encode(in.save()); err == nil {
			p.Inputs[in.number] = data
		} else {
			c.report(fmt.Errorf("%s: %w", in.name, err))
		}
	}
	return p
}

// checkpointWriter writes checkpoint files, one at a time.
type checkpointWriter struct {
	c  *Context
	mu sync.Mutex
	// A batch that takes long is done after later ones were made. Its checkpoint knows
	// more than theirs, so it takes the name of the latest: that is where a restart looks.
	latest Time
	last   []byte // what the file of that name holds
}

func newCheckpointWriter(c *Context) *checkpointWriter { return &checkpointWriter{c: c} }

func (w *checkpointWriter) write(at Time, p progress) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	payload, err := codec.Encode(p)
	if err != nil {
		return err
	}
	data := codec.Seal(progressKind, payload)
	files := w.c.core.Files()
	if at > w.latest {
		w.latest, w.last = at, nil
	}
	path := checkpointFile(w.c.checkpointDir, w.latest)
	if w.last == nil {
		if w.last, err = fs.Read(files, path); err != nil && !fs.Missing(err) {
			return err
		}
	}
	if len(w.last) > 0 {
		if err := files.Write(path+backup, w.last); err != nil {
			return err
		}
	}
	if err := files.Write(path, data); err != nil { // the program has made progress from here on
		return err
	}
	w.last = data
	w.c.core.Emit(event.StreamingCheckpoint{Time: w.c.clock.Now(), Batch: int64(at), Path: path, Pending: asMillis(p.Pending)})
	return removeOldCheckpoints(files, w.c.checkpointDir)
}

func asMillis(times []Time) []int64 {
	var all []int64
	for _, t := range times {
		all = append(all, int64(t))
	}
	return all
}

const backup = ".bk"

func checkpointFile(dir string, at Time) string {
	return filepath.Join(dir, fmt.Sprintf("checkpoint-%d", int64(at)))
}

var checkpointName = regexp.MustCompile(`^checkpoint-(\d+)(\.bk)?$`)

// checkpointFiles lists the checkpoint files of a folder, the oldest first.
func checkpointFiles(files fs.FS, dir string) ([]string, error) {
	entries, err := files.List(dir)
	if fs.Missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	type file struct {
		path string
		at   int64
		bk   bool
	}
	var found []file
	for _, e := range entries {
		if m := checkpointName.FindStringSubmatch(filepath.Base(e.Path)); m != nil && !e.Dir {
			at, _ := strconv.ParseInt(m[1], 10, 64) // the expression lets digits through only
			found = append(found, file{e.Path, at, m[2] != ""})
		}
	}
	slices.SortFunc(found, func(a, b file) int {
		return cmp.Or(cmp.Compare(a.at, b.at), boolCompare(b.bk, a.bk))
	})
	var paths []string
	for _, f := range found {
		paths = append(paths, f.path)
	}
	return paths, nil
}

// boolCompare orders false before true.
func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func removeOldCheckpoints(files fs.FS, dir string) error {
	paths, err := checkpointFiles(files, dir)
	if err != nil {
		return err
	}
	for _, path := range paths[:max(len(paths)-keptFiles, 0)] {
		err = errors.Join(err, files.Remove(path))
	}
	return err
}

// markApplication notes in the session's own folder whose it is.
func (c *Context) markApplication() error {
	if c.checkpointDir == "" {
		return nil
	}
	note := fmt.Sprintf("%s\n", c.clock.Now().UTC().Format("2006-01-02T15:04:05.000Z07:00"))
	return c.core.Files().Write(filepath.Join(c.core.CheckpointDir(), "_started"), []byte(note))
}
