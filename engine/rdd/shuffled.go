package rdd

import (
	"cmp"
	"fmt"
	"iter"
	"reflect"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
	"etincelle/engine/shuffle"
)

// written is the edge by which p's rows go where by places their key, after merge,
// which counts what it is given.
func written[K comparable, V, C any](p plain[Pair[K, V]], by Partitioner, merge func(*lineage.Task, iter.Seq[Pair[K, V]]) iter.Seq[Pair[K, C]]) *lineage.Shuffle {
	core, in := p.core, p.rows
	edge := core.NewShuffle(p.node, by)
	edge.Write = func(t *lineage.Task, m int) error {
		work := core.Workspace(t, event.SpilledWriting)
		defer work.Close()
		before := t.Metrics.ShuffleWrite
		err := core.WriteShuffle(work, edge, m, reflect.TypeFor[Pair[K, C]](), cutUp(work, merge(t, in(t, m)), by))
		if !edge.Combines {
			t.Metrics.Combined += t.Metrics.ShuffleWrite - before
		}
		return err
	}
	return edge
}

// asTheyAre is what is done to rows that only move.
func asTheyAre[R any](_ *lineage.Task, rows iter.Seq[R]) iter.Seq[R] { return rows }

// moved is p's rows where by places their key.
func moved[K comparable, V any](op string, p *Pairs[K, V], by Partitioner) *Pairs[K, V] {
	return shuffled(op, p, by, written(p.plain, by, asTheyAre), asTheyAre[Pair[K, V]])
}

// shuffled is the one place where rows arrive: a ShuffledRDD of what edge wrote
// of p's rows, each partition taken in by after.
func shuffled[K comparable, V, W, C any](op string, p *Pairs[K, V], by Partitioner, edge *lineage.Shuffle, after func(*lineage.Task, iter.Seq[Pair[K, W]]) iter.Seq[Pair[K, C]]) *Pairs[K, C] {
	core := p.core
	return define(p.session, dataset[Pair[K, C]]{
		class: "ShuffledRDD", op: op, partitions: fixed(by.NumPartitions()), partitioner: by, err: p.err,
		deps: []lineage.Dep{lineage.Across(edge)},
		compute: func(t *lineage.Task, r int) iter.Seq[Pair[K, C]] {
			return after(t, fetched[Pair[K, W]](core, t, edge, r))
		},
	})
}

// cutUp puts each row in the bucket of its key's partition.
func cutUp[K comparable, V any](work *engine.Workspace, rows iter.Seq[Pair[K, V]], by Partitioner) []shuffle.Bucket {
	n := by.NumPartitions()
	out := newBuckets[Pair[K, V]](work, n)
	place := placer[K](by)
	for row := range rows {
		r := place(row.Key)
		if uint(r) >= uint(n) {
			work.Task().Fail(&lineage.Failure{Class: "java.lang.ArrayIndexOutOfBoundsException", Message: fmt.Sprintf("Index %d out of bounds for length %d", r, n)})
		}
		out.add(r, row)
	}
	out.closeAll()
	return out.full
}

// fetched is the rows that every map partition wrote for reduce partition r.
func fetched[R any](core *engine.Core, t *lineage.Task, edge *lineage.Shuffle, r int) iter.Seq[R] {
	return func(yield func(R) bool) {
		core.FetchRows(t, edge, r, reflect.TypeFor[R](), func(rows any) bool {
			for _, row := range rows.([]R) {
				if !yield(row) {
					return false
				}
			}
			return true
		})
	}
}

// counting adds the rows that pass to n.
func counting[R any](rows iter.Seq[R], n *int64) iter.Seq[R] {
	return func(yield func(R) bool) {
		passed := int64(0)
		defer func() { *n += passed }()
		for row := range rows {
			passed++
			if !yield(row) {
				return
			}
		}
	}
}

// Order is the direction of a sort.
type Order int

// The directions.
const (
	Ascending  Order = 1
	Descending Order = -1
)

// of is compare in this direction.
func (o Order) of(c int) int { return int(o) * c }

// ordered is the natural order. NaN comes last, as in Spark (in Go it comes first).
func ordered[K cmp.Ordered](a, b K) int {
	if aNaN, bNaN := a != a, b != b; aNaN || bNaN {
		return cmp.Compare(b, a)
	}
	return cmp.Compare(a, b)
}
