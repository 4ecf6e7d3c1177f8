package tp02

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"etincelle/grader/check"
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

// maker draws cases. The first error is kept.
type maker struct {
	random *rand.Rand
	failed error
}

// flights draws rows for partitions of these sizes.
func (m *maker) flights(sizes []int, cancelled float64) check.Source {
	var all []flight
	flies := map[string]bool{}
	for _, size := range sizes {
		for range size {
			f := m.flight()
			if m.random.Float64() < cancelled {
				// Delay means nothing here, so it says something: who adds it up is found out.
				f.Departed, f.Delay = false, 500+m.random.IntN(500)
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
			rows = append(rows, m.raw(f))
		}
		all = all[size:]
		s.Partitions = append(s.Partitions, rows)
	}
	return s
}

func (m *maker) flight() flight {
	airline := 0
	for airline < len(airlines)-1 && m.random.IntN(2) == 1 {
		airline++
	}
	return flight{
		Month: 1, Day: 1 + m.random.IntN(31), Carrier: airlines[airline], Number: 1 + m.random.IntN(6000),
		Tail: fmt.Sprintf("N%05d", m.random.IntN(100000)), Origin: []string{"EWR", "JFK", "LGA"}[m.random.IntN(3)],
		Dest: []string{"IAH", "MIA", "ORD", "LAX", "SFO"}[m.random.IntN(5)], Distance: 80 + m.random.IntN(2600),
		Departed: true, Delay: m.random.IntN(120) - 20,
	}
}

// names are all the airlines, in n partitions.
func (m *maker) names(n int) check.Source {
	s := check.Source{Name: "names", Partitions: make([][]json.RawMessage, n)}
	for i, code := range airlines {
		s.Partitions[i%n] = append(s.Partitions[i%n], m.raw(struct{ Key, Value string }{code, "Airline " + code}))
	}
	return s
}

func (m *maker) raw(row any) json.RawMessage {
	text, err := json.Marshal(row)
	if err != nil && m.failed == nil {
		m.failed = fmt.Errorf("make a row: %w", err)
	}
	return text
}

// sizes are n partitions of up to most rows; one at least has a row.
func (m *maker) sizes(n, most int) []int {
	sizes := make([]int, n)
	for i := range sizes {
		sizes[i] = m.random.IntN(most + 1)
	}
	sizes[m.random.IntN(n)] = most
	return sizes
}

// skewed is about rows rows in n partitions, three quarters of them in one.
func (m *maker) skewed(n, rows int) []int {
	sizes := make([]int, n)
	for i := range sizes {
		sizes[i] = rows/(4*n) + m.random.IntN(3)
	}
	sizes[m.random.IntN(n)] += rows * 3 / 4
	return sizes
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
