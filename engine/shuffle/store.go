// Package shuffle keeps what stages hand to each other: for each shuffle, one
// bucket per (map partition, reduce partition). Store is one executor's share;
// Tracker knows which executor holds which map output.
package shuffle

import (
	"sync"

	"etincelle/engine/spill"
)

// Bucket is rows on their way to one place, in order: first those that went to
// disk, then those in memory.
type Bucket struct {
	Segments []spill.Segment
	Chunks   []any // typed slices: rows are boxed a chunk at a time
	Rows     int64
}

// Output is what one map task wrote.
type Output struct {
	Buckets []Bucket // one a reduce partition
	Memory  int64    // bytes of its chunks
	File    string   // where its segments are, "" when there are none
}

type outputID struct{ shuffle, mapPart int }

// Store holds the map outputs of one executor. It dies with the executor.
type Store struct {
	mu      sync.Mutex
	outputs map[outputID]Output
	memory  int64
}

// NewStore returns an empty store.
func NewStore() *Store { return &Store{outputs: map[outputID]Output{}} }

// Put files the output of map partition m. A second attempt's output replaces
// the first's, which is returned.
func (s *Store) Put(shuffle, m int, out Output) (before Output) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := outputID{shuffle, m}
	before = s.outputs[id]
	s.outputs[id] = out
	s.memory += out.Memory - before.Memory
	return before
}

// Memory is the bytes of the chunks in the store.
func (s *Store) Memory() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.memory
}

// Bucket returns the rows that map partition m wrote for reduce partition r;
// ok is false when the output is not here.
func (s *Store) Bucket(shuffle, m, r int) (bucket Bucket, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out, ok := s.outputs[outputID{shuffle, m}]
	if !ok {
		return Bucket{}, false
	}
	return out.Buckets[r], true
}

// Holds reports whether the output of map partition m is here.
func (s *Store) Holds(shuffle, m int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.outputs[outputID{shuffle, m}]
	return ok
}

// Drop forgets the output of map partition m and returns it.
func (s *Store) Drop(shuffle, m int) Output {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drop(outputID{shuffle, m})
}

func (s *Store) drop(id outputID) Output {
	out := s.outputs[id]
	delete(s.outputs, id)
	s.memory -= out.Memory
	return out
}

// Delete forgets the outputs of a shuffle and returns them.
func (s *Store) Delete(shuffle int) (dropped []Output) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := range s.outputs {
		if id.shuffle == shuffle {
			dropped = append(dropped, s.drop(id))
		}
	}
	return dropped
}
