// Package clock is the session's time. Every time in the engine comes from a
// Clock, so that a test, a lab or a screen that uses the manual one shows the
// same thing in every run.
package clock

import "time"

// Clock tells the time, and when some of it has passed.
type Clock interface {
	Now() time.Time
	// After returns a channel that receives the time once, d from now.
	After(d time.Duration) <-chan time.Time
	// AfterFunc calls f once, d from now, unless stop comes before: the computer's
	// clock on a goroutine of f's own, a manual one on that of whoever moves it.
	AfterFunc(d time.Duration, f func()) (stop func())
}

// System is the computer's clock.
type System struct{}

// Now is the present time.
func (System) Now() time.Time { return time.Now() }

// After is time.After.
func (System) After(d time.Duration) <-chan time.Time { return time.After(d) }

// AfterFunc is time.AfterFunc.
func (System) AfterFunc(d time.Duration, f func()) (stop func()) {
	timer := time.AfterFunc(d, f)
	return func() { timer.Stop() }
}
