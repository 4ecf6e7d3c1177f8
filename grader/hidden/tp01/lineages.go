package tp01

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
	"etincelle/grader/check"
	"etincelle/grader/message"
)

// Sequences of transformations, and the lineages of what they make.

// lineageGroups are those of exercise 5.
func (m *maker) lineageGroups() []check.Group {
	return []check.Group{
		{
			Points: 3, Exercise: 5, Function: "StagesOf", Property: "marginsRead",
			About: message.Both("une suite d'opérations", "a sequence of operations"),
			Cases: m.lineages(false, 2, 3, 4, 6, 8, 10),
		},
		{
			Points: 2, Exercise: 5, Function: "StagesOf", Property: "marginsRead",
			About: message.Both("deux branches, une jointure", "two branches, a join"),
			Cases: m.lineages(true, 2, 4, 6),
		},
		{
			Points: 4, Exercise: 5, Function: "Rebuild", Property: "rebuilt",
			About: message.Both("d'autres nombres de partitions", "other numbers of partitions"),
			Cases: []check.Case{
				m.flightsAndN(one, m.Sizes(2, 20), 3),
				m.flightsAndN(two, m.Sizes(6, 30), 1),
				m.flightsAndN(eight, m.Skewed(10, 400), 7),
				m.flightsAndN(parallel, m.Skewed(4, 300), 5),
			},
		},
	}
}

// The transformations, as the exercise names them. After one that works by key
// the next one of them comes behind a map.
var (
	stays   = []string{"map", "flatMap", "filter", "mapValues", "mapPartitions", "coalesce"}
	byKey   = []string{"reduceByKey", "groupByKey", "partitionBy", "sortByKey", "distinct"}
	anyKind = slices.Concat(stays, byKey, byKey, []string{"repartition"})
)

// operations draws a sequence; some of it shuffles, and coalesce is never far.
func (m *maker) operations(length int) []string {
	var chain []string
	placed := false
	for len(chain) < length {
		operation := anyKind[m.Random.IntN(len(anyKind))]
		if placed && slices.Contains(byKey, operation) {
			operation = "map"
		}
		if operation == "map" {
			placed = false
		}
		placed = placed || slices.Contains(byKey, operation)
		chain = append(chain, operation)
	}
	return chain
}

// chain is a case of Stages: a shuffle at least, and with all a coalesce, which is none.
func (m *maker) chain(length int, all bool) check.Case {
	return m.telling("Stages", all, func() check.Case {
		chain := m.operations(length)
		at := m.Random.IntN(length)
		chain[at] = []string{"reduceByKey", "groupByKey", "partitionBy", "sortByKey", "repartition", "distinct"}[m.Random.IntN(6)]
		return m.stages(separated(chain))
	})
}

// separated puts a map between two transformations by key.
func separated(chain []string) []string {
	var out []string
	placed := false
	for _, operation := range chain {
		if placed && slices.Contains(byKey, operation) {
			out = append(out, "map")
		}
		placed = slices.Contains(byKey, operation) || placed && operation != "map"
		out = append(out, operation)
	}
	return out
}

// narrow is a case of Stages in which nothing shuffles.
func (m *maker) narrow(length int) check.Case {
	return m.telling("Stages", true, func() check.Case {
		var chain []string
		for range length {
			chain = append(chain, stays[m.Random.IntN(len(stays))])
		}
		chain[length-1] = "coalesce"
		return m.stages(chain)
	})
}

func (m *maker) stages(chain []string) check.Case {
	return check.Case{Name: strings.Join(chain, " "), Session: one, Sources: []check.Source{given(m, "chain", chain)}}
}

// lineages are cases of StagesOf of such lengths; the last one has more shuffles
// than the first, so that no one number answers them all.
func (m *maker) lineages(joined bool, lengths ...int) []check.Case {
	var cases []check.Case
	for _, length := range lengths {
		cases = append(cases, m.lineage(length, joined))
	}
	last, more := len(lengths)-1, lengths[len(lengths)-1]
	for shuffles(cases[last]) <= shuffles(cases[0]) {
		more++
		cases[last] = m.lineage(more, joined)
	}
	return cases
}

