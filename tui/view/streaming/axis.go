package streaming

import (
	"slices"
	"time"

	model "etincelle/tui/model/streaming"
)

// axis is event time across a panel: a column is unit long.
type axis struct {
	from    time.Time
	unit    time.Duration
	columns int
}

// units are the lengths that a column may have.
var units = []time.Duration{
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 15 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour,
	30 * 24 * time.Hour, 365 * 24 * time.Hour,
}

// column is where an instant lies: -1 left of the axis, columns right of it.
func (a axis) column(t time.Time) int {
	switch d := t.Sub(a.from); {
	case d < 0:
		return -1
	case d >= a.unit*time.Duration(a.columns):
		return a.columns
	default:
		return int(d / a.unit)
	}
}

// fit is the axis that holds instants in so many columns, none finer than least.
func fit(times []time.Time, columns int, least time.Duration) axis {
	columns = max(columns, 1)
	if len(times) == 0 {
		return axis{unit: time.Minute, columns: columns}
	}
	lo, hi := slices.MinFunc(times, time.Time.Compare), slices.MaxFunc(times, time.Time.Compare)
	for _, u := range units {
		if u < least {
			continue
		}
		from := lo.Truncate(u).Add(-2 * u)
		if hi.Sub(from) < u*time.Duration(columns-1) {
			return axis{from, u, columns}
		}
	}
	return axis{lo, units[len(units)-1], columns}
}

// tick is how far apart the times are written: at least ten columns.
func (a axis) tick() time.Duration {
	for _, u := range units {
		if u >= 10*a.unit {
			return u
		}
	}
	return units[len(units)-1]
}

// axisOf is the axis for the steps that show: that of the whole recording when it
// is hardly coarser, so that it does not move from step to step.
func (p *page) axisOf(from, to, columns int) axis {
	least := p.window / 20
	local := fit(p.timesOf(from, to, true), columns, least)
	whole := fit(p.allTimes, columns, least)
	if whole.unit <= 2*local.unit || len(p.allTimes) == 0 {
		return whole
	}
	return local
}

// timesOf are the event times and the watermarks of some steps. Without the
// stragglers: a row of ten hours ago would press all the others together; such rows
// show at the left edge.
func (p *page) timesOf(from, to int, close bool) []time.Time {
	var marks, rows []time.Time
	for at := from; at <= to; at++ {
		b := p.story.Lead(at)
		if b == nil {
			continue
		}
		for _, t := range []time.Time{b.Watermark, b.Next} {
			if !t.IsZero() {
				marks = append(marks, t)
			}
		}
		for _, r := range b.Rows {
			if !r.At.IsZero() {
				rows = append(rows, r.At)
			}
		}
	}
	if close && len(rows) > 20 {
		slices.SortFunc(rows, time.Time.Compare)
		rows = rows[len(rows)/10:]
	}
	return append(marks, rows...)
}

// windowOf is how long the story's windows are; 0 without any.
func windowOf(s *model.Story) time.Duration {
	for _, q := range s.Queries {
		for _, b := range q.Batches {
			for _, c := range b.Changes() {
				if w, _, is := model.WindowOf(c.Key); is {
					return w.End.Sub(w.Start)
				}
			}
		}
	}
	return 0
}
