package rdd

import (
	"container/heap"
	"io"
	"iter"
	"reflect"
	"unsafe"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/radix"
	"etincelle/engine/shuffle"
	"etincelle/engine/spill"
)

// ordering is an order of keys.
type ordering[K comparable] struct {
	compare func(a, b K) int // ascending
	natural bool             // compare is the order of K's kind
	order   Order
}

// of is the comparison in the direction asked for.
func (o ordering[K]) of(a, b K) int { return o.order.of(o.compare(a, b)) }

const itemBytes = 2 * 16 // what sorting a row takes besides the row

// sortedByKey sorts the rows of one partition; rows of equal keys keep their
// order. Rows for which there is no room are sorted and put on disk, a run at a
// time, and the runs merged at the end.
func sortedByKey[K comparable, V any](core *engine.Core, t *lineage.Task, rows iter.Seq[Pair[K, V]], by ordering[K]) iter.Seq[Pair[K, V]] {
	return func(yield func(Pair[K, V]) bool) {
		row := reflect.TypeFor[Pair[K, V]]()
		runs := newRuns(core.Workspace(t, event.SpilledOrdering), row)
		defer runs.work.Close()
		var waiting []Pair[K, V]
		for r := range rows {
			if len(waiting) == cap(waiting) && len(waiting) >= firstLook && !runs.fits(waiting, len(waiting)) {
				runs.put(len(waiting), chunksOf(waiting, inOrder(waiting, by)))
				clear(waiting)
				waiting = waiting[:0]
			}
			waiting = append(waiting, r)
		}
		items := inOrder(waiting, by)
		if len(runs.sorted) == 0 {
			for _, it := range items {
				if !yield(waiting[it.Row]) {
					return
				}
			}
			return
		}
		if len(waiting) > 0 {
			runs.put(len(waiting), chunksOf(waiting, items))
		}
		merged(runs, func(a, b Pair[K, V]) int { return by.of(a.Key, b.Key) }, yield)
	}
}

// inOrder sorts rows' places.
func inOrder[K comparable, V any](rows []Pair[K, V], by ordering[K]) []radix.Item {
	// A pair begins with its key.
	items, exact := prefixed(reflect.TypeFor[K](), by.natural, unsafe.Pointer(unsafe.SliceData(rows)), unsafe.Sizeof(Pair[K, V]{}), len(rows))
	if exact {
		return sortItems(items, by.order == Descending, nil)
	}
	return sortItems(items, by.order == Descending, func(i, j uint32) int { return by.of(rows[i].Key, rows[j].Key) })
}

// chunksOf is rows in the order of items, a slice at a time.
func chunksOf[R any](rows []R, items []radix.Item) iter.Seq[any] {
	return func(yield func(any) bool) {
		for len(items) > 0 {
			n := min(len(items), mergeChunk)
			chunk := make([]R, n)
			for i, it := range items[:n] {
				chunk[i] = rows[it.Row]
			}
			items = items[n:]
			if !yield(chunk) {
				return
			}
		}
	}
}

// mergeChunk is the rows that are put on disk at a time.
const mergeChunk = 1024

// runs is sorted rows on disk.
type runs struct {
	work   *engine.Workspace
	row    reflect.Type
	sorted []shuffle.Bucket
	held   int64
}

func newRuns(work *engine.Workspace, row reflect.Type) *runs { return &runs{work: work, row: row} }

// fits asks for room for as many rows again as there are.
func (r *runs) fits(rows any, n int) bool {
	size := 2*int64(n)*(int64(r.row.Size())+itemBytes) + 2*beyondRow(r.row, rows)
	fits := r.work.Grow(size - r.held)
	r.held = size
	return fits
}

// put puts a run on disk.
func (r *runs) put(n int, chunks iter.Seq[any]) {
	var run shuffle.Bucket
	for chunk := range chunks {
		run.Segments = engine.Join(run.Segments, r.work.Spill(r.row, chunk))
	}
	run.Rows = int64(n)
	r.sorted = append(r.sorted, run)
	r.work.Told(run.Rows)
	r.work.Shrink(r.held)
	r.held = 0
}

// merged gives the rows of all runs in order; of equal rows, those of the first run first.
func merged[R any](all *runs, compare func(a, b R) int, yield func(R) bool) {
	m := &merging[R]{compare: compare}
	defer m.close()
	for n, run := range all.sorted {
		for _, s := range run.Segments {
			c := &cursor[R]{run: n, work: all.work, reader: all.work.Reader(all.row, s)}
			m.opened = append(m.opened, c.reader)
			if c.next() {
				m.heads = append(m.heads, c)
			}
		}
	}
	heap.Init(m)
	for len(m.heads) > 0 {
		least := m.heads[0]
		if !yield(least.rows[0]) {
			return
		}
		if least.rows = least.rows[1:]; len(least.rows) > 0 || least.next() {
			heap.Fix(m, 0)
		} else {
			heap.Pop(m)
		}
	}
}

// cursor is where the merge is in a run.
type cursor[R any] struct {
	run    int
	rows   []R // read and not yet given
	work   *engine.Workspace
	reader *spill.Reader
}

// next reads on; false at the end of the run.
func (c *cursor[R]) next() bool {
	c.work.Task().Look()
	rows, err := c.reader.Next()
	if err == io.EOF {
		return false
	}
	c.work.Task().Check(err)
	c.rows = rows.([]R)
	return true
}

// merging is a heap of runs by their next row.
type merging[R any] struct {
	compare func(a, b R) int
	heads   []*cursor[R]
	opened  []*spill.Reader
}

func (m *merging[R]) Len() int      { return len(m.heads) }
func (m *merging[R]) Swap(i, j int) { m.heads[i], m.heads[j] = m.heads[j], m.heads[i] }
func (m *merging[R]) Push(any)      {} // the heap only shrinks
func (m *merging[R]) Less(i, j int) bool {
	a, b := m.heads[i], m.heads[j]
	if c := m.compare(a.rows[0], b.rows[0]); c != 0 {
		return c < 0
	}
	return a.run < b.run
}

func (m *merging[R]) Pop() any {
	last := len(m.heads) - 1
	c := m.heads[last]
	m.heads = m.heads[:last]
	return c
}

func (m *merging[R]) close() {
	for _, r := range m.opened {
		r.Close()
	}
}
