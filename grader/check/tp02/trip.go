package tp02

import (
	"encoding/json"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
)

// trip is what the judgements from exercise 3 on need of one flight.
type trip struct {
	Carrier, Tail, Origin string
	Distance              int
}

// trips are the flights of a case; false when a row is none.
func trips(c check.Case) ([]trip, bool) {
	var all []trip
	for _, raw := range check.Flat(c.Source("flights").Partitions) {
		var t trip
		if json.Unmarshal(raw, &t) != nil {
			return nil, false
		}
		all = append(all, t)
	}
	return all, true
}

// written are rows as a program writes them.
func written(rows []any) []json.RawMessage {
	var all []json.RawMessage
	for _, row := range rows {
		text, err := json.Marshal(row)
		if err != nil {
			return nil // text and numbers: it cannot be
		}
		all = append(all, text)
	}
	return all
}

// same reports whether two collections of rows are equal, in any order.
func same(a, b []json.RawMessage) bool {
	missing, extra := check.Difference(a, b)
	return len(missing)+len(extra) == 0
}

// largestRead is the most rows that one task read from shuffles.
func largestRead(got evidence.Outcome) int64 {
	var most int64
	for _, e := range got.Events {
		if end, ok := e.(event.TaskEnd); ok && end.Status == event.Succeeded {
			most = max(most, end.Metrics.ShuffleRead)
		}
	}
	return most
}
