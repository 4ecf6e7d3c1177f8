package rdd

import (
	"reflect"

	"etincelle/engine"
	"etincelle/engine/shuffle"
	"etincelle/engine/storage"
)

// buckets is rows cut into parts, each in the order of arrival: the output of a
// map task, or the rows of a merge cut by the hash of their key. They are held
// in chunks, so that a part that grows is not copied, and go to disk, all of
// them, when the workspace may not grow.
type buckets[R any] struct {
	open [][]R // the chunk of each part that is being filled
	*parts
}

// parts is what buckets knows without the type of the rows.
type parts struct {
	work *engine.Workspace
	row  reflect.Type
	full []shuffle.Bucket // by part, without what is open
	held []int64          // bytes in memory, by part
}

const (
	firstChunk   = 8       // rows
	largestChunk = 1 << 15 // bytes
)

func newBuckets[R any](work *engine.Workspace, n int) *buckets[R] {
	return &buckets[R]{make([][]R, n), newParts(work, reflect.TypeFor[R](), n)}
}

func newParts(work *engine.Workspace, row reflect.Type, n int) *parts {
	return &parts{work: work, row: row, full: make([]shuffle.Bucket, n), held: make([]int64, n)}
}

// add puts a row in a part.
func (b *buckets[R]) add(part int, row R) {
	chunk := b.open[part]
	if len(chunk) == cap(chunk) {
		chunk = b.next(part)
	}
	b.open[part] = append(chunk, row)
}

// next closes the full chunk of a part and opens another, twice as large.
func (b *buckets[R]) next(part int) []R {
	old := b.open[part]
	size := nextChunk(b.row, cap(old))
	b.open[part] = nil
	fits := b.close(part, old, len(old), size)
	if !fits {
		b.spill()
		size = firstChunk
	}
	return make([]R, 0, size)
}

// close puts a chunk with the part's others and asks for room for the next one.
func (p *parts) close(part int, chunk any, rows, next int) (fits bool) {
	p.work.Task().Look()
	bytes := int64(0)
	if rows > 0 {
		full := &p.full[part]
		full.Chunks = append(full.Chunks, chunk)
		full.Rows += int64(rows)
		bytes = beyondRow(p.row, chunk)
	}
	bytes += int64(next) * int64(p.row.Size())
	p.held[part] += bytes
	return p.work.Grow(bytes)
}

// beyondRow is what the rows of a chunk point at, in bytes.
func beyondRow(row reflect.Type, chunk any) int64 {
	if storage.Flat(row) {
		return 0
	}
	v := reflect.ValueOf(chunk)
	return storage.Size(chunk) - int64(v.Type().Size()) - int64(v.Len())*int64(row.Size())
}

func nextChunk(row reflect.Type, last int) int {
	most := max(largestChunk/int(max(row.Size(), 1)), firstChunk)
	return min(max(2*last, firstChunk), most)
}

// closeAll closes every chunk that is open: nothing can be added for now.
func (b *buckets[R]) closeAll() {
	for part, chunk := range b.open {
		if len(chunk) > 0 {
			b.close(part, chunk, len(chunk), 0)
		}
		b.open[part] = nil
	}
}

// spill puts all that is in memory on disk.
func (b *buckets[R]) spill() {
	b.closeAll()
	b.work.SpillAll(b.row, b.full)
	b.letGo()
}

// letGo gives back the memory of rows that are no longer there.
func (p *parts) letGo() {
	for part, held := range p.held {
		p.work.Shrink(held)
		p.held[part] = 0
	}
}

// each gives the rows of a part, a chunk at a time. No chunk may be open.
func (b *buckets[R]) each(part int, yield func([]R) bool) {
	b.work.Rows(b.row, b.full[part], func(rows any) bool { return yield(rows.([]R)) })
}
