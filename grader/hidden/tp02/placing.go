package tp02

import (
	"encoding/json"
	"slices"

	"etincelle/grader/check"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// placing are the groups of exercises 4, 5 and 7: joins that move each row once
// or never, and a partitioner of one's own.
func placing(m *maker) []check.Group {
	return []check.Group{
		{
			Points: 2, Exercise: 4, Function: "DistanceAndTotal", Property: "totals",
			About: message.Both("une compagnie ou plusieurs, des partitions vides", "one airline or several, empty partitions"),
			Cases: []check.Case{
				m.totals(one, []int{2}, 1),
				m.totals(two, []int{0, 30, 0, 9}, 3),
				m.totals(eight, m.Skewed(12, 700), 8),
			},
		},
		{
			Points: 4, Exercise: 4, Function: "DistanceAndTotal", Property: "movedOnce",
			About: message.Both("plus et moins de partitions qu'au départ", "more and fewer partitions than before"),
			Cases: []check.Case{
				m.totals(one, []int{20, 3}, 3),
				m.totals(parallel, m.Skewed(6, 400), 5),
				m.totals(eight, m.Skewed(10, 1500), 4),
			},
		},
		{
			Points: 2, Exercise: 5, Function: "DistancesByBroadcast", Property: "broadcast",
			About: message.Both("des compagnies sans nom, des partitions vides", "airlines without a name, empty partitions"),
			Cases: []check.Case{
				m.broadcast(one, []int{12, 0, 9}, 1, 4),
				m.broadcast(two, m.Sizes(5, 60), 3, 4),
				m.broadcast(eight, m.Skewed(9, 500), 2, 6),
			},
		},
		{
			Points: 3, Exercise: 5, Function: "DistancesByBroadcast", Property: "broadcast",
			About: message.Both("toutes les compagnies ont un nom", "every airline has a name"),
			Cases: []check.Case{
				m.broadcast(one, []int{3, 4}, 2, 0),
				m.broadcast(parallel, m.Skewed(6, 300), 4, 0),
				m.broadcast(eight, m.Skewed(16, 1500), 3, 0),
			},
		},
		{
			Points: 3, Exercise: 7, Function: "JFKAlone", Property: "placed",
			About: message.Both("des aéroports de tout le pays", "airports of the whole country"),
			Cases: []check.Case{
				m.airports(one, []int{20, 9}, 2),
				m.airports(two, m.Sizes(4, 90), 4),
				m.airports(eight, m.Skewed(8, 600), 11),
			},
		},
		{
			Points: 3, Exercise: 7, Function: "JFKAlone", Property: "alike",
			About: message.Both("placés deux fois", "placed twice"),
			Cases: []check.Case{
				m.airports(one, []int{12}, 3),
				m.airports(parallel, m.Sizes(5, 60), 5),
				m.airports(eight, m.Skewed(6, 500), 8),
			},
		},
	}
}

// totals is a case of exercise 4.
func (m *maker) totals(s protocol.Session, sizes []int, n int) check.Case {
	return check.Case{Name: "flights and totals", Session: s, Params: map[string]int{"n": n}, Sources: []check.Source{m.flights(sizes, someCancelled)}}
}

// broadcast is a case of exercise 5, in which so many airlines have no name; one
// of them flies.
func (m *maker) broadcast(s protocol.Session, sizes []int, nameParts, nameless int) check.Case {
	flights, names := m.flights(sizes, someCancelled), m.names(nameParts)
	var flying flight
	if err := json.Unmarshal(check.Flat(flights.Partitions)[0], &flying); err != nil && m.Failed == nil {
		m.Failed = err
	}
	without := map[string]bool{}
	if nameless > 0 {
		without[flying.Carrier] = true
	}
	for len(without) < nameless {
		without[airlines[m.Random.IntN(len(airlines))]] = true
	}
	for p, rows := range names.Partitions {
		names.Partitions[p] = slices.DeleteFunc(rows, func(raw json.RawMessage) bool {
			var name struct{ Key string }
			return json.Unmarshal(raw, &name) == nil && without[name.Key]
		})
	}
	return check.Case{Name: "names for every task", Session: s, Sources: []check.Source{flights, names}}
}

// country are airports with first letters of many kinds.
var country = []string{"ATL", "BOS", "CLT", "DEN", "EWR", "FLL", "HNL", "IAH", "LGA", "MIA", "ORD", "PHX", "SFO", "TPA", "JAX"}

// airports is a case of exercise 7: every other flight leaves from JFK.
func (m *maker) airports(s protocol.Session, sizes []int, n int) check.Case {
	flights := m.flightsWith(sizes, func(f *flight) {
		f.Origin = "JFK"
		if m.Random.IntN(2) == 0 {
			f.Origin = country[m.Random.IntN(len(country))]
		}
	})
	return check.Case{Name: "airports in their places", Session: s, Params: map[string]int{"n": n}, Sources: []check.Source{flights}}
}

// flightsWith draws flights that departed, each changed by change.
func (m *maker) flightsWith(sizes []int, change func(*flight)) check.Source {
	s := check.Source{Name: "flights"}
	for _, size := range sizes {
		rows := []json.RawMessage{}
		for range size {
			f := m.flight()
			change(&f)
			rows = append(rows, m.Raw(f))
		}
		s.Partitions = append(s.Partitions, rows)
	}
	return s
}
