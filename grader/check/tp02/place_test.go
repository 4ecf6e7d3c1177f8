package tp02

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
)

// lines are rows written one by one.
func lines(format string, args ...any) []json.RawMessage {
	return []json.RawMessage{json.RawMessage(fmt.Sprintf(format, args...))}
}

// legs are flights of these airlines, airports, aircraft and distances.
func legs(rows ...trip) []json.RawMessage {
	var all []any
	for _, t := range rows {
		all = append(all, t)
	}
	return written(all)
}

// changed is an outcome with something else about it.
func changed(o evidence.Outcome, change func(*evidence.Outcome)) evidence.Outcome {
	change(&o)
	return o
}

// reading sets what the job read from shuffles, all by one task.
func reading(o evidence.Outcome, rows int64) evidence.Outcome {
	o.Acting.ShuffleRead = rows
	o.Events = []event.Event{event.TaskEnd{Status: event.Succeeded, Metrics: event.Metrics{ShuffleRead: rows}}}
	return o
}

func TestMovedOnce(t *testing.T) {
	flights := [][]json.RawMessage{
		legs(trip{Carrier: "UA", Distance: 100}, trip{Carrier: "B6", Distance: 7}), legs(trip{Carrier: "UA", Distance: 50}), {},
	}
	c := check.Case{Params: map[string]int{"n": 2}, Sources: []check.Source{{Name: "flights", Partitions: flights}}}
	want, asked := wantedTotals(c)
	assert.True(t, asked)
	right := [][]json.RawMessage{want.Rows[:1], want.Rows[1:]}
	assert.JSONEq(t, `{"Key":"UA","Value":{"Left":100,"Right":150}}`, string(want.Rows[0]))
	for name, test := range map[string]struct {
		got    evidence.Outcome
		totals check.Key
		moved  check.Key
	}{
		"moved once":           {reading(did(right, 3, 1), 3), "", ""},
		"lists, combined":      {reading(did(right, 2, 1), 2), "", ""},
		"read twice":           {reading(did(right, 3, 1), 6), "", check.ReadTwice},
		"placed apart":         {reading(did(right, 5, 2), 5), "", check.PlacedApart},
		"more rows, one move":  {reading(did(right, 4, 1), 4), "", check.TooManyRows},
		"in a shared variable": {did(right, 0, 0), check.SharedMemory, check.SharedMemory},
		"in one partition":     {did([][]json.RawMessage{want.Rows}, 3, 1), check.WrongPartitions, check.WrongPartitions},
		"other totals":         {did([][]json.RawMessage{want.Rows[:1], want.Rows[:2]}, 3, 1), check.WrongRows, check.WrongRows},
	} {
		key, _ := verdict(t, "totals", c, test.got, want)
		assert.Equal(t, test.totals, key, name)
		key, _ = verdict(t, "movedOnce", c, test.got, want)
		assert.Equal(t, test.moved, key, name)
	}
}

