// Package state keeps what a stateful operator remembers from one batch to the
// next: values by key, in versions. Batch n reads version n and makes version
// n+1, which counts once the batch is in the commit log.
//
//	task:    Open(id, n) ──> Store: Get, Put, Remove, All ──> Commit
//	driver:  Save(n+1) writes the changes of all tasks ──> (commit log) ──> Advance(n+1)
//
// On disk a version is a delta, what changed since the one before, and now and
// then a snapshot, all of it:
//
//	DIR/state/OPERATOR/PARTITION/NAME/7.delta
//	DIR/state/OPERATOR/PARTITION/NAME/10.snapshot
//
// A version that no batch has committed is never read: the batch that made it
// runs again and writes it anew.
package state

import (
	"fmt"
	"iter"
	"path/filepath"
	"strconv"
)

// ID names one store of a query.
type ID struct {
	Operator  int
	Partition int
	Name      string // "" for an operator's only store, "left-rows" …
}

// String is the store's folder below the checkpoint's state folder.
func (id ID) String() string {
	return filepath.Join(strconv.Itoa(id.Operator), strconv.Itoa(id.Partition), id.Name)
}

// Store is one operator's state on one partition, as one attempt of a task sees
// it. Changes are the attempt's own until the driver takes them.
//
// Keys and values belong to the store from Put on, and may not be changed by
// whoever got them.
type Store interface {
	// Get returns the value of a key.
	Get(key []byte) (value []byte, ok bool)
	// Put sets the value of a key.
	Put(key, value []byte)
	// Remove forgets a key.
	Remove(key []byte)
	// All yields every key and value, in the order in which the keys came, the
	// same in every run and after a restart. The key at hand may be put or
	// removed meanwhile; a key put for the first time may or may not be yielded.
	All() iter.Seq2[[]byte, []byte]
	// Len is the number of keys.
	Len() int
	// Commit hands the changes to the driver.
	Commit() error
}

// view is a Store: a version that does not change, and this attempt's changes.
type view struct {
	cell    *cell
	version int64
	changes changes
	added   int // keys more than the version has
}

func (v *view) Get(key []byte) ([]byte, bool) {
	if c, changed := v.changes.get(key); changed {
		return c.value, !c.removed
	}
	return v.cell.get(key)
}

func (v *view) Put(key, value []byte) {
	if _, had := v.Get(key); !had {
		v.added++
	}
	v.changes.set(key, change{value: value})
}

func (v *view) Remove(key []byte) {
	if _, had := v.Get(key); had {
		v.added--
		v.changes.set(key, change{removed: true})
	}
}

func (v *view) Len() int { return v.cell.len() + v.added }

func (v *view) All() iter.Seq2[[]byte, []byte] {
	return func(yield func(key, value []byte) bool) {
		for key, value := range v.cell.all() {
			c, changed := v.changes.get(key)
			if changed && c.removed {
				continue
			}
			if changed {
				value = c.value
			}
			if !yield(key, value) {
				return
			}
		}
		for i := 0; i < len(v.changes.list); i++ { // it may grow meanwhile
			c := v.changes.list[i]
			if _, had := v.cell.get(c.key); had || c.removed {
				continue
			}
			if !yield(c.key, c.value) {
				return
			}
		}
	}
}

func (v *view) Commit() error {
	if !v.cell.offer(v.version, v.changes.list) {
		return fmt.Errorf("state of operator %d, partition %d: version %d is over, this attempt came too late", v.cell.id.Operator, v.cell.id.Partition, v.version)
	}
	return nil
}

// change is what an attempt does to a key: the last thing counts.
type change struct {
	key, value []byte
	removed    bool
}

// changes are an attempt's, in the order in which it touched the keys first.
type changes struct {
	list []change
	at   map[string]int
}

func (c *changes) get(key []byte) (change, bool) {
	if i, ok := c.at[string(key)]; ok {
		return c.list[i], true
	}
	return change{}, false
}

func (c *changes) set(key []byte, to change) {
	if i, ok := c.at[string(key)]; ok {
		to.key = c.list[i].key
		c.list[i] = to
		return
	}
	if c.at == nil {
		c.at = map[string]int{}
	}
	to.key = key
	c.at[string(key)] = len(c.list)
	c.list = append(c.list, to)
}
