// Package tp09 is TP 9: windows in append mode and data that come late, on a handful
// of animals and on the flights that left New York in a week of storms. Write the
// bodies marked TODO, then run
//
//	go run . check tp09
package tp09

import (
	"time"

	"etincelle/datasets"
	"etincelle/engine/frame"
	"etincelle/engine/stream"
)

// ByHour (exercise 1) counts the flights of each airport by the hour in which they were
// due to leave. flights has the columns scheduled (when a flight was due to leave), left (when
// it did, and the stream learnt of it) and origin. Flights may leave delay after their
// time. The result has the columns window, origin and count; it must run in append
// mode, and its state must forget the hours that are over.
func ByHour(flights *frame.Frame, delay time.Duration) *frame.Frame {
	return flights.
		WithWatermark("scheduled", delay). // before the grouping, on the column of the windows
		GroupBy(frame.Window(frame.Col("scheduled"), time.Hour, time.Hour), frame.Col("origin")).
		Count()
}

// Never is the batch of a window that does not come.
const Never = -1

// BatchOf (exercise 2) is the number of the batch that writes, in append mode, the window
// that ends at end; Never when none does. steps are the times of the events that each
// step brings, one at least. A step is read by one batch; when the watermark is further on
// after it than before, a batch without rows follows at once. Batches are numbered from
// 0, those without rows included, and the first one always moves the watermark. The first
// step has an event in the window.
func BatchOf(steps [][]time.Time, delay time.Duration, end time.Time) int {
	next, youngest := 0, time.Time{}
	for _, arrived := range steps {
		before := youngest
		for _, event := range arrived {
			if event.After(youngest) {
				youngest = event
			}
		}
		next++ // the batch that has read the step did so under the watermark of before
		if youngest.Equal(before) {
			continue
		}
		if mark := youngest.Add(-delay); !mark.Before(end) { // equal is enough
			return next
		}
		next++
	}
	return Never
}

// LastCall (exercise 2) is the earliest time of one more event that makes every window
// come that still waits: ends are their ends, in no particular order, one at least.
func LastCall(ends []time.Time, delay time.Duration) time.Time {
	latest := ends[0]
	for _, one := range ends[1:] {
		if one.After(latest) {
			latest = one
		}
	}
	return latest.Add(delay)
}

// Late (exercise 3) says what becomes of the events of one batch in append mode, counted
// by word in windows of length that begin every slide (of which length is a multiple).
// watermark is the one by which the batch judges what is late. lost is how many events
// are counted in none of their windows, partly how many are counted in some of them but
// not in all, and rows what Spark reports as numRowsDroppedByWatermark: late groups, one
// for each window and word of the batch, however many events are in it.
func Late(batch []datasets.Animal, watermark time.Time, length, slide time.Duration) (lost, partly, rows int) {
	type group struct {
		end  time.Time
		word string
	}
	dropped := map[group]bool{}
	for _, animal := range batch {
		tooLate, inTime := 0, 0
		last := animal.At.Truncate(slide).Add(length) // the end of its last window
		for ends := last; ends.After(animal.At); ends = ends.Add(-slide) {
			if ends.After(watermark) {
				inTime++
				continue
			}
			tooLate++
			dropped[group{ends, animal.Word}] = true
		}
		if tooLate > 0 && inTime == 0 {
			lost++
		}
		if tooLate > 0 && inTime > 0 {
			partly++
		}
	}
	return lost, partly, len(dropped)
}

// Trial is a run of ByHour over a stream.
type Trial = struct {
	Delay   time.Duration // of the watermark
	Flights int           // of the stream
	Written int           // flights counted in the rows that append mode has written
	Waiting int           // flights counted in windows that are still open at the end
	Dropped int           // numRowsDroppedByWatermark, all batches together
}

// NoDelay is the answer when no delay will do.
const NoDelay = time.Duration(-1)

// SmallestDelay (exercise 4) is the smallest delay with which less than most of the
// flights are lost: most is a share, 0.05 for 5 %. NoDelay when there is none. Trials come
// in no particular order.
func SmallestDelay(trials []Trial, most float64) time.Duration {
	best := NoDelay
	for _, tried := range trials {
		nowhere := tried.Flights - tried.Written - tried.Waiting
		borne := float64(nowhere) < most*float64(tried.Flights)
		if borne && (best == NoDelay || tried.Delay < best) {
			best = tried.Delay
		}
	}
	return best
}

// Archive (exercise 5) starts a query that writes each count once, as CSV files in the
// folder archive, and that goes on where it stopped when it is started again: what it
// must remember is in the folder logs. counts is a count by windows, with a watermark;
// options must be passed on.
func Archive(counts *frame.Frame, archive, logs string, options ...stream.Option) (*stream.Query, error) {
	return stream.Start(counts, stream.Append, stream.FileSink(archive, stream.CSV),
		append(options, stream.Checkpoint(logs))...)
}

// Change is what somebody changes in a query that has been stopped, before starting it
// again on its old checkpoint.
type Change = int

// The changes of exercise 6. The query is: a watermark of 10 minutes on at, counted by
// word in windows of 10 minutes every 5, append mode.
const (
	OtherDelay  Change = 0 // a watermark of 30 minutes
	OtherLength Change = 1 // windows of 20 minutes
	OtherSlide  Change = 2 // windows of 10 minutes every 10
	FewerKeys   Change = 3 // no longer by word
	OtherValue  Change = 4 // the latest time of each group instead of its count
	OtherFilter Change = 5 // one word left out, before the watermark
	OtherMode   Change = 6 // update mode
	OtherSink   Change = 7 // another sink
)

// FreshStart (exercise 6) reports whether the changed query needs a new checkpoint: what
// its state remembers would no longer mean the same.
func FreshStart(change Change) bool {
	switch change {
	case OtherLength, OtherSlide, FewerKeys, OtherValue:
		return true
	}
	return false
}
