package rdd

import (
	"iter"
	"reflect"
	"slices"

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
	switch old := r.node.Level(); {
	case old.Valid() && old != level:
		r.err = firstError(r.err, &lineage.Failure{Class: lineage.SparkUnsupported, Site: lineage.Caller(),
			Message: "Cannot change storage level of an RDD after it was already assigned a level"})
		return r
	case old == level:
		return r
	}
	if !level.Deserialized || level.Disk || level.Copies() > 1 {
		if err := codec.Check(reflect.TypeFor[T]()); err != nil {
			r.err = firstError(r.err, err)
			return r
		}
	}
	r.core.Persist(r.node, level)
	return r
}

// Unpersist lets r's blocks go and takes the mark off.
func (r *RDD[T]) Unpersist() error { return r.core.Unpersist(r.node) }

// StorageLevel is the level that r is marked with; its zero value means none.
func (r *RDD[T]) StorageLevel() StorageLevel { return r.node.Level() }

// keptOrComputed reads one partition: from a block when there is one, else by
// computing it, keeping the result when r is marked.
func (r *RDD[T]) keptOrComputed(t *lineage.Task, p int) iter.Seq[T] {
	level := r.node.Level()
	if !level.Valid() {
		return r.computeOrReadSaved(t, p)
	}
	if block, held := r.core.ReadBlock(t, r.node, p); held {
		rows := decoded[T](t, block)
		if block.Values == nil && level.Memory && level.Disk {
			r.core.RestoreBlock(t, r.node, p, r.block(rows)) // it may have come from disk
		}
		return counting(values(rows), &t.Metrics.Input)
	}
	rows := slices.Collect(r.computeOrReadSaved(t, p)) // all of the partition, even for a Take
	r.core.StoreBlock(t, r.node, p, r.block(rows))
	return values(rows)
}

// block is rows as the block manager takes them in.
func (r *RDD[T]) block(rows []T) storage.Block {
	return storage.Block{
		Values: rows, Rows: len(rows), Size: storage.Size(rows),
		Encode: func() ([]byte, error) { return codec.Encode(rows) },
	}
}

// decoded is the rows of a block.
func decoded[T any](t *lineage.Task, b storage.Block) []T {
	if b.Values != nil {
		return b.Values.([]T)
	}
	var rows []T
	t.Check(codec.Decode(b.Bytes, &rows))
	return rows
}
