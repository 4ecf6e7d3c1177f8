package watch

import (
	"slices"
	"time"

	"etincelle/grader/build"
	"etincelle/grader/check"
	"etincelle/grader/class"
	"etincelle/grader/lab"
	"etincelle/grader/message"
)

// phase is what goes on beside the screen.
type phase int

const (
	waiting  phase = iota // for a save
	warming               // the first build
	checking              // a source is being judged
	looking               // the verdict is there; its smallest case is sought
)

// State is all that is known.
type State struct {
	lab      *lab.Lab
	language message.Language
	at       int  // index of the exercise that is shown
	chosen   bool // by the user, or by the command line
	kinds    map[int]check.Kind
	shown    map[int]class.Checked // by exercise
	last     map[int]bool          // exercises that were judged in full
	hints    map[int][]string      // those shown, by exercise

	phase    phase
	progress build.Progress
	source   []byte        // the last that was saved
	since    time.Time     // when it was seen
	took     time.Duration // from then to the verdict; 0 before the first
}

func begin(l *lab.Lab, progress lab.Progress, o Options) State {
	s := State{
		lab: l, language: o.Language, phase: warming,
		kinds: map[int]check.Kind{}, shown: map[int]class.Checked{}, last: map[int]bool{}, hints: map[int][]string{},
	}
	for i, e := range l.Exercises {
		s.kinds[e.Number] = progress.Of(l.Name, e.Number).Kind
		if e.Number == o.Exercise {
			s.at, s.chosen = i, true
		}
	}
	if !s.chosen {
		s.at = s.next(0)
	}
	return s
}

func (s *State) exercise() lab.Exercise { return s.lab.Exercises[s.at] }

// next is the first exercise that is not right, from one on and around; that one
// itself when all are.
func (s *State) next(from int) int {
	for i := range s.lab.Exercises {
		at := (from + i) % len(s.lab.Exercises)
		if s.kinds[s.lab.Exercises[at].Number] != check.Right {
			return at
		}
	}
	return from % len(s.lab.Exercises)
}

// done counts the exercises that are right.
func (s *State) done() int {
	n := 0
	for _, e := range s.lab.Exercises {
		if s.kinds[e.Number] == check.Right {
			n++
		}
	}
	return n
}

// saved takes in a source and says which exercises to judge: at first all, to
// know where the student is, and then the one that is shown.
func (s *State) saved(source []byte, at time.Time) []lab.Exercise {
	s.source, s.since = source, at
	return s.due()
}

// due is what to judge: all until all are known, and then the one that is shown.
func (s *State) due() []lab.Exercise {
	if len(s.last) < len(s.lab.Exercises) {
		return s.lab.Exercises
	}
	return []lab.Exercise{s.exercise()}
}

// begun notes that judging began.
func (s *State) begun() { s.phase = checking }

// warm notes how far the first build is.
func (s *State) warm(p build.Progress) { s.phase, s.progress = warming, p }

// told takes in verdicts, whose smallest cases are still sought.
func (s *State) told(c class.Checked, at time.Time) {
	first := len(s.last) == 0 && !c.Partial
	s.take(c)
	if c.Partial {
		return // what does not compile is known; the rest is being built
	}
	s.phase = looking
	number := s.exercise().Number
	if first || slices.ContainsFunc(c.Verdicts, func(v check.Verdict) bool { return v.Exercise == number }) {
		s.took = at.Sub(s.since) // the others come after it, and nobody waits for them
	}
	if first && !s.chosen {
		s.at = s.next(0)
	}
}

// judged takes in verdicts in full and says what to judge now: when the exercise
// that is shown has become right, the others, which the same save may have
// changed.
func (s *State) judged(c class.Checked) []lab.Exercise {
	s.phase = waiting
	s.take(c)
	number := s.exercise().Number
	alone := len(c.Verdicts) == 1 && len(s.lab.Exercises) > 1 && c.Verdicts[0].Exercise == number
	if !alone || s.kinds[number] != check.Right {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s.lab.Exercises), func(e lab.Exercise) bool { return e.Number == number })
}

func (s *State) take(c class.Checked) {
	for _, v := range c.Verdicts {
		s.kinds[v.Exercise], s.shown[v.Exercise] = v.Kind, c
		if !c.Partial {
			s.last[v.Exercise] = true
		}
	}
}

// show turns to another exercise and reports whether it has to be judged: what is
// known of it may be of an older source.
func (s *State) show(at int) bool {
	at = min(max(at, 0), len(s.lab.Exercises)-1)
	changed := at != s.at
	s.at, s.chosen = at, true
	return changed && s.source != nil
}
