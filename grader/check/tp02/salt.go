package tp02

import (
	"encoding/json"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
)

// unsalted judges the values of SaltedDistances.
func unsalted(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.Sound(c, got, want); len(findings) > 0 {
		return findings
	}
	findings := check.SameRows(got, want)
	if len(findings) == 0 {
		return nil
	}
	missing, extra := findings[0].Facts["missing"].(int), findings[0].Facts["extra"].(int)
	switch {
	case missing > 0 && extra == 0:
		findings[0].Key = check.CopiesMissing
	case missing == extra && same(values(check.Flat(got.Rows)), values(want.Rows)):
		findings[0].Key = check.SaltLeft
	case missing == 0:
		findings[0].Key = check.TooManyMatches
	}
	return findings
}

// values are rows without their keys.
func values(rows []json.RawMessage) []json.RawMessage {
	var all []json.RawMessage
	for _, raw := range rows {
		var row struct{ Value json.RawMessage }
		if json.Unmarshal(raw, &row) == nil {
			all = append(all, row.Value)
		}
	}
	return all
}

// spread judges what the tasks of SaltedDistances read.
func spread(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := unsalted(c, got, want); len(findings) > 0 {
		return findings
	}
	flights, parts := int64(c.Source("flights").Count()), len(c.Source("names").Partitions)
	facts := moved(got, want)
	facts["largest"], facts["most"], facts["flights"] = largestRead(got), flights/5, flights
	facts["reads"], facts["partitions"] = got.Reads["names"], parts
	switch {
	case got.Reads["names"] > parts:
		return []check.Finding{{Key: check.ReadByEveryTask, Facts: facts}}
	case got.Shuffled() < flights:
		return []check.Finding{{Key: check.PackedRows, Facts: facts}}
	case got.Shuffled() > want.Shuffled:
		return []check.Finding{{Key: check.TooManyCopies, Facts: facts}}
	case largestRead(got) > flights/5:
		return []check.Finding{{Key: check.StillSkewed, Facts: facts}}
	}
	return nil
}

func wantedUnsalted(c check.Case) (check.Want, bool) {
	flights, names, salts := c.Source("flights"), namesOf(c), c.Params["salts"]
	rows, told := namedRows(c, func(t trip) string { return t.Origin })
	want := check.Want{Rows: rows, Shuffles: 2, Shuffled: int64(flights.Count() + salts*c.Source("names").Count())}
	all, _ := trips(c)
	for _, t := range all {
		told = told && len(names[t.Origin]) == 1 // the exercise says so
	}
	return want, told && salts > 0
}

// Inputs that are smaller are no proof of a skew, nor of its cure.
const (
	fewSpread     = 400
	fewPartitions = 12
	fewSalts      = 16
)

func wantedSpread(c check.Case) (check.Want, bool) {
	want, told := wantedUnsalted(c)
	flights := c.Source("flights")
	return want, told && flights.Count() >= fewSpread && len(flights.Partitions) >= fewPartitions && c.Params["salts"] >= fewSalts
}
