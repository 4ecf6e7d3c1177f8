package tp09

import (
	"encoding/json"
	"time"

	"etincelle/grader/check"
	"etincelle/grader/check/queries"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercise 1: the count by hour and airport, in three modes.

// asks is what the exercise asks for, with the delay of a case.
func asks(c check.Case) queries.Windows {
	return queries.Windows{
		Column: "scheduled", Length: time.Hour, Slide: time.Hour, Delay: time.Duration(c.Params["delay"]) * time.Minute,
		Event: byTime(func(d departure) time.Time { return d.Scheduled }),
	}
}

// departure is a flight of a case.
type departure struct {
	Scheduled, Left time.Time
	Origin          string
}

// byTime reads a flight by one of its times.
func byTime(of func(departure) time.Time) func(row json.RawMessage) (time.Time, string, error) {
	return func(row json.RawMessage) (time.Time, string, error) {
		var d departure
		err := json.Unmarshal(row, &d)
		return of(d), d.Origin, err
	}
}

// hours judges which hour a flight is counted in: complete mode gives all of them,
// whatever the watermark.
func hours(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, _, findings := asks(c).InModes(c.Source("flights"), got, want)
	if len(findings) > 0 {
		return findings
	}
	return alike(c, came, wanted)
}

// alike judges the windows by the table of them all.
func alike(c check.Case, came, wanted queries.InModes) []check.Finding {
	right := asks(c)
	findings := right.Alike(c.Source("flights"), came.Complete, wanted.Complete, "complete")
	if len(findings) == 0 {
		return nil
	}
	left := right
	left.Event = byTime(func(d departure) time.Time { return d.Left })
	half := right
	half.Slide = time.Hour / 2
	switch table := queries.Last(came.Complete); {
	case makes(left, c, table):
		findings[0].Key = check.WindowsOfArrival
	case makes(half, c, table):
		findings[0].Key = check.SlidingForTumbling
	}
	return findings
}

// makes reports whether a table is what these windows make of the case's flights.
func makes(w queries.Windows, c check.Case, table []json.RawMessage) bool {
	missing, extra := check.Difference(w.Counts(c.Source("flights")), table)
	return len(missing)+len(extra) == 0
}

// finals judges append mode.
func finals(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, update, findings := asks(c).InModes(c.Source("flights"), got, want)
	if len(findings) > 0 {
		return findings
	}
	findings = queries.ByBatch(came.Append, wanted.Append, "append")
	if came.Append.Refused == "" && len(findings) == 0 {
		return nil
	}
	if windows := alike(c, came, wanted); len(windows) > 0 {
		return windows
	}
	if marked := asks(c).Watermarked(update, came.Append.Refused); len(marked) > 0 {
		return delayed(marked)
	}
	if came.Append.Refused != "" {
		return []check.Finding{{Key: check.NotForAStream, Facts: message.Facts{"text": came.Append.Refused}}}
	}
	return findings
}

// delayed says which way a delay is wrong.
func delayed(findings []check.Finding) []check.Finding {
	if len(findings) == 0 || findings[0].Key != check.WatermarkOtherDelay {
		return findings
	}
	f := &findings[0]
	waits, _ := f.Facts["minutes"].(int)
	f.Key = check.DelayTooLong
	if wanted, _ := f.Facts["wanted"].(int); waits < wanted {
		f.Key = check.DelayTooShort
	}
	return findings
}

// bounded judges update mode, and its state.
func bounded(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, update, findings := asks(c).InModes(c.Source("flights"), got, want)
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
	return check.First(alike(c, came, wanted), delayed(asks(c).Watermarked(update, came.Append.Refused)), findings)
}
