package tp09

import (
	"encoding/json"
	"slices"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/check/queries"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercises 5 and 6: a query that is started again.

// archived is what lies in the archive in the end.
type archived struct {
	Dropped, Killed bool
	Rows            []json.RawMessage
}

// archive judges Archive.
func archive(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if f := got.Failure; f != nil && slices.ContainsFunc(f.Texts, func(text string) bool {
		return strings.Contains(text, "does not support") && strings.Contains(text, "output mode")
	}) {
		return []check.Finding{{Key: check.FilesTakeAppend, Facts: message.Facts{"text": f.Texts[len(f.Texts)-1]}}}
	}
	came, wanted, findings := queries.Value[archived](got, want)
	if len(findings) > 0 {
		return findings
	}
	all := queries.Heard(got.InsideEvents)
	switch {
	case came.Dropped:
		return []check.Finding{{Key: check.OptionsDropped}}
	case len(all) == 0:
		return tampered("no query ran")
	case came.Killed != (len(all) > 1):
		return tampered("a query that was not killed was started twice, or one that was killed was not")
	}
	lost, extra := check.Difference(wanted.Rows, came.Rows)
	facts := message.Facts{"missing": len(lost), "extra": len(extra), "rows": len(wanted.Rows), "batch": c.Params["batch"]}
	if came.Killed {
		again := all[1].Start.Batch
		facts["again"] = int(again)
		if int(again) < c.Params["batch"] {
			return []check.Finding{{Key: check.StartedOver, Facts: facts}}
		}
	}
	switch {
	case len(lost)+len(extra) == 0:
		return nil
	case len(came.Rows) == 0:
		return []check.Finding{{Key: check.ArchiveEmpty, Facts: facts}}
	case slices.ContainsFunc(came.Rows, isJSON):
		return []check.Finding{{Key: check.NotCSV}}
	}
	return []check.Finding{{Key: check.OtherArchive, Facts: facts}}
}

// isJSON reports whether a row that was read as CSV is the line of a JSON file.
func isJSON(row json.RawMessage) bool {
	var pair struct{ Key string }
	return json.Unmarshal(row, &pair) == nil && strings.HasPrefix(pair.Key, "{")
}

// resumed is an answer about a change, and why the engine refuses the old checkpoint.
type resumed struct {
	Fresh   bool
	Refused string
}

// fresh judges FreshStart.
func fresh(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, findings := queries.Value[[]resumed](got, want)
	if len(findings) > 0 {
		return findings
	}
	asked := slices.Concat(read[int](c, "changes")...)
	if len(came) != len(asked) || len(wanted) != len(asked) {
		return tampered("the answer has another length")
	}
	for i, change := range asked {
		if change < 0 || change >= len(check.Changes) || (came[i].Refused == "") != (wanted[i].Refused == "") {
			return tampered("the engine went on where it does not, or did not where it does")
		}
		if came[i].Fresh == wanted[i].Fresh {
			continue
		}
		facts := message.Facts{"change": check.Changes[change], "text": refusal(wanted[i].Refused)}
		key := check.CheckpointGoesOn
		switch name := check.Changes[change]; {
		case wanted[i].Fresh && (name == "OtherLength" || name == "OtherSlide"):
			key = check.WindowOverOldCheckpoint
		case wanted[i].Fresh:
			key = check.StateOverOldCheckpoint
		case name == "OtherDelay":
			key = check.DelayOverOldCheckpoint
		}
		return []check.Finding{{Key: key, Facts: facts}}
	}
	return nil
}

// refusal is what a refusal says, without the file before it and the details after it:
// "the checkpoint belongs to another query".
func refusal(text string) string {
	_, after, _ := strings.Cut(text, ": ")
	said, _, _ := strings.Cut(after, ": ")
	return said
}
