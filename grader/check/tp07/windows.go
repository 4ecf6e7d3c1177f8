package tp07

import (
	"encoding/json"
	"time"

	"etincelle/grader/check"
	"etincelle/grader/check/queries"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercise 2: the count by windows, in three modes.

// asks is what the exercise asks for.
var asks = queries.Windows{
	Column: "at", Length: 20 * time.Minute, Slide: 10 * time.Minute, Delay: 15 * time.Minute,
	Event: func(row json.RawMessage) (at time.Time, key string, err error) {
		var e struct {
			At   time.Time
			Word string
		}
		err = json.Unmarshal(row, &e)
		return e.At, e.Word, err
	},
}

// inWindows judges which windows a word is counted in: complete mode gives all of
// them, whatever the watermark.
func inWindows(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, _, findings := asks.InModes(c.Source("events"), got, want)
	if len(findings) > 0 {
		return findings
	}
	return windowsAlike(c, came, wanted)
}

func windowsAlike(c check.Case, came, wanted queries.InModes) []check.Finding {
	return asks.Alike(c.Source("events"), came.Complete, wanted.Complete, "complete")
}

// finals judges append mode.
func finals(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, update, findings := asks.InModes(c.Source("events"), got, want)
	if len(findings) > 0 {
		return findings
	}
	findings = queries.ByBatch(came.Append, wanted.Append, "append")
	if came.Append.Refused == "" && len(findings) == 0 {
		return nil
	}
	if marked := asks.Watermarked(update, came.Append.Refused); len(marked) > 0 {
		return marked
	}
	if windows := windowsAlike(c, came, wanted); len(windows) > 0 {
		return windows
	}
	if came.Append.Refused != "" {
		return []check.Finding{{Key: check.NotForAStream, Facts: message.Facts{"text": came.Append.Refused}}}
	}
	return findings
}

// bounded judges update mode, and its state.
func bounded(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, update, findings := asks.InModes(c.Source("events"), got, want)
	if len(findings) > 0 {
		return findings
	}
	findings = queries.ByBatch(came.Update, wanted.Update, "update")
	if len(findings) == 0 {
		findings = queries.Forgets(came.Update, wanted.Update)
	}
	if len(findings) == 0 {
		return nil
	}
	return check.First(asks.Watermarked(update, came.Append.Refused), windowsAlike(c, came, wanted), findings)
}
