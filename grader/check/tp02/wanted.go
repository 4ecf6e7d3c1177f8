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
