package tp02

import (
	"encoding/json"
	"math"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// ordered judges the order of ByDistance's partitions.
func ordered(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	findings := check.First(check.Sound(c, got, want), check.SameRows(got, want), check.SamePartitions(got, want))
	if len(findings) > 0 {
		return findings
	}
	ends := extremes(got.Rows)
	for i := 1; i < len(ends); i++ {
		if before, after := ends[i-1], ends[i]; before.farthest > after.nearest {
			key := check.NotOrdered
			if descending(ends) {
				key = check.OrderReversed
			}
			return []check.Finding{{Key: key, Facts: message.Facts{
				"farthest": before.farthest, "before": before.partition, "nearest": after.nearest, "after": after.partition}}}
		}
	}
	return nil
}

// extreme is the nearest and the farthest flight of a partition, in miles.
type extreme struct{ partition, nearest, farthest int }

// extremes are those of the partitions that have rows.
func extremes(partitions [][]json.RawMessage) []extreme {
	var all []extreme
	for p, rows := range partitions {
		e := extreme{p, math.MaxInt, math.MinInt}
		for _, raw := range rows {
			var t trip
			if json.Unmarshal(raw, &t) == nil {
				e.nearest, e.farthest = min(e.nearest, t.Distance), max(e.farthest, t.Distance)
			}
		}
		if len(rows) > 0 {
			all = append(all, e)
		}
	}
	return all
}

// descending reports whether each partition is farther than the next one, all of it.
func descending(ends []extreme) bool {
	for i := 1; i < len(ends); i++ {
		if ends[i-1].nearest < ends[i].farthest {
			return false
		}
	}
	return true
}

// maxRange is how many times the mean the largest range may hold.
const maxRange = 1.5

// evenRanges judges the sizes of ByDistance's partitions, and what is moved.
func evenRanges(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := ordered(c, got, want); len(findings) > 0 {
		return findings
	}
	rows, largest := c.Source("flights").Count(), 0
	for _, partition := range got.Rows {
		largest = max(largest, len(partition))
	}
	mean := float64(rows) / float64(len(got.Rows))
	facts := message.Facts{"largest": largest, "mean": mean, "ratio": float64(largest) / mean, "shuffled": got.Shuffled(), "wanted": rows}
	switch {
	case float64(largest) > maxRange*mean:
		return []check.Finding{{Key: check.UnevenRanges, Facts: facts}}
	case got.Shuffled() > int64(rows):
		return []check.Finding{{Key: check.MovedTwice, Facts: facts}}
	}
	return nil
}

func wantedOrdered(c check.Case) (check.Want, bool) {
	flights, told := trips(c)
	distances := map[int]int{}
	for _, t := range flights {
		distances[t.Distance]++
	}
	n := c.Params["n"]
	want := check.Want{Rows: check.Flat(c.Source("flights").Partitions), Partitions: n, Shuffles: 1, Shuffled: int64(len(flights))}
	// With few different distances there are fewer ranges than were asked for.
	return want, told && n > 1 && len(distances) >= 4*n
}

// wantedEvenRanges asks for inputs that a sample of Spark's size knows whole: then
// its bounds are exact, but for flights of the same distance.
func wantedEvenRanges(c check.Case) (check.Want, bool) {
	want, told := wantedOrdered(c)
	flights, _ := trips(c)
	n, partitions := c.Params["n"], c.Source("flights").Partitions
	alike := map[int]int{}
	most := 0
	for _, t := range flights {
		alike[t.Distance]++
		most = max(most, alike[t.Distance])
	}
	for _, rows := range partitions {
		told = told && len(rows) <= sampledOfEach(n, len(partitions))
	}
	return want, told && len(flights) >= 8*n && 4*n*most <= len(flights)
}

// sampledOfEach is how many keys of each partition Spark's range partitioner
// looks at: 20 for each range, three times that to be sure, shared out.
func sampledOfEach(n, partitions int) int { return (3*20*n + partitions - 1) / partitions }
