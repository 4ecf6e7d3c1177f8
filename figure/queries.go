package figure

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/model/streaming"
)

// What is drawn of streaming queries at most.
const (
	maxQueries = 8
	maxSteps   = 40 // lines of a table of batches
	maxWord    = 14 // columns of a row's words
)

// query is a streaming query with its number: its place in the recording.
type query struct {
	*streaming.Query
	number int
}

// readQueries reads the queries of a recording that ran a batch, all or those
// that are asked for.
func readQueries(recording []event.Event, wanted []int) ([]query, error) {
	all, err := streaming.Queries(recording)
	if err != nil {
		return nil, err
	}
	for _, n := range wanted {
		if n < 0 || n >= len(all) {
			return nil, fmt.Errorf("found no query %d in the recording, expected one of its %d queries, numbered from 0", n, len(all))
		}
	}
	var queries []query
	for n, q := range all {
		if len(q.Batches) > 0 && (len(wanted) == 0 || slices.Contains(wanted, n)) {
			queries = append(queries, query{q, n})
		}
	}
	if len(queries) == 0 {
		return nil, errors.New("found no batch of a streaming query in the recording: does its program start one, and let it run?")
	}
	if len(queries) > maxQueries {
		return nil, fmt.Errorf("found %d streaming queries to draw, expected at most %d: choose some by number", len(queries), maxQueries)
	}
	return queries, nil
}

// sideBySide are the queries among these that differ in nothing but their mode.
func sideBySide(queries []query) *streaming.Story {
	return streaming.Beside(streaming.Compared(bare(queries))[0])
}

func bare(queries []query) []*streaming.Query {
	var all []*streaming.Query
	for _, q := range queries {
		all = append(all, q.Query)
	}
	return all
}

// mode says the mode of a query.
func mode(q *streaming.Query) message.Text {
	name := streaming.ModeName(q.Mode)
	return message.Both(cut(plain(name.French), maxWord), cut(plain(name.English), maxWord))
}

// waits says how long a query's watermark waits.
func waits(q *streaming.Query, w words) string {
	if delay, marked := q.Delay(); marked {
		return w.say(delayText, message.Facts{"delay": streaming.Delay(delay)})
	}
	return w.say(noDelayText, nil)
}

// about names a query by its mode and its watermark.
func about(q *streaming.Query, w words) string {
	return w.say(queryText, message.Facts{"mode": mode(q), "watermark": waits(q, w)})
}

// window is one window of a query, and what closed it.
type window struct {
	streaming.Span
	closed *streaming.Batch // nil while it is open
}

// windowsOf lists the windows that a query's state had, by their start. A window
// closes with the batch whose watermark has reached its end and that has no group
// of it left: in append mode this batch writes it.
func windowsOf(q *streaming.Query) []window {
	found := map[streaming.Span]*window{}
	for _, b := range q.Batches {
		open, groups := map[streaming.Span]bool{}, int64(0)
		for _, o := range b.Open() {
			span := streaming.Span{Start: o.Start.UTC(), End: o.End.UTC()}
			open[span], groups = true, groups+o.Groups
			if found[span] == nil {
				found[span] = &window{Span: span}
			}
		}
		told := map[streaming.Span]bool{}
		for _, c := range b.Changes() {
			span, _, is := streaming.WindowOf(c.Key)
			switch {
			case !is:
			case c.What == "closed":
				told[span] = true
			case found[span] == nil: // one that nothing will close is not among the open ones
				found[span] = &window{Span: span}
			}
		}
		total, _, _ := b.Totals()
		for span, w := range found {
			over := !span.End.After(b.Watermark) && !open[span]
			// The list of open windows may be cut: it is whole when its groups are all of the state.
			if w.closed == nil && over && (told[span] || groups == total) {
				w.closed = b
			}
		}
	}
	var all []window
	for _, w := range found {
		if w.End.After(w.Start) {
			all = append(all, *w)
		}
	}
	slices.SortFunc(all, func(a, b window) int {
		if c := a.Start.Compare(b.Start); c != 0 {
			return c
		}
		return a.End.Compare(b.End)
	})
	return all
}

// word is a row without its event time, as short as a mark needs it.
func word(r streaming.Row) string { return cut(plain(r.Text()), maxWord) }

// axis lays event times along a line, from 0 to 1.
type axis struct {
	from, to int64 // seconds since 1970
	clock    streaming.Clock
}

// newAxis spans the times, a little more on both sides.
func newAxis(times []time.Time, clock streaming.Clock) axis {
	a := axis{from: times[0].Unix(), to: times[0].Unix(), clock: clock}
	for _, t := range times {
		a.from, a.to = min(a.from, t.Unix()), max(a.to, t.Unix())
	}
	more := max((a.to-a.from)/40, 1)
	a.from, a.to = a.from-more, a.to+more
	return a
}

func (a axis) at(t time.Time) float64 {
	return min(max(float64(t.Unix()-a.from)/float64(a.to-a.from), 0), 1)
}

// tick is a time with its place on the axis.
type tick struct {
	at    float64
	label string
}

// steps are the distances between ticks that people read easily, in seconds.
var steps = []int64{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 2592000, 31536000, 315360000}

const day = 86400

// maxTicks is how many labels fit below each other's side.
const maxTicks = 6

func (a axis) ticks(language message.Language) []tick {
	step := steps[len(steps)-1]
	for _, s := range slices.Backward(steps) {
		if (a.to-a.from)/s <= maxTicks {
			step = s
		}
	}
	var all []tick
	first := a.from - a.from%step
	for t := first; t <= a.to && len(all) <= 2*maxTicks; t += step {
		if t >= a.from {
			at := time.Unix(t, 0).UTC()
			label := a.clock.Time(at).In(language)
			if step >= day {
				label = strings.TrimSuffix(label, " 00:00")
			}
			all = append(all, tick{a.at(at), label})
		}
	}
	return all
}

// sortedKeys lists the keys of a map in order.
func sortedKeys[V any](m map[int64]V) []int64 { return slices.Sorted(maps.Keys(m)) }
