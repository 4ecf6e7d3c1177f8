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

// constants are the names that a student's file gives to numbers, from 0.
var constants = map[string][]string{
	"need":      {"Final", "Changes", "Board"},
	"mode":      {"Append", "Update", "Complete"},
	"questions": Questions,
}

// streamedText tells whether a table is given whole or arrives in batches.
var streamedText = []message.Text{
	message.Both("la table entière", "the whole table"),
	message.Both("un flux", "a stream"),
}

// batched are the inputs of streams: each of their parts is a batch.
var batched = []string{"events", "batches"}

// inBatches reports whether the parts of a source arrive one after the other.
func (c Case) inBatches(s Source) bool {
	return slices.Contains(batched, s.Name) || c.Params["streamed"] == 1
}

// value is a number that a case gives, as its reader knows it.
func value(name string, n int, l message.Language) string {
	if name == "streamed" && n >= 0 && n < len(streamedText) {
		return streamedText[n].In(l)
	}
	return name + " = " + nameOf(name, n)
}

// nameOf is the constant that stands for a number; the number when none does.
func nameOf(list string, n int) string {
	if all := constants[list]; n >= 0 && n < len(all) {
		return all[n]
	}
	return fmt.Sprint(n)
}
