// Package tp00 makes the cases that count for TP 0, and keeps beside them the
// answers that the cases are tried on: stub/ (nothing done: no points in any
// group), wrong/ (known mistakes: each its own explanation) and right/ (other
// styles: full marks).
package tp00

import (
	"encoding/json"
	"fmt"

	"etincelle/datasets"
	"etincelle/grader/check"
	"etincelle/grader/check/tp00"
	"etincelle/grader/hidden"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// Groups are the groups of the TP, 10 points in all; within a group cases grow.
func Groups(seed uint64) ([]check.Group, error) {
	m := &maker{hidden.NewMaker(seed, 0)}
	some := message.Both("des vols en retard, en avance, à la limite", "late flights, early ones, some at the border")
	empty := message.Both("des vols annulés, des partitions vides", "cancelled flights, empty partitions")
	groups := []check.Group{
		{Points: 3, Exercise: 1, Function: "LateFlights", Property: "late", About: some, Cases: []check.Case{
			m.late(one, m.Sizes(3, 8), 0), m.late(two, m.Sizes(5, 30), 0), m.late(eight, m.Sizes(9, 60), 0),
		}},
		{Points: 2, Exercise: 1, Function: "LateFlights", Property: "late", About: empty, Cases: []check.Case{
			m.late(one, []int{0, 7, 0}, 0.4), m.late(two, []int{0, 0, 20, 0}, 0.4), m.late(eight, []int{70, 0, 0, 20}, 0.4),
		}},
		{Points: 3, Exercise: 2, Function: "CountLate", Property: "counted", About: some, Cases: []check.Case{
			m.late(one, m.Sizes(2, 15), 0), m.late(two, m.Sizes(4, 40), 0), m.late(eight, m.Sizes(8, 70), 0),
		}},
		{Points: 2, Exercise: 2, Function: "CountLate", Property: "counted", About: empty, Cases: []check.Case{
			m.late(one, []int{0, 12, 0}, 0.4), m.late(two, []int{0, 0, 30, 0}, 0.4), m.late(eight, []int{90, 0, 0, 20}, 0.4),
		}},
	}
	return groups, m.Failed
}

// The sessions: one core in order, two executors, eight cores at once.
var (
	one   = protocol.Session{Executors: 1, Cores: 1, Sequential: true}
	two   = protocol.Session{Executors: 2, Cores: 1}
	eight = protocol.Session{Executors: 2, Cores: 4}
)

// maker draws cases.
type maker struct{ hidden.Maker }

// enoughDraws is how many cases are drawn before one that tells is despaired of.
const enoughDraws = 500

// late is a case that tells the known mistakes apart.
func (m *maker) late(s protocol.Session, sizes []int, cancelled float64) check.Case {
	for range enoughDraws {
		if c := m.draw(s, sizes, cancelled); tp00.Telling(c) {
			return c
		}
	}
	m.Fail(fmt.Errorf("no case tells its mistakes apart after %d draws", enoughDraws))
	return check.Case{}
}

// draw is a case of flights of which a part is cancelled, and a limit. In the first
// partition that has the room some are at the border, and some just beside it.
func (m *maker) draw(s protocol.Session, sizes []int, cancelled float64) check.Case {
	minutes := []int{0, 15, 45, 60, 90}[m.Random.IntN(5)]
	c := check.Case{Name: "late", Session: s, Params: map[string]int{"minutes": minutes}}
	source := check.Source{Name: "flights"}
	bordered := false
	for _, size := range sizes {
		var flights []datasets.Flight
		for range size {
			flights = append(flights, m.flight(cancelled))
		}
		if !bordered && size >= 7 {
			bordered = true
			for i, delay := range []int{minutes - 1, minutes, minutes + 1, minutes + 1, 31, 200, 500} {
				flights[i].Departed, flights[i].Delay = cancelled == 0 || i < 4, delay
			}
		}
		rows := []json.RawMessage{}
		for _, f := range flights {
			rows = append(rows, m.Raw(f))
		}
		source.Partitions = append(source.Partitions, rows)
	}
	c.Sources = []check.Source{source}
	return c
}

func (m *maker) flight(cancelled float64) datasets.Flight {
	f := datasets.Flight{
		Month: 1, Day: 1 + m.Random.IntN(31), Carrier: []string{"UA", "B6", "DL", "AA"}[m.Random.IntN(4)], Number: 1 + m.Random.IntN(6000),
		Origin: []string{"EWR", "JFK", "LGA"}[m.Random.IntN(3)], Dest: []string{"IAH", "MIA", "ORD", "LAX"}[m.Random.IntN(4)],
		Distance: 80 + m.Random.IntN(2600), Departed: true, Delay: m.Random.IntN(150) - 20,
	}
	if m.Random.Float64() < cancelled {
		f.Departed, f.Delay = false, 500+m.Random.IntN(500) // means nothing: who takes it for a delay is found out
	}
	return f
}
