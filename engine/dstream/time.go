package dstream

import (
	"fmt"
	"time"
)

// Time is an instant, in milliseconds since 1970: Spark's name for a batch.
type Time int64

// String is Spark's form: "2000 ms".
func (t Time) String() string { return fmt.Sprintf("%d ms", int64(t)) }

// When is the instant as Go has it.
func (t Time) When() time.Time { return time.UnixMilli(int64(t)).UTC() }

// TimeOf is the instant of a Go time.
func TimeOf(at time.Time) Time { return Time(at.UnixMilli()) }

// ms is a length of time in milliseconds, which is how Spark counts them.
type ms int64

func (d ms) String() string { return fmt.Sprintf("%d ms", int64(d)) }

func (d ms) duration() time.Duration { return time.Duration(d) * time.Millisecond }

func millis(d time.Duration) ms { return ms(d.Milliseconds()) }

// unset stands for a duration that nobody has set; Spark has null.
const unset ms = -1

// divides reports whether d is a multiple of step. There is none of 0: Spark's error
// is Java's.
func (d ms) multipleOf(step ms) (bool, error) {
	if step == 0 {
		return false, failure("java.lang.ArithmeticException", "/ by zero")
	}
	return d%step == 0, nil
}

// floor is the last instant at or before t that is a multiple of step after zero.
func (t Time) floor(step ms, zero Time) Time {
	since := ms(t - zero)
	down := since - since%step
	if since%step < 0 {
		down -= step
	}
	return zero + Time(down)
}

// batchAfter is the first instant after now that is a multiple of step after zero.
func batchAfter(now, zero Time, step ms) Time { return now.floor(step, zero) + Time(step) }