// shuffles counts those of a lineage.
func shuffles(c check.Case) int {
	n := 0
	for _, line := range check.Flat(c.Source("lineage").Partitions) {
		n += strings.Count(string(line), "+-")
	}
	return n
}

// lineage is a case of StagesOf.
func (m *maker) lineage(length int, joined bool) check.Case {
	s := engine.Start(engine.Executors(1), engine.Cores(1), engine.Sequential(), engine.Files(m.visits(60)))
	defer s.Stop()
	made := m.build(s, separated(m.operations(length)))
	if joined {
		other := m.build(s, separated(m.operations(1+m.Random.IntN(3))))
		made = rdd.MapValues(rdd.Join(made, other, rdd.Hash(2+m.Random.IntN(4))), func(j rdd.Joined[int, int]) int { return j.Left })
	}
	m.keep(made.Err())
	return check.Case{Name: "lineage", Session: one, Sources: []check.Source{given(m, "lineage", strings.Split(strings.TrimRight(made.Lineage(), "\n"), "\n"))}}
}

func (m *maker) keep(err error) {
	if err != nil {
		m.Fail(fmt.Errorf("make a lineage: %w", err))
	}
}

// visits is a file to read: as many lines of a key, which is soon large, and a value.
func (m *maker) visits(lines int) *fs.Memory {
	var b strings.Builder
	for range lines {
		key := 0
		for key < 9 && m.Random.IntN(2) == 1 {
			key++
		}
		fmt.Fprintf(&b, "%d %d\n", key, m.Random.IntN(100))
	}
	files := new(fs.Memory)
	m.keep(files.Write(visits, []byte(b.String())))
	return files
}

const visits = "visits.txt"

// visit reads a line of that file.
func visit(text string) (key, value int) {
	_, _ = fmt.Sscan(text, &key, &value) // we wrote the file
	return key, value
}

// build is the dataset that a sequence of transformations makes of a file.
func (m *maker) build(s *engine.Session, chain []string) *rdd.Pairs[int, int] {
	made := rdd.MapToPair(rdd.TextFile(s, visits, 2+m.Random.IntN(4)), visit)
	for _, operation := range chain {
		made = m.then(made, operation)
	}
	return made
}

// then is one transformation more.
func (m *maker) then(r *rdd.Pairs[int, int], operation string) *rdd.Pairs[int, int] {
	n := 1 + m.Random.IntN(6)
	same := func(p rdd.Pair[int, int]) rdd.Pair[int, int] { return p }
	switch operation {
	case "map":
		return rdd.Map(r, same)
	case "flatMap":
		return rdd.FlatMap(r, func(p rdd.Pair[int, int]) []rdd.Pair[int, int] { return []rdd.Pair[int, int]{p} })
	case "filter":
		return rdd.Filter(r, func(rdd.Pair[int, int]) bool { return true })
	case "mapValues":
		return rdd.MapValues(r, func(v int) int { return v + 1 })
	case "mapPartitions":
		return rdd.MapPartitions(r, func(rows iter.Seq[rdd.Pair[int, int]]) iter.Seq[rdd.Pair[int, int]] { return rows })
	case "coalesce":
		return rdd.Coalesce(r, 1+r.NumPartitions()/2)
	case "reduceByKey":
		return rdd.ReduceByKey(r, rdd.Add, rdd.Hash(n))
	case "groupByKey":
		return rdd.MapValues(rdd.GroupByKey(r, rdd.Hash(n)), func(all []int) int { return len(all) })
	case "partitionBy":
		return rdd.PartitionBy(r, rdd.Hash(n))
	case "sortByKey":
		return rdd.SortByKey(r, rdd.Ascending, n)
	case "distinct":
		return rdd.Distinct(r, n)
	case "repartition":
		return rdd.Repartition(r, n)
	}
	m.keep(fmt.Errorf("the operation %q is not known", operation))
	return r
}
