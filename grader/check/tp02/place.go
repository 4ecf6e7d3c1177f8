package tp02

import (
	"encoding/json"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// totals judges the values of DistanceAndTotal.
func totals(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	findings := check.First(check.Sound(c, got, want), check.SameRows(got, want), check.SamePartitions(got, want))
	if len(findings) > 0 {
		return findings
	}
	if tasks := got.SourceTasks["flights"]; tasks > 1 && got.Shuffles() == 0 {
		return []check.Finding{{Key: check.SharedMemory, Facts: message.Facts{"tasks": tasks}}}
	}
	return nil
}

// movedOnce judges what DistanceAndTotal moves. Lists that are put together before
// the shuffle are fewer rows: that is allowed.
func movedOnce(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := totals(c, got, want); len(findings) > 0 {
		return findings
	}
	rows := int64(c.Source("flights").Count())
	facts := moved(got, want)
	facts["read"], facts["rows"] = got.Acting.ShuffleRead, rows
	switch {
	case got.Shuffles() > 1:
		return []check.Finding{{Key: check.PlacedApart, Facts: facts}}
	case got.Shuffled() > rows:
		return []check.Finding{{Key: check.TooManyRows, Facts: facts}}
	case got.Acting.ShuffleRead > rows:
		return []check.Finding{{Key: check.ReadTwice, Facts: facts}}
	}
	return nil
}

func wantedTotals(c check.Case) (check.Want, bool) {
	flights, told := trips(c)
	n := c.Params["n"]
	sums := map[string]int{}
	for _, t := range flights {
		sums[t.Carrier] += t.Distance
	}
	var rows []any
	for _, t := range flights {
		rows = append(rows, pair{t.Carrier, sides{t.Distance, sums[t.Carrier]}})
	}
	return check.Want{Rows: written(rows), Partitions: n, Shuffles: 1, Shuffled: int64(len(flights))}, told && n > 0 && len(flights) > 1
}

// placed judges where JFKAlone places keys.
func placed(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	findings := check.First(check.Sound(c, got, want), check.SameRows(got, want), check.SamePartitions(got, want))
	if len(findings) > 0 {
		return findings
	}
	// Which key lies in a wrong partition; a key that lies in two says more, and a
	// neighbour of JFK's as well.
	found := map[string]int{}
	var misplaced, beside, split *check.Finding
	for p, rows := range got.Rows {
		for _, raw := range rows {
			var row struct{ Key string }
			if json.Unmarshal(raw, &row) != nil || row.Key == "" {
				continue
			}
			before, seen := found[row.Key]
			facts := message.Facts{"code": row.Key, "got": p, "wanted": airportPlace(row.Key, want.Partitions), "other": before}
			switch {
			case seen && before != p:
				split = &check.Finding{Key: check.KeySplit, Facts: facts}
			case p == 0 && row.Key != jfk:
				beside = &check.Finding{Key: check.JFKNotAlone, Facts: facts}
			case p != airportPlace(row.Key, want.Partitions):
				misplaced = &check.Finding{Key: check.WrongPlace, Facts: facts}
			}
			found[row.Key] = p
		}
	}
	for _, finding := range []*check.Finding{split, beside, misplaced} {
		if finding != nil {
			return []check.Finding{*finding}
		}
	}
	return nil
}

const jfk = "JFK"

func airportPlace(code string, n int) int {
	if code == jfk || n < 2 {
		return 0
	}
	return 1 + int(code[0])%(n-1)
}

// alike judges whether two partitioners of JFKAlone are equal: the flights are
// placed by both in turn.
func alike(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := placed(c, got, want); len(findings) > 0 {
		return findings
	}
	if got.Shuffles() > 1 {
		return []check.Finding{{Key: check.PartitionersDiffer, Facts: moved(got, want)}}
	}
	return nil
}

func wantedPlaced(c check.Case) (check.Want, bool) {
	flights, told := trips(c)
	n := c.Params["n"]
	var rows []any
	for i, raw := range check.Flat(c.Source("flights").Partitions) {
		if told {
			rows = append(rows, pair{flights[i].Origin, raw})
		}
	}
	return check.Want{Rows: written(rows), Partitions: n, Shuffles: 1, Shuffled: int64(len(flights))}, told && n > 1 && len(flights) > 0
}
