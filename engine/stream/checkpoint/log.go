package checkpoint

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"etincelle/engine/fs"
)

// The logs' folders.
const (
	offsets = "offsets"
	commits = "commits"
)

func numbered(dir, log string, n int64) string {
	return filepath.Join(dir, log, strconv.FormatInt(n, 10))
}

// batches lists the batches of a log, in order. Names that are not numbers
// (temporary files, a copy somebody made) are not of the log.
func batches(files fs.FS, dir, log string) ([]int64, error) {
	list, err := files.List(filepath.Join(dir, log))
	if fs.Missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var found []int64
	for _, f := range list {
		if n, err := strconv.ParseInt(filepath.Base(f.Path), 10, 64); err == nil && n >= 0 && !f.Dir {
			found = append(found, n)
		}
	}
	slices.Sort(found)
	return found, nil
}

// Position is where a query stands in its logs.
type Position struct {
	Planned   int64    // the last batch of the offset log, -1 when there is none
	Committed int64    // the last batch of the commit log, -1 when there is none
	Last      Offsets  // of batch Planned
	Before    *Offsets // of the batch before it, when there is one
	Commit    Commit   // of batch Committed
}

// Open reads the logs of dir and checks that they fit each other: a batch is
// committed after it was planned, and at most one was planned and not committed.
func Open(files fs.FS, dir string) (Position, error) {
	p := Position{Planned: -1, Committed: -1}
	planned, err := batches(files, dir, offsets)
	if err != nil {
		return p, err
	}
	committed, err := batches(files, dir, commits)
	if err != nil {
		return p, err
	}
	if len(planned) > 0 {
		p.Planned = planned[len(planned)-1]
	}
	if len(committed) > 0 {
		p.Committed = committed[len(committed)-1]
	}
	if p.Planned-p.Committed > 1 || p.Committed > p.Planned {
		return p, fmt.Errorf("%s: %w: the offset log ends with batch %d and the commit log with batch %d, and they may differ by one; nothing was changed: restore the files, or start with a new checkpoint folder",
			dir, ErrDamaged, p.Planned, p.Committed)
	}
	if p.Planned >= 0 {
		if p.Last, err = ReadOffsets(files, dir, p.Planned); err != nil {
			return p, err
		}
	}
	if p.Planned > 0 {
		before, err := ReadOffsets(files, dir, p.Planned-1)
		if err != nil {
			return p, missingIsDamage(err)
		}
		p.Before = &before
	}
	if p.Committed >= 0 {
		p.Commit, err = ReadCommit(files, dir, p.Committed)
	}
	return p, err
}

func missingIsDamage(err error) error {
	if fs.Missing(err) {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

// Purge forgets the log entries of batches before n: nobody will ask for them.
func Purge(files fs.FS, dir string, n int64) error {
	for _, log := range []string{offsets, commits} {
		found, err := batches(files, dir, log)
		if err != nil {
			return err
		}
		for _, batch := range found {
			if batch < n {
				if err := files.Remove(numbered(dir, log, batch)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
