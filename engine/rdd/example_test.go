package rdd_test

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// A word count: nothing runs before Collect asks for rows.
func Example() {
	s := engine.Start(engine.Cores(2))
	defer s.Stop()

	lines := rdd.Of(s, 3, "to be or not to be", "that is the question", "to sleep")
	words := rdd.FlatMap(lines, strings.Fields)
	ones := rdd.MapToPair(words, func(w string) (string, int) { return w, 1 })
	counts := rdd.ReduceByKey(ones, rdd.Add) // the only shuffle

	top := rdd.SortBy(counts, rdd.Value, rdd.Descending)
	fmt.Println(engine.Must(top.Take(2)))
	fmt.Println(counts.Lineage())
	// Output:
	// [{to 3} {be 2}]
	// (3) ShuffledRDD[3] at reduceByKey []
	//  +-(3) MapPartitionsRDD[2] at map []
	//     |  MapPartitionsRDD[1] at flatMap []
	//     |  ParallelCollectionRDD[0] at parallelize []
}

func ExampleOf() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Glom(rdd.Of(s, 3, 1, 2, 3, 4)).Collect()))
	// Output: [[1] [2] [3 4]]
}

func ExampleFromSlice() {
	s := engine.Start()
	defer s.Stop()
	months := []string{"janvier", "février"}
	fmt.Println(engine.Must(rdd.FromSlice(s, 2, months).Count()))
	// Output: 2
}

func ExampleEmpty() {
	s := engine.Start()
	defer s.Stop()
	none := rdd.Empty[int](s)
	fmt.Println(none.NumPartitions(), engine.Must(none.Count()))
	_, err := none.First()
	fmt.Println(err != nil)
	// Output:
	// 0 0
	// true
}

func ExampleRange() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Range(s, 0, 10, 3, 2).Collect()))
	// Output: [0 3 6 9]
}

func ExampleFromPartitions() {
	s := engine.Start()
	defer s.Stop()
	tens := rdd.FromPartitions(s, "tens", 3, func(p int) ([]int, error) { return []int{10 * p, 10*p + 1}, nil })
	fmt.Println(engine.Must(tens.Collect()))
	// Output: [0 1 10 11 20 21]
}

func ExampleMap() {
	s := engine.Start()
	defer s.Stop()
	lengths := rdd.Map(rdd.Of(s, 2, "un", "deux", "trois"), func(w string) int { return len(w) })
	fmt.Println(engine.Must(lengths.Collect()))
	// Output: [2 4 5]
}

func ExampleFilter() {
	s := engine.Start()
	defer s.Stop()
	even := rdd.Filter(rdd.Of(s, 2, 1, 2, 3, 4), func(n int) bool { return n%2 == 0 })
	fmt.Println(engine.Must(even.Collect()))
	// Output: [2 4]
}

func ExampleFlatMap() {
	s := engine.Start()
	defer s.Stop()
	words := rdd.FlatMap(rdd.Of(s, 1, "le chat", "", "dort"), strings.Fields)
	fmt.Println(engine.Must(words.Collect()))
	// Output: [le chat dort]
}

// f runs once a partition: what it opens is opened once, not once a row.
func ExampleMapPartitions() {
	s := engine.Start()
	defer s.Stop()
	sums := rdd.MapPartitions(rdd.Of(s, 2, 1, 2, 3, 4), func(rows iter.Seq[int]) iter.Seq[int] {
		sum := 0
		for n := range rows {
			sum += n
		}
		return slices.Values([]int{sum})
	})
	fmt.Println(engine.Must(sums.Collect()))
	// Output: [3 7]
}

func ExampleMapPartitionsKeeping() {
	s := engine.Start()
	defer s.Stop()
	placed := rdd.PartitionBy(rdd.Of(s, 1, rdd.KV("a", 1), rdd.KV("b", 2)), rdd.Hash(2))
	same := rdd.MapPartitionsKeeping(placed, func(rows iter.Seq[rdd.Pair[string, int]]) iter.Seq[rdd.Pair[string, int]] { return rows })
	fmt.Println(same.Partitioner())
	// Output: HashPartitioner(2)
}

func ExampleMapPartitionsWithIndex() {
	s := engine.Start()
	defer s.Stop()
	where := rdd.MapPartitionsWithIndex(rdd.Of(s, 2, "a", "b"), func(p int, rows iter.Seq[string]) iter.Seq[string] {
		return func(yield func(string) bool) {
			for row := range rows {
				if !yield(fmt.Sprint(row, p)) {
					return
				}
			}
		}
	})
	fmt.Println(engine.Must(where.Collect()))
	// Output: [a0 b1]
}

func ExampleGlom() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Glom(rdd.Of(s, 2, 1, 2, 3)).Collect()))
	// Output: [[1] [2 3]]
}

// Coalesce joins neighbours and moves nothing; an uneven dataset stays uneven.
func ExampleCoalesce() {
	s := engine.Start()
	defer s.Stop()
	fmt.Println(engine.Must(rdd.Glom(rdd.Coalesce(rdd.Of(s, 4, 1, 2, 3, 4), 2)).Collect()))
	// Output: [[1 2] [3 4]]
}

// Repartition deals the rows out again: the partitions become even.
func ExampleRepartition() {
	s := engine.Start()
	defer s.Stop()
	dealt := rdd.Repartition(rdd.Of(s, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), 3)
	for _, rows := range engine.Must(rdd.Glom(dealt).Collect()) {
		fmt.Println(len(rows), "rows")
	}
	// Output:
	// 4 rows
	// 4 rows
	// 4 rows
}

func ExampleCoalesceShuffled() {
	s := engine.Start()
	defer s.Stop()
	more := rdd.CoalesceShuffled(rdd.Of(s, 2, 1, 2, 3, 4), 4)
	fmt.Println(more.NumPartitions())
	// Output: 4
}

func ExampleUnion() {
	s := engine.Start()
	defer s.Stop()
	both := rdd.Union(s, rdd.Of(s, 1, "a", "b"), rdd.Of(s, 2, "b", "c"))
	fmt.Println(both.NumPartitions(), engine.Must(both.Collect()))
	// Output: 3 [a b b c]
}

func ExampleDistinct() {
	s := engine.Start()
	defer s.Stop()
	once := rdd.Distinct(rdd.Of(s, 2, "b", "a", "b", "a"))
	fmt.Println(slices.Sorted(slices.Values(engine.Must(once.Collect()))))
	// Output: [a b]
}

func ExampleRDD_Err() {
	s := engine.Start()
	defer s.Stop()
	none := rdd.Coalesce(rdd.Of(s, 2, 1, 2), 0) // the mistake is kept …
	fmt.Println(none.Err() != nil)
	_, err := none.Count() // … and the action returns it
	fmt.Println(err == none.Err())
	// Output:
	// true
	// true
}

func ExampleRDD_SetName() {
	s := engine.Start()
	defer s.Stop()
	numbers := rdd.Of(s, 2, 1, 2, 3).SetName("nombres")
	fmt.Println(numbers.Name(), numbers.ID())
	fmt.Println(numbers.Lineage())
	// Output:
	// nombres 0
	// (2) nombres ParallelCollectionRDD[0] at parallelize []
}

func ExampleRDD_Dependencies() {
	s := engine.Start()
	defer s.Stop()
	counts := rdd.ReduceByKey(rdd.Of(s, 2, rdd.KV("a", 1)), rdd.Add)
	fmt.Println(counts.Dependencies())
	// Output: [{ShuffleDependency ParallelCollectionRDD 0}]
}
