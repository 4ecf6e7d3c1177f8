package rdd

import (
	"fmt"
	"iter"
	"path/filepath"
	"reflect"

	"etincelle/engine"
	"etincelle/engine/codec"
	"etincelle/engine/event"
	"etincelle/engine/fs"
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

// saving says what kind of copy is asked for.
type saving int

const (
	reliably saving = iota // on disk, for good
	locally                // in the executors' blocks: fast, and lost with them
)

// Checkpoint marks r to be written to the checkpoint directory when its next job
// is over, by a second job; its lineage is then cut. A mark that comes after a
// first job on r is silently never acted upon, as in Spark. No directory is an
// error.
func (r *RDD[T]) Checkpoint() *RDD[T] {
	if r.core.CheckpointDir() == "" {
		r.err = firstError(r.err, &lineage.Failure{Class: lineage.SparkException, Site: lineage.Caller(),
			Message: "Checkpoint directory has not been set in the SparkContext"})
		return r
	}
	return r.mark(reliably)
}

// LocalCheckpoint marks r to be kept in the executors' blocks and its lineage to
// be cut: fast, but a lost block cannot be computed again. The storage level is
// raised to include the disk.
func (r *RDD[T]) LocalCheckpoint() *RDD[T] {
	level := r.node.Level()
	switch {
	case !level.Valid():
		level = MemoryAndDisk
	case !level.Disk:
		level.Disk = true
	}
	if level != r.node.Level() {
		r.core.Persist(r.node, level)
	}
	return r.mark(locally)
}

func (r *RDD[T]) mark(how saving) *RDD[T] {
	if save := r.save(how); save != nil && r.err == nil {
		r.node.Mark(save)
	}
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

// saver returns what saves r when a job is over. A type whose values would not
// come back is the definition's mistake.
func (r *RDD[T]) saver(how saving) func(string) error {
	if err := codec.Check(reflect.TypeFor[T]()); err != nil {
		r.err = firstError(r.err, err)
		return nil
	}
	if how == locally {
		return r.saveLocally
	}
	return r.saveReliably
}

// computeOrReadSaved computes a partition, or reads it where a checkpoint put it.
func (r *RDD[T]) computeOrReadSaved(t *lineage.Task, p int) iter.Seq[T] {
	if read := r.saved.Load(); read != nil {
		return (*read)(t, p)
	}
	return r.compute(t, p)
}

// replace makes read the way r is computed: the moment of the cut.
func (r *RDD[T]) replace(class, op, file string, read reader[T]) {
	parent := define(r.session, dataset[T]{class: class, op: op, partitions: r.node.Partitions, partitioner: r.node.Partitioner, compute: read})
	r.saved.Store(&read)
	r.node.Saved(file, lineage.Narrow(parent.node))
	n, _ := r.node.Partitions() // counted long ago: its job is over
	r.core.Emit(event.CheckpointWritten{Dataset: r.node.ID, Path: file, Partitions: n})
}

func (r *RDD[T]) saveReliably(action string) error {
	folder := filepath.Join(r.core.CheckpointDir(), fmt.Sprintf("rdd-%d", r.node.ID))
	n, err := r.node.Partitions()
	if err != nil {
		return err
	}
	files := r.core.Files()
	err = r.core.Run(engine.Job{
		Action: action, Target: r.node, Partitions: upTo(0, n),
		Compute: func(t *lineage.Task, p int) (any, error) {
			return nil, writeCheckpoint(files, filepath.Join(folder, part(p)), gather(r.rows(t, p)))
		},
	})
	if err == nil {
		err = writePlacement(files, folder, r.node.Partitioner)
	}
	if err != nil {
		return fmt.Errorf("checkpoint of %s in %s: %w", r.node, folder, err)
	}
	r.replace("ReliableCheckpointRDD", action, folder, fromFiles[T](files, folder))
	return nil
}

func fromFiles[T any](files fs.FS, folder string) reader[T] {
	return func(t *lineage.Task, p int) iter.Seq[T] {
		rows, err := readCheckpoint[T](files, filepath.Join(folder, part(p)))
		t.Check(err)
		return values(rows)
	}
}

// saveLocally computes the partitions that no block holds and cuts the lineage.
func (r *RDD[T]) saveLocally(action string) error {
	n, err := r.node.Partitions()
	if err != nil {
		return err
	}
	var missing []int
	for p := range n {
		if !r.core.Holds(r.node, p) {
			missing = append(missing, p)
		}
	}
	if len(missing) > 0 {
		_, err := run(r, action, missing, func(_ *lineage.Task, rows iter.Seq[T]) (struct{}, error) {
			for range rows { // reading a persisted partition keeps it
			}
			return struct{}{}, nil
		})
		if err != nil {
			return err
		}
	}
	id := r.node.ID
	r.replace("LocalCheckpointRDD", action, "", func(t *lineage.Task, p int) iter.Seq[T] {
		t.Fail(&lineage.Failure{Class: lineage.SparkException, Message: fmt.Sprintf(
			"[CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND] Checkpoint block rdd_%d_%d not found! Either the executor that originally checkpointed this partition is no longer alive, or the original RDD is unpersisted. If this problem persists, you may consider using `rdd.checkpoint()` instead, which is slower than local checkpointing but more fault-tolerant. SQLSTATE: 56000", id, p)})
		return nil
	})
	return nil
}
