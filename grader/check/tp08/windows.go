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

// Exercise 1: the windows of an event.

// stretch is a window as it is told.
type stretch struct{ Start, End time.Time }

func (w stretch) equal(other stretch) bool {
	return w.Start.Equal(other.Start) && w.End.Equal(other.End)
}

// listed is windows for people.
func listed(all []stretch) string {
	const few = 6
	var parts []string
	for i, w := range all {
		if i == few {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, w.Start.Format("15:04")+"–"+w.End.Format("15:04"))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// minutes is a number of the case.
func minutes(c check.Case, name string) time.Duration {
	return time.Duration(c.Params[name]) * time.Minute
}

// instants is a source of times.
func instants(s check.Source) (all []time.Time) {
	for _, raw := range check.Flat(s.Partitions) {
		var at time.Time
		if json.Unmarshal(raw, &at) != nil {
			return nil
		}
		all = append(all, at)
	}
	return all
}

// assigned judges Windows, instant by instant.
func assigned(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, findings := queries.Value[[][]stretch](got, want)
	if len(findings) > 0 {
		return findings
	}
	at := instants(c.Source("at"))
	if len(came) != len(wanted) || len(at) != len(wanted) {
		return []check.Finding{{Key: check.Tampered, Facts: message.Facts{"fault": "the answer has another length"}}}
	}
	length, slide := minutes(c, "length"), minutes(c, "slide")
	for i := range wanted {
		if slices.EqualFunc(came[i], wanted[i], stretch.equal) {
			continue
		}
		return []check.Finding{{Key: misplaced(at[i], length, slide, came[i], wanted[i]), Facts: message.Facts{
			"at": at[i].Format("15:04"), "length": c.Params["length"], "slide": c.Params["slide"],
			"got": listed(came[i]), "wanted": listed(wanted[i]), "windows": len(wanted[i]),
		}}}
	}
	return nil
}

// misplaced is the misconception behind windows that are not the wanted ones.
func misplaced(at time.Time, length, slide time.Duration, came, wanted []stretch) check.Key {
	sorted := slices.SortedFunc(slices.Values(came), func(a, b stretch) int { return a.Start.Compare(b.Start) })
	all := func(is func(w stretch) bool) bool {
		return len(came) > 0 && !slices.ContainsFunc(came, func(w stretch) bool { return !is(w) })
	}
	outside := func(w stretch) bool { return at.Before(w.Start) || at.After(w.End) }
	switch {
	case slices.EqualFunc(sorted, wanted, stretch.equal):
		return check.WindowsUnordered
	case length != slide && all(func(w stretch) bool { return w.End.Sub(w.Start) == slide }):
		return check.SlideForLength
	case len(wanted) > 1 && len(came) == 1:
		return check.OneWindowOnly
	case slices.ContainsFunc(came, func(w stretch) bool { return w.End.Equal(at) }) ||
		slices.ContainsFunc(wanted, func(w stretch) bool { return w.Start.Equal(at) }) && !slices.ContainsFunc(came, func(w stretch) bool { return w.Start.Equal(at) }):
		return check.EndInWindow
	case all(func(w stretch) bool { return w.End.Sub(w.Start) == length }) &&
		slices.ContainsFunc(came, func(w stretch) bool { return !w.Start.Equal(w.Start.Truncate(slide)) }):
		return check.WindowsFromEvent
	case slices.ContainsFunc(came, outside) || length%slide != 0 && len(came) < len(wanted):
		return check.WindowsByDivision
	}
	return check.WrongWindows
}
