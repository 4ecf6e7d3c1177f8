// Package watermark decides what "late" means: how far event time has come, as
// far as a query can tell, and which rows and state lie behind that line. It
// holds numbers alone; whoever reads rows reports what it saw.
//
//	event times seen ──> Tracker ──> W, the watermark of the next batch
//	                                 late in batch n:    judged by W(n-1)
//	                                 evicted in batch n: judged by W(n)
//
// All watermarks are milliseconds since 1970-01-01T00:00:00Z, as Spark logs
// them; event times are microseconds, as Spark stores timestamps.
package watermark

import (
	"fmt"
	"slices"
)

// Policy says how a query with several watermarks makes one of them
// (spark.sql.streaming.multipleWatermarkPolicy).
type Policy string

// The policies. Min, Spark's default, loses no row of the slowest stream; Max
// goes with the fastest one and drops what the others bring late.
const (
	Min Policy = "min"
	Max Policy = "max"
)

// PolicyOf reads a policy's name.
func PolicyOf(name string) (Policy, error) {
	if p := Policy(name); p == Min || p == Max {
		return p, nil
	}
	return "", fmt.Errorf("watermark policy %q: found neither min nor max", name)
}

// Seen is what one watermark operator saw in one batch.
type Seen struct {
	Any bool  // some row had an event time
	Max int64 // the greatest of them, in microseconds
}

// Add takes one event time in.
func (s *Seen) Add(micros int64) {
	if !s.Any || micros > s.Max {
		s.Any, s.Max = true, micros
	}
}

// Merge takes in what another task of the same operator saw. The order does not
// matter, and the same task twice changes nothing: tasks may run again.
func (s *Seen) Merge(other Seen) {
	if other.Any {
		s.Add(other.Max)
	}
}

// Tracker is the watermark of one query. Its zero value, with delays and a
// policy, stands at the epoch.
type Tracker struct {
	policy    Policy
	delays    []int64 // of each operator, in milliseconds
	reached   []int64 // the greatest max − delay of each operator, once known
	known     []bool
	watermark int64
}

// NewTracker returns the tracker of a query whose watermark operators have
// these delays (milliseconds), in the order in which the plan lists them.
func NewTracker(policy Policy, delays ...int64) *Tracker {
	return &Tracker{policy: policy, delays: delays, reached: make([]int64, len(delays)), known: make([]bool, len(delays))}
}

// Watermark is W, for the next batch.
func (t *Tracker) Watermark() int64 { return t.watermark }

// Restore sets W to what the offset log says, after a restart. The operators
// begin anew, as in Spark: one without rows since then counts as 0 again.
func (t *Tracker) Restore(watermark int64) { t.watermark = max(t.watermark, watermark) }

// EndBatch takes in what each operator saw in the batch that has ended, and
// returns whether W moved. Nothing moves during a batch: a row cannot be late
// because of a row of its own batch.
func (t *Tracker) EndBatch(seen []Seen) bool {
	for i, s := range seen {
		if s.Any {
			reached := Millis(s.Max) - t.delays[i]
			if !t.known[i] || reached > t.reached[i] {
				t.reached[i] = reached
			}
		}
		t.known[i] = true // one without rows yet counts as 0: with Min it holds everything back
	}
	if len(t.reached) == 0 {
		return false
	}
	chosen := slices.Min(t.reached)
	if t.policy == Max {
		chosen = slices.Max(t.reached)
	}
	if chosen <= t.watermark {
		return false // it never goes back
	}
	t.watermark = chosen // the decisive line: the watermark moves
	return true
}

// Millis truncates microseconds to whole milliseconds, downwards, also before 1970.
func Millis(micros int64) int64 {
	ms := micros / 1000
	if micros%1000 < 0 {
		ms--
	}
	return ms
}

// Behind reports whether an event time (or the end of a window), in
// microseconds, lies behind the watermark. Equality is enough.
func Behind(micros, watermark int64) bool { return micros <= watermark*1000 }
