package streaming

import (
	"strings"
	"time"

	"etincelle/grader/message"
)

// Note is one sentence with its facts.
type Note struct {
	Text  message.Text
	Facts message.Facts
}

// In is the sentence in a language.
func (n Note) In(l message.Language) string { return n.Text.Fill(l, n.Facts) }

// Notes are sentences, one after the other, as one fact.
type Notes []Note

// In is the sentences in a language.
func (n Notes) In(l message.Language) string {
	parts := make([]string, len(n))
	for i, one := range n {
		parts[i] = one.In(l)
	}
	return strings.Join(parts, " ")
}

// list is notes or texts with commas between them, as one fact.
type list []interface {
	In(message.Language) string
}

// In is the list in a language.
func (all list) In(l message.Language) string {
	parts := make([]string, len(all))
	for i, one := range all {
		parts[i] = one.In(l)
	}
	return strings.Join(parts, ", ")
}

// Clock writes times as short as the recording allows: 12:07, or with its day when
// there are several.
type Clock struct{ Days bool }

// Clock is the story's.
func (s *Story) Clock() Clock { return Clock{s.days} }

// Time is an instant, as a fact of sentences.
func (c Clock) Time(t time.Time) Instant { return Instant{t, c.Days} }

// Span is a window, as a fact of sentences.
func (c Clock) Span(w Span) Interval { return Interval{w, c.Days} }

// Instant is a time that says itself.
type Instant struct {
	time.Time
	days bool
}

// In is the time in a language: 12:07, 24/06 12:07; — when there is none.
func (i Instant) In(l message.Language) string {
	if i.IsZero() {
		return "—"
	}
	layout := "15:04"
	switch {
	case i.Nanosecond() != 0:
		layout = "15:04:05.999999"
	case i.Second() != 0:
		layout = "15:04:05"
	}
	day := "02/01 "
	if l == message.English {
		day = "2 Jan "
	}
	if i.days {
		layout = day + layout
	}
	return i.Format(layout)
}

// Interval is a window that says itself.
type Interval struct {
	Span
	days bool
}

// In is the window in a language: 12:00–12:10; the end has its day when it is
// another, and midnight after the window's own day is 24:00.
func (i Interval) In(l message.Language) string {
	if i.days && i.End.Equal(i.Start.Truncate(24*time.Hour).Add(24*time.Hour)) {
		return Instant{i.Start, true}.In(l) + "–24:00"
	}
	other := i.days && !sameDay(i.Start, i.End)
	return Instant{i.Start, i.days}.In(l) + "–" + Instant{i.End, other}.In(l)
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// Delay is a duration that says itself: 10 min, 1 h, 90 s.
type Delay time.Duration

// In is the duration in a language; both write it alike.
func (d Delay) In(message.Language) string {
	v := time.Duration(d)
	switch {
	case v == 0:
		return "0 min"
	case v%time.Hour == 0:
		return v.Truncate(time.Hour).String()[:len(v.String())-len("h0m0s")] + message.Hard + "h"
	case v%time.Minute == 0:
		return message.Number(message.French, int64(v/time.Minute)) + message.Hard + "min"
	case v%time.Second == 0:
		return message.Number(message.French, int64(v/time.Second)) + message.Hard + "s"
	}
	return v.String()
}

// multiday reports whether the rows of a story fall on several days.
func (s *Story) multiday() bool {
	var first time.Time
	for _, q := range s.Queries {
		for _, b := range q.Batches {
			for _, r := range b.Rows {
				switch {
				case r.At.IsZero():
				case first.IsZero():
					first = r.At
				case !sameDay(first, r.At):
					return true
				}
			}
		}
	}
	return false
}
