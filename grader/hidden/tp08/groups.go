// Package tp08 makes the cases that count for TP 8, and keeps beside them the answers
// that the cases are tried on: stub/ (nothing done: no points in any group), wrong/
// (known mistakes: each its own explanation) and right/ (other styles: full marks).
package tp08

import (
	"etincelle/grader/check"
	"etincelle/grader/hidden"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// The sessions: one core in order, two executors, and eight cores at once.
var (
	one   = protocol.Session{Executors: 1, Cores: 1, Sequential: true}
	two   = protocol.Session{Executors: 2, Cores: 1, Parallelism: 3}
	eight = protocol.Session{Executors: 2, Cores: 4}
)

// Groups are the groups of the TP, 25 points in all; within a group cases grow.
func Groups(seed uint64) ([]check.Group, error) {
	m := &maker{hidden.NewMaker(seed, 8)}
	var groups []check.Group
	add := func(exercise, points int, function, property string, about message.Text, cases ...check.Case) {
		groups = append(groups, check.Group{Points: points, Exercise: exercise, Function: function, Property: property, About: about, Cases: cases})
	}
	add(1, 2, "Windows", "assigned", message.Both("des fenêtres qui glissent, un événement à leur bord", "sliding windows, an event on their edge"),
		m.instants(10, 5, 2), m.instants(60, 20, 4), m.instants(60, 15, 8))
	add(1, 1, "Windows", "assigned", message.Both("aucune fenêtre n'en recouvre une autre", "no window overlaps another"),
		m.instants(10, 10, 3), m.instants(30, 30, 6))
	add(1, 1, "Windows", "assigned", message.Both("une durée qui n'est pas un multiple du pas", "a length that is no multiple of the slide"),
		m.instants(25, 10, 4), m.instants(50, 20, 8))
	add(2, 2, "Sessions", "sessions", message.Both("des événements dans le désordre", "events out of order"),
		m.visits(5, 2, true), m.visits(10, 4, true), m.visits(20, 7, true))
	add(2, 2, "Sessions", "sessions", message.Both("des événements dans l'ordre, dont deux à l'écart juste", "events in order, two of them exactly the gap apart"),
		m.visits(5, 2, false), m.visits(15, 5, false))
	add(3, 2, "ByAirport", "airports", message.Both("des vols à l'heure ronde", "flights on the hour"),
		m.departures(one, 2, 3), m.departures(eight, 4, 6))
	add(3, 3, "ByAirport", "updates", message.Both("des départs en retard, d'autres hors délai", "late departures, and some beyond the delay"),
		m.departures(one, 3, 3), m.departures(two, 6, 5), m.departures(eight, 9, 6))
	add(4, 2, "Forecast", "foretold", message.Both("des fenêtres qui glissent et un filigrane", "sliding windows and a watermark"),
		m.steps(10, 5, 10, 2), m.steps(20, 10, 30, 4))
	add(4, 1, "Forecast", "foretold", message.Both("un délai négatif : rien ne se ferme", "a delay below zero: nothing closes"),
		m.steps(10, 5, -1, 2), m.steps(30, 10, -1, 4))
	add(4, 1, "Forecast", "foretold", message.Both("un délai nul, une fenêtre par événement", "no delay at all, one window an event"),
		m.steps(10, 10, 0, 3), m.steps(20, 20, 0, 5))
	add(5, 1, "Upsert", "upserted", message.Both("personne ne meurt", "nobody dies"), m.saved(one, 2, 0), m.saved(eight, 5, 0))
	add(5, 1, "Upsert", "upserted", message.Both("le programme meurt avant un commit", "the program dies before a commit"),
		m.saved(one, 2, 1), m.saved(two, 4, 3), m.saved(eight, 6, 2))
	add(5, 1, "AddUp", "added", message.Both("aucune panne", "no failure"), m.saved(one, 2, 0), m.saved(eight, 5, 0))
	add(5, 2, "AddUp", "added", message.Both("une panne avant un commit", "a failure before a commit"),
		m.saved(one, 2, 1), m.saved(two, 4, 3), m.saved(eight, 6, 2))
	add(6, 1, "Resume", "resumed", message.Both("les mêmes fenêtres à chaque lancement", "the same windows at each start"),
		m.starts(one, [2]int{10, 5}, [2]int{10, 5}), m.starts(two, [2]int{20, 10}, [2]int{20, 10}, [2]int{20, 10}))
	add(6, 2, "Resume", "resumed", message.Both("d'autres fenêtres entre deux lancements", "other windows between two starts"),
		m.starts(one, [2]int{10, 5}, [2]int{10, 10}, [2]int{10, 5}),
		m.starts(two, [2]int{10, 5}, [2]int{20, 5}, [2]int{10, 5}, [2]int{20, 5}))
	return groups, m.Failed
}
