// Package streaming turns the facts of streaming queries into what a screen shows
// of each micro-batch, forwards and backwards. It is pure: no clock, no terminal.
//
//	Story    a recording, its batches of all modes side by side   (this file, read.go)
//	Batch    what one batch of one query did                      (batch.go)
//	Moment   what is known after a step: batches, state, totals   (moment.go)
//	Verdict  what became of one row                               (verdict.go)
//	Note     one sentence of "why?", in French and in English     (why.go, sentences.go)
package streaming

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"etincelle/engine/event"
)

// ErrNoQuery says that a recording has no streaming query with a batch.
var ErrNoQuery = errors.New("the recording has no batch of a streaming query")

// Story is a recording that can be looked at from any position. A position is a
// number of steps: 0 before the first, Len after the last. A step is what the
// queries made of the same rows; a batch without rows is a step of its own.
type Story struct {
	Queries   []*Query // one a mode: append, update, complete
	steps     []step
	snapshots []memory // one every gap steps
	gap       int
	days      bool // the rows fall on several days
	waiting   bool // a query of the same question has begun and has no batch yet
}

// step holds for each query the index of its batch, -1 where it ran none.
type step []int

// A story keeps at most maxSnapshots states, at least minGap steps apart.
const (
	maxSnapshots = 64
	minGap       = 16
)

// modeOrder is the order of the modes on screen.
var modeOrder = []string{"append", "update", "complete"}

// Tells reports whether a recording has streaming queries.
func Tells(recording []event.Event) bool {
	return slices.ContainsFunc(recording, func(e event.Event) bool {
		_, is := e.(event.BatchStart)
		return is
	})
}

// New reads a recording. Of several comparisons, or of queries that have nothing
// to do with each other, choose says which, from 0; Choices counts them.
func New(recording []event.Event, choose int) (*Story, error) {
	queries, err := Queries(recording)
	if err != nil {
		return nil, err
	}
	groups := Compared(queries)
	if len(groups) == 0 {
		return nil, ErrNoQuery
	}
	if choose < 0 || choose >= len(groups) {
		return nil, fmt.Errorf("comparison %d: the recording has %d", choose, len(groups))
	}
	s := Beside(groups[choose])
	s.waiting = slices.ContainsFunc(queries, func(q *Query) bool { return len(q.Batches) == 0 && !q.Over && sameQuestion(q, s.Queries[0]) })
	return s, nil
}

// Beside tells of queries side by side, whatever they have in common.
func Beside(queries []*Query) *Story {
	s := &Story{Queries: queries}
	s.align()
	s.days = s.multiday()
	s.gap = max(minGap, (len(s.steps)+maxSnapshots-1)/maxSnapshots)
	now := newMemory(len(s.Queries))
	for i, step := range s.steps {
		if i%s.gap == 0 {
			s.snapshots = append(s.snapshots, now)
			now = now.clone()
		}
		s.advance(&now, step)
	}
	return s
}

// Choices is the number of comparisons in a recording.
func Choices(recording []event.Event) int {
	queries, err := Queries(recording)
	if err != nil {
		return 0
	}
	return len(Compared(queries))
}

// Compared puts queries side by side that read the same and differ in their mode.
func Compared(queries []*Query) [][]*Query {
	var groups [][]*Query
	for _, q := range queries {
		if len(q.Batches) == 0 {
			continue
		}
		at := slices.IndexFunc(groups, func(g []*Query) bool {
			return sameQuestion(g[0], q) && !slices.ContainsFunc(g, func(other *Query) bool { return other.Mode == q.Mode })
		})
		if at < 0 {
			groups = append(groups, []*Query{q})
		} else {
			groups[at] = append(groups[at], q)
		}
	}
	for _, g := range groups {
		slices.SortStableFunc(g, func(a, b *Query) int {
			return slices.Index(modeOrder, a.Mode) - slices.Index(modeOrder, b.Mode)
		})
	}
	return groups
}

