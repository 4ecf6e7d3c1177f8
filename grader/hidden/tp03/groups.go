// Package tp03 makes the cases that count for TP 3, and keeps beside them the
// answers that the cases are tried on: stub/ (nothing done: no points in any
// group), wrong/ (known mistakes: each its own explanation) and right/ (other
// styles: full marks).
package tp03

import (
	"etincelle/grader/check"
	"etincelle/grader/hidden"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// The situations of exercise 6, as exercises.go numbers them.
const (
	usedOnce = iota
	usedOften
	tooLarge
	memoryIsTaken
	executorsDie
	othersReadIt
)

// Groups are the groups of the TP, 20 points in all; within a group cases grow.
func Groups(seed uint64) ([]check.Group, error) {
	m := &maker{hidden.NewMaker(seed, 3)}
	var groups []check.Group
	add := func(exercise, points int, function, property string, about message.Text, cases ...check.Case) {
		groups = append(groups, check.Group{Points: points, Exercise: exercise, Function: function, Property: property, About: about, Cases: cases})
	}
	add(1, 2, "LateFlights", "once", message.Both("quelques limites, beaucoup de limites, des tâches qui échouent", "some limits, many limits, tasks that fail"),
		m.late(one, m.filled(3, 20), 2), m.late(two, m.filled(5, 60), 6), m.late(eight, m.filled(9, 80), 12),
		stumbling(m.late(two, m.filled(4, 90), 3)))
	add(1, 1, "LateFlights", "freed", message.Both("aussi avec des partitions vides", "with empty partitions too"),
		m.late(one, []int{0, 12, 0, 3}, 3), m.late(two, []int{40, 0, 0, 25}, 4), m.late(eight, m.filled(6, 70), 5))
	add(2, 1, "CountAll", "warm", message.Both("trois jeux de même taille", "three datasets of the same size"),
		m.counted(one, []int{20, 20}, []int{20, 20}, []int{20, 20}), m.counted(alone, []int{50, 50, 50}, []int{50, 50, 50}, []int{50, 50, 50}))
	add(2, 1, "CountAll", "warm", message.Both("des tailles inégales, huit cœurs", "uneven sizes, eight cores"),
		m.counted(one, m.filled(2, 20), m.filled(3, 30), m.filled(2, 24)), m.counted(alone, m.filled(3, 40), m.filled(2, 30), m.filled(5, 30)),
		m.counted(crowd, m.filled(6, 60), m.filled(8, 50), m.filled(5, 70)))
	add(3, 2, "Totals", "rolling", message.Both("quelques pas, beaucoup de pas", "some steps, many steps"),
		m.with("totals", one, m.filled(2, 12), map[string]int{"n": 3}), m.with("totals", two, m.filled(4, 40), map[string]int{"n": 5 + m.Random.IntN(3)}),
		m.with("totals", eight, m.filled(7, 60), map[string]int{"n": 12}))
	add(3, 1, "Totals", "emptied", message.Both("un seul pas, des partitions vides", "a single step, empty partitions"),
		m.with("totals", one, []int{9}, map[string]int{"n": 1}), m.with("totals", two, []int{0, 20, 0, 31}, map[string]int{"n": 4}),
		m.with("totals", eight, m.filled(5, 60), map[string]int{"n": 6}))
	add(4, 1, "Publish", "published", message.Both("des vols annulés, des partitions vides", "cancelled flights, empty partitions"),
		m.with("publish", one, []int{0, 15, 0}, map[string]int{"limit": 10}), m.with("publish", two, m.filled(4, 50), map[string]int{"limit": 30 + m.Random.IntN(60)}),
		m.with("publish", eight, m.filled(9, 60), map[string]int{"limit": m.Random.IntN(100)}))
	add(4, 2, "Publish", "writtenOnce", message.Both("un seul job écrit, un seul calcule", "one job writes, one computes"),
		m.with("publish", one, m.filled(2, 20), map[string]int{"limit": 20}), m.with("publish", two, m.filled(5, 40), map[string]int{"limit": 5}),
		m.with("publish", eight, m.filled(8, 60), map[string]int{"limit": 90}))
	add(4, 1, "Resume", "resumed", message.Both("d'autres exécuteurs que ceux qui ont écrit", "other executors than those that wrote"),
		m.published(one, 12, 1), m.published(two, 60, 4), m.published(eight, 240, 9))
	add(5, 1, "Iterate", "cut", message.Both("plus de cent pas, ou un reste de pas", "more than a hundred steps, or some steps left over"),
		m.iterated(one, m.filled(2, 10), 8, 4), m.iterated(two, m.filled(3, 20), 23+m.Random.IntN(5), 7), m.iterated(two, m.filled(2, 20), 120, 10))
	add(5, 1, "Iterate", "stepsOnce", message.Both("quelques coupures", "a few cuts"),
		m.iterated(one, m.filled(2, 10), 6, 3), m.iterated(two, m.filled(4, 30), 20+m.Random.IntN(4), 6), m.iterated(eight, m.filled(7, 40), 18, 6))
	add(5, 1, "Iterate", "survives", message.Both("de un à huit cœurs", "one to eight cores"),
		m.iterated(one, m.filled(2, 10), 5, 5), m.iterated(two, m.filled(4, 30), 14, 4), m.iterated(eight, m.filled(6, 40), 17+m.Random.IntN(4), 5))
	add(6, 1, "Keep", "reused", message.Both("d'un à huit cœurs", "one to eight cores"),
		m.kept(staying(two), m.filled(2, 12), usedOften, 0), m.kept(staying(two), m.filled(4, 30), usedOnce, 0), m.kept(staying(eight), m.filled(8, 50), usedOften, 0))
	add(6, 1, "Keep", "tooLarge", message.Both("un ou deux exécuteurs, peu de mémoire", "one or two executors, little memory"),
		m.kept(staying(alone), m.filled(4, 20), tooLarge, 55), m.kept(staying(two), m.filled(6, 40), tooLarge, 25), m.kept(staying(crowd), m.filled(9, 50), tooLarge, 60))
	add(6, 1, "Keep", "memoryIsTaken", message.Both("avec ou sans mémoire de reste", "with memory to spare or without"),
		m.kept(staying(one), m.filled(2, 20), memoryIsTaken, 50), m.kept(staying(two), m.filled(5, 40), memoryIsTaken, 0), m.kept(staying(eight), m.filled(9, 50), memoryIsTaken, 70))
	add(6, 1, "Keep", "executorsDie", message.Both("deux ou trois exécuteurs", "two or three executors"),
		m.kept(losing(two), m.filled(4, 20), executorsDie, 0), m.kept(losing(three), m.filled(7, 40), executorsDie, 0), m.kept(losing(eight), m.filled(12, 50), executorsDie, 0))
	add(6, 1, "Keep", "othersReadIt", message.Both("tous les exécuteurs perdus ensuite", "with all executors lost afterwards"),
		m.kept(one, m.filled(2, 12), othersReadIt, 0), m.kept(two, m.filled(5, 30), othersReadIt, 0), m.kept(eight, m.filled(8, 50), othersReadIt, 0))
	return groups, m.Failed
}

// iterated is a case of exercise 5.
func (m *maker) iterated(s protocol.Session, sizes []int, n, every int) check.Case {
	return m.with("iterate", s, sizes, map[string]int{"n": n, "every": every})
}

// The sessions: one core in order, two executors, eight cores at once, one executor
// of two or eight cores where memory counts, and three executors in order.
var (
	one   = protocol.Session{Executors: 1, Cores: 1, Sequential: true}
	two   = protocol.Session{Executors: 2, Cores: 1, Parallelism: 3}
	eight = protocol.Session{Executors: 2, Cores: 4}
	alone = protocol.Session{Executors: 1, Cores: 2}
	crowd = protocol.Session{Executors: 1, Cores: 8}
	three = protocol.Session{Executors: 3, Cores: 1, Sequential: true}
)

// stumbling has the first task of each partition fail, after its last row.
func stumbling(c check.Case) check.Case {
	c.Params, c.Session.Attempts = map[string]int{"stumbles": 1}, 2
	return c
}

// staying loses no executor between the two actions.
func staying(s protocol.Session) protocol.Session {
	s.Lose = -1
	return s
}

// losing loses the first of several executors.
func losing(s protocol.Session) protocol.Session {
	s.Lose = 1
	return s
}
