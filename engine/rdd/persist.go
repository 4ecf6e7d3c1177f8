package rdd

import (
	"iter"
	"reflect"

	"etincelle/engine/codec"
	"etincelle/engine/lineage"
	"etincelle/engine/storage"
)

// StorageLevel says where the partitions of a persisted dataset are kept.
type StorageLevel = lineage.StorageLevel

// Spark's storage levels. Deserialized levels keep Go values; the _SER ones and
// the disk keep bytes. The levels that end in 2 keep each block on two executors.
var (
	MemoryOnly        = StorageLevel{Memory: true, Deserialized: true, Replicas: 1}
	MemoryOnlySer     = StorageLevel{Memory: true, Replicas: 1}
	MemoryAndDisk     = StorageLevel{Disk: true, Memory: true, Deserialized: true, Replicas: 1}
	MemoryAndDiskSer  = StorageLevel{Disk: true, Memory: true, Replicas: 1}
	DiskOnly          = StorageLevel{Disk: true, Replicas: 1}
	MemoryOnly2       = StorageLevel{Memory: true, Deserialized: true, Replicas: 2}
	MemoryOnlySer2    = StorageLevel{Memory: true, Replicas: 2}
	MemoryAndDisk2    = StorageLevel{Disk: true, Memory: true, Deserialized: true, Replicas: 2}
	MemoryAndDiskSer2 = StorageLevel{Disk: true, Memory: true, Replicas: 2}
	DiskOnly2         = StorageLevel{Disk: true, Replicas: 2}
)

// Cache asks the engine to keep r's partitions in memory once an action has
// computed them. It is a mark: nothing runs. The lineage is kept, and a block
// that is lost is computed again from it.
func (r *RDD[T]) Cache() *RDD[T] { return r.Persist(MemoryOnly) }

// Persist is Cache at another level. Changing a level is an error, as in Spark:
// Unpersist first.
func (r *RDD[T]) Persist(level StorageLevel) *RDD[T] {
	persist(r.base, level)
	return r
}

func persist(b *base, level StorageLevel) {
	level.Replicas = level.Copies()
	switch old := b.node.Level(); {
	case b.local:
		level.Disk = true // a local checkpoint has nothing else to come back from
		b.core.Persist(b.node, level)
		return
	case old.Valid() && old != level:
		b.err = firstError(b.err, &lineage.Failure{Class: lineage.SparkUnsupported, Site: lineage.Caller(),
			Message: "Cannot change storage level of an RDD after it was already assigned a level"})
		return
	case old == level:
		return
	}
	if !level.Deserialized || level.Disk || level.Copies() > 1 {
		if err := codec.Check(b.row); err != nil {
			b.err = firstError(b.err, err)
			return
		}
	}
	b.core.Persist(b.node, level)
}

// Unpersist lets r's blocks go and takes the mark off.
func (r *RDD[T]) Unpersist() error { return r.core.Unpersist(r.node) }

// StorageLevel is the level that r is marked with; its zero value means none.
func (r *RDD[T]) StorageLevel() StorageLevel { return r.node.Level() }

// keptOrComputed reads one partition: from a block when there is one, else by
// computing it, keeping the result when the dataset is marked.
func keptOrComputed[T any](b *base, compute reader[T], t *lineage.Task, p int) iter.Seq[T] {
	level := b.node.Level()
	if !level.Valid() {
		return computeOrReadSaved(b, compute, t, p)
	}
	if rows, held := readKept(b, t, p, level); held {
		return counting(watched(t, rows.([]T)), &t.Metrics.Input)
	}
	rows := firstOf(computeOrReadSaved(b, compute, t, p), -1) // all of the partition, even for a Take
	b.core.StoreBlock(t, b.node, p, block(rows, len(rows)))
	return watched(t, rows)
}

// computeOrReadSaved computes a partition, or reads it where a checkpoint put it.
func computeOrReadSaved[T any](b *base, compute reader[T], t *lineage.Task, p int) iter.Seq[T] {
	if read, saved := b.saved.Load().(func(*lineage.Task, int) any); saved {
		return values(read(t, p).([]T))
	}
	return compute(t, p)
}

// readKept is a partition's rows from a block, as a slice of b.row.
func readKept(b *base, t *lineage.Task, p int, level StorageLevel) (rows any, held bool) {
	found, held := b.core.ReadBlock(t, b.node, p)
	if !held || found.Values != nil {
		return found.Values, held
	}
	rows, err := decoded(found.Bytes, b.row)
	t.Check(err)
	if level.Memory && level.Disk {
		b.core.RestoreBlock(t, b.node, p, block(rows, found.Rows)) // it may have come from disk
	}
	return rows, true
}

// block is rows, a slice, as the block manager takes them in.
func block(rows any, n int) storage.Block {
	return storage.Block{
		Values: rows, Rows: n, Size: storage.Size(rows),
		Encode: func() ([]byte, error) { return codec.Encode(rows) },
	}
}

// decoded is a slice of row read from bytes.
func decoded(data []byte, row reflect.Type) (any, error) {
	rows := reflect.New(reflect.SliceOf(row))
	err := codec.Decode(data, rows.Interface())
	return rows.Elem().Interface(), err
}
