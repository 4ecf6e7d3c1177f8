package dstream

import (
	"time"

	"etincelle/engine/rdd"
)

// Persist has the datasets of every batch kept at a storage level, for streams that
// are read by several outputs; what is older than any stream needs is let go. After
// Start it is refused.
func (d *DStream[T]) Persist(level rdd.StorageLevel) *DStream[T] {
	if d.ready {
		d.err = firstError(d.err, failure(unsupported, "Cannot change storage level of a DStream after streaming context has started"))
		return d
	}
	d.persistAt(level)
	return d
}

// persistAt marks the stream; a window keeps the batches that it looks at instead.
func (s *stream) persistAt(level rdd.StorageLevel) {
	if s.class == windowedClass && len(s.parents) == 1 {
		s = s.parents[0]
	}
	s.level = level
}

// Cache is Persist serialized in memory, which is what streams are kept at.
func (d *DStream[T]) Cache() *DStream[T] { return d.Persist(rdd.MemoryOnlySer) }

// CheckpointEvery has the datasets of the stream written to the checkpoint directory
// every so often, and their lineage cut. The interval must be a multiple of the slide;
// five to ten slides are a good one. After Start it is refused.
func (d *DStream[T]) CheckpointEvery(interval time.Duration) *DStream[T] {
	if d.ready {
		d.err = firstError(d.err, failure(unsupported, "Cannot change checkpoint interval of a DStream after streaming context has started"))
		return d
	}
	d.persistAt(rdd.MemoryOnlySer)
	d.every = millis(interval)
	return d
}
