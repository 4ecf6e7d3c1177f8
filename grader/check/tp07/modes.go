package tp07

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/check/queries"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercises 3 to 5: choosing a mode, reading what it gives, and what it refuses.

// The needs of exercise 3, as exercises.go numbers them.
const (
	needFinal = iota
	needChanges
	needBoard
)

// chosen judges Publish.
func chosen(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, findings := queries.Value[queries.Ran](got, want)
	if len(findings) > 0 {
		return findings
	}
	if came.Dropped {
		return []check.Finding{{Key: check.OptionsDropped}}
	}
	all := queries.Heard(got.InsideEvents)
	if len(all) == 0 || len(came.Batches) == 0 {
		return []check.Finding{{Key: check.SinkNotUsed}}
	}
	if findings := queries.Agrees(came, all[0], c.Source("events").Count()); len(findings) > 0 {
		return findings
	}
	findings = queries.ByBatch(came, wanted, all[0].Start.Mode)
	if len(findings) == 0 {
		return nil
	}
	key := map[int]struct {
		mode string
		key  check.Key
	}{needFinal: {"append", check.ModeForFinal}, needChanges: {"update", check.ModeForChanges}, needBoard: {"complete", check.ModeForBoard}}[c.Params["need"]]
	if all[0].Start.Mode != key.mode {
		findings[0].Key = key.key
		findings[0].Facts["rows"], findings[0].Facts["wantedRows"] = queries.Total(came), queries.Total(wanted)
	}
	return findings
}

// standingRow is a row of exercise 4.
type standingRow struct {
	Key   string
	Value int
}

// modes are the modes by the numbers that cases give them.
var modes = []string{"append", "update", "complete"}

// standing judges Standings.
func standing(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, findings := queries.Value[[]standingRow](got, want)
	if len(findings) > 0 {
		return findings
	}
	if slices.Equal(came, wanted) {
		return nil
	}
	batches := c.Source("batches").Partitions
	facts := message.Facts{"mode": modes[c.Params["mode"]], "batches": len(batches), "got": listed(came), "wanted": listed(wanted)}
	finding := func(key check.Key) []check.Finding { return []check.Finding{{Key: key, Facts: facts}} }
	switch table := counts(came); {
	case len(came) == len(table) && same(table, counts(wanted)):
		return finding(check.OrderAssumed)
	case same(table, merged(batches, func(old, row int) int { return old + row })):
		return finding(check.RowsSummed)
	case len(batches) > 0 && same(table, merged(batches[len(batches)-1:], func(_, row int) int { return row })):
		return finding(check.LastBatchOnly)
	case same(table, merged(batches, func(old, _ int) int { return old })):
		return finding(check.OldCountKept)
	}
	return finding(check.WrongStandings)
}

func counts(rows []standingRow) map[string]int {
	table := map[string]int{}
	for _, row := range rows {
		table[row.Key] = row.Value
	}
	return table
}

func same(a, b map[string]int) bool {
	if len(a) != len(b) {
		return false
	}
	for key, n := range a {
		if m, there := b[key]; !there || m != n {
			return false
		}
	}
	return true
}

// merged makes a known mistake on the batches of the case: with is given the old count
// and the row that comes for the same key.
func merged(batches [][]json.RawMessage, with func(old, row int) int) map[string]int {
	table := map[string]int{}
	for _, raw := range check.Flat(batches) {
		var row standingRow
		if json.Unmarshal(raw, &row) != nil {
			return nil
		}
		if old, there := table[row.Key]; there {
			table[row.Key] = with(old, row.Value)
		} else {
			table[row.Key] = row.Value
		}
	}
	return table
}

// listed is a table for people.
func listed(rows []standingRow) string {
	const few = 5
	var parts []string
	for i, row := range rows {
		if i == few {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, fmt.Sprintf("%s → %d", row.Key, row.Value))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// answered is what a function said of a question, and what Spark says.
type answered struct {
	Modes []string
	Spark map[string]string
}

// accepted judges Modes.
func accepted(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, findings := queries.Value[[]answered](got, want)
	if len(findings) > 0 {
		return findings
	}
	asked := check.Flat(c.Source("questions").Partitions)
	for i := range wanted {
		var question int
		if i >= len(came) || i >= len(asked) || json.Unmarshal(asked[i], &question) != nil || question < 0 || question >= len(check.Questions) {
			return []check.Finding{{Key: check.Tampered, Facts: message.Facts{"fault": "the answer has another length"}}}
		}
		facts := message.Facts{"question": check.Questions[question]}
		for _, mode := range came[i].Modes {
			if !slices.Contains(wanted[i].Modes, mode) {
				facts["mode"], facts["text"] = mode, strings.TrimSuffix(came[i].Spark[mode], ".") // it stands in a sentence
				return []check.Finding{{Key: refusedKey(question, mode), Facts: facts}}
			}
		}
		for _, mode := range wanted[i].Modes {
			if !slices.Contains(came[i].Modes, mode) {
				facts["mode"] = mode
				return []check.Finding{{Key: check.ModeForgotten, Facts: facts}}
			}
		}
	}
	return nil
}

// refusedKey is the misconception behind a mode that is refused.
func refusedKey(question int, mode string) check.Key {
	switch name := check.Questions[question]; {
	case name == "Counted" && mode == "append":
		return check.AppendWithoutWatermark
	case name == "MarkedAside" && mode == "append":
		return check.AppendMarkedAside
	case name == "Filtered" && mode == "complete":
		return check.CompleteWithoutAggregate
	case name == "CountedSorted" || name == "EventsSorted":
		return check.SortedStream
	}
	return check.ModeRefused
}
