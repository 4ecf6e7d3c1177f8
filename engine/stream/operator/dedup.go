package operator

import (
	"encoding/binary"

	"etincelle/engine/frame/column"
	"etincelle/engine/stream/state"
	"etincelle/engine/stream/watermark"
)

// Dedup lets the first row of each key through, for as long as it remembers the
// key: Spark's StreamingDeduplicate. The state holds the keys.
type Dedup struct {
	Keys  []int // places of the key's columns in a row
	Types []column.Type
	Time  int // place of the event time in a row, None for none
	// KeyTime is the place of the event time among the keys, None when it is not
	// one of them: then no key is ever forgotten.
	KeyTime int
}

// Run lets the new rows of one partition of a batch through.
func (d *Dedup) Run(p *Part, in []column.Batch) ([]column.Batch, error) {
	store, err := p.store("")
	if err != nil {
		return nil, err
	}
	var out []column.Batch
	for _, b := range in {
		b = p.dropLate(b, eventTime(d.Time))
		out = append(out, p.firsts(b, d.Keys, store, func(int) []byte { return nil }))
	}
	for key := range store.All() {
		if at, known := eventTime(d.KeyTime).in(key, d.Types); known && watermark.Behind(at, p.EvictBy) {
			store.Remove(key)
			p.Removed++
		}
	}
	p.Total = int64(store.Len())
	return out, p.end()
}

// firsts are the rows whose key is not remembered. Each is remembered from then
// on, with what value gives. The first row to arrive wins.
func (p *Part) firsts(b column.Batch, keys []int, store state.Store, value func(i int) []byte) column.Batch {
	columns := make([]column.Column, len(keys))
	for i, k := range keys {
		columns[i] = b.Columns[k]
	}
	kept := make([]bool, b.Rows)
	var scraps []byte
	for i := range kept {
		scraps = column.AppendRow(scraps[:0], columns, i)
		if _, seen := store.Get(scraps); seen {
			p.Duplicates++
			continue
		}
		kept[i] = true
		store.Put(append([]byte{}, scraps...), value(i))
		p.Updated++
		p.change(Change{Key: column.Batch{Columns: columns, Rows: b.Rows}.Row(i), What: Opened})
	}
	return b.Keep(kept)
}

// DedupWithinWatermark remembers a key until the watermark has passed the event
// time of its first row by the delay: Spark's StreamingDeduplicateWithinWatermark.
// The state holds key -> when it expires, in microseconds.
type DedupWithinWatermark struct {
	Keys  []int
	Time  int   // place of the event time in a row
	Delay int64 // of the watermark, in microseconds
}

// Run lets the new rows of one partition of a batch through.
func (d *DedupWithinWatermark) Run(p *Part, in []column.Batch) ([]column.Batch, error) {
	store, err := p.store("")
	if err != nil {
		return nil, err
	}
	var out []column.Batch
	for _, b := range in {
		b = p.dropLate(b, eventTime(d.Time))
		out = append(out, p.firsts(b, d.Keys, store, func(i int) []byte {
			at, _ := eventTime(d.Time).of(b, i) // a null counts as 1970, as in Spark
			return binary.LittleEndian.AppendUint64(nil, uint64(at+d.Delay))
		}))
	}
	for key, value := range store.All() {
		if len(value) != 8 {
			return nil, column.ErrDamaged
		}
		if expires := int64(binary.LittleEndian.Uint64(value)); watermark.Behind(expires, p.EvictBy) {
			store.Remove(key)
			p.Removed++
		}
	}
	p.Total = int64(store.Len())
	return out, p.end()
}
