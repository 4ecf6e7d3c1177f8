package checkpoint

import (
	"encoding/json"
	"fmt"

	"etincelle/engine/fs"
)

// Offsets is an entry of the offset log: all that a batch depends on. A batch
// that is run again after a crash reads the same rows and gives the same rows.
type Offsets struct {
	Watermark int64             `json:"batchWatermarkMs"` // in force during the batch
	Time      int64             `json:"batchTimestampMs"` // the processing time of the batch
	Conf      map[string]string `json:"conf,omitempty"`   // settings that may not change
	Sources   []string          `json:"-"`                // where each source's rows end, as JSON; "-" before its first
}

// WriteOffsets plans batch n: from here on the batch will be run, by this
// process or the next.
func WriteOffsets(files fs.FS, dir string, n int64, o Offsets) error {
	head, err := json.Marshal(o)
	if err != nil {
		return fmt.Errorf("offsets of batch %d: %w", n, err)
	}
	lines := [][]byte{head}
	for _, s := range o.Sources {
		lines = append(lines, []byte(s))
	}
	return Write(files, numbered(dir, offsets, n), lines...)
}

// ReadOffsets returns what batch n was to read.
func ReadOffsets(files fs.FS, dir string, n int64) (Offsets, error) {
	var o Offsets
	path := numbered(dir, offsets, n)
	lines, err := Read(files, path)
	if err != nil {
		return o, err
	}
	if len(lines) == 0 {
		return o, fmt.Errorf("%s: %w: it is empty", path, ErrDamaged)
	}
	if err := json.Unmarshal([]byte(lines[0]), &o); err != nil {
		return o, fmt.Errorf("%s: %w: %w", path, ErrDamaged, err)
	}
	o.Sources = lines[1:]
	return o, nil
}

// Commit is an entry of the commit log.
type Commit struct {
	NextWatermark int64   `json:"nextBatchWatermarkMs"` // of the batch after it
	Reached       []int64 `json:"reached,omitempty"`    // what each watermark operator had come to, for readers
}

// WriteCommit ends batch n: it will not run again.
func WriteCommit(files fs.FS, dir string, n int64, c Commit) error {
	line, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("commit of batch %d: %w", n, err)
	}
	return Write(files, numbered(dir, commits, n), line)
}

// ReadCommit returns what WriteCommit wrote.
func ReadCommit(files fs.FS, dir string, n int64) (Commit, error) {
	var c Commit
	path := numbered(dir, commits, n)
	lines, err := Read(files, path)
	if err != nil {
		return c, err
	}
	if len(lines) != 1 {
		return c, fmt.Errorf("%s: %w: found %d lines, expected 1", path, ErrDamaged, len(lines))
	}
	if err := json.Unmarshal([]byte(lines[0]), &c); err != nil {
		return c, fmt.Errorf("%s: %w: %w", path, ErrDamaged, err)
	}
	return c, nil
}
