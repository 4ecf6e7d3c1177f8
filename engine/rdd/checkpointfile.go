package rdd

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"etincelle/engine"
	"etincelle/engine/codec"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

const (
	checkpointKind = "checkpoint" // of a sealed file
	placementFile  = "_partitioner"
)

// savedPart is the contents of one file of a checkpoint.
type savedPart struct {
	Type  string // the rows' Go type, so that a reader of another type is told
	Part  int    // its number, so that a renamed file is told
	Parts int    // of how many, so that a lost file is told
	Rows  []byte
}

// writeCheckpoint writes rows, a slice, with what saved says of them.
func writeCheckpoint(files fs.FS, path string, rows any, saved savedPart) error {
	var err error
	if saved.Rows, err = codec.Encode(rows); err != nil {
		return err
	}
	payload, err := codec.Encode(saved)
	if err != nil {
		return err
	}
	data := codec.Seal(checkpointKind, payload)
	if err := files.Write(sumFile(path), []byte(sum(data))); err != nil {
		return err
	}
	return files.Write(path, data)
}

func sumFile(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".crc")
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// fromFiles reads the partitions of a checkpoint, as slices of row; count is how
// many were found.
func fromFiles(files fs.FS, folder string, row reflect.Type, count func() (int, error)) func(*lineage.Task, int) any {
	return func(t *lineage.Task, p int) any {
		parts, err := count()
		t.Check(err)
		rows, err := readCheckpoint(files, filepath.Join(folder, part(p)), row, p, parts)
		t.Check(err)
		return rows
	}
}

// readCheckpoint reads part number p of parts, and refuses it by name when it is
// not what was written.
func readCheckpoint(files fs.FS, path string, row reflect.Type, p, parts int) (any, error) {
	data, err := fs.Read(files, path)
	if err != nil {
		return nil, fmt.Errorf("checkpoint: %w: write it again from its source", err)
	}
	payload, err := codec.Open(path, checkpointKind, data)
	if err != nil {
		return nil, err
	}
	if kept, err := fs.Read(files, sumFile(path)); err == nil && string(kept) != sum(data) {
		return nil, fmt.Errorf("%s: %w: its sum is not the one in %s", path, codec.ErrDamaged, sumFile(path))
	}
	var saved savedPart
	if err := codec.Decode(payload, &saved); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	switch {
	case saved.Type != row.String():
		return nil, fmt.Errorf("%s holds rows of type %s, rows of type %s were asked for: name the type in FromCheckpoint[%s]", path, saved.Type, row, saved.Type)
	case saved.Part != p:
		return nil, fmt.Errorf("%s: %w: it was written as %s", path, codec.ErrDamaged, part(saved.Part))
	case saved.Parts != parts:
		return nil, fmt.Errorf("%s: %w: it is one of %d parts and %d are there: look for %s", path, codec.ErrDamaged, saved.Parts, parts, filepath.Join(filepath.Dir(path), part(parts)))
	}
	rows, err := decoded(saved.Rows, row)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return rows, nil
}

// writePlacement notes a hash partitioner beside the parts; others cannot be
// written out and are forgotten by a reader.
func writePlacement(files fs.FS, folder string, by Partitioner) error {
	hash, ok := by.(hashPartitioner)
	if !ok {
		return nil
	}
	return files.Write(filepath.Join(folder, placementFile), codec.Seal(placementFile, []byte(strconv.Itoa(hash.n))))
}

func readPlacement(files fs.FS, folder string) (Partitioner, error) {
	path := filepath.Join(folder, placementFile)
	data, err := fs.Read(files, path)
	if fs.Missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	payload, err := codec.Open(path, placementFile, data)
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(string(payload))
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", path, codec.ErrDamaged, err)
	}
	return Hash(n), nil
}

// FromCheckpoint reads what another session, or another program, checkpointed:
// path is what CheckpointFile returned there. T must be the type of its rows.
// The first action tells of a missing, damaged or foreign file by its name.
func FromCheckpoint[T any](s *engine.Session, path string) *RDD[T] {
	files := engine.Inside(s).Files()
	by, err := readPlacement(files, path)
	count := sync.OnceValues(func() (int, error) { return countParts(files, path) })
	read := fromFiles(files, path, reflect.TypeFor[T](), count)
	return define(s, dataset[T]{
		class: "ReliableCheckpointRDD", op: "checkpointFile", partitions: count, partitioner: by, err: err,
		compute: func(t *lineage.Task, p int) iter.Seq[T] { return values(read(t, p).([]T)) },
	})
}

// countParts counts the parts in a folder: numbers without a gap, or one is lost.
func countParts(files fs.FS, folder string) (int, error) {
	entries, err := files.List(folder)
	if err != nil {
		return 0, fmt.Errorf("checkpoint %s: %w: it is the folder that CheckpointFile names", folder, err)
	}
	n := 0
	for _, e := range entries {
		if number, isPart := strings.CutPrefix(filepath.Base(e.Path), "part-"); isPart && strings.Trim(number, "0123456789") == "" {
			n++
		}
	}
	for p := range max(n, 1) {
		if _, err := files.Stat(filepath.Join(folder, part(p))); err != nil {
			return 0, fmt.Errorf("checkpoint %s: a part is missing: %w", folder, err)
		}
	}
	return n, nil
}
