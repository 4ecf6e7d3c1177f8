// Package tp02 makes the cases that count for TP 2, and keeps beside them the
// answers that the cases are tried on: stub/ (nothing done: no points in any
// group), wrong/ (known mistakes: each its own explanation) and right/ (other
// styles: full marks).
package tp02

import (
	"etincelle/grader/check"
	"etincelle/grader/hidden"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// Groups are the groups of the TP, 60 points in all; within a group cases grow.
func Groups(seed uint64) ([]check.Group, error) {
	m := &maker{hidden.NewMaker(seed, 2)}
	groups := []check.Group{
		{
			Points: 2, Exercise: 1, Function: "Shrink", Property: "joined",
			About: message.Both("partitions inégales", "uneven partitions"),
			Cases: []check.Case{
				m.resized(one, m.Sizes(4, 8), 2),
				m.resized(two, m.Skewed(8, 400), 3),
				m.resized(eight, m.Skewed(24, 800), 5),
			},
		},
		{
			Points: 1, Exercise: 1, Function: "Shrink", Property: "joined",
			About: message.Both("une ligne, des partitions vides, une seule à la fin", "one row, empty partitions, a single one in the end"),
			Cases: []check.Case{
				m.resized(one, []int{0, 1, 0}, 2),
				m.resized(two, []int{5, 0, 0, 0, 7, 0}, 1),
				m.resized(eight, m.Sizes(60, 3), 7),
			},
		},
		{
			Points: 2, Exercise: 1, Function: "Balance", Property: "balanced",
			About: message.Both("moins de partitions, une d'elles très grande", "fewer partitions, one of them very large"),
			Cases: []check.Case{
				m.resized(one, []int{120, 3, 5, 2}, 2),
				m.resized(two, m.Skewed(8, 1000), 4),
				m.resized(eight, m.Skewed(12, 2000), 6),
			},
		},
		{
			Points: 1, Exercise: 1, Function: "Balance", Property: "balanced",
			About: message.Both("plus de partitions, ou des partitions vides", "more partitions, or empty ones"),
			Cases: []check.Case{
				m.resized(one, []int{90}, 3),
				m.resized(two, []int{0, 300, 0, 0}, 4),
				m.resized(eight, m.Skewed(3, 1200), 12),
			},
		},
		{
			Points: 3, Exercise: 2, Function: "DelayByCarrier", Property: "sums",
			About: message.Both("départs à l'heure, en retard, en avance", "departures on time, late, early"),
			Cases: []check.Case{
				m.delays(one, m.Sizes(3, 3), departed),
				m.delays(two, []int{0, 60, 0, 20}, departed),
				m.delays(eight, m.Skewed(12, 800), departed),
			},
		},
		{
			Points: 1, Exercise: 2, Function: "DelayByCarrier", Property: "sums",
			About: message.Both("des vols annulés, une seule partition, une seule ligne", "cancelled flights, one partition, one row"),
			Cases: []check.Case{
				m.delays(one, []int{1}, departed),
				m.delays(one, []int{12}, someCancelled),
				m.delays(two, m.Sizes(5, 40), someCancelled),
			},
		},
		{
			Points: 3, Exercise: 2, Function: "DelayByCarrier", Property: "combined",
			About: message.Both("beaucoup de vols, peu de compagnies", "many flights, few airlines"),
			Cases: []check.Case{
				m.delays(one, m.Sizes(3, 40), someCancelled),
				m.delays(two, m.Skewed(8, 900), someCancelled),
				m.delays(parallel, m.Skewed(10, 2000), someCancelled),
			},
		},
		{
			Points: 3, Exercise: 3, Function: "DistancesWithNames", Property: "named",
			About: message.Both("des compagnies sans vol, des partitions vides", "airlines without flights, empty partitions"),
			Cases: []check.Case{
				m.joined(one, []int{1}, 1, hash(1)),
				m.joined(two, []int{0, 9, 0}, 2, hash(3)),
				m.joined(eight, m.Skewed(6, 300), 3, hash(8)),
			},
		},
		{
			Points: 4, Exercise: 3, Function: "DistancesWithNames", Property: "kept",
			About: message.Both("par hachage ou par la première lettre", "by hash or by the first letter"),
			Cases: []check.Case{
				m.joined(one, m.Sizes(2, 5), 2, hash(2)),
				m.joined(two, m.Skewed(4, 120), 2, letter(3)),
				m.joined(parallel, m.Skewed(8, 600), 4, hash(16)),
			},
		},
	}
	groups = append(groups, placing(m)...)
	return append(groups, evening(m)...), m.Failed
}

// The sessions: one core in order, two executors, eight cores at once, and a
// default number of partitions that is not the cores'.
var (
	one      = protocol.Session{Executors: 1, Cores: 1, Sequential: true}
	two      = protocol.Session{Executors: 2, Cores: 1}
	eight    = protocol.Session{Executors: 2, Cores: 4}
	parallel = protocol.Session{Executors: 2, Cores: 2, Parallelism: 3}
)

func hash(n int) map[string]int   { return map[string]int{"partitions": n, "byLetter": 0} }
func letter(n int) map[string]int { return map[string]int{"partitions": n, "byLetter": 1} }
