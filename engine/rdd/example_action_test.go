package rdd_test

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

func ExampleRDD_Collect() {
	s := engine.Start()
	defer s.Stop()
	rows, err := rdd.Of(s, 2, 1, 2, 3).Collect()
	fmt.Println(rows, err)
	// Output: [1 2 3] <nil>
}

func ExampleRDD_Count() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Of(s, 2, "a", "b", "c").Count()))
	// Output: 3
}

// Take stops as soon as it has enough: f runs three times, not a thousand.
func ExampleRDD_Take() {
	s := engine.Start()
	defer s.Stop()
	calls := rdd.Counter(s)
	squares := rdd.Map(rdd.Range(s, 0, 1000, 1, 4), func(n int64) int64 { calls.Add(1); return n * n })
	fmt.Println(engine.Must(squares.Take(3)), calls.Value())
	// Output: [0 1 4] 3
}

func ExampleRDD_First() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Of(s, 3, "b", "a").First()))
	// Output: b
}

func ExampleRDD_IsEmpty() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Of[int](s, 3).IsEmpty()))
	// Output: true
}

func ExampleRDD_ForEach() {
	s := engine.Start()
	defer s.Stop()
	sum := rdd.Counter(s)
	engine.Check(rdd.Of(s, 2, 1, 2, 3).ForEach(func(n int) { sum.Add(int64(n)) }))
	fmt.Println(sum.Value())
	// Output: 6
}

func ExampleRDD_ForEachPartition() {
	s := engine.Start()
	defer s.Stop()
	partitions := rdd.Counter(s)
	engine.Check(rdd.Of(s, 3, "a", "b").ForEachPartition(func(iter.Seq[string]) { partitions.Add(1) }))
	fmt.Println(partitions.Value())
	// Output: 3
}

func ExampleRDD_Reduce() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Of(s, 2, 3, 1, 2).Reduce(func(a, b int) int { return max(a, b) })))
	// Output: 3
}

// zero is used once in each partition and once more by the program: here 3 times.
func ExampleRDD_Fold() {
	s := engine.Start()
	defer s.Stop()
	numbers := rdd.Of(s, 2, 1, 2, 3, 4)
	fmt.Println(engine.Must(numbers.Fold(0, rdd.Add)), engine.Must(numbers.Fold(10, rdd.Add)))
	// Output: 10 40
}

func ExampleAggregate() {
	s := engine.Start()
	defer s.Stop()
	letters := engine.Must(rdd.Aggregate(rdd.Of(s, 2, "un", "deux"), 0,
		func(n int, w string) int { return n + len(w) }, rdd.Add))
	fmt.Println(letters)
	// Output: 6
}

func ExampleCollectMap() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.CollectMap(rdd.Of(s, 2, rdd.KV("a", 1), rdd.KV("b", 2)))))
	// Output: map[a:1 b:2]
}

func ExampleCountByKey() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.CountByKey(rdd.Of(s, 2, rdd.KV("a", 1), rdd.KV("b", 2), rdd.KV("a", 3)))))
	// Output: map[a:2 b:1]
}

func ExampleLookup() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Lookup(rdd.Of(s, 2, rdd.KV("a", 1), rdd.KV("b", 2), rdd.KV("a", 3)), "a")))
	// Output: [1 3]
}

func ExampleSortBy() {
	s := engine.Start()
	defer s.Stop()
	byLength := rdd.SortBy(rdd.Of(s, 2, "trois", "un", "deux"), func(w string) int { return len(w) }, rdd.Ascending)
	fmt.Println(engine.Must(byLength.Collect()))
	// Output: [un deux trois]
}

func ExampleSortByFunc() {
	s := engine.Start()
	defer s.Stop()
	type version struct{ Major, Minor int }
	order := func(a, b version) int {
		if a.Major != b.Major {
			return a.Major - b.Major
		}
		return a.Minor - b.Minor
	}
	same := func(v version) version { return v }
	sortedRows := rdd.SortByFunc(rdd.Of(s, 2, version{4, 3}, version{3, 5}, version{4, 0}), same, order, rdd.Descending)
	fmt.Println(engine.Must(sortedRows.Collect()))
	// Output: [{4 3} {4 0} {3 5}]
}

func ExampleSortByKey() {
	s := engine.Start()
	defer s.Stop()
	rows := rdd.SortByKey(rdd.Of(s, 2, rdd.KV(3, "c"), rdd.KV(1, "a"), rdd.KV(2, "b")), rdd.Ascending)
	fmt.Println(engine.Must(rdd.Glom(rows).Collect()))
	// Output: [[{1 a} {2 b}] [{3 c}]]
}

func ExampleSortByKeyFunc() {
	s := engine.Start()
	defer s.Stop()
	byLength := func(a, b string) int { return len(a) - len(b) }
	rows := rdd.SortByKeyFunc(rdd.Of(s, 2, rdd.KV("trois", 3), rdd.KV("un", 1)), byLength, rdd.Ascending)
	fmt.Println(engine.Must(rows.Collect()))
	// Output: [{un 1} {trois 3}]
}

func ExampleRangePartitioner() {
	s := engine.Start()
	defer s.Stop()
	rows := rdd.KeyBy(rdd.Of(s, 2, 5, 1, 9, 3, 7, 2), func(n int) int { return n })
	by := engine.Must(rdd.RangePartitioner(rows, 3, rdd.Ascending))
	fmt.Println(by, by.Partition(1), by.Partition(4), by.Partition(100))
	// Output: RangePartitioner(3) 0 1 2
}

