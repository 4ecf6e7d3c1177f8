package state

import (
	"iter"
	"sync"
)

// cell is the newest committed version of one store, in memory, and the changes
// that would make the next one.
type cell struct {
	id ID

	mu      sync.RWMutex
	loaded  bool
	version int64
	table   table
	offered []change // by the attempt that ended last
	has     bool     // an attempt has offered its changes for version+1
}

func (c *cell) get(key []byte) ([]byte, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.table.get(key)
}

func (c *cell) len() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.table.live
}

// all walks the table as it stood when the walk began. The entries of a table
// are not changed in place, so no lock is held while the caller works.
func (c *cell) all() iter.Seq2[[]byte, []byte] {
	c.mu.RLock()
	entries := c.table.entries
	c.mu.RUnlock()
	return func(yield func(key, value []byte) bool) {
		for i := range entries {
			c.mu.RLock()
			e := entries[i]
			c.mu.RUnlock()
			if !e.gone && !yield(e.key, e.value) {
				return
			}
		}
	}
}

// offer takes an attempt's changes to a version, unless that version is over.
// Attempts of one task give the same changes, so the last one may win.
func (c *cell) offer(version int64, list []change) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.version != version {
		return false
	}
	c.offered, c.has = list, true
	return true
}

// table is one version: entries in the order in which their keys came.
type table struct {
	entries []entry
	at      map[string]int
	live    int
	bytes   int64
}

type entry struct {
	key, value []byte
	gone       bool
}

func (t *table) get(key []byte) ([]byte, bool) {
	if i, ok := t.at[string(key)]; ok {
		return t.entries[i].value, true
	}
	return nil, false
}

func (t *table) apply(list []change) {
	for _, c := range list {
		i, had := t.at[string(c.key)]
		switch {
		case c.removed && had:
			t.bytes -= int64(len(t.entries[i].key) + len(t.entries[i].value))
			t.entries[i] = entry{gone: true}
			delete(t.at, string(c.key))
			t.live--
		case c.removed:
		case had:
			t.bytes += int64(len(c.value) - len(t.entries[i].value))
			t.entries[i].value = c.value
		default:
			if t.at == nil {
				t.at = map[string]int{}
			}
			t.bytes += int64(len(c.key) + len(c.value))
			t.at[string(c.key)] = len(t.entries)
			t.entries = append(t.entries, entry{key: c.key, value: c.value})
			t.live++
		}
	}
	if len(t.entries) > 32 && t.live < len(t.entries)/2 {
		t.compact()
	}
}

// compact closes the gaps that removed keys have left. The order stays.
func (t *table) compact() {
	kept := make([]entry, 0, t.live)
	for _, e := range t.entries {
		if !e.gone {
			t.at[string(e.key)] = len(kept)
			kept = append(kept, e)
		}
	}
	t.entries = kept
}