func TestBroadcast(t *testing.T) {
	c := check.Case{Sources: []check.Source{
		{Name: "flights", Partitions: [][]json.RawMessage{legs(trip{Carrier: "UA", Distance: 100}), legs(trip{Carrier: "YV", Distance: 7})}},
		{Name: "names", Partitions: [][]json.RawMessage{lines(`{"Key":"UA","Value":"United"}`)}},
	}}
	want, asked := wantedBroadcast(c)
	assert.True(t, asked)
	assert.Len(t, want.Rows, 1, "YV has no name")
	right := changed(did([][]json.RawMessage{want.Rows, {}}, 0, 0), func(o *evidence.Outcome) {
		o.Roots, o.ReadsInside = []string{"flights"}, map[string]int{"names": 1}
		o.Own = evidence.Counters{Counters: event.Counters{Jobs: 1, Tasks: 1, Result: 1}}
	})
	for name, test := range map[string]struct {
		got evidence.Outcome
		key check.Key
	}{
		"broadcast": {right, ""},
		"joined": {changed(right, func(o *evidence.Outcome) {
			o.Acting.ShuffleWrite, o.Acting.Shuffles = 3, 2
		}), check.JoinForBroadcast},
		"every pair": {changed(right, func(o *evidence.Outcome) { o.Reads = map[string]int{"names": 2} }), check.ReadByEveryTask},
		"read again and again": {changed(right, func(o *evidence.Outcome) {
			o.ReadsInside = map[string]int{"names": 4}
		}), check.BroughtTwice},
		"flights brought, too": {changed(right, func(o *evidence.Outcome) {
			o.ReadsInside, o.Own.Result = map[string]int{"names": 1, "flights": 2}, 3
		}), check.Collected},
		"flights looked at": {changed(right, func(o *evidence.Outcome) {
			o.ReadsInside = map[string]int{"names": 1, "flights": 2}
		}), check.RanInside},
		"names left in a variable": {changed(right, func(o *evidence.Outcome) { o.Own.Result = 0 }), check.SharedMemory},
		"names known beforehand":   {changed(right, func(o *evidence.Outcome) { o.ReadsInside = nil }), check.NotFromSource},
		"flights from nowhere":     {changed(right, func(o *evidence.Outcome) { o.Roots = nil }), check.NotFromSource},
		"in one task":              {changed(right, func(o *evidence.Outcome) { o.SourceTasks = map[string]int{"flights": 1} }), check.OneTask},
		"with an empty name": {changed(right, func(o *evidence.Outcome) {
			o.Rows = [][]json.RawMessage{unnamedToo(c)}
			o.Again = o.Rows
		}), check.UnnamedKept},
	} {
		key, _ := verdict(t, "broadcast", c, test.got, want)
		assert.Equal(t, test.key, key, name)
	}
}

func TestPlaced(t *testing.T) {
	airports := []trip{{Origin: "JFK"}, {Origin: "EWR"}, {Origin: "LGA"}, {Origin: "EWR"}}
	c := check.Case{Params: map[string]int{"n": 3}, Sources: []check.Source{{Name: "flights", Partitions: [][]json.RawMessage{legs(airports...)}}}}
	want, asked := wantedPlaced(c)
	assert.True(t, asked)
	jfk, ewr, lga, again := want.Rows[0], want.Rows[1], want.Rows[2], want.Rows[3]
	at := func(partitions ...[]json.RawMessage) [][]json.RawMessage { return partitions }
	rows := func(all ...json.RawMessage) []json.RawMessage { return all }
	for name, test := range map[string]struct {
		got evidence.Outcome
		key check.Key
	}{
		"placed":             {did(at(rows(jfk), rows(lga), rows(ewr, again)), 4, 1), ""},
		"JFK has company":    {did(at(rows(jfk, lga), rows(), rows(ewr, again)), 4, 1), check.JFKNotAlone},
		"in the wrong place": {did(at(rows(jfk), rows(ewr, again), rows(lga)), 4, 1), check.WrongPlace},
		"a key in two":       {did(at(rows(jfk), rows(lga, again), rows(ewr)), 4, 1), check.KeySplit},
		"one partition more": {did(at(rows(jfk), rows(lga), rows(ewr, again), rows()), 4, 1), check.WrongPartitions},
		"a row less":         {did(at(rows(jfk), rows(lga), rows(ewr)), 4, 1), check.WrongRows},
	} {
		key, _ := verdict(t, "placed", c, test.got, want)
		assert.Equal(t, test.key, key, name)
		key, _ = verdict(t, "alike", c, test.got, want)
		assert.Equal(t, test.key, key, name)
	}
	twice := did(at(rows(jfk), rows(lga), rows(ewr, again)), 8, 2)
	key, _ := verdict(t, "alike", c, twice, want)
	assert.Equal(t, check.PartitionersDiffer, key)
	key, _ = verdict(t, "placed", c, twice, want)
	assert.Empty(t, key, "they are in the right places all the same")
}
