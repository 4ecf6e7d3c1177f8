// Package tp07 is TP 7: the three output modes of Structured Streaming, on a handful
// of animals and on the flights that left New York in January 2013. Write the bodies
// marked TODO, then run
//
//	go run . check tp07
package tp07

import (
	"etincelle/engine/frame"
	"etincelle/engine/rdd"
	"etincelle/engine/stream"
)

// ByCarrier (exercise 1) is the count of TP 2 as a DataFrame. flights has the columns
// carrier (string), origin (string) and delay (bigint, minutes; null for a flight that
// was cancelled). The result has the columns carrier, flights (how many departed) and
// delay (their mean delay, in minutes); what becomes of airlines of which no flight
// departed is not looked at. It must also run when flights is a stream, in update mode.
func ByCarrier(flights *frame.Frame) *frame.Frame {
	// TODO
	return nil
}

// InWindows (exercise 2) counts each word in the windows of 20 minutes that begin
// every 10 minutes, by the time at which it was said. events has the columns at (when
// the word was said), seen (when it reached us) and word. Words may be 15 minutes
// late. The result has the columns window, word and count; it must run in all three
// modes, and its state must not grow for ever in append and update mode.
func InWindows(events *frame.Frame) *frame.Frame {
	// TODO
	return nil
}

// Need says what the reader of a sink asks for.
type Need = int

// The three needs of exercise 3.
const (
	Final   Need = 0 // an archive: each count is written once, when it can change no more
	Changes Need = 1 // an alarm: the counts that have changed, as soon as they have, and nothing else
	Board   Need = 2 // a screen: all counts there are, each time
)

// Publish (exercise 3) starts a query that gives sink what need asks for. counts is a
// count by windows, with a watermark; options must be passed on as they are.
func Publish(counts *frame.Frame, need Need, sink stream.Sink, options ...stream.Option) (*stream.Query, error) {
	// TODO
	return nil, nil
}

// Standings (exercise 4) is the other side of a sink: of the rows that it got, batch
// by batch, in a mode, it makes the table as it stands after the last batch: each key
// once, the largest count first, equal counts in the order of their keys. The rows of
// one batch come in no particular order. In append mode each key comes once.
func Standings(mode stream.OutputMode, batches [][]rdd.Pair[string, int]) []rdd.Pair[string, int] {
	// TODO
	return nil
}

// Question is a query that somebody wants to start.
type Question = int

// The questions of exercise 5. events has the columns at, seen and word.
const (
	Filtered      Question = 0 // events, those of one word left out
	Counted       Question = 1 // events, counted by word
	Windowed      Question = 2 // watermark on at; counted by windows over at and by word
	MarkedAside   Question = 3 // watermark on seen; counted by windows over at and by word
	CountedSorted Question = 4 // counted by word, then sorted by the count
	EventsSorted  Question = 5 // events sorted by at
	CountedOnce   Question = 6 // by word, how many different values of at: countDistinct
)

// Modes (exercise 5) lists the modes in which the query of the question can be
// started, in any order; none when there is none.
func Modes(question Question) []stream.OutputMode {
	// TODO
	return nil
}
