package rdd

import (
	"iter"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/storage"
)

// merger merges the values of each key as rows come: into a small table first,
// which stays in the processor's cache. A full table is emptied into gathered
// parts, which are merged one by one at the end. When most keys are new the table
// is only in the way, and rows go to the parts as they are.
type merger[K comparable, C any] struct {
	work   *engine.Workspace
	merge  func(C, C) C
	keys   *keyIndex[K]
	values []C // by number of key
	spilt  *gathered[K, C]
	tally
}

// tally counts what the table did since it was emptied.
type tally struct {
	taken  int   // rows
	next   int   // rows at which the table's size is looked at again
	held   int64 // bytes of the table, as the workspace knows them
	direct int   // rows left to take past the table
}

const (
	tableKeys  = 1 << 14 // that the table holds: with 16 bytes a row it is 500 kB
	firstLook  = 64      // rows before a table's size is looked at
	fewMerged  = 4       // a table is in the way when it merged less than one row in so many
	directRows = 1 << 18 // then so many rows pass by it
)

// mergedByKey merges the rows of each key: create starts from a first value, add
// takes in one more, merge joins two results. given gets the number of rows.
func mergedByKey[K comparable, V, C any](core *engine.Core, t *lineage.Task, rows iter.Seq[Pair[K, V]], given *int64, create func(V) C, add func(C, V) C, merge func(C, C) C) iter.Seq[Pair[K, C]] {
	return func(yield func(Pair[K, C]) bool) {
		work := core.Workspace(t, event.SpilledMerging)
		defer work.Close()
		m := &merger[K, C]{work: work, merge: merge, keys: newKeyIndex[K]()}
		n := int64(0)
		for row := range rows {
			n++
			if m.direct > 0 {
				m.direct--
				m.spilt.take(Pair[K, C]{row.Key, create(row.Value)})
				continue
			}
			if k := m.keys.of(row.Key); k < len(m.values) {
				m.values[k] = add(m.values[k], row.Value)
			} else {
				m.values = append(m.values, create(row.Value))
			}
			if m.taken++; m.taken >= m.next || len(m.values) >= tableKeys {
				m.look()
			}
		}
		*given += n
		m.all(yield)
	}
}

// look empties the table when it has become too large.
func (m *merger[K, C]) look() {
	size := int64(len(m.keys.slots))*slotBytes + storage.Size(m.keys.keys) + storage.Size(m.values)
	fits := m.work.Grow(size - m.held)
	m.held = size
	m.next = m.taken + max(m.taken/2, firstLook)
	// What decides is the table alone, not what else the executor holds: the order of
	// the keys must be the same when they are merged again.
	if size <= m.work.Share()/2 && len(m.values) < tableKeys {
		if !fits && m.spilt != nil {
			m.spilt.spill()
		}
		return
	}
	if m.taken-len(m.values) < m.taken/fewMerged {
		m.direct = directRows
	}
	m.empty()
	if !fits {
		m.spilt.spill()
	}
}

// empty moves the table's entries to the parts.
func (m *merger[K, C]) empty() {
	if m.spilt == nil {
		m.spilt = newGathered[K, C](m.work, 0)
		m.spilt.cut()
	}
	for n, k := range m.keys.keys {
		m.spilt.take(Pair[K, C]{k, m.values[n]})
	}
	m.reset()
	m.work.Shrink(m.held)
	m.held, m.taken, m.next = 0, 0, firstLook
}

func (m *merger[K, C]) reset() {
	m.keys.reset()
	clear(m.values)
	m.values = m.values[:0]
}

// all gives what was merged.
func (m *merger[K, C]) all(yield func(Pair[K, C]) bool) {
	if m.spilt == nil {
		m.entries(yield)
		return
	}
	m.empty()
	m.spilt.closeAll()
	eachPart([]side{m.spilt}, 0, func(part []side) bool {
		m.reset()
		part[0].(*gathered[K, C]).each(0, func(rows []Pair[K, C]) bool {
			for _, row := range rows {
				if n := m.keys.of(row.Key); n < len(m.values) {
					m.values[n] = m.merge(m.values[n], row.Value)
				} else {
					m.values = append(m.values, row.Value)
				}
			}
			return true
		})
		return m.entries(yield)
	})
}

func (m *merger[K, C]) entries(yield func(Pair[K, C]) bool) bool {
	for n, k := range m.keys.keys {
		if !yield(Pair[K, C]{k, m.values[n]}) {
			return false
		}
	}
	return true
}
