package rdd

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"etincelle/engine/lineage"
	"etincelle/engine/shuffle"
)

// combine says how the values of a key become one: the three functions of
// Spark's Aggregator. mapSide asks for a first merge before rows are written.
type combine[K comparable, V, C any] struct {
	create  func(V) C
	add     func(C, V) C
	merge   func(C, C) C
	mapSide bool
}

// shuffled is the one place where rows move: a ShuffledRDD of p's rows, placed
// by the partitioner. With combine nil (V = C) rows only move; otherwise those
// of a key are merged, before the move (mapSide) and after it. order, when not
// nil, sorts each partition by key after the move.
func shuffled[K comparable, V, C any](op string, p *Pairs[K, V], by Partitioner, how *combine[K, V, C], order func(a, b K) int) *Pairs[K, C] {
	core, in := p.core, p.rows
	edge := core.NewShuffle(p.node, by)
	own := copier[C]() // what was written out is read again by the next job
	out := define(p.session, dataset[Pair[K, C]]{
		class: "ShuffledRDD", op: op, partitions: fixed(by.NumPartitions()), partitioner: by, err: p.err,
		deps: []lineage.Dep{lineage.Across(edge)},
		compute: func(t *lineage.Task, r int) iter.Seq[Pair[K, C]] {
			var rows iter.Seq[Pair[K, C]]
			switch {
			case how == nil || how.mapSide:
				rows = fetched[Pair[K, C]](core.FetchBucket, t, edge, r)
				if how != nil {
					rows = mergedByKey(rows, own, how.merge)
				}
			default:
				rows = mergedByKey(fetched[Pair[K, V]](core.FetchBucket, t, edge, r), how.create, how.add)
			}
			if order != nil {
				rows = sortedByKey(rows, order)
			}
			return rows
		},
	})
	edge.Combines = how != nil && how.mapSide
	edge.Write = func(t *lineage.Task, m int) error {
		var output shuffle.Output
		if edge.Combines {
			counted := counting(in(t, m), &t.Metrics.Combined)
			output = cutUp(t, mergedByKey(counted, how.create, how.add), by)
		} else {
			output = cutUp(t, counting(in(t, m), &t.Metrics.Combined), by)
		}
		return core.WriteShuffle(t, edge, m, output)
	}
	return out
}

// cutUp puts each row in the bucket of its key's partition.
func cutUp[K comparable, V any](t *lineage.Task, rows iter.Seq[Pair[K, V]], by Partitioner) shuffle.Output {
	n := by.NumPartitions()
	buckets := make([][]Pair[K, V], n)
	place := placer[K](by)
	for row := range rows {
		r := place(row.Key)
		if r < 0 || r >= n {
			t.Fail(&lineage.Failure{Class: "java.lang.ArrayIndexOutOfBoundsException", Message: fmt.Sprintf("Index %d out of bounds for length %d", r, n)})
		}
		buckets[r] = append(buckets[r], row)
	}
	out := shuffle.Output{Buckets: make([]any, n), Rows: make([]int64, n)}
	for r, bucket := range buckets {
		if len(bucket) > 0 {
			out.Buckets[r], out.Rows[r] = bucket, int64(len(bucket))
		}
	}
	return out
}

// fetched is the rows that every map partition wrote for reduce partition r.
func fetched[R any](fetch func(*lineage.Task, *lineage.Shuffle, int, int) any, t *lineage.Task, edge *lineage.Shuffle, r int) iter.Seq[R] {
	return func(yield func(R) bool) {
		maps, err := edge.Parent.Partitions()
		t.Check(err)
		for m := range maps {
			bucket, _ := fetch(t, edge, m, r).([]R) // nil when no row came from m
			for _, row := range bucket {
				if !yield(row) {
					return
				}
			}
		}
	}
}

// mergedByKey merges the rows of each key; keys come out in the order in which
// they were first seen. (Spark's order is that of its hash map: no program may
// count on either.)
func mergedByKey[K comparable, V, C any](rows iter.Seq[Pair[K, V]], create func(V) C, add func(C, V) C) iter.Seq[Pair[K, C]] {
	return func(yield func(Pair[K, C]) bool) {
		at := map[K]int{}
		var merged []Pair[K, C]
		for row := range rows {
			if i, seen := at[row.Key]; seen {
				merged[i].Value = add(merged[i].Value, row.Value)
				continue
			}
			at[row.Key] = len(merged)
			merged = append(merged, Pair[K, C]{row.Key, create(row.Value)})
		}
		values(merged)(yield)
	}
}

// sortedByKey sorts one partition; rows of equal keys keep their order.
func sortedByKey[K comparable, V any](rows iter.Seq[Pair[K, V]], order func(a, b K) int) iter.Seq[Pair[K, V]] {
	return func(yield func(Pair[K, V]) bool) {
		all := slices.Collect(rows)
		slices.SortStableFunc(all, func(a, b Pair[K, V]) int { return order(a.Key, b.Key) })
		values(all)(yield)
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
