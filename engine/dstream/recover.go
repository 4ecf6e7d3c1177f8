package dstream

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"etincelle/engine"
	"etincelle/engine/codec"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

// GetOrCreate starts a program from the checkpoint in dir, or afresh when there is
// none; setup defines it in both cases. (Spark's calls it in the second alone, and
// takes the functions, too, from the checkpoint: Go cannot write functions out.) A
// program that is not the one of the checkpoint is refused, naming the operator that
// differs.
//
// From the checkpoint come the times, the batches that were not done, the states, and
// with WriteAheadLog the blocks that were received. The last batch that was done runs
// again, too: a checkpoint is of before it was known to be done. States are not counted
// twice; what outputs have written is.
func GetOrCreate(s *engine.Session, dir string, setup func(*engine.Session) (*Context, error)) (*Context, error) {
	core := engine.Inside(s)
	found, err := readProgress(core.Files(), dir)
	if err != nil {
		return nil, err
	}
	c, err := setup(s)
	if err != nil {
		return nil, fmt.Errorf("the setup of the streaming program: %w", err)
	}
	if found == nil {
		return c, nil
	}
	for _, in := range c.inputs {
		if in.durable != nil {
			return nil, unreadable(dir, in.durable)
		}
	}
	if c.checkpointDir == "" {
		c.Checkpoint(dir)
	}
	if err := c.compareShape(*found, dir); err != nil {
		return nil, err
	}
	for _, in := range c.inputs {
		if data, ok := found.Inputs[in.number]; ok && in.load != nil {
			if err := in.load(func(into any) error { return codec.Decode(data, into) }); err != nil {
				return nil, unreadable(dir, err)
			}
		}
	}
	c.recovered = &recovered{progress: *found, dir: dir, zero: found.Zero}
	return c, nil
}

func unreadable(dir string, cause error) error {
	return &lineage.Failure{Class: lineage.SparkException, Message: "Failed to read checkpoint from directory " + dir, Cause: cause}
}

// readProgress reads the newest checkpoint of a folder that is whole, nil when there
// is none at all.
func readProgress(files fs.FS, dir string) (*progress, error) {
	paths, err := checkpointFiles(files, dir)
	if err != nil {
		return nil, unreadable(dir, err)
	}
	var problems []error
	for _, path := range slices.Backward(paths) {
		p, err := readProgressFile(files, path)
		if err == nil {
			return p, nil
		}
		problems = append(problems, err)
	}
	if len(problems) > 0 {
		return nil, unreadable(dir, errors.Join(problems...))
	}
	return nil, nil
}

func readProgressFile(files fs.FS, path string) (*progress, error) {
	data, err := fs.Read(files, path)
	if err != nil {
		return nil, err
	}
	payload, err := codec.Open(path, progressKind, data)
	if err != nil {
		return nil, err
	}
	p := &progress{}
	if err := codec.Decode(payload, p); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, nil
}

// recovered is what a restarted program goes on from.
type recovered struct {
	progress
	dir  string
	zero Time
}

// restoreStreams gives the streams the datasets that are on disk.
func (r *recovered) restoreStreams(c *Context) {
	for _, s := range c.streams {
		for at, below := range r.Datasets[s.id] {
			path := below
			if !filepath.IsAbs(path) {
				path = filepath.Join(r.dir, below)
			}
			if s.generated == nil {
				s.generated = map[Time]*dataset{}
			}
			s.generated[at] = s.restore(path)
			if s.saved.current == nil {
				s.saved = savedDatasets{current: map[Time]string{}, files: map[Time]string{}, oldest: map[Time]Time{}}
			}
			s.saved.current[at], s.saved.files[at] = path, path
		}
	}
}

// again lists the batches that run again: those that were not done, and those from the
// checkpoint to the restart, its own included.
func (r *recovered) again(next Time, batch ms) []Time {
	times := slices.Clone(r.Pending)
	for at := r.Time; at < next; at += Time(batch) {
		times = append(times, at)
	}
	times = slices.DeleteFunc(times, func(at Time) bool { return at >= next })
	slices.Sort(times)
	return slices.Compact(times)
}
