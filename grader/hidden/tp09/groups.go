// Package tp09 makes the cases that count for TP 9, and keeps beside them the answers
// that the cases are tried on: stub/ (nothing done: no points in any group), wrong/
// (known mistakes: each its own explanation) and right/ (other styles: full marks).
package tp09

import (
	"etincelle/grader/check"
	"etincelle/grader/hidden"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// The changes of exercise 6, as exercises.go numbers them.
const (
	otherDelay = iota
	otherLength
	otherSlide
	fewerKeys
	otherValue
	otherFilter
	otherMode
	otherSink
)

// The steps at which a query is killed, as the harness numbers them.
const (
	planned = iota
	offsetsSaved
	stateSaved
	sinkWritten
	committed
)

// The sessions: one core in order, two executors, and eight cores at once.
var (
	one   = protocol.Session{Executors: 1, Cores: 1, Sequential: true}
	two   = protocol.Session{Executors: 2, Cores: 1, Parallelism: 3}
	eight = protocol.Session{Executors: 2, Cores: 4}
)

// Groups are the groups of the TP, 24 points in all; within a group cases grow.
func Groups(seed uint64) ([]check.Group, error) {
	m := &maker{hidden.NewMaker(seed, 9)}
	var groups []check.Group
	add := func(exercise, points int, function, property string, about message.Text, cases ...check.Case) {
		groups = append(groups, check.Group{Points: points, Exercise: exercise, Function: function, Property: property, About: about, Cases: cases})
	}
	add(1, 1, "ByHour", "hours", message.Both("des vols partis dans l'heure d'après", "flights that left in the next hour"),
		m.flights(one, 2, 4), m.flights(eight, 4, 6))
	add(1, 2, "ByHour", "finals", message.Both("des vols en retard, d'autres trop en retard", "late flights, and flights that are too late"),
		m.flights(one, 4, 3), m.flights(two, 8, 5))
	add(1, 2, "ByHour", "bounded", message.Both("de nombreux lots", "many batches"),
		m.flights(one, 5, 3), m.flights(eight, 10, 4))
	add(2, 2, "BatchOf", "batch", message.Both("des fins atteintes, dépassées", "ends that are reached, and passed"),
		m.steps(one, 3, 2), m.steps(one, 5, 3), m.steps(one, 9, 4))
	add(2, 2, "BatchOf", "batch", message.Both("des événements dans le désordre, une fenêtre qui attend", "events out of order, a window that waits"),
		m.disordered(one, 3), m.disordered(one, 6))
	add(2, 2, "LastCall", "call", message.Both("plusieurs fenêtres, sans ordre", "several windows, in no order"),
		m.ends(one, 1), m.ends(one, 3), m.ends(one, 6))
	add(3, 2, "Late", "late", message.Both("un événement, deux fenêtres", "one event, two windows"),
		m.lateness(one, true, 2, 2), m.lateness(one, false, 2, 5))
	add(3, 2, "Late", "late", message.Both("plusieurs événements d'un même mot", "several events of one word"),
		m.lateness(one, true, 2, 8), m.lateness(one, false, 3, 12), m.lateness(one, true, 4, 20))
	add(4, 1, "SmallestDelay", "delay", message.Both("des essais sans ordre", "trials in no order"), m.trials(one, 3), m.trials(one, 6))
	add(4, 1, "SmallestDelay", "delay", message.Both("la perte tout juste égale", "a loss that is just equal"), m.equal(one), m.equal(one))
	add(4, 1, "SmallestDelay", "delay", message.Both("aucun délai ne convient", "no delay will do"), m.hopeless(one), m.trials(one, 5))
	add(5, 2, "Archive", "archive", message.Both("tuée avant que les lignes sortent", "killed before the rows are out"),
		m.killed(one, offsetsSaved, 3), m.killed(two, stateSaved, 5))
	add(5, 2, "Archive", "archive", message.Both("tuée quand les lignes sont sorties", "killed when the rows are out"),
		m.killed(one, sinkWritten, 3), m.killed(two, committed, 5), m.killed(eight, planned, 6))
	add(6, 1, "FreshStart", "fresh", message.Both("le délai, un filtre et les fenêtres", "the delay, a filter and the windows"), m.changed(otherDelay, otherLength, otherFilter, otherSlide))
	add(6, 1, "FreshStart", "fresh", message.Both("ce qui est compté", "what is counted"), m.changed(fewerKeys, otherSink, otherValue))
	add(6, 1, "FreshStart", "fresh", message.Both("ce qui sort", "what comes out"), m.changed(otherMode, otherLength, otherSink))
	return groups, m.Failed
}
