package streaming

import (
	"maps"
	"slices"
	"strings"

	"etincelle/engine/event"
)

// Moment is what is known after a step. It is the caller's own.
type Moment struct {
	Position int
	Modes    []Mode // as the story's queries
}

// Mode is one query in a moment.
type Mode struct {
	Query   *Query
	Batch   *Batch // of this step; nil when this mode ran none
	Last    *Batch // the last so far; nil before the first
	Table   []Group
	Partial bool // some batch changed more groups than its facts list
	Totals  Totals
	Set     *Batch // whose rows set the watermark in force; nil when none did
}

// Totals adds up what a query did so far.
type Totals struct{ Batches, Read, Out, Dropped, Removed int64 }

// Group is one row of the state.
type Group struct {
	Key     []string
	Value   []string
	Before  []string // what it was, when this step changed it
	Touched string   // what this step did to it: opened, updated, or closed, when it is there no longer
}

// memory is what grows from step to step, for each query.
type memory struct{ of []remembered }

type remembered struct {
	groups  map[string]event.StateChange // by key: the last change
	last    int                          // index of the last batch, -1 before the first
	partial bool
	totals  Totals
	set     *Batch // that moved the watermark to where it is
	setBy   *Batch // as it was when the last batch began
}

func newMemory(queries int) memory {
	m := memory{of: make([]remembered, queries)}
	for i := range m.of {
		m.of[i] = remembered{groups: map[string]event.StateChange{}, last: -1}
	}
	return m
}

func (m memory) clone() memory {
	c := memory{of: slices.Clone(m.of)}
	for i := range c.of {
		c.of[i].groups = maps.Clone(c.of[i].groups)
	}
	return c
}

// advance takes in one step; m is the caller's own.
func (s *Story) advance(m *memory, of step) {
	for i := range s.Queries {
		if b := s.batch(of, i); b != nil {
			m.of[i].advance(b, of[i])
		}
	}
}

func (r *remembered) advance(b *Batch, index int) {
	r.last, r.setBy = index, r.set
	if b.Moved != nil {
		r.set = b
	}
	_, _, removed := b.Totals()
	r.totals.Batches++
	r.totals.Read += b.Count
	r.totals.Out += b.Out.Count
	r.totals.Dropped += b.Dropped
	r.totals.Removed += removed
	for _, s := range b.State {
		if int64(len(s.Changes)) < s.Updated+s.Removed {
			r.partial = true
		}
		for _, c := range s.Changes {
			key := strings.Join(c.Key, "\x00")
			if c.What == "closed" {
				delete(r.groups, key)
			} else {
				r.groups[key] = c
			}
		}
	}
}

// At is what is known at a position; the nearest end for one outside.
func (s *Story) At(position int) Moment {
	position = min(max(position, 0), s.Len())
	now := newMemory(len(s.Queries))
	if len(s.snapshots) > 0 {
		i := min(position/s.gap, len(s.snapshots)-1)
		now = s.snapshots[i].clone()
		for _, step := range s.steps[i*s.gap : position] {
			s.advance(&now, step)
		}
	}
	m := Moment{Position: position}
	for i, q := range s.Queries {
		r := now.of[i]
		mode := Mode{Query: q, Partial: r.partial, Totals: r.totals, Set: r.set}
		if r.last >= 0 {
			mode.Last = q.Batches[r.last]
		}
		if position > 0 {
			mode.Batch = s.batch(s.steps[position-1], i)
		}
		if mode.Batch != nil {
			mode.Set = r.setBy
		}
		mode.Table = table(r.groups, mode.Batch)
		m.Modes = append(m.Modes, mode)
	}
	return m
}

// table is the state's groups, those that the step closed included, in order.
func table(groups map[string]event.StateChange, now *Batch) []Group {
	var rows []Group
	for _, c := range groups {
		rows = append(rows, Group{Key: c.Key, Value: c.After})
	}
	if now != nil {
		for _, c := range now.Changes() {
			if c.What == "closed" {
				rows = append(rows, Group{Key: c.Key, Value: c.After, Touched: c.What})
			}
		}
	}
	slices.SortFunc(rows, func(a, b Group) int { return compareKeys(a.Key, b.Key) })
	for i := range rows {
		if now == nil || rows[i].Touched != "" {
			continue
		}
		if c, touched := now.Change(rows[i].Key); touched {
			rows[i].Touched, rows[i].Before = c.What, c.Before
		}
	}
	return rows
}

// Lead is the mode whose batch numbers the step: the first that ran one.
func (m *Moment) Lead() *Mode {
	for i := range m.Modes {
		if m.Modes[i].Batch != nil {
			return &m.Modes[i]
		}
	}
	return nil
}

// Output is the rows that a batch gave its sink, by window and key; as they came
// when the query sorts them itself.
func (m *Mode) Output() [][]string {
	if m.Batch == nil {
		return nil
	}
	if strings.HasPrefix(m.Query.Plan, "Sort ") {
		return m.Batch.Out.Rows
	}
	rows := slices.Clone(m.Batch.Out.Rows)
	slices.SortStableFunc(rows, compareKeys)
	return rows
}
