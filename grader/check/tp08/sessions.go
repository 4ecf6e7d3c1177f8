package tp08

import (
	"slices"
	"time"

	"etincelle/grader/check"
	"etincelle/grader/check/queries"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercise 2: sessions.

// inSessions judges Sessions.
func inSessions(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, findings := queries.Value[[]stretch](got, want)
	if len(findings) > 0 {
		return findings
	}
	if slices.EqualFunc(came, wanted, stretch.equal) {
		return nil
	}
	return []check.Finding{{Key: cutWrongly(instants(c.Source("at")), minutes(c, "gap"), came, wanted), Facts: message.Facts{
		"gap": c.Params["gap"], "got": listed(came), "wanted": listed(wanted),
	}}}
}

// cutWrongly is the misconception behind sessions that are not the wanted ones.
func cutWrongly(at []time.Time, gap time.Duration, came, wanted []stretch) check.Key {
	sorted := slices.Clone(at)
	slices.SortFunc(sorted, time.Time.Compare)
	made := func(in []time.Time, joins func(s stretch, last, at time.Time) bool) bool {
		return slices.EqualFunc(came, cut(in, gap, joins), stretch.equal)
	}
	within := func(_ stretch, last, at time.Time) bool { return at.Sub(last) <= gap }
	switch {
	case made(at, within):
		return check.SessionsAsTheyCame
	case made(sorted, func(_ stretch, last, at time.Time) bool { return at.Sub(last) < gap }):
		return check.SessionBorder
	case made(sorted, func(s stretch, _, at time.Time) bool { return at.Sub(s.Start) <= gap }) ||
		made(sorted, func(s stretch, _, at time.Time) bool { return at.Sub(s.Start) < gap }):
		return check.GapFromFirst
	case made(sorted, func(_ stretch, last, at time.Time) bool { return at.Sub(last) <= 2*gap }) ||
		made(sorted, func(_ stretch, last, at time.Time) bool { return at.Sub(last) < 2*gap }):
		return check.GapTwice
	case made(sorted, func(stretch, time.Time, time.Time) bool { return false }):
		return check.SessionsNotMerged
	case slices.EqualFunc(came, wanted, func(a, b stretch) bool { return a.Start.Equal(b.Start) && a.End.Equal(b.End.Add(-gap)) }):
		return check.SessionEndsAtEvent
	case slices.EqualFunc(came, wanted, func(a, b stretch) bool { return a.Start.Equal(b.Start) }):
		return check.SessionEnd
	}
	return check.WrongSessions
}

// cut makes sessions in which a known mistake decides what joins the one before.
func cut(at []time.Time, gap time.Duration, joins func(s stretch, last, at time.Time) bool) (all []stretch) {
	var last time.Time
	for i, t := range at {
		if i == 0 || !joins(all[len(all)-1], last, t) {
			all = append(all, stretch{Start: t})
		}
		all[len(all)-1].End, last = t.Add(gap), t
	}
	return all
}
