// Package receiving turns the facts of Spark Streaming (receivers, blocks, batches)
// into what a screen shows, forwards and backwards. It is pure: no clock, no terminal.
//
//	Timeline   a recording with its snapshots and its stops   (this file)
//	State      what is known at one position                  (state.go, apply.go)
//	notes      what a step means, in French and in English    (why.go)
package receiving

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"etincelle/engine/event"
	"etincelle/grader/message"
)

// ErrNoProgram says that a recording has no streaming program.
var ErrNoProgram = errors.New("the recording has no streaming program")

// Grain is how far one step goes.
type Grain int

// The grains, from fine to coarse. The stops of each are stops of the finer ones.
const (
	Fine    Grain = iota // every fact
	ByEvent              // what a batch, a receiver or an executor does
	ByBatch              // a batch whose time has come
	numGrains
)

// Timeline is a recording that can be looked at from any position: a number of facts. One
// goroutine at a time looks.
type Timeline struct {
	facts     []event.Event
	snapshots []State
	latest    State // that was looked at, from which a step goes on
	gap       int
	stops     [numGrains][]int
	due       []due
}

// due is a batch and the position at which its time has come.
type due struct {
	at       int64
	position int
}

// A recording keeps at most maxSnapshots states, at least minGap facts apart.
const (
	maxSnapshots = 64
	minGap       = 200
)

// Tells reports whether a recording has a program of receivers or streams.
func Tells(recording []event.Event) bool {
	return slices.ContainsFunc(recording, func(e event.Event) bool {
		_, is := e.(event.StreamingStart)
		return is
	})
}

// New reads a recording.
func New(recording []event.Event) (*Timeline, error) {
	if !Tells(recording) {
		return nil, ErrNoProgram
	}
	t := &Timeline{}
	for _, e := range recording {
		if about(e) {
			t.facts = append(t.facts, e)
		}
	}
	t.gap = max(minGap, (len(t.facts)+maxSnapshots-1)/maxSnapshots)
	now, known := empty(), map[int64]bool{}
	for i, e := range t.facts {
		if i%t.gap == 0 {
			t.snapshots = append(t.snapshots, now)
			now = now.clone()
		}
		if err := now.apply(e); err != nil {
			return nil, fmt.Errorf("event %d: %w: %w", i+1, event.ErrRecording, err)
		}
		for g := range numGrains {
			if rests(g, e) && !(g > Fine && goesOn(t.facts, i)) {
				t.stops[g] = append(t.stops[g], i+1)
			}
		}
		if formed, is := e.(event.BatchFormed); is && !known[formed.Batch] {
			known[formed.Batch] = true
			t.due = append(t.due, due{formed.Batch, i + 1})
		}
	}
	return t, nil
}

// goesOn reports whether the fact after one is of the same story: a step tells all the
// blocks that batches miss.
func goesOn(facts []event.Event, i int) bool {
	if _, lost := facts[i].(event.InputLost); !lost || i+1 == len(facts) {
		return false
	}
	_, lost := facts[i+1].(event.InputLost)
	return lost
}

// about reports whether a fact is part of this world; the jobs of the batches are
// not.
func about(e event.Event) bool {
	switch e.(type) {
	case event.StreamingStart, event.StreamingEnd, event.StreamingStalled, event.ReceiverStarted, event.ReceiverStopped, event.ReceiverError,
		event.InputBlockStored, event.InputBlockDropped, event.InputBlockAdded, event.InputLost, event.BatchFormed, event.BatchSubmitted,
		event.BatchStarted, event.BatchCompleted, event.BatchNotGenerated, event.OutputStarted, event.OutputCompleted,
		event.ExecutorAdded, event.ExecutorLost, event.DriverLost, event.StreamingCheckpoint, event.RateChanged, event.OutputRows,
		event.TaskStart, event.TaskEnd:
		return true
	}
	return false
}

// rests reports whether a step of a grain ends with a fact.
func rests(g Grain, e event.Event) bool {
	switch e.(type) {
	case event.BatchFormed:
		return true
	case event.StreamingStart, event.StreamingEnd, event.StreamingStalled, event.ReceiverStarted, event.ReceiverStopped, event.ReceiverError,
		event.InputLost, event.BatchStarted, event.BatchCompleted, event.BatchNotGenerated, event.ExecutorLost, event.DriverLost, event.RateChanged:
		return g <= ByEvent
	}
	return g == Fine
}

