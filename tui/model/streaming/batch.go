package streaming

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"etincelle/engine/event"
)

// Query is a streaming query of the recording and all its batches.
type Query struct {
	event.QueryStart
	Batches []*Batch
	Over    bool   // it has ended
	Error   string // why, when it failed
}

// Batch is one micro-batch of one query: what it read, dropped, remembers and gave.
// Nothing changes it once the recording is read.
type Batch struct {
	Number    int64
	Reason    string
	Watermark time.Time // in force; zero before there is one
	LateBy    time.Time // by which rows are late: the watermark of the batch before
	Next      time.Time // the watermark of the next batch
	Rows      []Row     // that it read, as far as they are told
	Count     int64     // of all rows that it read
	Read      int64     // rows that the query has read, these included
	Late      []event.RowsLate
	Dropped   int64 // rows, or groups of rows, that came too late
	State     []event.StateChanged
	Moved     *event.WatermarkMoved // how Next came to be; nil when it is Watermark
	Out       event.RowsOut
	Committed bool
	Again     int       // times that it ran before and was not committed
	Seen      time.Time // the latest event time that the query has seen, this batch included

	changes []event.StateChange // of all operators, by key
}

// Row is a row that arrived.
type Row struct {
	Cells  []string
	Names  []string  // of the columns
	At     time.Time // its event time; zero when it has none
	Late   bool      // all of it came too late for this query
	Partly bool      // some of it did: one of its windows was over
	time   int       // the column of the event time
}

// Text is the row without its event time.
func (r Row) Text() string {
	var parts []string
	for i, c := range r.Cells {
		if i != r.time {
			parts = append(parts, c)
		}
	}
	return strings.Join(parts, " ")
}

// Cell is a cell as one reads it: of a long fraction the first digits.
func Cell(text string) string {
	const digits = 6
	if _, fraction, is := strings.Cut(text, "."); is && len(fraction) >= digits {
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			return strconv.FormatFloat(v, 'g', digits, 64)
		}
	}
	return text
}

// cellsText is cells one after the other.
func cellsText(cells []string) string {
	shown := make([]string, len(cells))
	for i, c := range cells {
		shown[i] = Cell(c)
	}
	return strings.Join(shown, " ")
}

// Empty reports whether the batch read nothing.
func (b *Batch) Empty() bool { return b.Count == 0 }

// Changes are what the batch did to the groups of the state, in a stable order.
func (b *Batch) Changes() []event.StateChange { return b.changes }

// Change finds what the batch did to one group.
func (b *Batch) Change(key []string) (event.StateChange, bool) {
	for _, s := range b.State {
		for _, c := range s.Changes {
			if slices.Equal(c.Key, key) {
				return c, true
			}
		}
	}
	return event.StateChange{}, false
}

// Totals adds up the operators' state: rows, updated, removed.
func (b *Batch) Totals() (rows, updated, removed int64) {
	for _, s := range b.State {
		rows, updated, removed = rows+s.Total, updated+s.Updated, removed+s.Removed
	}
	return
}

// Open are the windows still in the state, by their end.
func (b *Batch) Open() []event.OpenWindow {
	var open []event.OpenWindow
	for _, s := range b.State {
		open = append(open, s.Open...)
	}
	slices.SortFunc(open, func(x, y event.OpenWindow) int {
		if c := x.End.Compare(y.End); c != 0 {
			return c
		}
		return x.Start.Compare(y.Start)
	})
	return open
}

// Span is a window of event time.
type Span struct{ Start, End time.Time }

// Holds reports whether an instant is in it.
func (s Span) Holds(t time.Time) bool { return !t.Before(s.Start) && t.Before(s.End) }

// stamp is how the engine writes a time in a row.
const stamp = "2006-01-02 15:04:05.999999999"

// TimeOf reads a time as rows hold it.
func TimeOf(text string) (time.Time, bool) {
	t, err := time.Parse(stamp, text)
	return t, err == nil
}

// SpanOf reads a window as rows hold it: [2024-01-01 12:00:00 2024-01-01 12:10:00].
func SpanOf(text string) (Span, bool) {
	inside, opened := strings.CutPrefix(text, "[")
	inside, closed := strings.CutSuffix(inside, "]")
	parts := strings.Split(inside, " ")
	if !opened || !closed || len(parts) != 4 {
		return Span{}, false
	}
	start, ok1 := TimeOf(parts[0] + " " + parts[1])
	end, ok2 := TimeOf(parts[2] + " " + parts[3])
	return Span{start, end}, ok1 && ok2
}

// WindowOf is the window among the cells of a key or a row; without is the cells
// that are left.
func WindowOf(cells []string) (w Span, without []string, found bool) {
	for i, c := range cells {
		if w, is := SpanOf(c); is {
			return w, slices.Delete(slices.Clone(cells), i, i+1), true
		}
	}
	return Span{}, cells, false
}

// compareKeys orders groups by their window, then by the rest.
func compareKeys(a, b []string) int {
	if c := cmp.Compare(windowText(a), windowText(b)); c != 0 {
		return c
	}
	return slices.Compare(a, b)
}

// windowText is the window's own text, which orders as its times do.
func windowText(cells []string) string {
	for _, c := range cells {
		if strings.HasPrefix(c, "[") {
			return c
		}
	}
	return ""
}
