package dstream

import (
	"fmt"
	"slices"

	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// stream is the part of a DStream that does not know the type of its rows: one
// operator of the program.
type stream struct {
	context *Context
	id      int          // in order of definition
	class   string       // Spark's: "MappedDStream"
	op      string       // "map"
	site    lineage.Site // the line that defined it
	element string       // the rows' type
	parents []*stream
	slide   ms // between two datasets
	window  ms // how much of its parent each covers, 0 when it is no window
	err     error

	compute func(at Time) (*dataset, error)
	restore func(path string) *dataset // from a checkpoint file
	forget  func(old *dataset) error   // what else goes with an old dataset
	always  bool                       // must be checkpointed
	every   ms                         // between checkpoints of its datasets
	widest  ms                         // of every, when nobody has set it: times the slide; 0 for Spark's ten seconds
	level   rdd.StorageLevel
	keep    ms // how long its datasets are remembered

	// From the start on.
	zero      Time
	ready     bool
	generated map[Time]*dataset
	saved     savedDatasets
}

// String names the operator for messages: "ReducedWindowedDStream (reduceByKeyAndWindow at job.go:12)".
func (s *stream) String() string {
	if line := s.site.String(); line != "" {
		return fmt.Sprintf("%s (%s at %s)", s.class, s.op, line)
	}
	return fmt.Sprintf("%s (%s)", s.class, s.op)
}

// child is what an operator over parents begins with.
func child(class, op string, parents ...*stream) stream {
	s := stream{class: class, op: op, parents: parents, slide: parents[0].slide}
	for _, p := range parents {
		s.err = firstError(s.err, p.err)
	}
	return s
}

// get is the dataset of one batch: made at the first call, nil when the batch is not
// one of the stream's.
func (s *stream) get(at Time) (*dataset, error) {
	if set := s.generated[at]; set != nil {
		return set, nil
	}
	if valid, err := s.valid(at); !valid || err != nil {
		return nil, err
	}
	from := s.context.core.Datasets()
	release := s.context.core.OnBehalf(s.site)
	set, err := s.compute(at)
	release()
	if set == nil || err != nil {
		return nil, err
	}
	set.from = from
	if s.level.Valid() {
		set.persist(s.level)
	}
	if s.every != unset {
		due, err := ms(at - s.zero).multipleOf(s.every)
		if err != nil {
			return nil, err
		}
		if due {
			set.checkpoint()
		}
	}
	s.generated[at] = set
	return set, nil
}

// valid reports whether at is a time of the stream's: a slide or more after zero.
func (s *stream) valid(at Time) (bool, error) {
	if !s.ready {
		return false, failure(lineage.SparkException, "%s has not been initialized", s)
	}
	if at <= s.zero {
		return false, nil
	}
	return ms(at - s.zero).multipleOf(s.slide)
}

// slice is the datasets from one time to another, both included, aligned down.
func (s *stream) slice(from, to Time) ([]*dataset, error) {
	if !s.ready {
		return nil, failure(lineage.SparkException, "%s has not been initialized", s)
	}
	if s.slide == 0 {
		return nil, failure("java.lang.ArithmeticException", "/ by zero")
	}
	var sets []*dataset
	for at := from.floor(s.slide, s.zero); at <= to.floor(s.slide, s.zero); at += Time(s.slide) {
		if at < s.zero {
			continue
		}
		set, err := s.get(at)
		if err != nil {
			return nil, err
		}
		if set != nil {
			sets = append(sets, set)
		}
	}
	return sets, nil
}

// clear lets go of what is older than the stream must remember.
func (s *stream) clear(at Time) error {
	var old []Time
	for t := range s.generated {
		if t <= at-Time(s.keep) {
			old = append(old, t)
		}
	}
	slices.Sort(old)
	for _, t := range old {
		set := s.generated[t]
		delete(s.generated, t)
		if err := s.context.core.Forget(set.node, set.from); err != nil {
			return err
		}
		if s.forget != nil {
			if err := s.forget(set); err != nil {
				return err
			}
		}
	}
	return nil
}
