package tp09

import (
	"slices"
	"strings"
	"time"

	"etincelle/grader/check"
	"etincelle/grader/check/queries"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercises 3 and 4: what is lost, and how much of it can be borne.

// lateness is what became of a batch's events.
type lateness struct{ Lost, Partly, Rows, Engine int }

// late judges Late.
func late(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, findings := queries.Value[lateness](got, want)
	if len(findings) > 0 || came == wanted {
		return findings
	}
	if came.Engine != wanted.Engine {
		return tampered("the engine dropped another number of rows")
	}
	o := observed(c)
	facts := message.Facts{
		"lost": came.Lost, "partly": came.Partly, "rows": came.Rows,
		"wantedLost": wanted.Lost, "wantedPartly": wanted.Partly, "wantedRows": wanted.Rows, "watermark": clock(o.mark),
	}
	eventsRight := came.Lost == wanted.Lost && came.Partly == wanted.Partly
	key := check.WrongLateness
	switch {
	case o.strictly(came):
		key = check.EqualIsOpen
	case eventsRight && came.Rows == o.pairs && o.pairs != wanted.Rows:
		key = check.PairsForGroups
	case came.Lost == wanted.Lost && came.Rows == came.Lost && came.Rows != wanted.Rows:
		key = check.EventsForRows
	case came.Rows == wanted.Rows && came.Rows == came.Lost && came.Lost != wanted.Lost:
		key = check.RowsForEvents
	case came.Lost == o.older && o.older != wanted.Lost:
		key = check.OlderThanWatermark
	case came.Lost == o.touched && o.touched != wanted.Lost:
		key = check.PartlyForLost
	}
	return []check.Finding{{Key: key, Facts: facts}}
}

// word is an event of a case.
type word struct {
	At   time.Time
	Word string
}

// lateBatch is a batch as the known misconceptions count it.
type lateBatch struct {
	mark    time.Time
	pairs   int // late windows, one for each event
	older   int // events before the watermark
	touched int // events with a late window
	open    lateness
}

// strictly reports whether an answer takes a window that ends at the watermark for open.
func (b lateBatch) strictly(l lateness) bool {
	return l.Lost == b.open.Lost && l.Partly == b.open.Partly && l.Rows == b.open.Rows
}

// observed counts the case's batch.
func observed(c check.Case) lateBatch {
	length, slide := time.Duration(c.Params["length"])*time.Minute, time.Duration(c.Params["slide"])*time.Minute
	b := lateBatch{}
	if marks := slices.Concat(read[time.Time](c, "watermark")...); len(marks) > 0 {
		b.mark = marks[0]
	}
	groups := map[string]bool{}
	for _, e := range slices.Concat(read[word](c, "batch")...) {
		if e.At.Before(b.mark) {
			b.older++
		}
		windows, closed, past := 0, 0, 0
		for start := e.At.Truncate(max(slide, 1)); e.At.Before(start.Add(length)); start = start.Add(-slide) {
			end := start.Add(length)
			windows++
			if !end.After(b.mark) {
				closed++
			}
			if end.Before(b.mark) {
				past++
				groups[clock(end)+e.Word] = true
			}
		}
		b.pairs += closed
		if closed > 0 {
			b.touched++
		}
		switch past {
		case 0:
		case windows:
			b.open.Lost++
		default:
			b.open.Partly++
		}
	}
	b.open.Rows = len(groups)
	return b
}

// trial is a run of the count over a stream.
type trial struct {
	Minutes, Flights, Written, Waiting, Dropped int
}

// delay is the one that was tried.
func (t trial) delay() time.Duration { return time.Duration(t.Minutes) * time.Minute }

// lost is the flights that are counted nowhere.
func (t trial) lost() int { return t.Flights - t.Written - t.Waiting }

// smallest judges SmallestDelay.
func smallest(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	type chosen struct{ Delay string }
	said, right, findings := queries.Value[chosen](got, want)
	if len(findings) > 0 || said == right {
		return findings
	}
	came, err := time.ParseDuration(said.Delay)
	wanted, wrong := time.ParseDuration(right.Delay)
	if err != nil || wrong != nil {
		return tampered("the answer is no delay")
	}
	trials, most := slices.Concat(read[trial](c, "trials")...), float64(c.Params["percent"])/100
	facts := message.Facts{"said": told(came), "wanted": told(wanted), "percent": c.Params["percent"]}
	key := check.OtherDelayChosen
	share := func(lost func(trial) int) func(trial) bool {
		return func(t trial) bool { return float64(lost(t)) < most*float64(t.Flights) }
	}
	is := func(will func(trial) bool) bool { return came == least(trials, will) }
	at := slices.IndexFunc(trials, func(t trial) bool { return t.delay() == came })
	switch {
	case is(func(t trial) bool { return float64(t.lost()) <= most*float64(t.Flights) }):
		key = check.JustAsMuch
	case is(share(func(t trial) int { return t.Dropped })):
		key = check.DroppedForLost
	case is(share(func(t trial) int { return t.Flights - t.Written })):
		key = check.WaitingForLost
	case at < 0:
	case !share(trial.lost)(trials[at]):
		key = check.DelayTooSmall
	default:
		key = check.DelayTooLarge
	}
	if at >= 0 {
		facts["lost"], facts["flights"] = trials[at].lost(), trials[at].Flights
	}
	return []check.Finding{{Key: key, Facts: facts}}
}

// least is the smallest delay that will do, -1 when none does.
func least(trials []trial, will func(trial) bool) time.Duration {
	smallest := time.Duration(-1)
	for _, t := range trials {
		if will(t) && (smallest < 0 || t.delay() < smallest) {
			smallest = t.delay()
		}
	}
	return smallest
}

// told is a delay for people: "1h", where Go says "1h0m0s".
func told(d time.Duration) string {
	if d < 0 {
		return "NoDelay"
	}
	text := strings.Replace(d.String(), "m0s", "m", 1)
	return strings.Replace(text, "h0m", "h", 1)
}
