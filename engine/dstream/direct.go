package dstream

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"etincelle/engine/rdd"
)

// Source is a log of rows that can be read again from any offset: a partition of
// Kafka, a shard of Kinesis, a file that grows. It is what a broker must be able to do
// to be a stream without a receiver; nothing else of the engine knows of it.
type Source[T any] interface {
	// Ends gives, for each partition by name, the offset after its last row. It is asked
	// once a batch, on the driver.
	Ends() (map[string]int64, error)
	// Read gives the rows of a partition from an offset up to, and without, another. It is
	// called in tasks, perhaps again for the same rows, which must be the same then.
	Read(partition string, from, to int64) ([]T, error)
}

// OffsetRange is a part of a partition: the rows of one task.
type OffsetRange struct {
	Partition string
	From, To  int64
}

// direct is a stream over a Source.
type direct struct {
	mu    sync.Mutex
	state directState
}

// directState is what a checkpoint holds of it.
type directState struct {
	Next    map[string]int64 // the first row of the next batch, by partition
	Batches map[Time][]OffsetRange
}

// DirectStream is the rows that come to a source, without a receiver: each batch is what
// has come since the one before, a partition of the source a partition of the batch. The
// offsets are in the program's checkpoint, so that a batch that runs again reads the same
// rows, and none is lost: with an idempotent output each counts once. from is where to
// begin, by partition; others begin at 0.
func DirectStream[T any](c *Context, name string, source Source[T], from map[string]int64) *DStream[T] {
	s := &direct{state: directState{Next: map[string]int64{}, Batches: map[Time][]OffsetRange{}}}
	maps.Copy(s.state.Next, from)
	d, in := inputStream(c, "DirectInputDStream", name, func(at Time) (*rdd.RDD[T], int64, error) {
		ranges, rows, err := s.plan(at, source.Ends)
		if err != nil {
			return nil, 0, fmt.Errorf("%s: %w", name, err)
		}
		if len(ranges) == 0 {
			return rdd.Empty[T](c.session), 0, nil
		}
		return rdd.FromPartitions(c.session, name, len(ranges), func(p int) ([]T, error) {
			r := ranges[p]
			return source.Read(r.Partition, r.From, r.To)
		}), rows, nil
	})
	in.save = func() any { return s.snapshot() }
	in.load = s.load
	in.drop = func(before Time) {
		s.mu.Lock()
		defer s.mu.Unlock()
		maps.DeleteFunc(s.state.Batches, func(at Time, _ []OffsetRange) bool { return at < before })
	}
	return d
}

// plan is the ranges of a batch: those that it had before, else what has come.
func (s *direct) plan(at Time, ends func() (map[string]int64, error)) (ranges []OffsetRange, rows int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ranges, again := s.state.Batches[at]
	if !again {
		end, err := ends()
		if err != nil {
			return nil, 0, err
		}
		for _, name := range slices.Sorted(maps.Keys(end)) {
			next := s.state.Next[name]
			if end[name] < next {
				return nil, 0, fmt.Errorf("partition %s ends at %d, before %d, which was read already: rows are gone from the source", name, end[name], next)
			}
			ranges = append(ranges, OffsetRange{name, next, end[name]})
			s.state.Next[name] = end[name]
		}
		s.state.Batches[at] = ranges
	}
	for _, r := range ranges {
		rows += r.To - r.From
	}
	return ranges, rows, nil
}

func (s *direct) snapshot() directState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return directState{Next: maps.Clone(s.state.Next), Batches: maps.Clone(s.state.Batches)}
}

func (s *direct) load(decode func(any) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	saved := directState{}
	if err := decode(&saved); err != nil {
		return err
	}
	if saved.Next != nil {
		s.state.Next = saved.Next
	}
	if saved.Batches != nil {
		s.state.Batches = saved.Batches
	}
	return nil
}
