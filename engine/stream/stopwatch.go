package stream

import (
	"sync"
	"time"

	"etincelle/engine/clock"
)

// stopwatch measures the parts of a batch, for its progress report. Parts may
// run at once.
type stopwatch struct {
	clock clock.Clock
	begin time.Time

	mu    sync.Mutex
	spent map[string]time.Duration
}

func newStopwatch(c clock.Clock) *stopwatch {
	return &stopwatch{clock: c, begin: c.Now(), spent: map[string]time.Duration{}}
}

// mark begins a part; what it returns ends it.
func (s *stopwatch) mark(part string) (stop func()) {
	from := s.clock.Now()
	return func() {
		d := s.clock.Now().Sub(from)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.spent[part] += d
	}
}

// millis are the parts so far, and the whole, in milliseconds.
func (s *stopwatch) millis() map[string]int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := map[string]int64{"triggerExecution": s.clock.Now().Sub(s.begin).Milliseconds()}
	for part, d := range s.spent {
		all[part] = d.Milliseconds()
	}
	return all
}
