package rdd_test

import (
	"fmt"
	"slices"
	"strings"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// sorted prints rows in an order of their own: the order in which a shuffle
// gives them is nobody's to count on.
func sorted[T any](rows []T, err error) {
	lines := []string{}
	for _, row := range engine.Must(rows, err) {
		lines = append(lines, fmt.Sprint(row))
	}
	slices.Sort(lines)
	fmt.Println(strings.Join(lines, " "))
}

func ExampleMapToPair() {
	s := engine.Start()
	defer s.Stop()
	sorted(rdd.MapToPair(rdd.Of(s, 2, "un", "deux"), func(w string) (string, int) { return w, len(w) }).Collect())
	// Output: {deux 4} {un 2}
}

func ExampleKeyBy() {
	s := engine.Start()
	defer s.Stop()
	sorted(rdd.KeyBy(rdd.Of(s, 2, "un", "deux"), func(w string) int { return len(w) }).Collect())
	// Output: {2 un} {4 deux}
}

func ExampleKeys() {
	s := engine.Start()
	defer s.Stop()
	sorted(rdd.Keys(rdd.Of(s, 1, rdd.KV("a", 1), rdd.KV("b", 2))).Collect())
	// Output: a b
}

func ExampleValues() {
	s := engine.Start()
	defer s.Stop()
	sorted(rdd.Values(rdd.Of(s, 1, rdd.KV("a", 1), rdd.KV("b", 2))).Collect())
	// Output: 1 2
}

func ExampleKey() {
	s := engine.Start()
	defer s.Stop()
	rows := rdd.SortBy(rdd.Of(s, 2, rdd.KV("b", 1), rdd.KV("a", 2)), rdd.Key, rdd.Ascending)
	fmt.Println(engine.Must(rows.Collect()))
	// Output: [{a 2} {b 1}]
}

func ExampleValue() {
	s := engine.Start()
	defer s.Stop()
	rows := rdd.SortBy(rdd.Of(s, 2, rdd.KV("a", 2), rdd.KV("b", 1)), rdd.Value, rdd.Ascending)
	fmt.Println(engine.Must(rows.Collect()))
	// Output: [{b 1} {a 2}]
}

func ExampleKV() {
	fmt.Println(rdd.KV("JFK", 3))
	// Output: {JFK 3}
}

// MapValues keeps the partitioner, Map forgets it.
func ExampleMapValues() {
	s := engine.Start()
	defer s.Stop()
	placed := rdd.PartitionBy(rdd.Of(s, 1, rdd.KV("a", 1), rdd.KV("b", 2)), rdd.Hash(3))
	kept := rdd.MapValues(placed, func(n int) int { return 10 * n })
	lost := rdd.Map(placed, func(p rdd.Pair[string, int]) rdd.Pair[string, int] { return rdd.KV(p.Key, 10*p.Value) })
	fmt.Println(kept.Partitioner(), lost.Partitioner())
	// Output: HashPartitioner(3) <nil>
}

func ExampleFlatMapValues() {
	s := engine.Start()
	defer s.Stop()
	sorted(rdd.FlatMapValues(rdd.Of(s, 1, rdd.KV("a", "1 2"), rdd.KV("b", "3")), strings.Fields).Collect())
	// Output: {a 1} {a 2} {b 3}
}

func ExampleAdd() {
	fmt.Println(rdd.Add(2, 3), rdd.Add(0.5, 0.25))
	// Output: 5 0.75
}

func ExampleReduceByKey() {
	s := engine.Start()
	defer s.Stop()
	sales := rdd.Of(s, 2, rdd.KV("a", 1), rdd.KV("b", 2), rdd.KV("a", 3))
	sorted(rdd.ReduceByKey(sales, rdd.Add).Collect())
	// Output: {a 4} {b 2}
}

func ExampleGroupByKey() {
	s := engine.Start()
	defer s.Stop()
	sales := rdd.Of(s, 2, rdd.KV("a", 1), rdd.KV("b", 2), rdd.KV("a", 3))
	sorted(rdd.GroupByKey(sales).Collect())
	// Output: {a [1 3]} {b [2]}
}

func ExampleGroupBy() {
	s := engine.Start()
	defer s.Stop()
	sorted(rdd.GroupBy(rdd.Of(s, 1, 1, 2, 3, 4), func(n int) bool { return n%2 == 0 }).Collect())
	// Output: {false [1 3]} {true [2 4]}
}

// A mean is a sum and a count, kept apart until the end.
func ExampleCombineByKey() {
	s := engine.Start()
	defer s.Stop()
	type mean struct{ Sum, Count int }
	marks := rdd.Of(s, 2, rdd.KV("ada", 12), rdd.KV("ada", 18), rdd.KV("bob", 9))
	means := rdd.CombineByKey(marks,
		func(n int) mean { return mean{n, 1} },
		func(m mean, n int) mean { return mean{m.Sum + n, m.Count + 1} },
		func(a, b mean) mean { return mean{a.Sum + b.Sum, a.Count + b.Count} })
	sorted(rdd.MapValues(means, func(m mean) float64 { return float64(m.Sum) / float64(m.Count) }).Collect())
	// Output: {ada 15} {bob 9}
}

func ExampleCombineByKeyReduceSide() {
	s := engine.Start()
	defer s.Stop()
	same := func(n int) int { return n }
	sorted(rdd.CombineByKeyReduceSide(rdd.Of(s, 2, rdd.KV("a", 1), rdd.KV("a", 2)), same, rdd.Add, rdd.Add).Collect())
	// Output: {a 3}
}

func ExampleAggregateByKey() {
	s := engine.Start()
	defer s.Stop()
	longest := func(n int, w string) int { return max(n, len(w)) }
	words := rdd.Of(s, 2, rdd.KV("fr", "chat"), rdd.KV("fr", "souris"), rdd.KV("en", "cat"))
	sorted(rdd.AggregateByKey(words, 0, longest, func(a, b int) int { return max(a, b) }).Collect())
	// Output: {en 3} {fr 6}
}

func ExampleFoldByKey() {
	s := engine.Start()
	defer s.Stop()
	sorted(rdd.FoldByKey(rdd.Of(s, 2, rdd.KV("a", 2), rdd.KV("a", 5)), 1, func(a, b int) int { return a * b }).Collect())
	// Output: {a 10}
}

// Equal partitioners place alike: what is placed already does not move.
func ExamplePartitionBy() {
	s := engine.Start()
	defer s.Stop()
	placed := rdd.PartitionBy(rdd.Of(s, 1, rdd.KV(0, "a"), rdd.KV(1, "b"), rdd.KV(2, "c"), rdd.KV(-1, "d")), rdd.Hash(2))
	fmt.Println(engine.Must(rdd.Glom(placed).Collect()))
	fmt.Println(rdd.PartitionBy(placed, rdd.Hash(2)) == placed)
	// Output:
	// [[{0 a} {2 c}] [{1 b} {-1 d}]]
	// true
}

func ExampleHash() {
	by := rdd.Hash(3)
	fmt.Println(by.Partition("chat"), by.Partition(7), by.Partition(-1))
	// Output: 2 1 2
}

func ExampleHashCode() {
	fmt.Println(rdd.HashCode("Spark"), rdd.HashCode(-1), rdd.HashCode(int64(-1)), rdd.HashCode(rdd.KV("a", 1)))
	// Output: 80085693 -1 0 -1734940110
}

func ExampleCoGroup() {
	s := engine.Start()
	defer s.Stop()
	left := rdd.Of(s, 2, rdd.KV(1, "a"), rdd.KV(2, "b"))
	right := rdd.Of(s, 2, rdd.KV(2, 20), rdd.KV(3, 30))
	sorted(rdd.CoGroup(left, right).Collect())
	// Output: {1 {[a] []}} {2 {[b] [20]}} {3 {[] [30]}}
}

func ExampleJoin() {
	s := engine.Start()
	defer s.Stop()
	names := rdd.Of(s, 2, rdd.KV(1, "ada"), rdd.KV(2, "bob"))
	visits := rdd.Of(s, 2, rdd.KV(1, "/"), rdd.KV(1, "/faq"), rdd.KV(3, "/"))
	sorted(rdd.Join(names, visits).Collect())
	// Output: {1 {ada /faq}} {1 {ada /}}
}

func ExampleLeftOuterJoin() {
	s := engine.Start()
	defer s.Stop()
	names := rdd.Of(s, 2, rdd.KV(1, "ada"), rdd.KV(2, "bob"))
	visits := rdd.Of(s, 2, rdd.KV(1, "/"))
	sorted(rdd.LeftOuterJoin(names, visits).Collect())
	// Output: {1 {ada {/ true}}} {2 {bob { false}}}
}

func ExampleRightOuterJoin() {
	s := engine.Start()
	defer s.Stop()
	sorted(rdd.RightOuterJoin(rdd.Of(s, 1, rdd.KV(1, "ada")), rdd.Of(s, 1, rdd.KV(1, "/"), rdd.KV(3, "/"))).Collect())
	// Output: {1 {{ada true} /}} {3 {{ false} /}}
}

func ExampleFullOuterJoin() {
	s := engine.Start()
	defer s.Stop()
	sorted(rdd.FullOuterJoin(rdd.Of(s, 1, rdd.KV(1, 10)), rdd.Of(s, 1, rdd.KV(2, 20))).Collect())
	// Output: {1 {{10 true} {0 false}}} {2 {{0 false} {20 true}}}
}