// sameQuestion reports whether two queries differ in nothing but the mode.
func sameQuestion(a, b *Query) bool {
	return slices.EqualFunc(a.Sources, b.Sources, func(x, y event.QuerySource) bool {
		return x.Name == y.Name && slices.Equal(x.Columns, y.Columns)
	}) && slices.Equal(a.Columns, b.Columns) && slices.Equal(a.Watermarks, b.Watermarks)
}

// align makes the steps. Batch numbers differ between modes, for append and update
// run batches without rows and complete does not: batches stand beside each other
// by how many rows their query had read.
func (s *Story) align() {
	type place struct {
		read int64
		turn int // 0 reads the last of these rows, 1 and more run without rows after it
	}
	slots := map[place]step{}
	var order []place
	for i, q := range s.Queries {
		turn := 0
		for j, b := range q.Batches {
			if j > 0 && q.Batches[j-1].Read == b.Read {
				turn++
			} else {
				turn = 0
			}
			at := place{b.Read, turn}
			if slots[at] == nil {
				slots[at] = slices.Repeat(step{-1}, len(s.Queries))
				order = append(order, at)
			}
			slots[at][i] = j
		}
	}
	slices.SortFunc(order, func(a, b place) int {
		if a.read != b.read {
			return int(a.read - b.read)
		}
		return a.turn - b.turn
	})
	for _, at := range order {
		s.steps = append(s.steps, slots[at])
	}
}

// Len is the last position.
func (s *Story) Len() int { return len(s.steps) }

// batch is the batch of a query in a step, nil when it ran none.
func (s *Story) batch(of step, query int) *Batch {
	if of[query] < 0 {
		return nil
	}
	return s.Queries[query].Batches[of[query]]
}

// Lead is the batch that numbers the step before a position: of the first mode
// that ran one.
func (s *Story) Lead(position int) *Batch {
	if position < 1 || position > len(s.steps) {
		return nil
	}
	for i := range s.Queries {
		if b := s.batch(s.steps[position-1], i); b != nil {
			return b
		}
	}
	return nil
}

// Settled reports whether nothing more can come to the step before a position: each
// query has ended its batch there, or has gone past it.
func (s *Story) Settled(position int) bool {
	if position < 1 || position > s.Len() || s.waiting {
		return false
	}
	read := s.Lead(position).Read
	for i, q := range s.Queries {
		b := s.batch(s.steps[position-1], i)
		last := q.Batches[len(q.Batches)-1]
		if b != nil && !b.Committed && !q.Over || b == nil && last.Read <= read && !q.Over {
			return false
		}
	}
	return true
}

// Last is the number of the last batch of all.
func (s *Story) Last() int64 {
	if b := s.Lead(s.Len()); b != nil {
		return b.Number
	}
	return 0
}

// Find is the position after the batch of that number; the nearest before it when
// there is none.
func (s *Story) Find(number int64) int {
	at := sort.Search(len(s.steps), func(i int) bool { return s.Lead(i+1).Number >= number })
	if at == len(s.steps) {
		return at
	}
	return at + 1
}

// Has reports whether there is a batch of that number.
func (s *Story) Has(number int64) bool {
	b := s.Lead(s.Find(number))
	return b != nil && b.Number == number
}

// NextRows is the next position whose step read rows; the end when there is none.
func (s *Story) NextRows(position int) int {
	for p := position + 1; p < s.Len(); p++ {
		if !s.Lead(p).Empty() {
			return p
		}
	}
	return s.Len()
}

// PreviousRows is the last position before whose step read rows; 0 when there is none.
func (s *Story) PreviousRows(position int) int {
	for p := min(position, s.Len()+1) - 1; p > 0; p-- {
		if !s.Lead(p).Empty() {
			return p
		}
	}
	return 0
}

// Search finds the next step whose rows, windows or sentences hold a text, after a
// position and then from the start.
func (s *Story) Search(text string, after int, tell func(*Moment) []string) (position int, found bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" || s.Len() == 0 {
		return 0, false
	}
	for i := range s.Len() {
		p := (after+i)%s.Len() + 1
		m := s.At(p)
		for _, line := range tell(&m) {
			if strings.Contains(strings.ToLower(line), text) {
				return p, true
			}
		}
	}
	return 0, false
}
