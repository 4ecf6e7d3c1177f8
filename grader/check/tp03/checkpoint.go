package tp03

import (
	"encoding/json"
	"slices"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
	"etincelle/grader/protocol"
)

// Exercises 4 and 5: what is written for good, and what is cut off by it.

// published judges what another program reads after Publish.
func published(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := unpublished(got); len(findings) > 0 {
		return findings
	}
	return check.First(check.Came(got), sameTexts(c, got, want), stayedAway(c, got))
}

// unpublished says why another program found nothing.
func unpublished(got evidence.Outcome) []check.Finding {
	text, failed := failure(got)
	s := stocked(got.InsideEvents)
	switch {
	case !failed || !strings.Contains(text, "another program finds no checkpoint"):
		return nil
	case s.files > 0:
		return []check.Finding{{Key: check.NotACheckpoint, Facts: message.Facts{"text": text}}}
	case s.local > 0:
		return []check.Finding{{Key: check.LocalCheckpoint}}
	case got.Inside.Output > 0:
		return []check.Finding{{Key: check.NotACheckpoint, Facts: message.Facts{"text": text}}}
	}
	return []check.Finding{{Key: check.NothingPublished, Facts: message.Facts{"jobs": s.jobs}}}
}

// failure is the text of a case that failed in a job.
func failure(got evidence.Outcome) (text string, failed bool) {
	if got.Failure == nil || got.Failure.Kind != protocol.JobFailed || len(got.Failure.Texts) == 0 {
		return "", false
	}
	return got.Failure.Texts[0], true
}

// sameTexts judges rows that came as the texts of one value, each the JSON of a row.
func sameTexts(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	rows := texts(check.Flat(got.Rows))
	findings := check.SameRows(evidence.Outcome{Rows: [][]json.RawMessage{rows}}, check.Want{Rows: texts(want.Rows)})
	if len(findings) > 0 && anyCancelled(rows, c.Params["limit"]) {
		findings[0].Key = check.CancelledCounted
	}
	return findings
}

// anyCancelled reports whether a cancelled flight, with a delay that means nothing
// and is over the limit, is among the rows.
func anyCancelled(rows []json.RawMessage, limit int) bool {
	return slices.ContainsFunc(rows, func(raw json.RawMessage) bool {
		var f flight
		return json.Unmarshal(raw, &f) == nil && !f.Departed && f.Delay > limit
	})
}

func texts(value []json.RawMessage) (rows []json.RawMessage) {
	for _, raw := range value {
		var all []string
		if json.Unmarshal(raw, &all) != nil {
			return value // not such a value: it is its own row
		}
		for _, text := range all {
			rows = append(rows, json.RawMessage(text))
		}
	}
	return rows
}

// writtenOnce judges that Publish computes nothing twice and leaves no block.
func writtenOnce(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := published(c, got, want); len(findings) > 0 {
		return findings
	}
	return check.First(writtenFromMemory(c, got.ReadsInside["flights"]), nothingLeft(got))
}

// writtenFromMemory judges that the job that writes reads what the first one kept.
func writtenFromMemory(c check.Case, reads int) []check.Finding {
	findings := computedOnce(c.Source("flights"), reads)
	if len(findings) > 0 && findings[0].Key == check.ComputedAgain {
		findings[0].Key = check.WriteComputedAgain
	}
	return findings
}

// resumed judges Resume.
func resumed(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.First(check.Sound(c, got, want), check.SameRows(got, want)); len(findings) > 0 {
		return findings
	}
	for _, root := range got.Roots {
		if root != "checkpointFile" {
			return []check.Finding{{Key: check.NotFromCheckpoint, Facts: message.Facts{"roots": strings.Join(got.Roots, ", ")}}}
		}
	}
	return nil
}

// stepName is what grader/harness/tp03 calls the datasets that a step makes.
const stepName = "step"

// cut judges the lineage of Iterate's jobs.
func cut(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := iterated(c, got, want); len(findings) > 0 {
		return findings
	}
	longest, most := 0, c.Params["every"]+1 // the dataset that was cut, and the steps after it
	for _, e := range got.Events {
		job, ok := e.(event.JobStart)
		if !ok {
			continue
		}
		steps := 0
		for _, d := range job.Datasets {
			if d.Name == stepName {
				steps++
			}
		}
		longest = max(longest, steps)
	}
	if longest <= most {
		return nil
	}
	s := stocked(got.Events)
	facts := message.Facts{"steps": longest, "wanted": most, "written": s.files, "blocks": s.stored}
	if s.files == 0 && s.stored > 0 {
		return []check.Finding{{Key: check.CacheKeepsLineage, Facts: facts}}
	}
	return []check.Finding{{Key: check.LineageTooLong, Facts: facts}}
}

// iterated judges the rows of Iterate, and where they were computed.
func iterated(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	return check.First(lostLocally(got), check.Came(got), check.SameRows(got, want), check.SameAgain(got), stayedAway(c, got))
}

// lostLocally judges that the answer did not go with the executors that held the
// only copy of it.
func lostLocally(got evidence.Outcome) []check.Finding {
	if text, failed := failure(got); failed && strings.Contains(text, "CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND") {
		return []check.Finding{{Key: check.LocalCheckpoint}}
	}
	return nil
}

// stepsOnce judges that no step is computed twice.
func stepsOnce(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	return check.First(cut(c, got, want), writtenFromMemory(c, got.ReadsInside["flights"]+got.Reads["flights"]))
}

// survives judges that Iterate's rows outlive the executors.
func survives(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := cut(c, got, want); len(findings) > 0 {
		return findings
	}
	if again := got.ReadsAgain["flights"]; again > 0 {
		return []check.Finding{{Key: check.LostWithItsExecutor, Facts: message.Facts{"computed": again}}}
	}
	return nil
}
