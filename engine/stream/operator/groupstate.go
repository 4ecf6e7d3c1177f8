package operator

import (
	"encoding/binary"
	"fmt"
	"iter"

	"etincelle/engine/frame/column"
)

// Timeout is by which time a state of GroupState may time out.
type Timeout string

// The timeouts, by Spark's names.
const (
	NoTimeout             Timeout = "NoTimeout"
	ProcessingTimeTimeout Timeout = "ProcessingTimeTimeout"
	EventTimeTimeout      Timeout = "EventTimeTimeout"
)

// GroupState calls a function of the program's own for each key that has rows,
// and for each whose state has timed out: Spark's flatMapGroupsWithState. The
// state holds, for each key, when it times out (milliseconds) and what the
// function keeps.
type GroupState struct {
	Keys    []int // places of the key's columns in a row
	Types   []column.Type
	Time    int // place of the event time, None for none
	Timeout Timeout
	// Call is the program's function. It may change s, and emits rows.
	Call func(key column.Row, rows iter.Seq[column.Row], s *KeyState, emit func(column.Row)) error
	Out  column.Schema
}

// KeyState is what the function sees of its key's state, and what it does to it.
type KeyState struct {
	Value    []byte // as the function's package writes it
	Exists   bool
	TimedOut bool // the call is for the timeout: there are no rows
	Now      int64
	Behind   int64 // the watermark, milliseconds

	timeout          Timeout
	expires          int64 // noTimeout: never
	updated, removed bool
}

const noTimeout = int64(-1)

// Update sets the value.
func (s *KeyState) Update(value []byte) {
	s.Value, s.Exists, s.updated, s.removed = value, true, true, false
}

// Remove forgets the key.
func (s *KeyState) Remove() { s.Value, s.Exists, s.updated, s.removed = nil, false, false, true }

// ExpireAt asks for a call with TimedOut in the first batch whose watermark is
// after ms. It is an error when the watermark is past it already.
func (s *KeyState) ExpireAt(ms int64) error {
	switch {
	case s.timeout != EventTimeTimeout:
		return fmt.Errorf("a timeout timestamp can be set with %s only, and the operator was made with %s", EventTimeTimeout, s.timeout)
	case ms <= 0:
		return fmt.Errorf("the timeout timestamp %d must be positive", ms)
	case ms < s.Behind:
		return fmt.Errorf("the timeout timestamp (%d) cannot be earlier than the current watermark (%d)", ms, s.Behind)
	}
	s.expires = ms
	return nil
}

// ExpireAfter asks for a call with TimedOut when ms of processing time have passed.
func (s *KeyState) ExpireAfter(ms int64) error {
	switch {
	case s.timeout != ProcessingTimeTimeout:
		return fmt.Errorf("a timeout duration can be set with %s only, and the operator was made with %s", ProcessingTimeTimeout, s.timeout)
	case ms <= 0:
		return fmt.Errorf("the timeout duration %d must be positive", ms)
	}
	s.expires = s.Now + ms
	return nil
}

// Run calls the function over one partition of a batch.
func (g *GroupState) Run(p *Part, in []column.Batch) ([]column.Batch, error) {
	store, err := p.store("")
	if err != nil {
		return nil, err
	}
	rows := map[string][]rowPlace{}
	var keys []string // in order of arrival
	for n, b := range in {
		if g.Timeout == EventTimeTimeout {
			b = p.dropLate(b, eventTime(g.Time))
			in[n] = b
		}
		columns := make([]column.Column, len(g.Keys))
		for i, k := range g.Keys {
			columns[i] = b.Columns[k]
		}
		var scraps []byte
		for i := range b.Rows {
			scraps = column.AppendRow(scraps[:0], columns, i)
			if _, known := rows[string(scraps)]; !known {
				keys = append(keys, string(scraps))
			}
			rows[string(scraps)] = append(rows[string(scraps)], rowPlace{n, i})
		}
	}
	out := newRowBuilder(column.Schema(g.Out).Types()...)
	call := func(key []byte, rows iter.Seq[column.Row], timedOut bool) error {
		stored, _ := store.Get(key)
		s, before, err := g.open(p, stored)
		if err != nil {
			return err
		}
		s.TimedOut = timedOut
		boxed := newRowBuilder(g.Types...)
		if err := boxed.add(key); err != nil {
			return err
		}
		keyRow := boxed.take().Row(0)
		var failed error
		err = g.Call(keyRow, rows, s, func(row column.Row) {
			if err := out.box(row); err != nil && failed == nil {
				failed = err
			}
		})
		if err == nil {
			err = failed
		}
		if err != nil {
			return err
		}
		change := Change{Key: keyRow, What: Updated}
		switch {
		case s.removed && s.expires == noTimeout:
			store.Remove(key)
			p.Removed++
			change.What = Closed
		case s.updated || s.removed || s.expires != before:
			store.Put(key, s.bytes())
			p.Updated++
			if stored == nil {
				change.What = Opened
			}
		default:
			return nil
		}
		p.change(change)
		return nil
	}
	for _, key := range keys {
		if err := call([]byte(key), g.boxed(in, rows[key]), false); err != nil {
			return nil, err
		}
	}
	threshold := p.EvictBy
	if g.Timeout == ProcessingTimeTimeout {
		threshold = p.Now
	}
	for key, value := range store.All() {
		if g.Timeout == NoTimeout || len(value) < 8 {
			continue
		}
		expires := int64(binary.LittleEndian.Uint64(value))
		if _, has := rows[string(key)]; has || expires == noTimeout || expires >= threshold {
			continue // the decisive line: a key with rows does not time out in their batch
		}
		if err := call(key, func(func(column.Row) bool) {}, true); err != nil {
			return nil, err
		}
	}
	p.Total = int64(store.Len())
	return []column.Batch{out.take()}, p.end()
}

// rowPlace is a row of a list of batches.
type rowPlace struct{ batch, row int }

func (g *GroupState) boxed(in []column.Batch, places []rowPlace) iter.Seq[column.Row] {
	return func(yield func(column.Row) bool) {
		for _, at := range places {
			if !yield(in[at.batch].Row(at.row)) {
				return
			}
		}
	}
}

// open reads a state: when it times out, whether it exists, its value.
func (g *GroupState) open(p *Part, stored []byte) (s *KeyState, expires int64, err error) {
	s = &KeyState{Now: p.Now, Behind: p.EvictBy, timeout: g.Timeout, expires: noTimeout}
	if stored == nil {
		return s, noTimeout, nil
	}
	if len(stored) < 9 {
		return nil, 0, column.ErrDamaged
	}
	if s.Exists = stored[8] == 1; s.Exists {
		s.Value = stored[9:]
	}
	return s, int64(binary.LittleEndian.Uint64(stored)), nil
}

func (s *KeyState) bytes() []byte {
	data := binary.LittleEndian.AppendUint64(nil, uint64(s.expires))
	if !s.Exists {
		return append(data, 0)
	}
	return append(append(data, 1), s.Value...)
}
