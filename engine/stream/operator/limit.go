package operator

import (
	"encoding/binary"

	"etincelle/engine/frame/column"
)

// Limit lets the first N rows of the whole life of a query through: Spark's
// StreamingGlobalLimit. The state holds how many have passed.
type Limit struct{ N int64 }

var passedKey = []byte{0}

// Run lets through what is left of the limit. All rows are in one partition.
func (l *Limit) Run(p *Part, in []column.Batch) ([]column.Batch, error) {
	store, err := p.store("")
	if err != nil {
		return nil, err
	}
	before := int64(0)
	if value, ok := store.Get(passedKey); ok {
		if len(value) != 8 {
			return nil, column.ErrDamaged
		}
		before = int64(binary.LittleEndian.Uint64(value))
	}
	passed := before
	var out []column.Batch
	for _, b := range in {
		n := int(min(int64(b.Rows), l.N-passed))
		passed += int64(max(n, 0))
		if n > 0 {
			out = append(out, b.Slice(0, n))
		}
	}
	if passed > before {
		store.Put(passedKey, binary.LittleEndian.AppendUint64(nil, uint64(passed)))
		p.Updated++
	}
	p.Total = int64(store.Len())
	return out, p.end()
}
