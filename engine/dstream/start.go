package dstream

import (
	"math"
	"slices"
)

// What happens to the streams when the program starts, in Spark's order: they are
// told the zero time, then how long those that come from them need their datasets,
// then they are judged.

// used lists the streams that an output needs, in order of definition: a stream comes
// after those that it comes from.
func (c *Context) used() []*stream {
	needed := map[*stream]bool{}
	for _, o := range c.outputs {
		needed[o.of] = true
	}
	for _, s := range slices.Backward(c.streams) {
		for _, p := range s.parents {
			needed[p] = needed[p] || needed[s]
		}
	}
	return slices.DeleteFunc(slices.Clone(c.streams), func(s *stream) bool { return !needed[s] })
}

// initialize tells the streams the zero time and how long they must remember.
func (c *Context) initialize(zero Time) error {
	used := c.used()
	for _, s := range used {
		s.initialize(zero)
	}
	for _, o := range c.outputs {
		o.of.keep = max(o.of.keep, c.remember)
	}
	for _, s := range slices.Backward(used) {
		for _, p := range s.parents {
			p.keep = max(p.keep, s.keep+s.window)
		}
	}
	judged := map[*stream]bool{}
	for _, o := range c.outputs {
		if err := o.of.validate(judged); err != nil {
			return err
		}
	}
	return nil
}

func (s *stream) initialize(zero Time) {
	s.zero, s.ready = zero, true
	if s.generated == nil {
		s.generated = map[Time]*dataset{}
	}
	if s.always && s.every == unset {
		s.every = s.defaultEvery()
	}
	least := s.slide
	if s.every != unset && least <= s.every {
		least = 2 * s.every // the last checkpoint must not be forgotten before the next is written
	}
	s.keep = max(s.keep, least)
}

// defaultEvery is the interval between checkpoints when nobody has set it: ten
// seconds at least.
func (s *stream) defaultEvery() ms {
	switch {
	case s.widest > 0:
		return s.widest * s.slide
	case s.slide == 0:
		return 0
	}
	return s.slide * ms(math.Ceil(10_000/float64(s.slide)))
}

// validate judges the intervals of s and of those that it comes from.
func (s *stream) validate(judged map[*stream]bool) error {
	if judged[s] {
		return nil
	}
	judged[s] = true
	if err := s.validateOwn(); err != nil {
		return err
	}
	for _, p := range s.parents {
		if err := p.validate(judged); err != nil {
			return err
		}
	}
	return nil
}

// validateOwn speaks in Spark's words.
func (s *stream) validateOwn() error {
	if s.every == unset {
		return nil
	}
	if s.context.checkpointDir == "" {
		return required("The checkpoint directory has not been set. Please set it by StreamingContext.checkpoint().")
	}
	if s.every < s.slide {
		return required("The checkpoint interval for %s has been set to %s which is lower than its slide time (%s). Please set it to at least %s.", s.class, s.every, s.slide, s.slide)
	}
	whole, err := s.every.multipleOf(s.slide)
	switch {
	case err != nil:
		return err
	case !whole:
		return required("The checkpoint interval for %s has been set to  %s which not a multiple of its slide time (%s). Please set it to a multiple of %s.", s.class, s.every, s.slide, s.slide)
	case !s.level.Valid():
		return required("%s has been marked for checkpointing but the storage level has not been set to enable persisting. Please use DStream.persist() to set the storage level to use memory for better checkpointing performance.", s.class)
	case s.keep <= s.every:
		return required("The remember duration for %s has been set to  %s which is not more than the checkpoint interval (%s). Please set it to a value higher than %s.", s.class, s.keep, s.every, s.every)
	}
	return nil
}
