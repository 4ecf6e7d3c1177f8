package check

import (
	"encoding/json"
	"maps"
	"slices"
)

// A mistake is understood on the smallest input that shows it. Cases are cut down
// by steps that always come in the same order: the same mistake is shown on the
// same rows each time.

// Reduce cuts c down for as long as a smaller case shows the same. shows tries
// cases, a few at a time, and says of each whether it does; what it leaves out
// does not. At most tries cases are tried.
func Reduce(c Case, tries int, shows func([]Case) ([]bool, error)) (Case, error) {
	for {
		next, found, err := firstShowing(c.smaller(), &tries, shows)
		if err != nil || !found {
			return c, err
		}
		c = next
	}
}

// triedAtOnce is how many cases go to one run of the program: starting it costs
// as much as a few small cases.
const triedAtOnce = 6

func firstShowing(cases []Case, tries *int, shows func([]Case) ([]bool, error)) (Case, bool, error) {
	for some := range slices.Chunk(cases, triedAtOnce) {
		some = some[:min(len(some), *tries)]
		if len(some) == 0 {
			break
		}
		*tries -= len(some)
		results, err := shows(some)
		if err != nil {
			return Case{}, false, err
		}
		if at := slices.Index(results, true); at >= 0 && at < len(some) {
			return some[at], true, nil
		}
	}
	return Case{}, false, nil
}

// fewToDrop is how many rows an input has at most when they are taken out one by one.
const fewToDrop = 8

// smaller are the cases that are one step smaller, the boldest steps first.
func (c Case) smaller() []Case {
	var all []Case
	if len(c.Sources) > 1 {
		next := c
		next.Want, next.Sources = nil, slices.Clone(c.Sources)
		for s, source := range c.Sources {
			next.Sources[s].Partitions = source.halved()
		}
		if !slices.EqualFunc(next.Sources, c.Sources, func(a, b Source) bool { return a.Count() == b.Count() }) {
			all = append(all, next)
		}
	}
	for s, source := range c.Sources {
		for _, partitions := range source.smaller() {
			next := c
			next.Want, next.Sources = nil, slices.Clone(c.Sources)
			next.Sources[s].Partitions = partitions
			all = append(all, next)
		}
	}
	if n := c.Params["n"]; n > 1 {
		next := c
		next.Want, next.Params = nil, maps.Clone(c.Params)
		next.Params["n"] = n - 1
		all = append(all, next)
	}
	return all
}

// halved are the partitions with the first half of their rows, one at least.
func (s Source) halved() [][]json.RawMessage {
	halved := make([][]json.RawMessage, len(s.Partitions))
	for p, rows := range s.Partitions {
		halved[p] = rows[:(len(rows)+1)/2]
	}
	return halved
}

// smaller are the partitions with every one halved, one less, one halved, one row less.
func (s Source) smaller() [][][]json.RawMessage {
	var all [][][]json.RawMessage
	without := func(p, from, to int) { // rows from to to of partition p
		next := slices.Clone(s.Partitions)
		next[p] = slices.Concat(next[p][:from], next[p][to:])
		all = append(all, next)
	}
	if halved := s.halved(); len(slices.Concat(halved...)) < s.Count() {
		all = append(all, halved)
	}
	for p := range s.Partitions {
		if len(s.Partitions) > 1 {
			all = append(all, slices.Concat(s.Partitions[:p], s.Partitions[p+1:]))
		}
	}
	for p, rows := range s.Partitions {
		if half := len(rows) / 2; half > 0 {
			without(p, half, len(rows))
			without(p, 0, half)
		}
	}
	if s.Count() <= fewToDrop {
		for p, rows := range s.Partitions {
			for i := range rows {
				without(p, i, i+1)
			}
		}
	}
	return all
}
