package tp08

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"etincelle/grader/check"
	"etincelle/grader/check/queries"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercise 3: departures by airport and window.

// twoModes is what came of one frame.
type twoModes struct{ Update, Complete queries.Ran }

// departure is what the judges look at in a row of the case.
type departure struct {
	Scheduled, Left time.Time
	Origin          string
}

// asks is what the exercise asks for.
var asks = queries.Windows{
	Column: "scheduled", Length: time.Hour, Slide: 20 * time.Minute, Delay: 2 * time.Hour,
	Event: func(row json.RawMessage) (at time.Time, key string, err error) {
		var d departure
		err = json.Unmarshal(row, &d)
		return d.Scheduled, d.Origin, err
	},
}

// byDeparture makes the mistake of the other time.
var byDeparture = queries.Windows{
	Column: "departed", Length: asks.Length, Slide: asks.Slide, Delay: asks.Delay,
	Event: func(row json.RawMessage) (at time.Time, key string, err error) {
		var d departure
		err = json.Unmarshal(row, &d)
		return d.Left, d.Origin, err
	},
}

// ranByAirport reads the answer, and holds it against the events.
func ranByAirport(c check.Case, got evidence.Outcome, want check.Want) (came, wanted twoModes, update *queries.Query, findings []check.Finding) {
	if f := got.Failure; f != nil {
		if findings := asks.MarkedTooLate(f.Texts); len(findings) > 0 {
			return came, wanted, nil, findings
		}
		if slices.ContainsFunc(f.Texts, func(text string) bool { return strings.Contains(text, "`slide_duration`") }) {
			return came, wanted, nil, []check.Finding{{Key: check.SlideOverLength}}
		}
	}
	came, wanted, findings = queries.Value[twoModes](got, want)
	if len(findings) > 0 {
		return came, wanted, nil, findings
	}
	all, rows := queries.Heard(got.InsideEvents), c.Source("departures").Count()
	update = queries.InMode(all, "update")
	findings = check.First(queries.Agrees(came.Complete, queries.InMode(all, "complete"), rows), queries.Agrees(came.Update, update, rows))
	for _, refused := range []string{came.Update.Refused, came.Complete.Refused} {
		if len(findings) == 0 && refused != "" {
			findings = []check.Finding{{Key: check.NotForAStream, Facts: message.Facts{"text": refused}}}
		}
	}
	return came, wanted, update, findings
}

// airports judges which windows a departure is counted in: complete mode gives all of
// them, whatever the watermark.
func airports(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, _, findings := ranByAirport(c, got, want)
	if len(findings) > 0 {
		return findings
	}
	return alike(c, came, wanted)
}

func alike(c check.Case, came, wanted twoModes) []check.Finding {
	source := c.Source("departures")
	findings := asks.Alike(source, came.Complete, wanted.Complete, "complete")
	if len(findings) > 0 && findings[0].Key == check.WrongBatch {
		missing, extra := check.Difference(byDeparture.Counts(source), queries.Last(came.Complete))
		if len(missing)+len(extra) == 0 {
			findings[0].Key = check.WindowsOfArrival
		}
	}
	return findings
}

// updates judges update mode, and its state.
func updates(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, update, findings := ranByAirport(c, got, want)
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
	findings = check.First(alike(c, came, wanted), asks.Watermarked(update, ""), findings)
	if findings[0].Key == check.NoWatermark { // nobody asked for append mode here
		findings = check.First(queries.Forgets(came.Update, wanted.Update), findings)
	}
	return findings
}
