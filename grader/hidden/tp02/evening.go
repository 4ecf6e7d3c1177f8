package tp02

import (
	"encoding/json"
	"fmt"

	"etincelle/grader/check"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// evening are the groups of exercises 6 and 8 to 10: how large partitions are,
// what makes them even, and a place that is the same in every run.
func evening(m *maker) []check.Group {
	return []check.Group{
		{
			Points: 2, Exercise: 6, Function: "Sizes", Property: "counted",
			About: message.Both("des partitions très inégales", "very uneven partitions"),
			Cases: []check.Case{
				m.counted(one, []int{3, 1}),
				m.counted(two, []int{40, 7, 12, 1, 1}),
				m.counted(eight, m.Skewed(20, 900)),
			},
		},
		{
			Points: 2, Exercise: 6, Function: "Sizes", Property: "counted",
			About: message.Both("quelques partitions vides", "some empty partitions"),
			Cases: []check.Case{
				m.counted(one, []int{0, 2}),
				m.counted(two, []int{9, 0, 0, 30, 0}),
				m.counted(parallel, append(m.Skewed(8, 300), 0)),
			},
		},
		{
			Points: 2, Exercise: 8, Function: "SaltedDistances", Property: "unsalted",
			About: message.Both("quelques vols, un sel ou plusieurs", "a few flights, one salt or several"),
			Cases: []check.Case{
				m.salted(one, []int{3, 2}, 1),
				m.salted(two, []int{0, 30, 9}, 4),
				m.salted(eight, m.Sizes(12, 60), 16),
			},
		},
		{
			Points: 5, Exercise: 8, Function: "SaltedDistances", Property: "spread",
			About: message.Both("un aéroport a la plupart des vols", "one airport has most of the flights"),
			Cases: []check.Case{
				m.salted(one, evenly(16, 50), 32),
				m.salted(two, evenly(16, 70), 32),
				m.salted(eight, evenly(24, 60), 40),
			},
		},
		{
			Points: 3, Exercise: 9, Function: "ByDistance", Property: "ordered",
			About: message.Both("dans le désordre, des partitions vides", "in no order, empty partitions"),
			Cases: []check.Case{
				m.ranged(one, []int{16, 0, 14}, 2),
				m.ranged(two, []int{60, 50}, 5),
				m.ranged(parallel, []int{90, 5, 80, 120}, 7),
			},
		},
		{
			Points: 3, Exercise: 9, Function: "ByDistance", Property: "evenRanges",
			About: message.Both("beaucoup de vols courts, peu de longs", "many short flights, few long ones"),
			Cases: []check.Case{
				m.ranged(one, []int{60, 60}, 3),
				m.ranged(two, []int{120, 40, 90, 70}, 8),
				m.ranged(eight, []int{400, 250}, 16),
			},
		},
		{
			Points: 3, Exercise: 10, Function: "PartitionOf", Property: "hashed",
			About: message.Both("quelques avions, qui reviennent", "a few aircraft, which come again"),
			Cases: []check.Case{
				m.hashed(one, []int{20, 12}, 7),
				m.hashed(two, m.Sizes(4, 40), 9),
				m.hashed(eight, m.Skewed(8, 200), 12),
			},
		},
		{
			Points: 3, Exercise: 10, Function: "PartitionOf", Property: "hashed",
			About: message.Both("plus de partitions", "more partitions"),
			Cases: []check.Case{
				m.hashed(one, []int{30}, 11),
				m.hashed(parallel, m.Skewed(5, 200), 24),
				m.hashed(eight, m.Skewed(9, 700), 101+2*m.Random.IntN(40)),
			},
		},
	}
}

// evenly are n partitions of so many rows.
func evenly(n, rows int) []int {
	sizes := make([]int, n)
	for i := range sizes {
		sizes[i] = rows
	}
	return sizes
}

// counted is a case of exercise 6.
func (m *maker) counted(s protocol.Session, sizes []int) check.Case {
	return check.Case{Name: "rows to count", Session: s, Sources: []check.Source{m.flights(sizes, departed)}}
}

// salted is a case of exercise 8: of ten flights, six leave from one airport,
// which is not always the same, and three from another.
func (m *maker) salted(s protocol.Session, sizes []int, salts int) check.Case {
	airports := []string{"EWR", "JFK", "LGA"}
	m.Random.Shuffle(3, func(i, j int) { airports[i], airports[j] = airports[j], airports[i] })
	flights := m.flightsWith(sizes, func(f *flight) {
		f.Origin = airports[[]int{0, 0, 0, 0, 0, 0, 1, 1, 1, 2}[m.Random.IntN(10)]]
	})
	names := check.Source{Name: "names", Partitions: make([][]json.RawMessage, 2)}
	for i, code := range airports {
		names.Partitions[i%2] = append(names.Partitions[i%2], m.Raw(struct{ Key, Value string }{code, "Airport " + code}))
	}
	return check.Case{Name: "airports to salt", Session: s, Params: map[string]int{"salts": salts}, Sources: []check.Source{flights, names}}
}

// ranged is a case of exercise 9: most flights are short, some very long. A
// partition has no more rows than Spark samples of it, so that the bounds of a
// range partitioner are exact.
func (m *maker) ranged(s protocol.Session, sizes []int, n int) check.Case {
	flights := m.flightsWith(sizes, func(f *flight) {
		f.Distance = 80 + m.Random.IntN(400)
		if m.Random.IntN(5) == 0 {
			f.Distance = 80 + m.Random.IntN(9000)
		}
	})
	return check.Case{Name: "miles in ranges", Session: s, Params: map[string]int{"n": n}, Sources: []check.Source{flights}}
}

// hashed is a case of exercise 10: registrations of four to six characters, whose
// hashes have both signs. n is no power of 2, for which an unsigned hash is right
// by chance, and no divisor of 30: modulo those 31 is 1, and the hash of a text the
// sum of its letters.
func (m *maker) hashed(s protocol.Session, sizes []int, n int) check.Case {
	var tails []string
	for range 40 {
		length := 2 + m.Random.IntN(3)
		tails = append(tails, fmt.Sprintf("N%0*d%c", length, m.Random.IntN([]int{100, 1000, 10000}[length-2]), 'A'+rune(m.Random.IntN(26))))
	}
	flights := m.flightsWith(sizes, func(f *flight) { f.Tail = tails[m.Random.IntN(len(tails))] })
	return check.Case{Name: "aircraft in their places", Session: s, Params: map[string]int{"n": n}, Sources: []check.Source{flights}}
}
