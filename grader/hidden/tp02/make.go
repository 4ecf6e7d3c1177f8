package tp02

import (
	"encoding/json"
	"fmt"

	"etincelle/grader/check"
	"etincelle/grader/hidden"
	"etincelle/grader/protocol"
)

// flight is a row of the input, as datasets.Flight writes itself.
type flight struct {
	Month, Day         int
	Carrier            string
	Number             int
	Tail, Origin, Dest string
	Distance           int
	Departed           bool
	Delay              int
}

// airlines are by how often they fly: the first half of all flights is the
// first one's.
var airlines = []string{"UA", "B6", "EV", "DL", "AA", "MQ", "US", "9E", "WN", "VX", "FL", "AS", "F9", "YV", "HA", "OO"}

// The part of the flights that are cancelled.
const (
	departed      = 0.0
	someCancelled = 0.2
)

// maker draws cases.
type maker struct{ hidden.Maker }

// flights draws rows for partitions of these sizes.
func (m *maker) flights(sizes []int, cancelled float64) check.Source {
	var all []flight
	flies := map[string]bool{}
	for _, size := range sizes {
		for range size {
			f := m.flight()
			if m.Random.Float64() < cancelled {
				// Delay means nothing here, so it says something: who adds it up is found out.
				f.Departed, f.Delay = false, 500+m.Random.IntN(500)
			}
			flies[f.Carrier] = flies[f.Carrier] || f.Departed
			all = append(all, f)
		}
	}
	// An airline all of whose flights are cancelled: is its sum 0, or has it none?
	// The exercise does not say, so no case asks.
	for i := range all {
		if !flies[all[i].Carrier] {
			all[i].Departed, all[i].Delay = true, 7
			flies[all[i].Carrier] = true
		}
	}
	s := check.Source{Name: "flights"}
	for _, size := range sizes {
		rows := []json.RawMessage{}
		for _, f := range all[:size] {
			rows = append(rows, m.Raw(f))
		}
		all = all[size:]
		s.Partitions = append(s.Partitions, rows)
	}
	return s
}

func (m *maker) flight() flight {
	airline := 0
	for airline < len(airlines)-1 && m.Random.IntN(2) == 1 {
		airline++
	}
	return flight{
		Month: 1, Day: 1 + m.Random.IntN(31), Carrier: airlines[airline], Number: 1 + m.Random.IntN(6000),
		Tail: fmt.Sprintf("N%05d", m.Random.IntN(100000)), Origin: []string{"EWR", "JFK", "LGA"}[m.Random.IntN(3)],
		Dest: []string{"IAH", "MIA", "ORD", "LAX", "SFO"}[m.Random.IntN(5)], Distance: 80 + m.Random.IntN(2600),
		Departed: true, Delay: m.Random.IntN(120) - 20,
	}
}

// names are all the airlines, in n partitions.
func (m *maker) names(n int) check.Source {
	s := check.Source{Name: "names", Partitions: make([][]json.RawMessage, n)}
	for i, code := range airlines {
		s.Partitions[i%n] = append(s.Partitions[i%n], m.Raw(struct{ Key, Value string }{code, "Airline " + code}))
	}
	return s
}

// resized is a case of exercise 1.
func (m *maker) resized(s protocol.Session, sizes []int, n int) check.Case {
	return check.Case{Name: "resize", Session: s, Params: map[string]int{"n": n}, Sources: []check.Source{m.flights(sizes, departed)}}
}

// delays is a case of exercise 2.
func (m *maker) delays(s protocol.Session, sizes []int, cancelled float64) check.Case {
	return check.Case{Name: "delays of airlines", Session: s, Sources: []check.Source{m.flights(sizes, cancelled)}}
}

// joined is a case of exercise 3.
func (m *maker) joined(s protocol.Session, sizes []int, nameParts int, placed map[string]int) check.Case {
	return check.Case{Name: "join", Session: s, Params: placed, Sources: []check.Source{m.flights(sizes, someCancelled), m.names(nameParts)}}
}
