package rdd_test

import (
	"iter"
	"slices"

	"etincelle/engine/rdd"
)

func double(n int) int { return 2 * n }
func even(n int) bool  { return n%2 == 0 }
func twice(n int) []int {
	if n < 0 {
		return nil
	}
	return []int{n, n}
}

// doubled is a partition's rows, doubled; it pulls them, to see that this may be done.
func doubled(rows iter.Seq[int]) iter.Seq[int] {
	return func(yield func(int) bool) {
		next, stop := iter.Pull(rows)
		defer stop()
		for n, ok := next(); ok && yield(2*n); n, ok = next() {
		}
	}
}

// rowLaws are those of datasets of any rows.
var rowLaws = []law{
	{"Collect", func(w world) (any, any) { return list(w.a), w.rows }},
	{"Map", func(w world) (any, any) { return list(rdd.Map(w.a, double)), each(w.rows, double) }},
	{"Filter", func(w world) (any, any) { return list(rdd.Filter(w.a, even)), only(w.rows, even) }},
	{"FlatMap", func(w world) (any, any) {
		return list(rdd.FlatMap(w.a, twice)), concat(each(w.rows, twice)...)
	}},
	{"MapPartitions", func(w world) (any, any) { return list(rdd.MapPartitions(w.a, doubled)), each(w.rows, double) }},
	{"MapPartitionsKeeping", func(w world) (any, any) {
		return list(rdd.MapPartitionsKeeping(w.a, doubled)), each(w.rows, double)
	}},
	{"MapPartitionsWithIndex", func(w world) (any, any) {
		indexes := rdd.MapPartitionsWithIndex(w.a, func(p int, rows iter.Seq[int]) iter.Seq[int] {
			return func(yield func(int) bool) { yield(p) }
		})
		return list(indexes), upTo(w.a.NumPartitions())
	}},
	{"MapPartitionsWithIndexKeeping", func(w world) (any, any) {
		same := rdd.MapPartitionsWithIndexKeeping(w.a, func(_ int, rows iter.Seq[int]) iter.Seq[int] { return rows })
		return list(same), w.rows
	}},
	{"Glom", func(w world) (any, any) {
		parts := list(rdd.Glom(w.a))
		return append(slices.Concat(parts...), len(parts)), append(slices.Clone(w.rows), w.a.NumPartitions())
	}},
	{"Coalesce", func(w world) (any, any) { return list(rdd.Coalesce(w.a, 2)), w.rows }},
	{"Repartition", func(w world) (any, any) { return bag(list(rdd.Repartition(w.a, 3))), bag(w.rows) }},
	{"CoalesceShuffled", func(w world) (any, any) { return bag(list(rdd.CoalesceShuffled(w.a, 4))), bag(w.rows) }},
	{"Union", func(w world) (any, any) {
		return list(rdd.Union(w.s, w.a, w.b, w.a)), concat(w.rows, w.more, w.rows)
	}},
	{"Distinct", func(w world) (any, any) { return bag(list(rdd.Distinct(w.a))), bag(once(w.rows)) }},
	{"Distinct in 3", func(w world) (any, any) { return bag(list(rdd.Distinct(w.a, 3))), bag(once(w.rows)) }},
	{"Distinct in place", func(w world) (any, any) {
		a, _ := w.pairs()
		return bag(list(rdd.Keys(rdd.Distinct(rdd.PartitionBy(a, rdd.Hash(3)))))), bag(each(once(w.rows), digit))
	}},
	{"Intersection", func(w world) (any, any) {
		both := only(once(w.rows), func(n int) bool { return slices.Contains(w.more, n) })
		return bag(list(rdd.Intersection(w.a, w.b))), bag(both)
	}},
	{"Subtract", func(w world) (any, any) {
		left := only(w.rows, func(n int) bool { return !slices.Contains(w.more, n) })
		return bag(list(rdd.Subtract(w.a, w.b))), bag(left)
	}},
	{"Subtract pairs that are placed", func(w world) (any, any) {
		a, b := w.pairs()
		left := only(w.rows, func(n int) bool { return !slices.Contains(w.more, n) })
		return bag(list(rdd.Values(rdd.Subtract(rdd.PartitionBy(a, rdd.Hash(3)), b)))), bag(left)
	}},
	{"Zip", func(w world) (any, any) {
		zipped := rdd.Zip(w.a, rdd.Map(w.a, double))
		return list(zipped), each(w.rows, func(n int) rdd.Joined[int, int] { return rdd.Joined[int, int]{Left: n, Right: 2 * n} })
	}},
	{"ZipPartitions", func(w world) (any, any) {
		second := func(left, right iter.Seq[int]) iter.Seq[int] { return right }
		return list(rdd.ZipPartitions(w.a, rdd.Map(w.a, double), second)), each(w.rows, double)
	}},
	{"ZipWithIndex", func(w world) (any, any) {
		indexes := rdd.Map(rdd.ZipWithIndex(w.a), func(j rdd.Joined[int, int64]) int { return int(j.Right) })
		return list(indexes), upTo(len(w.rows))
	}},
	{"ZipWithUniqueId", func(w world) (any, any) {
		ids := list(rdd.Map(rdd.ZipWithUniqueId(w.a), func(j rdd.Joined[int, int64]) int { return int(j.Right) }))
		return len(once(ids)), len(w.rows)
	}},
	{"Cartesian", func(w world) (any, any) {
		want := []rdd.Joined[int, int]{}
		for _, l := range w.rows {
			for _, r := range w.more {
				want = append(want, rdd.Joined[int, int]{Left: l, Right: r})
			}
		}
		return bag(list(rdd.Cartesian(w.a, w.b))), bag(want)
	}},
	{"SortBy", func(w world) (any, any) {
		return list(rdd.SortBy(w.a, func(n int) int { return n }, rdd.Ascending)), some(w.rows)
	}},
	{"RandomSplit", func(w world) (any, any) {
		parts := rdd.RandomSplit(w.a, int64(len(w.rows)), 1, 0, 2)
		return bag(list(rdd.Union(w.s, parts...))), bag(w.rows)
	}},
	{"Sample all, and none", func(w world) (any, any) {
		return append(list(rdd.Sample(w.a, 1, 3)), len(list(rdd.Sample(w.a, 0, 3)))), append(slices.Clone(w.rows), 0)
	}},
}

func upTo(n int) []int {
	all := []int{}
	for i := range n {
		all = append(all, i)
	}
	return all
}
