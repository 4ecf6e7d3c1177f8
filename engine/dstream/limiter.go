package dstream

import (
	"sync"
	"time"

	"etincelle/engine/clock"
)

// limiter spreads rows over time: so many a second. Rows that were not taken are not
// saved up, so that a receiver that was idle has no burst to its credit.
type limiter struct {
	clock clock.Clock

	mu   sync.Mutex
	rate float64   // rows a second; 0 for no limit
	most float64   // that the rate may be set to; 0 for no limit
	free time.Time // when the next row may be taken
}

// worthWaiting is the least time that a wait is for: sleeps are not exact.
const worthWaiting = time.Millisecond

// set changes the rate, and returns what it is now.
func (l *limiter) set(rate float64) float64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if rate > 0 {
		l.rate = rate
		if l.most > 0 {
			l.rate = min(rate, l.most)
		}
	}
	return l.rate
}

// take takes n rows, and returns how long to wait before they may be stored.
func (l *limiter) take(n int) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.rate <= 0 {
		return 0
	}
	now := l.clock.Now()
	if l.free.Before(now) {
		l.free = now
	}
	wait := l.free.Sub(now)
	l.free = l.free.Add(time.Duration(float64(n) / l.rate * float64(time.Second)))
	if wait < worthWaiting {
		return 0
	}
	return wait
}

// acquire takes n rows and waits, or returns early when done is closed.
func (l *limiter) acquire(n int, done <-chan struct{}) {
	wait := l.take(n)
	if wait == 0 {
		return
	}
	if m, manual := l.clock.(*clock.Manual); manual {
		m.Rest(wait, done)
		return
	}
	select {
	case <-l.clock.After(wait):
	case <-done:
	}
}
