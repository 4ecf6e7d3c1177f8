package tp02

import (
	"encoding/json"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// broadcast judges DistancesByBroadcast: the names come to the driver before it
// returns, the flights never do.
func broadcast(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	names := c.Source("names")
	brought := message.Facts{"jobs": got.OwnJobs(), "rows": got.Own.Result}
	switch {
	case got.Failure != nil || got.Tampered != "":
	case got.ReadsInside["flights"] > 0 && got.Own.Result > int64(names.Count()):
		return []check.Finding{{Key: check.Collected, Facts: brought}}
	case got.ReadsInside["flights"] > 0:
		return []check.Finding{{Key: check.RanInside, Facts: brought}}
	}
	// The names are not in the lineage, and that is as it should be: the rest of what
	// is asked of every answer is asked of the flights alone.
	alone, any := c, want
	alone.Sources = []check.Source{c.Source("flights")}
	any.OwnJobs = got.OwnJobs()
	if findings := check.Sound(alone, got, any); len(findings) > 0 {
		return findings
	}
	if got.Shuffles() > 0 {
		return []check.Finding{{Key: check.JoinForBroadcast, Facts: moved(got, want)}}
	}
	if parts := len(names.Partitions); got.Reads["names"] > parts {
		return []check.Finding{{Key: check.ReadByEveryTask, Facts: message.Facts{"reads": got.Reads["names"], "partitions": parts}}}
	}
	if findings := check.SameRows(got, want); len(findings) > 0 {
		if same(unnamedToo(c), check.Flat(got.Rows)) {
			findings[0].Key = check.UnnamedKept
		}
		return findings
	}
	switch partitions := len(c.Source("flights").Partitions); {
	case got.ReadsInside["names"] == 0 && got.Reads["names"] == 0:
		return []check.Finding{{Key: check.NotFromSource, Facts: message.Facts{"source": "names"}}}
	case got.ReadsInside["names"] > 0 && got.Own.Result == 0:
		return []check.Finding{{Key: check.SharedMemory, Facts: message.Facts{"tasks": got.Own.Tasks}}}
	case got.ReadsInside["names"] > len(names.Partitions):
		return []check.Finding{{Key: check.BroughtTwice, Facts: message.Facts{"reads": got.ReadsInside["names"], "partitions": len(names.Partitions)}}}
	case got.SourceTasks["flights"] < min(partitions, 2):
		return []check.Finding{{Key: check.OneTask, Facts: message.Facts{"partitions": partitions}}}
	}
	return nil
}

// unnamedToo are the rows of who gives a flight without a name an empty one.
func unnamedToo(c check.Case) []json.RawMessage {
	flights, _ := trips(c)
	names := namesOf(c)
	var all []any
	for _, t := range flights {
		name := ""
		if known := names[t.Carrier]; len(known) > 0 {
			name = known[0]
		}
		all = append(all, pair{t.Carrier, sides{t.Distance, name}})
	}
	return written(all)
}

func wantedBroadcast(c check.Case) (check.Want, bool) {
	rows, told := namedRows(c, func(t trip) string { return t.Carrier })
	return check.Want{Rows: rows}, told
}
