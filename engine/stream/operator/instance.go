// Package operator is the stateful operators of a streaming query: what each
// does, in one micro-batch and on one partition, with the rows that came and
// with what it remembers.
//
//	rows of the batch ──> late ones dropped, by W(n-1) ──> state and rows brought together
//	                  ──> new state saved ──> rows out ──> old state evicted, by W(n)
//
// An operator is plain code over batches of columns and a state.Store; tasks,
// plans and logs are elsewhere. A task may run twice: what it counts and saves
// the second time replaces the first.
package operator

import (
	"maps"
	"slices"
	"sync"

	"etincelle/engine/frame/column"
	"etincelle/engine/stream/state"
)

// Mode says which rows of the result a micro-batch gives the sink.
type Mode string

// The output modes, by Spark's names.
const (
	Append   Mode = "append"   // rows that can never change again
	Update   Mode = "update"   // rows that this batch changed
	Complete Mode = "complete" // the whole result
)

// Counters are what one operator counted, in one batch on one partition.
type Counters struct {
	Total   int64 // rows in the state after the batch
	Updated int64 // rows of the state that the batch wrote
	Removed int64 // rows of the state that the batch took away
	Dropped int64 // rows, or groups, that were late

	Duplicates int64 // rows that dedup did not let through
}

func (c *Counters) add(more Counters) {
	c.Total += more.Total
	c.Updated += more.Updated
	c.Removed += more.Removed
	c.Dropped += more.Dropped
	c.Duplicates += more.Duplicates
}

// Instance is one operator of the plan in one micro-batch.
type Instance struct {
	Number  int   // of the operator in the query
	Version int64 // of the state that the batch begins with
	Mode    Mode
	LateBy  int64 // W(n-1) as it arrives here: what lies behind is late; milliseconds
	EvictBy int64 // W(n) as it arrives here: what lies behind leaves the state; milliseconds
	Now     int64 // processing time, milliseconds
	Stores  *state.Provider

	mu    sync.Mutex
	parts map[int]*Part
}

// Part is an Instance on one partition, as one attempt of a task sees it.
type Part struct {
	*Instance
	Partition int
	Counters
	Notes
	stores []state.Store
}

// On begins an attempt on a partition.
func (i *Instance) On(partition int) *Part { return &Part{Instance: i, Partition: partition} }

// store opens one of the operator's stores.
func (p *Part) store(name string) (state.Store, error) {
	s, err := p.Stores.Open(state.ID{Operator: p.Number, Partition: p.Partition, Name: name}, p.Version)
	if err == nil {
		p.stores = append(p.stores, s)
	}
	return s, err
}

// end hands what the attempt changed and counted to the driver.
func (p *Part) end() error {
	for _, s := range p.stores {
		if err := s.Commit(); err != nil {
			return err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.parts == nil {
		p.parts = map[int]*Part{}
	}
	p.parts[p.Partition] = p // the last attempt counts
	return nil
}

// Counters is the sum over the partitions.
func (i *Instance) Counters() Counters {
	i.mu.Lock()
	defer i.mu.Unlock()
	var total Counters
	for _, p := range i.parts {
		total.add(p.Counters)
	}
	return total
}

// Notes is what the partitions have noted, in their order.
func (i *Instance) Notes() Notes {
	i.mu.Lock()
	defer i.mu.Unlock()
	var all Notes
	for _, n := range slices.Sorted(maps.Keys(i.parts)) {
		all.join(i.parts[n].Notes)
	}
	return all
}

// Partitions is how many partitions have ended.
func (i *Instance) Partitions() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return len(i.parts)
}

// Notes is what a reader of the batch will ask about, up to MaxNotes of each.
type Notes struct {
	LateRows []Late
	Changes  []Change
	Open     []Window
}

// MaxNotes bounds the notes of one kind of one operator in one batch: a screen
// shows some, and a batch may touch millions.
const MaxNotes = 200

// Late is a row, or a group of rows, that came too late.
type Late struct {
	Row column.Row
	End int64 // the event time, or the window's end, that was judged; microseconds
}

// Window is a window that is still in the state, in microseconds.
type Window struct{ Start, End, Groups int64 }

// Change is what a batch did to one row of the state.
type Change struct {
	Key    column.Row
	Value  column.Row // what the row of the result is now; nil when it is only remembered
	Before column.Row // what it was before the batch, nil when it was not there
	What   What
}

// What a batch did to a row of the state.
type What string

// The changes.
const (
	Opened  What = "opened"
	Updated What = "updated"
	Closed  What = "closed"
)

func (n *Notes) late(l Late) {
	if len(n.LateRows) < MaxNotes {
		n.LateRows = append(n.LateRows, l)
	}
}

// open counts groups of a window that is still in the state.
func (n *Notes) open(start, end, groups int64) {
	for i := range n.Open {
		if n.Open[i].Start == start && n.Open[i].End == end {
			n.Open[i].Groups += groups
			return
		}
	}
	if len(n.Open) < MaxNotes {
		n.Open = append(n.Open, Window{start, end, groups})
	}
}

func (n *Notes) change(c Change) {
	if len(n.Changes) < MaxNotes {
		n.Changes = append(n.Changes, c)
	}
}

func (n *Notes) join(more Notes) {
	for _, l := range more.LateRows {
		n.late(l)
	}
	for _, w := range more.Open {
		n.open(w.Start, w.End, w.Groups)
	}
	for _, c := range more.Changes {
		n.change(c)
	}
}
