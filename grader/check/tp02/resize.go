package tp02

import (
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// joined judges Shrink.
func joined(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.First(check.Sound(c, got, want), check.SameRows(got, want)); len(findings) > 0 {
		return findings
	}
	if n := got.Shuffled(); n > 0 || got.Shuffles() > 0 {
		return []check.Finding{{Key: check.RepartitionForCoalesce, Facts: message.Facts{"shuffled": n}}}
	}
	return check.SamePartitions(got, want)
}

// maxUneven is how many times the mean the largest partition may hold.
const maxUneven = 1.2

// balanced judges Balance.
func balanced(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.First(check.Sound(c, got, want), check.SameRows(got, want)); len(findings) > 0 {
		return findings
	}
	rows, largest := 0, 0
	for _, partition := range got.Rows {
		rows += len(partition)
		largest = max(largest, len(partition))
	}
	moved := got.Shuffled()
	if len(got.Rows) != want.Partitions {
		if moved == 0 && len(got.Rows) < want.Partitions {
			return []check.Finding{{Key: check.CoalesceCannotGrow, Facts: message.Facts{"got": len(got.Rows), "wanted": want.Partitions}}}
		}
		return check.SamePartitions(got, want)
	}
	mean := float64(rows) / float64(max(len(got.Rows), 1))
	ratio := 1.0
	if rows > 0 {
		ratio = float64(largest) / mean
	}
	facts := message.Facts{"largest": largest, "mean": mean, "ratio": ratio, "shuffled": moved, "wanted": rows}
	switch {
	case moved < int64(rows):
		return []check.Finding{{Key: check.CoalesceForRepartition, Facts: facts}}
	case float64(largest) > allowed(c, rows, len(got.Rows)):
		return []check.Finding{{Key: check.Uneven, Facts: facts}}
	case moved > int64(rows):
		return []check.Finding{{Key: check.MovedTwice, Facts: facts}}
	}
	return nil
}

// allowed is the most rows that a partition may hold. Each input partition deals
// its rows out on its own and may give one partition one row more than another,
// which weighs in small inputs alone.
func allowed(c check.Case, rows, partitions int) float64 {
	mean := float64(rows) / float64(max(partitions, 1))
	return max(maxUneven*mean, mean+float64(len(c.Source("flights").Partitions)))
}