// Len is the last position; Batches counts those whose time comes.
func (t *Timeline) Len() int     { return len(t.facts) }
func (t *Timeline) Batches() int { return len(t.due) }

// At is the state at a position; the nearest end for one outside.
func (t *Timeline) At(position int) State {
	position = min(max(position, 0), t.Len())
	i := min(position/t.gap, len(t.snapshots)-1)
	from := &t.snapshots[i]
	if t.latest.Position > from.Position && t.latest.Position <= position {
		from = &t.latest
	}
	s := from.clone()
	for _, e := range t.facts[from.Position:position] {
		_ = s.apply(e) // New has taken in all of them
	}
	t.latest = s
	return s.clone()
}

// Next is the first stop after a position; the end when there is no other.
func (t *Timeline) Next(g Grain, position int) int {
	if i := sort.SearchInts(t.stops[g], position+1); i < len(t.stops[g]) {
		return t.stops[g][i]
	}
	return t.Len()
}

// Previous is the last stop before a position; 0 when there is none.
func (t *Timeline) Previous(g Grain, position int) int {
	if i := sort.SearchInts(t.stops[g], position); i > 0 {
		return t.stops[g][i-1]
	}
	return 0
}

// Batch is the position at which the n-th batch is due, from 1.
func (t *Timeline) Batch(n int) int {
	if n < 1 {
		return 0
	}
	if n > len(t.due) {
		return t.Len()
	}
	return t.due[n-1].position
}

// Due is the position at which the first batch of that many seconds, or later, is due;
// the end when there is none.
func (t *Timeline) Due(seconds float64) int {
	end := t.At(t.Len())
	for _, d := range t.due {
		if end.Seconds(d.at) >= seconds {
			return d.position
		}
	}
	return t.Len()
}

// Since lists the facts of the step that led to a position.
func (t *Timeline) Since(position int) []event.Event {
	return t.facts[t.Previous(ByEvent, position):position]
}

// Search finds the next step whose facts or sentences hold a text, after a position
// and then from the start.
func (t *Timeline) Search(text string, after int, l message.Language) (position int, found bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return 0, false
	}
	look := func(from, to int) bool {
		for at := from; at < to; {
			next := t.Next(ByEvent, at)
			for _, line := range t.Why(next, l) {
				if strings.Contains(strings.ToLower(strings.ReplaceAll(line, message.Hard, " ")), text) {
					position = next
					return true
				}
			}
			at = next
		}
		return false
	}
	if look(after, t.Len()) {
		return position, true
	}
	return position, look(0, after)
}

// Rests reports whether a step ends at a position.
func (t *Timeline) Rests(position int) bool {
	_, found := slices.BinarySearch(t.stops[ByEvent], position)
	return found
}

// Until is the last step of what happens until a number of seconds have passed.
func (t *Timeline) Until(seconds float64) int {
	i := sort.Search(len(t.stops[ByEvent]), func(i int) bool {
		s := t.At(t.stops[ByEvent][i])
		return s.Elapsed() > seconds
	})
	if i == 0 {
		return 0
	}
	return t.stops[ByEvent][i-1]
}

// DueAt is the position at which a batch is due, the end when there is no such batch.
func (t *Timeline) DueAt(batch int64) int {
	for _, d := range t.due {
		if d.at == batch {
			return d.position
		}
	}
	return t.Len()
}

// Zero is one batch before the first, in milliseconds since 1970.
func (t *Timeline) Zero() int64 {
	end := t.At(t.Len())
	return end.Program.ZeroTime
}

// Outcome is what becomes of the first batch that is not due at a position yet, and the
// position at which it is over; the end when it never is. some is false when there is no
// such batch.
func (t *Timeline) Outcome(position int) (b Batch, over int, some bool) {
	var next due
	for _, d := range t.due {
		if d.position > position {
			next, some = d, true
			break
		}
	}
	if !some {
		return b, 0, false
	}
	over = t.Len()
	for i, e := range t.facts[next.position:] {
		completed, is := e.(event.BatchCompleted)
		failed, not := e.(event.BatchNotGenerated)
		if is && completed.Batch == next.at || not && failed.Batch == next.at {
			over = next.position + i + 1
			break
		}
	}
	s := t.At(over)
	return *s.Batch(next.at), over, true
}
