package tp01

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"etincelle/grader/check"
)

// What is wanted of inputs that no file knows: a mistake is shown on the smallest
// of them. selftest holds it against what the reference does.

// limit of a long delay, in minutes.
const limit = 60

// columns of a line of flights_2013-01.csv, and the one of the delay, "NA" for a
// flight that is cancelled.
const columns, delayColumn = 19, 5

// wantedDelays are the delays that counts takes; false when a line is no flight.
func wantedDelays(c check.Case, counts func(delay int) bool) ([]json.RawMessage, bool) {
	rows := []json.RawMessage{}
	for _, line := range texts(c, "lines") {
		fields := strings.Split(line, ",")
		if len(fields) != columns {
			return nil, false
		}
		if delay, err := strconv.Atoi(fields[delayColumn]); err == nil && counts(delay) {
			rows = append(rows, raw(delay)...)
		}
	}
	return rows, true
}

func wantedLazy(c check.Case) (check.Want, bool) {
	rows, ok := wantedDelays(c, func(delay int) bool { return delay > limit })
	lines := c.Source("lines")
	return check.Want{Rows: rows, Partitions: len(lines.Partitions)}, ok && lines.Count() > 0
}

// byKey are the transformations between two of which the exercise puts a map.
var byKey = []string{"reduceByKey", "groupByKey", "partitionBy", "sortByKey", "distinct"}

func wantedStages(c check.Case) (check.Want, bool) {
	placed := false
	chain := texts(c, "chain")
	for _, step := range chain {
		switch {
		case slices.Contains(byKey, step):
			if placed {
				return check.Want{}, false // the exercise does not ask for it
			}
			placed = true
		case step == "map":
			placed = false
		}
	}
	return check.Want{Rows: raw(stages(c)), Partitions: 1}, len(chain) > 0
}

func wantedTasks(c check.Case) (check.Want, bool) {
	delays := c.Source("delays")
	n := c.Params["n"]
	return check.Want{Rows: check.Flat(delays.Partitions), Partitions: n}, n > 0 && delays.Count() > 0
}

func wantedReadable(c check.Case) (check.Want, bool) {
	lines := c.Source("lines")
	want := check.Want{Rows: readings(c, func(good bool) (row, more bool) { return good, true }), Partitions: len(lines.Partitions)}
	return want, lines.Count() > 0
}
