// Package tp01 makes the cases that count for TP 1, and keeps beside them the
// answers that the cases are tried on: stub/ (nothing done: no points in any
// group), wrong/ (known mistakes: each its own explanation) and right/ (other
// styles: full marks).
//
// Lineages and recorded runs are real ones: the engine makes them, from the seed
// (lineages.go, runs.go).
package tp01

import (
	"etincelle/grader/check"
	"etincelle/grader/hidden"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// Groups are the groups of the TP, 55 points in all; within a group cases grow.
func Groups(seed uint64) ([]check.Group, error) {
	m := &maker{hidden.NewMaker(seed, 1)}
	groups := append(m.planGroups(), m.taskGroups()...)
	groups = append(groups, m.lineageGroups()...)
	groups = append(groups, m.runGroups()...)
	groups = append(groups, m.retryGroups()...)
	return groups, m.Failed
}

// planGroups are those of exercises 1 and 2.
func (m *maker) planGroups() []check.Group {
	return []check.Group{
		{
			Points: 4, Exercise: 1, Function: "LongDelays", Property: "lazy",
			About: message.Both("des retards de toute sorte", "delays of all sorts"),
			Cases: []check.Case{
				m.delays(one, m.Sizes(3, 8)),
				m.delays(two, m.Sizes(5, 40)),
				m.delays(eight, m.Skewed(12, 400)),
			},
		},
		{
			Points: 2, Exercise: 1, Function: "LongDelays", Property: "lazy",
			About: message.Both("une ligne, des partitions vides", "one line, empty partitions"),
			Cases: []check.Case{
				m.delays(one, []int{1}),
				m.delays(two, []int{0, 6, 0, 0}),
				m.delays(parallel, []int{0, 30, 0, 12, 1}),
			},
		},
		{
			Points: 3, Exercise: 2, Function: "Stages", Property: "stages",
			About: message.Both("des suites courtes, puis longues", "short sequences, then long ones"),
			Cases: []check.Case{
				m.chain(3, false), m.chain(4, true), m.chain(5, false), m.chain(6, true), m.chain(8, true), m.chain(10, true), m.chain(14, true),
			},
		},
		{
			Points: 1, Exercise: 2, Function: "Stages", Property: "stages",
			About: message.Both("presque rien ne brasse", "hardly anything shuffles"),
			Cases: []check.Case{m.narrow(3), m.narrow(4), m.chain(5, true), m.narrow(6)},
		},
		{
			Points: 4, Exercise: 2, Function: "BusiestFirst", Property: "sorted",
			About: message.Both("beaucoup de vols, plusieurs partitions", "many flights, several partitions"),
			Cases: []check.Case{
				m.flightsAndN(one, m.Sizes(3, 40), 3),
				m.flightsAndN(two, m.Skewed(4, 300), 2),
				m.flightsAndN(eight, m.Skewed(9, 900), 5),
				m.flightsAndN(parallel, m.Skewed(6, 1200), 4),
			},
		},
	}
}

// taskGroups are those of exercises 3 and 4.
func (m *maker) taskGroups() []check.Group {
	return []check.Group{
		{
			Points: 3, Exercise: 3, Function: "InTasks", Property: "tasks",
			About: message.Both("plus ou moins de tâches que de cœurs", "more or fewer tasks than cores"),
			Cases: []check.Case{
				m.values(one, 7, 3), m.values(two, 40, 1), m.values(eight, 60, 13), m.values(parallel, 90, 7),
			},
		},
		{
			Points: 1, Exercise: 3, Function: "InTasks", Property: "tasks",
			About: message.Both("plus de tâches que de valeurs", "more tasks than values"),
			Cases: []check.Case{m.values(one, 1, 4), m.values(two, 3, 9), m.values(eight, 5, 11)},
		},
		{
			Points: 4, Exercise: 3, Function: "CountByCarrier", Property: "reduceTasks",
			About: message.Both("n au-dessous et au-dessus du nombre de partitions", "n below and above the number of partitions"),
			Cases: []check.Case{
				m.flightsAndN(one, m.Sizes(4, 10), 2),
				m.flightsAndN(two, m.Sizes(3, 60), 7),
				m.flightsAndN(eight, m.Skewed(8, 500), 1),
				m.flightsAndN(parallel, m.Skewed(6, 900), 11),
			},
		},
		{
			Points: 5, Exercise: 4, Function: "AirlinesAndMost", Property: "reused",
			About: message.Both("plusieurs compagnies", "several airlines"),
			Cases: []check.Case{
				m.flightsOnly(one, m.Sizes(3, 12)),
				m.flightsOnly(two, m.Skewed(4, 200)),
				m.flightsOnly(eight, m.Skewed(10, 900)),
			},
		},
		{
			Points: 1, Exercise: 4, Function: "AirlinesAndMost", Property: "reused",
			About: message.Both("un vol, des partitions vides", "one flight, empty partitions"),
			Cases: []check.Case{
				m.flightsOnly(one, []int{1}),
				m.flightsOnly(two, []int{0, 5, 0}),
				m.flightsOnly(parallel, []int{0, 0, 9, 0, 40}),
			},
		},
	}
}

// The sessions: one core in order, two executors, eight cores at once, and a
// default number of partitions that is not the cores'.
var (
	one      = protocol.Session{Executors: 1, Cores: 1, Sequential: true}
	two      = protocol.Session{Executors: 2, Cores: 1}
	eight    = protocol.Session{Executors: 2, Cores: 4}
	parallel = protocol.Session{Executors: 2, Cores: 2, Parallelism: 3}
)

// fourTimes is a session in which a task is tried four times.
func fourTimes(s protocol.Session) protocol.Session {
	s.Attempts = 4
	return s
}
