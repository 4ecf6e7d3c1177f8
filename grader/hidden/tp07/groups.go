// Package tp07 makes the cases that count for TP 7, and keeps beside them the answers
// that the cases are tried on: stub/ (nothing done: no points in any group), wrong/
// (known mistakes: each its own explanation) and right/ (other styles: full marks).
package tp07

import (
	"etincelle/grader/check"
	"etincelle/grader/hidden"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// The needs of exercise 3 and the modes of exercise 4, as cases number them.
const (
	final = iota
	changes
	board

	appended = iota - 3
	updated
	complete
)

// The questions of exercise 5, as exercises.go numbers them.
const (
	filtered = iota
	counted
	windowed
	markedAside
	countedSorted
	eventsSorted
	countedOnce
)

// The sessions: one core in order, two executors, and eight cores at once.
var (
	one   = protocol.Session{Executors: 1, Cores: 1, Sequential: true}
	two   = protocol.Session{Executors: 2, Cores: 1, Parallelism: 3}
	eight = protocol.Session{Executors: 2, Cores: 4}
)

// Groups are the groups of the TP, 20 points in all; within a group cases grow.
func Groups(seed uint64) ([]check.Group, error) {
	m := &maker{hidden.NewMaker(seed, 7)}
	var groups []check.Group
	add := func(exercise, points int, function, property string, about message.Text, cases ...check.Case) {
		groups = append(groups, check.Group{Points: points, Exercise: exercise, Function: function, Property: property, About: about, Cases: cases})
	}
	add(1, 1, "ByCarrier", "table", message.Both("des vols annulés", "some flights cancelled"),
		m.flights(one, 0, 6), m.flights(two, 0, 30, 25), m.flights(eight, 0, 80))
	add(1, 2, "ByCarrier", "flow", message.Both("plusieurs lots, dont un vide", "several batches, one of them empty"),
		m.flights(one, 1, 5, 4), m.flights(two, 1, 20, 0, 31), m.flights(eight, 1, 40, 15, 22))
	add(2, 2, "InWindows", "windows", message.Both("des mots à la limite de deux fenêtres", "words on the border of two windows"),
		m.words("windows", one, 2, 3), m.words("windows", eight, 4, 5))
	add(2, 2, "InWindows", "finals", message.Both("des mots en retard, d'autres trop en retard", "late words, and words that are too late"),
		m.words("finals", one, 3, 3), m.words("finals", two, 6, 4))
	add(2, 2, "InWindows", "bounded", message.Both("de nombreux lots", "many batches"),
		m.words("bounded", one, 3, 3), m.words("bounded", eight, 8, 4))
	needs := func(a, b int) []check.Case {
		return []check.Case{m.needed(one, a, 3), m.needed(two, b, 3), m.needed(eight, a, 5), m.needed(one, b, 5)}
	}
	add(3, 1, "Publish", "chosen", message.Both("Final et Board", "Final and Board"), needs(final, board)...)
	add(3, 1, "Publish", "chosen", message.Both("Changes et Final", "Changes and Final"), needs(changes, final)...)
	add(3, 1, "Publish", "chosen", message.Both("Board et Changes", "Board and Changes"), needs(board, changes)...)
	add(4, 2, "Standings", "standings", message.Both("des comptes qui changent", "counts that change"),
		m.updates(2, 3), m.updates(4, 5), m.updates(9, 8))
	add(4, 1, "Standings", "standings", message.Both("des tables entières", "whole tables"),
		m.tables(2, 3), m.tables(4, 5), m.tables(7, 8))
	add(4, 1, "Standings", "standings", message.Both("des fenêtres closes", "windows that are over"),
		m.closed(2, 3), m.closed(3, 5), m.closed(8, 4))
	add(5, 1, "Modes", "accepted", message.Both("une requête qui ne garde rien", "a query that keeps nothing"), m.asked(filtered, eventsSorted))
	add(5, 1, "Modes", "accepted", message.Both("des comptes que rien ne ferme", "counts that nothing closes"), m.asked(counted, countedSorted, countedOnce))
	add(5, 2, "Modes", "accepted", message.Both("des fenêtres et un filigrane", "windows and a watermark"), m.asked(windowed, markedAside))
	return groups, m.Failed
}
