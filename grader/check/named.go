package check

import (
	"fmt"
	"slices"

	"etincelle/grader/message"
)

// A case gives its function numbers; who reads of the case knows them by the names
// that they have in exercises.go, or by what they mean.

// Questions are those of TP 7's exercise 5, as exercises.go numbers them and names them.
var Questions = []string{"Filtered", "Counted", "Windowed", "MarkedAside", "CountedSorted", "EventsSorted", "CountedOnce"}

// Changes are those of TP 9's exercise 6, as exercises.go numbers them and names them.
var Changes = []string{"OtherDelay", "OtherLength", "OtherSlide", "FewerKeys", "OtherValue", "OtherFilter", "OtherMode", "OtherSink"}

// constants are the names that a student's file gives to numbers, from 0.
var constants = map[string][]string{
	"need":      {"Final", "Changes", "Board"},
	"mode":      {"Append", "Update", "Complete"},
	"questions": Questions,
	"changes":   Changes,
}

// streamedText tells whether a table is given whole or arrives in batches.
var streamedText = []message.Text{
	message.Both("la table entière", "the whole table"),
	message.Both("un flux", "a stream"),
}

// batched are the inputs of streams: each of their parts is a batch.
var batched = []string{"events", "batches", "departures"}

// inBatches reports whether the parts of a source arrive one after the other. A table
// has no delay: the flights of a case that gives one are a stream.
func (c Case) inBatches(s Source) bool {
	_, waits := c.Params["delay"]
	return slices.Contains(batched, s.Name) || c.Params["streamed"] == 1 || waits && !s.isPlain()
}

// minutes are the numbers that are given to the function as durations.
var minutes = []string{"length", "slide", "gap", "delay"}

// value is a number that a case gives, as its reader knows it.
func value(name string, n int, l message.Language) string {
	if name == "streamed" && n >= 0 && n < len(streamedText) {
		return streamedText[n].In(l)
	}
	if name == "percent" {
		return fmt.Sprint("most = ", float64(n)/100)
	}
	text := name + " = " + nameOf(name, n)
	if slices.Contains(minutes, name) {
		text += message.Hard + "min"
	}
	return text
}

// nameOf is the constant that stands for a number; the number when none does.
func nameOf(list string, n int) string {
	if all := constants[list]; n >= 0 && n < len(all) {
		return all[n]
	}
	return fmt.Sprint(n)
}
