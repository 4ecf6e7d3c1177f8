package operator

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/stream/state"
	"etincelle/engine/stream/watermark"
)

// Aggregate is a grouping that goes on from batch to batch: Spark's
// StateStoreRestore, merge and StateStoreSave.
//
// In come partial results: the keys' columns, then each call's buffers. The
// state holds the same: key -> buffers. Out go the keys, then each call's result.
type Aggregate struct {
	Keys  []column.Type
	Calls []*expr.AggregateCall
	Time  int // which key is the event time or its window, None for none
}

// Run brings one partition of a batch into the state.
func (a *Aggregate) Run(p *Part, in []column.Batch) ([]column.Batch, error) {
	store, err := p.store("")
	if err != nil {
		return nil, err
	}
	g := newGroups(a)
	for _, b := range in {
		if p.Mode != Complete { // in which nothing is ever late
			b = a.dropLate(p, g, b)
		}
		if err := g.merge(store, b); err != nil {
			return nil, err
		}
	}
	if len(a.Keys) == 0 && len(g.keys) == 0 { // a total is there even without rows
		n, _ := g.find(nil, 0)
		if err := g.restore(store, []int32{n}); err != nil {
			return nil, err
		}
	}
	buffers := g.buffers()
	for i, key := range g.keys {
		store.Put(key, column.AppendRow(nil, buffers, i))
	}
	p.Updated = int64(len(g.keys))
	if err := a.note(p, g, store); err != nil {
		return nil, err
	}
	out, err := a.out(p, g, store)
	if err != nil {
		return nil, err
	}
	p.Total = int64(store.Len())
	return []column.Batch{out}, p.end()
}

// dropLate takes the late groups away. Partial results of one group may come
// from several tasks: they are one late group, and a group may hold many rows.
func (a *Aggregate) dropLate(p *Part, g *groups, b column.Batch) column.Batch {
	if a.Time == None {
		return b
	}
	e := eventTime(a.Time)
	keys := column.Batch{Columns: b.Columns[:len(a.Keys)], Rows: b.Rows}
	kept := make([]bool, b.Rows)
	for i := range kept {
		end, known := e.of(keys, i)
		kept[i] = !known || !watermark.Behind(end, p.LateBy) // the decisive line: the window's end counts, not the row's time
		if kept[i] {
			continue
		}
		g.scraps = column.AppendRow(g.scraps[:0], keys.Columns, i)
		if !g.late[string(g.scraps)] {
			g.late[string(g.scraps)] = true
			p.Dropped++
			p.late(Late{Row: keys.Row(i), End: end})
		}
	}
	return b.Keep(kept)
}

// out gives the rows that the mode asks for, and evicts.
func (a *Aggregate) out(p *Part, g *groups, store state.Store) (column.Batch, error) {
	switch p.Mode {
	case Complete:
		rows := a.rows()
		for key, value := range store.All() {
			end, known := eventTime(a.Time).in(key, a.Keys)
			a.stillOpen(p, key, end, known)
			if err := rows.add(key, value); err != nil {
				return column.Batch{}, err
			}
		}
		return a.finish(rows.take())
	case Update:
		rows := a.rows()
		for _, key := range g.keys { // told once more, even when they are evicted now
			value, _ := store.Get(key)
			if err := rows.add(key, value); err != nil {
				return column.Batch{}, err
			}
		}
		if _, err := a.evict(p, store); err != nil {
			return column.Batch{}, err
		}
		return a.finish(rows.take())
	}
	return a.evict(p, store) // the decisive line: a group comes out when nothing can change it any more
}

// evict removes the groups behind W(n), and gives them finished.
func (a *Aggregate) evict(p *Part, store state.Store) (column.Batch, error) {
	rows := a.rows()
	for key, value := range store.All() {
		end, known := eventTime(a.Time).in(key, a.Keys)
		if !known || !watermark.Behind(end, p.EvictBy) {
			a.stillOpen(p, key, end, known)
			continue
		}
		if err := rows.add(key, value); err != nil {
			return column.Batch{}, err
		}
		store.Remove(key)
		p.Removed++
	}
	out, err := a.finish(rows.take())
	if err != nil {
		return out, err
	}
	for i := range min(out.Rows, MaxNotes) {
		key, value := a.split(out.Row(i))
		p.change(Change{Key: key, Value: value, What: Closed})
	}
	return out, nil
}

// stillOpen notes a window that stays in the state.
func (a *Aggregate) stillOpen(p *Part, key []byte, end int64, known bool) {
	if !known || a.Keys[a.Time].Kind != column.Struct {
		return
	}
	if start, ok := startOf(key, a.Keys, a.Time); ok {
		p.open(start, end, 1)
	}
}

// note keeps, for readers, what the batch did to its first groups.
func (a *Aggregate) note(p *Part, g *groups, store state.Store) error {
	n := min(len(g.keys), MaxNotes)
	now, was := a.rows(), a.rows()
	for i, key := range g.keys[:n] {
		value, _ := store.Get(key)
		if err := now.add(key, value); err != nil {
			return err
		}
		if before := g.before[i]; before != nil {
			value = before
		}
		if err := was.add(key, value); err != nil {
			return err
		}
	}
	after, err := a.finish(now.take())
	if err != nil {
		return err
	}
	before, err := a.finish(was.take())
	if err != nil {
		return err
	}
	for i := range n {
		key, value := a.split(after.Row(i))
		change := Change{Key: key, Value: value, What: Opened}
		if g.before[i] != nil {
			change.What = Updated
			_, change.Before = a.split(before.Row(i))
		}
		p.change(change)
	}
	return nil
}

func (a *Aggregate) split(row column.Row) (key, value column.Row) {
	return row[:len(a.Keys)], row[len(a.Keys):]
}
