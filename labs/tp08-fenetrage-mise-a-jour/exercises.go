// Package tp08 is TP 8: windows in update mode, on a handful of animals and on the
// flights that left New York in a week of thunderstorms. Write the bodies marked TODO,
// then run
//
//	go run . check tp08
package tp08

import (
	"time"

	"etincelle/engine/frame"
	"etincelle/engine/stream"
)

// Window is a stretch of time: Start is in it, End is not.
type Window = struct{ Start, End time.Time }

// Sighting is a word, and when it was said.
type Sighting = struct {
	At   time.Time
	Word string
}

// Windows (exercise 1) lists the windows in which an event of the instant at is
// counted, the earliest first. A window begins at each whole multiple of slide
// (12:00, 12:05, 12:10… for 5 minutes) and is as long as length; slide divides an
// hour, length need not be a multiple of slide, and is never shorter.
func Windows(at time.Time, length, slide time.Duration) []Window {
	// TODO
	return nil
}

// Sessions (exercise 2) makes sessions, by hand, of the instants of one key, which come
// in any order: an event that comes at most gap after another is in the same session.
// A session begins with its first event and ends gap after its last one. The earliest
// comes first; without events there is none.
func Sessions(at []time.Time, gap time.Duration) []Window {
	// TODO
	return nil
}

// ByAirport (exercise 3) counts departures by airport, in the windows of one hour that
// begin every 20 minutes, by the time at which they were scheduled. departures has the
// columns scheduled, departed (when the flight really left: rows come in this order),
// origin (string) and delay (bigint, minutes). A flight may come two hours late. The
// result has the columns window, origin and count; it must run in update mode, with a
// state that does not grow for ever.
func ByAirport(departures *frame.Frame) *frame.Frame {
	// TODO
	return nil
}

// Outlook is what is foreseen of one step.
type Outlook = struct {
	Rows      int       // that update mode writes
	State     int       // how many rows are remembered afterwards
	Watermark time.Time // afterwards; the zero time when there is none
}

// Forecast (exercise 4) foretells a count of words by windows in update mode. The
// sightings of a step come in one batch, and before the next step all that the new
// watermark closes is forgotten. The watermark is the latest sighting of all steps so
// far, minus delay; each batch is run with the one that the steps before it have left.
// What falls in a window that is closed by then is dropped: a window is closed when its
// end is not after the watermark. With a delay below 0 there is no watermark: nothing
// is late, and nothing is forgotten. Each step has a sighting at least.
func Forecast(steps [][]Sighting, length, slide, delay time.Duration) []Outlook {
	// TODO
	return nil
}

// Table is a table in a database: it outlives the program, and what is written to it
// by one call is written whole or not at all.
type Table = struct {
	Counts map[string]int64
	Batch  int64 // of the last batch that the table holds, if you keep it there; -1 at first
}

// Upsert (exercise 5) returns a function for stream.ForeachBatch. Its batches come from
// a count by windows in update mode, with the columns key (string) and count (bigint).
// Afterwards table holds the count of each key. A program that dies before a batch is
// committed is started again: Upsert is then called anew, and the batch comes again.
func Upsert(table *Table) func(batch *frame.Frame, id int64) error {
	// TODO
	return nil
}

// AddUp (exercise 5) is as Upsert, for batches whose rows are events: a column key
// (string), and as many rows as there were events in the batch. Afterwards table holds
// how many events each key has had in all batches.
func AddUp(table *Table) func(batch *frame.Frame, id int64) error {
	// TODO
	return nil
}

// Resume (exercise 6) starts counts, a count by windows of this length and slide, in
// update mode into sink, with all the options, on a checkpoint in a folder of its own
// below root. Started again with the same windows the query goes on where it stopped;
// with other windows it is another query, and begins with the first row.
func Resume(counts *frame.Frame, length, slide time.Duration, root string, sink stream.Sink, options ...stream.Option) (*stream.Query, error) {
	// TODO
	return nil, nil
}
