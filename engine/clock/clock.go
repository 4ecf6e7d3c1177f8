// Package clock is the session's time. Every time in the engine comes from a
// Clock, so that a test, a lab or a screen that uses the manual one shows the
// same thing in every run.
package clock

import (
	"slices"
	"sync"
	"time"
)

// Clock tells the time, and when some of it has passed.
type Clock interface {
	Now() time.Time
	// After returns a channel that receives the time once, d from now.
	After(d time.Duration) <-chan time.Time
}

// System is the computer's clock.
type System struct{}

// Now is the present time.
func (System) Now() time.Time { return time.Now() }

// After is time.After.
func (System) After(d time.Duration) <-chan time.Time { return time.After(d) }

// Manual is a clock that moves when told. Its zero value stands at the zero time.
type Manual struct {
	mu      sync.Mutex
	now     time.Time
	waiting []waiter // in order of time; of equals, the first that asked
}

// waiter is somebody who asked to be told of a time.
type waiter struct {
	at   time.Time
	told chan time.Time
}

// NewManual returns a clock that stands at start.
func NewManual(start time.Time) *Manual { return &Manual{now: start} }

// Now is where the clock stands.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// After returns a channel that receives the time when the clock has been moved by d.
func (m *Manual) After(d time.Duration) <-chan time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := waiter{m.now.Add(d), make(chan time.Time, 1)} // room for the one time: the clock never waits
	first := slices.IndexFunc(m.waiting, func(other waiter) bool { return other.at.After(w.at) })
	if first < 0 {
		first = len(m.waiting)
	}
	m.waiting = slices.Insert(m.waiting, first, w)
	m.tell()
	return w.told
}

// Advance moves the clock by d, and tells whoever waits for a time that has come.
func (m *Manual) Advance(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
	m.tell()
}

func (m *Manual) tell() {
	for len(m.waiting) > 0 && !m.waiting[0].at.After(m.now) {
		m.waiting[0].told <- m.now
		m.waiting = m.waiting[1:]
	}
}

// Next is how far off the next time is that somebody waits for; ok is false when
// nobody waits.
func (m *Manual) Next() (d time.Duration, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.waiting) == 0 {
		return 0, false
	}
	return m.waiting[0].at.Sub(m.now), true
}