func ExampleRepartitionAndSortWithinPartitions() {
	s := engine.Start()
	defer s.Stop()
	rows := rdd.Of(s, 2, rdd.KV(3, "c"), rdd.KV(4, "d"), rdd.KV(1, "a"), rdd.KV(2, "b"))
	fmt.Println(engine.Must(rdd.Glom(rdd.RepartitionAndSortWithinPartitions(rows, rdd.Hash(2))).Collect()))
	// Output: [[{2 b} {4 d}] [{1 a} {3 c}]]
}

func ExampleRepartitionAndSortWithinPartitionsFunc() {
	s := engine.Start()
	defer s.Stop()
	down := func(a, b int) int { return b - a }
	rows := rdd.Of(s, 2, rdd.KV(3, "c"), rdd.KV(1, "a"), rdd.KV(5, "e"))
	fmt.Println(engine.Must(rdd.RepartitionAndSortWithinPartitionsFunc(rows, rdd.Hash(1), down).Collect()))
	// Output: [{5 e} {3 c} {1 a}]
}

// Cache is a mark; the first action computes and keeps, the second reads.
func ExampleRDD_Cache() {
	s := engine.Start()
	defer s.Stop()
	calls := rdd.Counter(s)
	slow := rdd.Map(rdd.Of(s, 2, 1, 2, 3, 4), func(n int) int { calls.Add(1); return n * n }).Cache()
	engine.Must(slow.Count())
	engine.Must(slow.Count())
	fmt.Println(calls.Value(), "calls")
	fmt.Println(slow.StorageLevel().Description())
	// Output:
	// 4 calls
	// Memory Deserialized 1x Replicated
}

// The blocks of DiskOnly are files; the level cannot be changed while it is set.
func ExampleRDD_Persist() {
	s := engine.Start()
	defer s.Stop()
	numbers := rdd.Of(s, 2, 1, 2, 3).Persist(rdd.DiskOnly)
	fmt.Println(engine.Must(numbers.Count()), engine.Must(numbers.Count()))
	numbers.Persist(rdd.MemoryOnly)
	fmt.Println(numbers.Err() != nil)
	// Output:
	// 3 3
	// true
}

func ExampleRDD_Unpersist() {
	s := engine.Start()
	defer s.Stop()
	numbers := rdd.Of(s, 2, 1, 2, 3).Cache()
	engine.Must(numbers.Count())
	engine.Check(numbers.Unpersist())
	fmt.Println(numbers.StorageLevel().Valid())
	// Output: false
}

func ExampleNewBroadcast() {
	s := engine.Start()
	defer s.Stop()
	names := rdd.NewBroadcast(s, map[string]string{"UA": "United", "AA": "American"})
	codes := rdd.Map(rdd.Of(s, 2, "AA", "UA"), func(code string) string { return names.Value()[code] })
	fmt.Println(engine.Must(codes.Collect())) // a join without a shuffle
	// Output: [American United]
}

func ExampleBroadcast_Destroy() {
	s := engine.Start()
	defer s.Stop()
	one := rdd.NewBroadcast(s, 1)
	one.Destroy()
	_, err := rdd.Map(rdd.Of(s, 1, 1), func(n int) int { return n + one.Value() }).Count()
	fmt.Println(err != nil)
	// Output: true
}

func ExampleCounter() {
	s := engine.Start()
	defer s.Stop()
	bad := rdd.Counter(s)
	rows := rdd.Filter(rdd.Of(s, 2, "12", "x", "7"), func(w string) bool {
		if w == "x" {
			bad.Add(1)
		}
		return w != "x"
	})
	fmt.Println(engine.Must(rows.Count()), "good,", bad.Value(), "bad")
	// Output: 2 good, 1 bad
}

func ExampleNewAccumulator() {
	s := engine.Start()
	defer s.Stop()
	longest := rdd.NewAccumulator(s, 0, func(a, b int) int { return max(a, b) })
	engine.Check(rdd.Of(s, 2, "un", "trois").ForEach(func(w string) { longest.Add(len(w)) }))
	fmt.Println(longest.Value())
	// Output: 5
}

func ExampleTextFile() {
	dir := engine.Must(os.MkdirTemp("", "example"))
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "animaux.txt")
	engine.Check(os.WriteFile(path, []byte("chat\nchien\nhibou\n"), 0o644))

	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.TextFile(s, path, 2).Collect()))
	// Output: [chat chien hibou]
}

func ExampleWholeTextFiles() {
	dir := engine.Must(os.MkdirTemp("", "example"))
	defer os.RemoveAll(dir)
	engine.Check(os.WriteFile(filepath.Join(dir, "a.txt"), []byte("chat\n"), 0o644))

	s := engine.Start()
	defer s.Stop()
	for _, file := range engine.Must(rdd.WholeTextFiles(s, dir).Collect()) {
		fmt.Printf("%s %q\n", filepath.Base(file.Key), file.Value)
	}
	// Output: a.txt "chat\n"
}

func ExampleView() {
	s := engine.Start()
	defer s.Stop()
	type row struct{ Key, Value string }
	rows := rdd.Of(s, 1, row{"a", "1"})
	pairs := rdd.View(rows, func(r row) rdd.Pair[string, string] { return rdd.KV(r.Key, r.Value) })
	fmt.Println(pairs.ID() == rows.ID(), engine.Must(pairs.Collect()))
	// Output: true [{a 1}]
}
