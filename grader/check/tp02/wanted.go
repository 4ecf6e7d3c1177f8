package tp02

import (
	"encoding/json"

	"etincelle/grader/check"
)

// What is wanted of inputs that no file knows: a mistake is shown on the smallest
// of them. selftest holds it against what the reference does.

func wantedJoined(c check.Case) (check.Want, bool) {
	flights := c.Source("flights")
	n := c.Params["n"]
	return check.Want{Rows: check.Flat(flights.Partitions), Partitions: n}, n > 0 && n < len(flights.Partitions) && flights.Count() > 0
}

// wantedBalanced asks for rows that are uneven, or too few partitions: others
// need no balance, and show no mistake that means anything.
func wantedBalanced(c check.Case) (check.Want, bool) {
	flights := c.Source("flights")
	rows := check.Flat(flights.Partitions)
	n, largest := c.Params["n"], 0
	for _, partition := range flights.Partitions {
		largest = max(largest, len(partition))
	}
	uneven := n > 0 && float64(largest) > maxUneven*float64(len(rows))/float64(n)
	want := check.Want{Rows: rows, Partitions: n, Shuffles: 1, Shuffled: int64(len(rows))}
	return want, n >= 2 && len(rows) >= 2*n && (uneven || n > len(flights.Partitions))
}

func wantedSums(c check.Case) (check.Want, bool) {
	departs := func(f flight) (int, bool) { return f.Delay, f.Departed }
	want := check.Want{Rows: added(c, departs), Shuffles: 1}
	for _, rows := range c.Source("flights").Partitions {
		alone := check.Case{Sources: []check.Source{{Name: "flights", Partitions: [][]json.RawMessage{rows}}}}
		want.Shuffled += int64(len(added(alone, departs)))
	}
	return want, c.Source("flights").Count() > 0
}

// distance is what the judgement of exercise 3 needs of one flight.
type distance struct {
	Carrier  string
	Distance int
}

func wantedNamed(c check.Case) (check.Want, bool) {
	flights, names := c.Source("flights"), c.Source("names")
	want := check.Want{Shuffles: 2, Shuffled: int64(flights.Count() + names.Count()), Partitions: c.Params["partitions"]}
	type pair struct {
		Key   string
		Value any
	}
	type joined struct {
		Left  int
		Right string
	}
	for _, left := range check.Flat(flights.Partitions) {
		var f distance
		if json.Unmarshal(left, &f) != nil {
			return want, false
		}
		for _, right := range check.Flat(names.Partitions) {
			var name struct{ Key, Value string }
			if json.Unmarshal(right, &name) != nil {
				return want, false
			}
			if name.Key != f.Carrier {
				continue
			}
			row, err := json.Marshal(pair{f.Carrier, joined{f.Distance, name.Value}})
			if err != nil {
				return want, false
			}
			want.Rows = append(want.Rows, row)
		}
	}
	return want, flights.Count() > 0 && names.Count() > 0
}
