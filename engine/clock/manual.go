package clock

import (
	"slices"
	"sync"
	"time"
)

// Manual is a clock that moves when told. Its zero value stands at the zero time.
//
// It moves from one time that somebody waits for to the next, and calls what
// AfterFunc was given in between. Whoever must have done with one time before the
// next one comes (a receiver that has just been handed rows) holds the clock:
// Advance waits for it. All that happens on a manual clock then happens in one order.
type Manual struct {
	mu       sync.Mutex
	now      time.Time
	waiting  []*waiter // in order of time; of equals, the first that asked
	holders  int
	released *sync.Cond // holders has become less; nil until somebody waits
}

// waiter is somebody who asked to be told of a time, in one of two ways.
type waiter struct {
	at    time.Time
	told  chan time.Time
	holds bool // it holds the clock as soon as it is told
	call  func()
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
	return m.after(d, false).told
}

func (m *Manual) after(d time.Duration, holds bool) *waiter {
	w := &waiter{at: m.now.Add(d), told: make(chan time.Time, 1), holds: holds} // room for the one time: the clock never waits
	if d <= 0 {
		m.tell(w)
	} else {
		m.add(w)
	}
	return w
}

// AfterFunc has f called by whoever moves the clock, when it has moved by d. f may
// move the clock itself.
func (m *Manual) AfterFunc(d time.Duration, f func()) (stop func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	w := &waiter{at: m.now.Add(d), call: f}
	m.add(w)
	return func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.remove(w)
	}
}

func (m *Manual) add(w *waiter) {
	first := slices.IndexFunc(m.waiting, func(other *waiter) bool { return other.at.After(w.at) })
	if first < 0 {
		first = len(m.waiting)
	}
	m.waiting = slices.Insert(m.waiting, first, w)
}

func (m *Manual) remove(w *waiter) (was bool) {
	i := slices.Index(m.waiting, w)
	if i >= 0 {
		m.waiting = slices.Delete(m.waiting, i, i+1)
	}
	return i >= 0
}

// Advance moves the clock by d, and on its way tells or calls whoever waits for a
// time that has come.
func (m *Manual) Advance(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for {
		m.settle()
		if len(m.waiting) == 0 || m.waiting[0].at.After(m.now.Add(d)) {
			break
		}
		w := m.waiting[0]
		m.waiting = m.waiting[1:]
		if step := w.at.Sub(m.now); step > 0 {
			m.now = w.at
			d -= step
		}
		m.tell(w)
	}
	m.now = m.now.Add(d)
}

// tell tells w that its time has come.
func (m *Manual) tell(w *waiter) {
	if w.call == nil {
		if w.holds {
			m.holders++
		}
		w.told <- m.now
		return
	}
	m.mu.Unlock()
	defer m.mu.Lock()
	w.call()
}

// Next is how far off the next time is that somebody waits for; ok is false when
// nobody waits.
func (m *Manual) Next() (d time.Duration, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.settle()
	if len(m.waiting) == 0 {
		return 0, false
	}
	return m.waiting[0].at.Sub(m.now), true
}

// Hold keeps the clock from moving until Release has been called as often.
func (m *Manual) Hold() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.holders++
}

// Release undoes one Hold.
func (m *Manual) Release() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.release()
}

func (m *Manual) release() {
	m.holders--
	if m.released != nil {
		m.released.Broadcast()
	}
}

// Rest is for who holds the clock and must wait: it lets go, waits until d has
// passed or done is closed, and holds the clock again.
func (m *Manual) Rest(d time.Duration, done <-chan struct{}) {
	m.mu.Lock()
	w := m.after(d, true)
	m.release()
	m.mu.Unlock()
	select {
	case <-w.told:
	case <-done:
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.remove(w) {
			m.holders++ // nobody has told it, so nobody has done so for it
		}
	}
}

// Settle returns when nobody holds the clock.
func (m *Manual) Settle() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.settle()
}

func (m *Manual) settle() {
	for m.holders > 0 {
		if m.released == nil {
			m.released = sync.NewCond(&m.mu)
		}
		m.released.Wait()
	}
}
