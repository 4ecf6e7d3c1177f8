package rdd

import (
	"iter"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// groupedByKey gathers the values of each key.
func groupedByKey[K comparable, V any](core *engine.Core, t *lineage.Task, rows iter.Seq[Pair[K, V]]) iter.Seq[Pair[K, []V]] {
	return func(yield func(Pair[K, []V]) bool) {
		work := core.Workspace(t, event.SpilledMerging)
		defer work.Close()
		x := newKeyIndex[K]()
		eachPart([]side{gatherAll(work, rows)}, 0, func(part []side) bool {
			x.reset()
			values := groupsOf[V](x, part[0])
			for n, k := range x.keys {
				if !yield(Pair[K, []V]{k, values.of(n)}) {
					return false
				}
			}
			return true
		})
	}
}

// groups is the values of one side of a part, those of a key together: one array
// for all of them, in the order of arrival within a key.
type groups[V any] struct {
	ends   []uint32 // by number of key: where its values end
	values []V
}

// groupsOf sorts the rows of a part by the number of their key, by counting.
func groupsOf[V any, K comparable](x *keyIndex[K], part side) groups[V] {
	g := part.(*gathered[K, V])
	n := g.full[0].Rows
	numbers, values := make([]uint32, 0, n), make([]V, 0, n)
	g.each(0, func(rows []Pair[K, V]) bool {
		for _, row := range rows {
			numbers = append(numbers, uint32(x.of(row.Key)))
			values = append(values, row.Value)
		}
		return true
	})
	ends := make([]uint32, len(x.keys)+1)
	for _, k := range numbers {
		ends[k+1]++
	}
	for k := range len(x.keys) {
		ends[k+1] += ends[k]
	}
	sorted := make([]V, len(values)) // from here ends[k] is where k's next value goes
	for i, k := range numbers {
		sorted[ends[k]] = values[i]
		ends[k]++
	}
	return groups[V]{ends, sorted}
}

// of is the values of a key, empty when the side has none. Appending to them
// copies them.
func (g groups[V]) of(key int) []V {
	if key >= len(g.ends) {
		return []V{}
	}
	begin := uint32(0)
	if key > 0 {
		begin = g.ends[key-1]
	}
	return g.values[begin:g.ends[key]:g.ends[key]]
}
