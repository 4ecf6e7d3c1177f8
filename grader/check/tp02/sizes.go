package tp02

import (
	"encoding/json"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// counted judges Sizes, partition by partition.
func counted(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.Sound(c, got, want); len(findings) > 0 {
		return findings
	}
	if got.Shuffles() > 0 {
		return []check.Finding{{Key: check.CountedByShuffle, Facts: moved(got, want)}}
	}
	if findings := check.SamePartitions(got, want); len(findings) > 0 {
		return findings
	}
	right, emptyOut, rowByRow, first := true, true, true, -1
	for p, rows := range c.Source("flights").Partitions {
		whole := same(got.Rows[p], written([]any{len(rows)}))
		if !whole && first < 0 {
			first = p
		}
		right = right && whole
		emptyOut = emptyOut && (whole || len(rows) == 0 && len(got.Rows[p]) == 0)
		rowByRow = rowByRow && len(got.Rows[p]) == len(rows)
	}
	if right {
		return nil
	}
	facts := message.Facts{"partition": first, "wanted": len(c.Source("flights").Partitions[first]), "got": len(got.Rows[first]), "shown": shown(got.Rows[first])}
	switch {
	case emptyOut:
		return []check.Finding{{Key: check.EmptyLeftOut, Facts: facts}}
	case rowByRow:
		return []check.Finding{{Key: check.CountedRowByRow, Facts: facts}}
	}
	return []check.Finding{{Key: check.WrongSize, Facts: facts}}
}

// shown is what a partition of the result holds, for people.
func shown(rows []json.RawMessage) string {
	text := "["
	for i, row := range rows {
		if i == 3 {
			return text + " …]"
		}
		if i > 0 {
			text += " "
		}
		text += check.Show(row)
	}
	return text + "]"
}

func wantedCounted(c check.Case) (check.Want, bool) {
	flights := c.Source("flights")
	var sizes []any
	for _, rows := range flights.Partitions {
		sizes = append(sizes, len(rows))
	}
	return check.Want{Rows: written(sizes), Partitions: len(sizes)}, flights.Count() > 0
}
