// Package tp00 judges the exercises of TP 0 and tells its misconceptions apart.
package tp00

import (
	"encoding/json"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Properties are those of the TP, in the order in which a student meets them.
func Properties() []check.Property {
	return []check.Property{
		{
			Name: "late",
			Title: message.Both(
				"Les vols partis avec plus de minutes de retard",
				"The flights that departed more than minutes late"),
			Judge: late, Wanted: wantedLate,
		},
		{
			Name: "counted",
			Title: message.Both(
				"Leur nombre, compté par les exécuteurs en un job",
				"How many they are, counted by the executors in one job"),
			Judge: counted, Wanted: wantedCount,
		},
	}
}

// flight is what the judgement needs of one row of the input.
type flight struct {
	Departed bool
	Delay    int
}

// kept are the rows that keep is true of.
func kept(c check.Case, keep func(flight) bool) []json.RawMessage {
	rows := []json.RawMessage{}
	for _, raw := range check.Flat(c.Source("flights").Partitions) {
		var f flight
		if json.Unmarshal(raw, &f) == nil && keep(f) {
			rows = append(rows, raw)
		}
	}
	return rows
}

// isLate is what is asked.
func isLate(c check.Case) func(flight) bool {
	return func(f flight) bool { return f.Departed && f.Delay > c.Params["minutes"] }
}

// exampleLimit is the limit of the first public case: who writes it into the
// function has answered that case alone.
const exampleLimit = 30

// mistakes are the known ones, each as the flights that it keeps.
func mistakes(minutes int) []struct {
	key  check.Key
	keep func(flight) bool
} {
	return []struct {
		key  check.Key
		keep func(flight) bool
	}{
		{check.NotLateKept, func(flight) bool { return true }},
		{check.NotLateKept, func(f flight) bool { return f.Departed }},
		{check.BorderCounted, func(f flight) bool { return f.Departed && f.Delay >= minutes }},
		{check.CancelledKept, func(f flight) bool { return f.Delay > minutes }},
		{check.OtherLimit, func(f flight) bool { return f.Departed && f.Delay > exampleLimit }},
	}
}

// Telling reports whether a case tells the known mistakes apart by how many
// flights they keep.
func Telling(c check.Case) bool {
	keys := map[int]check.Key{}
	right := len(kept(c, isLate(c)))
	for _, m := range mistakes(c.Params["minutes"]) {
		n := len(kept(c, m.keep))
		if key, taken := keys[n]; taken && key != m.key && n != right {
			return false
		}
		keys[n] = m.key
	}
	return true
}

// late judges LateFlights.
func late(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	findings := check.First(check.Sound(c, got, want), check.SameRows(got, want))
	if len(findings) == 0 || findings[0].Key != check.WrongRows {
		return findings
	}
	for _, m := range mistakes(c.Params["minutes"]) {
		if missing, extra := check.Difference(kept(c, m.keep), check.Flat(got.Rows)); len(missing)+len(extra) == 0 {
			return named(c, findings, m.key)
		}
	}
	return findings
}

// named gives a finding the name of a known mistake.
func named(c check.Case, findings []check.Finding, key check.Key) []check.Finding {
	findings[0].Key = key
	findings[0].Facts["minutes"], findings[0].Facts["other"] = c.Params["minutes"], exampleLimit
	return findings
}

// counted judges CountLate.
func counted(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	findings := check.First(check.Sound(c, got, want), check.SameValue(got, want))
	if len(findings) > 0 {
		if findings[0].Key == check.WrongValue {
			for _, m := range mistakes(c.Params["minutes"]) {
				n, err := json.Marshal(len(kept(c, m.keep)))
				if err == nil && len(got.Rows) == 1 && len(got.Rows[0]) == 1 && string(n) == string(got.Rows[0][0]) {
					return named(c, findings, m.key)
				}
			}
		}
		return findings
	}
	partitions := len(c.Source("flights").Partitions)
	switch jobs := got.Own.Jobs; {
	case jobs == 0:
		return []check.Finding{{Key: check.NoJob}}
	case got.Inside.Result > int64(partitions): // a number for each partition is what counting takes
		return []check.Finding{{Key: check.CountedOnDriver, Facts: message.Facts{"rows": got.Inside.Result}}}
	case jobs > 1:
		return []check.Finding{{Key: check.OneJobIsEnough, Facts: message.Facts{"jobs": jobs}}}
	}
	return nil
}

func wantedLate(c check.Case) (check.Want, bool) {
	flights := c.Source("flights")
	return check.Want{Rows: kept(c, isLate(c)), Partitions: len(flights.Partitions)}, flights.Count() > 0
}

func wantedCount(c check.Case) (check.Want, bool) {
	n, err := json.Marshal(len(kept(c, isLate(c))))
	return check.Want{Rows: []json.RawMessage{n}, Partitions: 1}, err == nil && c.Source("flights").Count() > 0
}
