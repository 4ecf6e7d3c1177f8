// Package shuffle keeps what stages hand to each other: for each shuffle, one
// bucket per (map partition, reduce partition). Store is one executor's share;
// Tracker knows which executor holds which map output.
//
// A bucket is a typed slice boxed once, so rows are never boxed one by one.
package shuffle

import "sync"

// Output is what one map task wrote: a bucket for each reduce partition.
type Output struct {
	Buckets []any   // typed slices; nil where no row goes
	Rows    []int64 // rows in each bucket
}

type outputID struct{ shuffle, mapPart int }

// Store holds the map outputs of one executor. It dies with the executor.
type Store struct {
	mu      sync.Mutex
	outputs map[outputID]Output
}

// NewStore returns an empty store.
func NewStore() *Store { return &Store{outputs: map[outputID]Output{}} }

// Put files the output of map partition m. A second attempt's output replaces
// the first's.
func (s *Store) Put(shuffle, m int, out Output) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.outputs[outputID{shuffle, m}] = out
}

// Bucket returns the rows that map partition m wrote for reduce partition r;
// ok is false when the output is not here.
func (s *Store) Bucket(shuffle, m, r int) (bucket any, rows int64, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out, ok := s.outputs[outputID{shuffle, m}]
	if !ok {
		return nil, 0, false
	}
	return out.Buckets[r], out.Rows[r], true
}

// Holds reports whether the output of map partition m is here.
func (s *Store) Holds(shuffle, m int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.outputs[outputID{shuffle, m}]
	return ok
}

// Delete forgets the outputs of a shuffle.
func (s *Store) Delete(shuffle int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := range s.outputs {
		if id.shuffle == shuffle {
			delete(s.outputs, id)
		}
	}
}
