package tp02

import (
	"encoding/json"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
)

func named(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	return check.First(check.Sound(c, got, want), check.SameRows(got, want))
}

// kept judges the join: both inputs are placed already, so only their own two
// shuffles may be written.
func kept(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := named(c, got, want); len(findings) > 0 {
		return findings
	}
	if got.Shuffled() <= want.Shuffled && got.Shuffles() <= want.Shuffles {
		return nil
	}
	key := check.TooManyRows
	if got.Shuffles() > want.Shuffles {
		key = check.PartitionerLost
	}
	return []check.Finding{{Key: key, Facts: moved(got, want)}}
}

// pair and joined are rows as datasets of the engine write themselves.
type pair struct {
	Key   any
	Value any
}

type sides struct{ Left, Right any }

func wantedNamed(c check.Case) (check.Want, bool) {
	flights, names := c.Source("flights"), c.Source("names")
	want := check.Want{Shuffles: 2, Shuffled: int64(flights.Count() + names.Count()), Partitions: c.Params["partitions"]}
	var told bool
	want.Rows, told = namedRows(c, func(t trip) string { return t.Carrier })
	return want, told
}

// namedRows are the distances of the flights, each with the name of its key; a
// flight without one is left out. false: an input cannot be read, or is empty.
func namedRows(c check.Case, key func(trip) string) ([]json.RawMessage, bool) {
	flights, told := trips(c)
	names := namesOf(c)
	var rows []any
	for _, t := range flights {
		for _, name := range names[key(t)] {
			rows = append(rows, pair{key(t), sides{t.Distance, name}})
		}
	}
	return written(rows), told && len(flights) > 0 && len(names) > 0
}

// namesOf is the input of that name, by key.
func namesOf(c check.Case) map[string][]string {
	names := map[string][]string{}
	for _, raw := range check.Flat(c.Source("names").Partitions) {
		var name struct{ Key, Value string }
		if json.Unmarshal(raw, &name) != nil {
			return nil
		}
		names[name.Key] = append(names[name.Key], name.Value)
	}
	return names
}
