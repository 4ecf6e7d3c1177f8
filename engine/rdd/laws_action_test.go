package rdd_test

import (
	"math"
	"slices"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// larger of two numbers; the actions need at least one row, so they are tried on 0 too.
func larger(a, b int) int { return max(a, b) }

// actionLaws are those of what comes back to the program.
var actionLaws = []law{
	{"Count", func(w world) (any, any) { return engine.Must(w.a.Count()), len(w.rows) }},
	{"IsEmpty", func(w world) (any, any) { return engine.Must(w.a.IsEmpty()), len(w.rows) == 0 }},
	{"Take", func(w world) (any, any) {
		got, want := [][]int{}, [][]int{}
		for n := range len(w.rows) + 2 {
			got = append(got, engine.Must(w.a.Take(n)))
			want = append(want, append([]int{}, w.rows[:min(n, len(w.rows))]...))
		}
		return got, want
	}},
	{"Take and TakeOrdered of more than there is", func(w world) (any, any) {
		return concat(engine.Must(w.a.Take(math.MaxInt)), engine.Must(rdd.TakeOrdered(w.a, math.MaxInt))), concat(w.rows, some(w.rows))
	}},
	{"Take through a filter", func(w world) (any, any) {
		kept := only(w.rows, even)
		return engine.Must(rdd.Filter(w.a, even).Take(3)), kept[:min(3, len(kept))]
	}},
	{"ToLocalIterator", func(w world) (any, any) {
		rows := []int{}
		for n, err := range w.a.ToLocalIterator() {
			engine.Check(err)
			rows = append(rows, n)
		}
		return rows, w.rows
	}},
	{"Reduce", func(w world) (any, any) {
		return engine.Must(zeroWith(w).Reduce(rdd.Add)), sum(w.rows)
	}},
	{"TreeReduce", func(w world) (any, any) {
		return engine.Must(rdd.TreeReduce(zeroWith(w), rdd.Add, 3)), sum(w.rows)
	}},
	{"Fold", func(w world) (any, any) { return engine.Must(w.a.Fold(0, rdd.Add)), sum(w.rows) }},
	{"Aggregate in place", func(w world) (any, any) {
		want := map[int]int{}
		for _, n := range w.rows {
			want[n]++
		}
		return engine.Must(rdd.Aggregate(w.a, map[int]int{}, countIn, addCounts)), want
	}},
	{"TreeAggregate in place", func(w world) (any, any) {
		many := rdd.Repartition(w.a, 9)
		return engine.Must(rdd.TreeAggregate(many, map[int]int{}, countIn, addCounts, 2)), engine.Must(rdd.CountByValue(w.a))
	}},
	{"Sum", func(w world) (any, any) { return engine.Must(rdd.Sum(w.a)), float64(sum(w.rows)) }},
	{"Max", func(w world) (any, any) {
		return engine.Must(rdd.Max(zeroWith(w))), slices.Max(append([]int{0}, w.rows...))
	}},
	{"Min", func(w world) (any, any) {
		return engine.Must(rdd.Min(zeroWith(w))), slices.Min(append([]int{0}, w.rows...))
	}},
	{"Top", func(w world) (any, any) {
		want := some(w.rows)
		slices.Reverse(want)
		return engine.Must(rdd.Top(w.a, 3)), append([]int{}, want[:min(3, len(want))]...)
	}},
	{"TakeOrdered", func(w world) (any, any) {
		return engine.Must(rdd.TakeOrdered(w.a, 4)), append([]int{}, some(w.rows)[:min(4, len(w.rows))]...)
	}},
	{"Stats", func(w world) (any, any) { return engine.Must(rdd.Stats(w.a)).Count, int64(len(w.rows)) }},
	{"Histogram", func(w world) (any, any) {
		_, counts, err := rdd.Histogram(zeroWith(w), 4)
		engine.Check(err)
		var total int64
		for _, n := range counts {
			total += n
		}
		return total, int64(len(w.rows) + 1)
	}},
	{"CountByKey", func(w world) (any, any) {
		want := map[int]int{}
		for k, group := range byDigit(w.rows) {
			want[k] = len(group)
		}
		return engine.Must(rdd.CountByKey(rdd.KeyBy(w.a, digit))), want
	}},
	{"CountByValue", func(w world) (any, any) {
		return engine.Must(rdd.CountByValue(rdd.Map(w.a, digit))), engine.Must(rdd.CountByKey(rdd.KeyBy(w.a, digit)))
	}},
	{"ReduceByKeyLocally", func(w world) (any, any) {
		a, _ := w.pairs()
		return engine.Must(rdd.ReduceByKeyLocally(a, larger)), engine.Must(rdd.CollectMap(rdd.ReduceByKey(a, larger)))
	}},
	{"Lookup", func(w world) (any, any) {
		a, _ := w.pairs()
		return some(engine.Must(rdd.Lookup(a, 2))), some(byDigit(w.rows)[2])
	}},
	{"Lookup where it is placed", func(w world) (any, any) {
		a, _ := w.pairs()
		return some(engine.Must(rdd.Lookup(rdd.PartitionBy(a, rdd.Hash(3)), 2))), some(byDigit(w.rows)[2])
	}},
	{"ForEach", func(w world) (any, any) {
		seen := rdd.Counter(w.s)
		engine.Check(w.a.ForEach(func(n int) { seen.Add(int64(n)) }))
		return seen.Value(), int64(sum(w.rows))
	}},
	{"TakeSample all", func(w world) (any, any) {
		return bag(engine.Must(rdd.TakeSample(w.a, 99, 5))), bag(w.rows)
	}},
	{"CountApproxDistinct", func(w world) (any, any) {
		return engine.Must(rdd.CountApproxDistinct(w.a, 0.01)), len(once(w.rows))
	}},
}

func sum(rows []int) (total int) {
	for _, n := range rows {
		total += n
	}
	return total
}

// zeroWith is w's rows and a 0: what an action on no rows would refuse.
func zeroWith(w world) *rdd.RDD[int] { return rdd.Union(w.s, w.a, rdd.Of(w.s, 1, 0)) }
