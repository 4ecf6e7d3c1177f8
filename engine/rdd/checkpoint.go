package rdd

import (
	"fmt"
	"path/filepath"

	"etincelle/engine/codec"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// A checkpoint replaces the way a dataset is computed by a copy of its rows:
//
//	<checkpoint dir>/<session>/rdd-7/part-00000        sealed: rows and their type
//	                                 .part-00000.crc   SHA-256 of the part, in hex
//	                                 _partitioner      when the dataset is placed by hash
//
// Against a cache: it lies on a disk that outlives the application, another job
// can read it, it cuts the lineage, and it costs a second job. Cache first, or
// the rows are computed twice.

// Checkpoint marks r to be written to the checkpoint directory when its next job
// is over, by a second job; its lineage is then cut. A mark that comes after a
// first job on r is silently never acted upon, as in Spark; so is a second mark.
// No directory is an error.
func (r *RDD[T]) Checkpoint() *RDD[T] {
	markReliable(r.base)
	return r
}

// LocalCheckpoint marks r to be kept in the executors' blocks and its lineage to
// be cut: fast, but a lost block cannot be computed again. The storage level is
// raised to include the disk. It takes the place of a Checkpoint that is not
// written yet.
func (r *RDD[T]) LocalCheckpoint() *RDD[T] {
	markLocal(r.base)
	return r
}

// IsCheckpointed reports whether r has been saved and its lineage cut.
func (r *RDD[T]) IsCheckpointed() bool { return r.node.Checkpoint().Done }

// CheckpointFile is the folder that holds r's rows; ok is false before the write
// and for a local checkpoint.
func (r *RDD[T]) CheckpointFile() (path string, ok bool) {
	path = r.node.Checkpoint().File
	return path, path != ""
}

func markReliable(b *base) {
	if b.core.CheckpointDir() == "" {
		b.err = firstError(b.err, &lineage.Failure{Class: lineage.SparkException, Site: lineage.Caller(),
			Message: "Checkpoint directory has not been set in the SparkContext"})
		return
	}
	if b.node.Checkpoint().Save == nil {
		mark(b, func(action string) error { return saveReliably(b, action) })
	}
}

func markLocal(b *base) {
	level := b.node.Level()
	switch {
	case !level.Valid():
		level = MemoryAndDisk
	case !level.Disk:
		level.Disk = true
	}
	if level != b.node.Level() {
		b.core.Persist(b.node, level)
	}
	if !b.node.Checkpoint().Done {
		b.local = true
		mark(b, func(action string) error { return saveLocally(b, action) })
	}
}

// mark remembers what saves the dataset when a job is over. A type whose values
// would not come back is the definition's mistake.
func mark(b *base, save func(action string) error) {
	if err := codec.Check(b.row); err != nil {
		b.err = firstError(b.err, err)
		return
	}
	b.node.Mark(save)
}

// replace makes read the way the dataset is computed: the moment of the cut.
func replace(b *base, class, op, file string, read func(*lineage.Task, int) any) {
	parent := newBase(b.session, class, op, b.node.Partitions, b.node.Partitioner, nil, nil)
	b.saved.Store(read)
	b.node.Saved(file, lineage.Narrow(parent.node))
	b.core.Emit(event.CheckpointWritten{Dataset: b.node.ID, Path: file, Partitions: countPartitions(b)})
}

func saveReliably(b *base, action string) error {
	folder := filepath.Join(b.core.CheckpointDir(), fmt.Sprintf("rdd-%d", b.node.ID))
	files, parts := b.core.Files(), countPartitions(b)
	_, err := runOnAll(b, action, func(t *lineage.Task, p int) (any, error) {
		return nil, writeCheckpoint(files, filepath.Join(folder, part(p)), b.slice(t, p), savedPart{Type: b.row.String(), Part: p, Parts: parts})
	})
	if err == nil {
		err = writePlacement(files, folder, b.node.Partitioner)
	}
	if err != nil {
		return fmt.Errorf("checkpoint of %s in %s: %w", b.node, folder, err)
	}
	replace(b, "ReliableCheckpointRDD", action, folder, fromFiles(files, folder, b.row, fixed(parts)))
	return nil
}

// saveLocally computes the partitions that no block holds and cuts the lineage.
func saveLocally(b *base, action string) error {
	n, err := b.node.Partitions()
	if err != nil {
		return err
	}
	var missing []int
	for p := range n {
		if !b.core.Holds(b.node, p) {
			missing = append(missing, p)
		}
	}
	if len(missing) > 0 {
		_, err := runOn(b, action, missing, func(t *lineage.Task, p int) (any, error) {
			b.slice(t, p) // reading a persisted partition keeps it
			return nil, nil
		})
		if err != nil {
			return err
		}
	}
	id := b.node.ID
	replace(b, "LocalCheckpointRDD", action, "", func(t *lineage.Task, p int) any {
		t.Fail(&lineage.Failure{Class: lineage.SparkException, Message: fmt.Sprintf(
			"[CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND] Checkpoint block rdd_%d_%d not found! Its executor is gone, or the dataset was unpersisted, and its lineage was cut: use Checkpoint where a loss must be survived. SQLSTATE: 56000", id, p)})
		return nil
	})
	return nil
}
