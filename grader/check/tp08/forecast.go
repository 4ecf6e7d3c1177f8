package tp08

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"etincelle/grader/check"
	"etincelle/grader/check/queries"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercise 4: what each step will write, and leave in the state.

// outlook is what is foreseen of one step.
type outlook struct {
	Rows, State int
	Watermark   time.Time
}

func (o outlook) equal(other outlook) bool {
	return o.Rows == other.Rows && o.State == other.State && o.Watermark.Equal(other.Watermark)
}

// told is an outlook for people.
func (o outlook) told() string {
	mark := "—"
	if !o.Watermark.IsZero() {
		mark = o.Watermark.Format("15:04")
	}
	return fmt.Sprintf("[%d, %d, %s]", o.Rows, o.State, mark)
}

// sighted is a row of the case.
type sighted struct {
	At   time.Time
	Word string
}

// foretold judges Forecast.
func foretold(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, findings := queries.Value[[]outlook](got, want)
	if len(findings) > 0 || slices.EqualFunc(came, wanted, outlook.equal) {
		return findings
	}
	if len(came) != len(wanted) {
		return []check.Finding{{Key: check.StepsForetold, Facts: message.Facts{"steps": len(came), "wanted": len(wanted)}}}
	}
	step := 0
	for came[step].equal(wanted[step]) {
		step++
	}
	key := check.WrongForecast
	for _, known := range oversights {
		if slices.EqualFunc(came, known.of(c), outlook.equal) {
			key = known.key
			break
		}
	}
	return []check.Finding{{Key: key, Facts: message.Facts{"step": step + 1, "got": came[step].told(), "wanted": wanted[step].told()}}}
}

// oversight is a known mistake: what is overlooked.
type oversight struct {
	key check.Key

	everyCount   bool // rows: one for each event in each of its windows, not one for each group
	firstWindow  bool // an event falls in the latest of its windows alone
	wholeTable   bool // rows: all that the state holds
	keepsAll     bool // nothing is forgotten
	countsFirst  bool // state: what there is before the new watermark makes it forget
	refusesNone  bool // nothing is late
	eventDecides bool // what is late: the event's time, and not the end of its window
	ownWatermark bool // a batch is run with the watermark that its own rows make
	lastMaximum  bool // the watermark follows the last step, and may go back
	endIsOpen    bool // a window that ends at the watermark is still open
}

var oversights = []oversight{
	{key: check.ForecastCounts, everyCount: true},
	{key: check.ForecastOneWindow, firstWindow: true},
	{key: check.ForecastWholeTable, wholeTable: true},
	{key: check.ForecastNeverForgets, keepsAll: true},
	{key: check.ForecastNeverForgets, keepsAll: true, refusesNone: true},
	{key: check.ForecastCountsFirst, countsFirst: true},
	{key: check.ForecastNeverRefuses, refusesNone: true},
	{key: check.ForecastLateEvent, eventDecides: true},
	{key: check.ForecastOwnWatermark, ownWatermark: true},
	{key: check.ForecastWatermarkBack, lastMaximum: true},
	{key: check.ForecastEndOpen, endIsOpen: true},
}

// of makes the mistake on the case's events.
func (o oversight) of(c check.Case) (all []outlook) {
	length, slide, delay := minutes(c, "length"), minutes(c, "slide"), minutes(c, "delay")
	closed := func(end, mark time.Time) bool {
		return end.Before(mark) || end.Equal(mark) && !o.endIsOpen
	}
	remembered := map[string]time.Time{} // groups, with the end of their window
	var mark, newest time.Time
	for _, step := range c.Source("events").Partitions {
		var now []sighted
		if o.lastMaximum {
			newest = time.Time{}
		}
		for _, raw := range step {
			var s sighted
			if json.Unmarshal(raw, &s) != nil {
				return nil
			}
			now = append(now, s)
			if newest.Before(s.At) {
				newest = s.At
			}
		}
		if o.ownWatermark && delay >= 0 {
			mark = newest.Add(-delay)
		}
		counts, touched := 0, map[string]bool{}
		for _, s := range now {
			for start := s.At.Truncate(slide); s.At.Before(start.Add(length)); start = start.Add(-slide) {
				end := start.Add(length)
				late := closed(end, mark)
				if o.eventDecides {
					late = s.At.Before(mark)
				}
				if !late || o.refusesNone {
					counts++
					group := end.String() + s.Word
					touched[group], remembered[group] = true, end
				}
				if o.firstWindow {
					break
				}
			}
		}
		one := outlook{Rows: len(touched)}
		if o.everyCount {
			one.Rows = counts
		}
		if o.wholeTable {
			one.Rows = len(remembered)
		}
		if delay >= 0 {
			mark = newest.Add(-delay)
			one.Watermark = mark
		}
		one.State = len(remembered)
		for group, end := range remembered {
			if delay >= 0 && closed(end, mark) && !o.keepsAll {
				delete(remembered, group)
			}
		}
		if !o.countsFirst {
			one.State = len(remembered)
		}
		all = append(all, one)
	}
	return all
}
