package tp01

import (
	"strconv"

	"etincelle/grader/check"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// retryGroups are those of exercise 7.
func (m *maker) retryGroups() []check.Group {
	return []check.Group{
		{
			Points: 3, Exercise: 7, Function: "Total", Property: "attempts",
			About: message.Both("une à trois tentatives échouent", "one to three attempts fail"),
			Cases: []check.Case{
				m.total(one, m.Sizes(2, 4), 1),
				m.total(two, m.Sizes(4, 12), 2),
				m.total(eight, m.Skewed(8, 200), 3),
				m.total(parallel, m.Skewed(5, 300), 1),
			},
		},
		{
			Points: 2, Exercise: 7, Function: "Total", Property: "attempts",
			About: message.Both("quatre tentatives échouent : le job aussi", "four attempts fail, and so does the job"),
			Cases: []check.Case{
				m.total(one, []int{1}, 4),
				m.total(two, m.Sizes(3, 9), 9),
				m.total(eight, m.Skewed(6, 150), 40),
			},
		},
		{
			Points: 3, Exercise: 7, Function: "Readable", Property: "readable",
			About: message.Both("des lignes illisibles un peu partout", "lines that cannot be read here and there"),
			Cases: []check.Case{
				m.lines(one, m.Sizes(2, 5)),
				m.lines(two, m.Sizes(5, 30)),
				m.lines(eight, m.Skewed(9, 400)),
			},
		},
		{
			Points: 1, Exercise: 7, Function: "Readable", Property: "readable",
			About: message.Both("une ligne, des partitions vides", "one line, empty partitions"),
			Cases: []check.Case{
				m.lines(one, []int{0, 2, 0}),
				m.lines(two, []int{0, 0, 12, 0}),
				m.lines(parallel, []int{60}),
			},
		},
	}
}

// total is a case of Total: numbers, all different, one of which cannot be read
// the first times.
func (m *maker) total(s protocol.Session, sizes []int, failures int) check.Case {
	next := 100 + m.Random.IntN(900)
	var all []int
	lines := source(m, "lines", sizes, func() string {
		next += 1 + m.Random.IntN(9)
		all = append(all, next)
		return strconv.Itoa(next)
	})
	bad := all[m.Random.IntN(len(all))]
	return check.Case{Name: "total", Session: fourTimes(s), Params: map[string]int{"bad": bad, "failures": failures}, Sources: []check.Source{lines}}
}

// lines is a case of Readable. A line that cannot be read stands first somewhere,
// so that the others of its partition come after it.
func (m *maker) lines(s protocol.Session, sizes []int) check.Case {
	lines := source(m, "lines", sizes, func() string {
		if m.Random.IntN(6) == 0 {
			return []string{"NA", "", "12 min", "1e3"}[m.Random.IntN(4)]
		}
		return strconv.Itoa(1 + m.Random.IntN(500))
	})
	for p, rows := range lines.Partitions {
		if len(rows) > 1 {
			lines.Partitions[p][0], lines.Partitions[p][1] = m.Raw("NA"), m.Raw("17")
		}
	}
	return check.Case{Name: "lines", Session: fourTimes(s), Sources: []check.Source{lines}}
}
