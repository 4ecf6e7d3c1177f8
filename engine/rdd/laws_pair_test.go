package rdd_test

import (
	"slices"

	"etincelle/engine/rdd"
)

// pairLaws are those of one dataset of pairs.
var pairLaws = []law{
	{"MapToPair", func(w world) (any, any) {
		pairs := rdd.MapToPair(w.a, func(n int) (int, int) { return digit(n), n })
		return list(pairs), each(w.rows, func(n int) rdd.Pair[int, int] { return rdd.KV(digit(n), n) })
	}},
	{"Keys", func(w world) (any, any) { return list(rdd.Keys(rdd.KeyBy(w.a, digit))), each(w.rows, digit) }},
	{"Values", func(w world) (any, any) { return list(rdd.Values(rdd.KeyBy(w.a, digit))), w.rows }},
	{"MapValues", func(w world) (any, any) {
		return list(rdd.Values(rdd.MapValues(rdd.KeyBy(w.a, digit), double))), each(w.rows, double)
	}},
	{"FlatMapValues", func(w world) (any, any) {
		return list(rdd.Values(rdd.FlatMapValues(rdd.KeyBy(w.a, digit), twice))), list(rdd.FlatMap(w.a, twice))
	}},
	{"ReduceByKey", func(w world) (any, any) {
		a, _ := w.pairs()
		return bag(list(rdd.ReduceByKey(a, rdd.Add))), bag(foldDigits(w.rows, 0, rdd.Add))
	}},
	{"ReduceByKey where it is placed", func(w world) (any, any) {
		a, _ := w.pairs()
		by := rdd.Hash(3)
		return bag(list(rdd.ReduceByKey(rdd.PartitionBy(a, by), rdd.Add, by))), bag(foldDigits(w.rows, 0, rdd.Add))
	}},
	{"GroupByKey", func(w world) (any, any) {
		a, _ := w.pairs()
		return bag(list(rdd.MapValues(rdd.GroupByKey(a), some))), bag(groups(w.rows))
	}},
	{"GroupBy", func(w world) (any, any) {
		return bag(list(rdd.MapValues(rdd.GroupBy(w.a, digit), some))), bag(groups(w.rows))
	}},
	{"CombineByKey", func(w world) (any, any) {
		a, _ := w.pairs()
		lists := rdd.CombineByKey(a, func(n int) []int { return []int{n} }, appendOne, appendAll)
		return bag(list(rdd.MapValues(lists, some))), bag(groups(w.rows))
	}},
	{"CombineByKeyReduceSide", func(w world) (any, any) {
		a, _ := w.pairs()
		lists := rdd.CombineByKeyReduceSide(a, func(n int) []int { return []int{n} }, appendOne, appendAll)
		return bag(list(rdd.MapValues(lists, some))), bag(groups(w.rows))
	}},
	{"AggregateByKey in place, twice", func(w world) (any, any) {
		a, _ := w.pairs()
		counts := rdd.AggregateByKey(a, map[int]int{}, countIn, addCounts)
		list(counts) // a second job reads the same shuffle
		want := []rdd.Pair[int, map[int]int]{}
		for k, group := range byDigit(w.rows) {
			in := map[int]int{}
			for _, n := range group {
				in[n]++
			}
			want = append(want, rdd.KV(k, in))
		}
		return bag(list(counts)), bag(want)
	}},
	{"FoldByKey", func(w world) (any, any) {
		a, _ := w.pairs()
		larger := func(a, b int) int { return max(a, b) }
		return bag(list(rdd.FoldByKey(a, -100, larger))), bag(foldDigits(w.rows, -100, larger))
	}},
	{"PartitionBy", func(w world) (any, any) {
		a, _ := w.pairs()
		return bag(list(rdd.Values(rdd.PartitionBy(a, rdd.Hash(4))))), bag(w.rows)
	}},
	{"SortByKey down", func(w world) (any, any) {
		a, _ := w.pairs()
		want := each(w.rows, digit)
		slices.SortFunc(want, func(a, b int) int { return b - a })
		return list(rdd.Keys(rdd.SortByKey(a, rdd.Descending, 3))), want
	}},
	{"RepartitionAndSortWithinPartitions", func(w world) (any, any) {
		a, _ := w.pairs()
		by := rdd.Hash(3)
		placed := rdd.RepartitionAndSortWithinPartitions(a, by)
		again := rdd.RepartitionAndSortWithinPartitions(rdd.PartitionBy(a, by), by)
		return list(rdd.Glom(rdd.Keys(placed))), list(rdd.Glom(rdd.Keys(again)))
	}},
	{"FilterByRange", func(w world) (any, any) {
		a, _ := w.pairs()
		return bag(list(rdd.Values(rdd.FilterByRange(a, -1, 2)))), bag(only(w.rows, inRange))
	}},
	{"FilterByRange where it is ranged", func(w world) (any, any) {
		a, _ := w.pairs()
		return bag(list(rdd.Values(rdd.FilterByRange(rdd.SortByKey(a, rdd.Descending, 3), -1, 2)))), bag(only(w.rows, inRange))
	}},
	{"SampleByKey", func(w world) (any, any) {
		a, _ := w.pairs()
		shares := map[int]float64{}
		for _, k := range each(w.rows, digit) {
			shares[k] = float64(k & 1)
		}
		return list(rdd.Values(rdd.SampleByKey(a, shares, 1))), only(w.rows, func(n int) bool { return digit(n)&1 == 1 })
	}},
}

func inRange(n int) bool { return digit(n) >= -1 && digit(n) <= 2 }

func groups(rows []int) []rdd.Pair[int, []int] {
	out := []rdd.Pair[int, []int]{}
	for k, group := range byDigit(rows) {
		out = append(out, rdd.KV(k, some(group)))
	}
	return out
}

func appendOne(all []int, n int) []int          { return append(all, n) }
func appendAll(all, more []int) []int           { return append(all, more...) }
func countIn(in map[int]int, n int) map[int]int { in[n]++; return in }
func addCounts(in, more map[int]int) map[int]int {
	for n, count := range more {
		in[n] += count
	}
	return in
}
