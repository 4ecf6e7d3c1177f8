package rdd_test

import (
	"fmt"
	"iter"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

func ExampleRDD_ToLocalIterator() {
	s := engine.Start()
	defer s.Stop()
	for n, err := range rdd.Range(s, 0, 1_000_000, 1, 100).ToLocalIterator() {
		engine.Check(err)
		fmt.Println(n)
		if n == 1 {
			break
		}
	}
	fmt.Println(s.Counters().Jobs, "job,", s.Counters().Tasks, "task")
	// Output:
	// 0
	// 1
	// 1 job, 1 task
}

// "+-" and a deeper margin begin a stage.
func ExampleRDD_Lineage() {
	s := engine.Start()
	defer s.Stop()
	sales := rdd.Of(s, 2, rdd.KV("a", 1), rdd.KV("b", 2))
	doubled := rdd.MapValues(rdd.ReduceByKey(sales, rdd.Add), func(n int) int { return 2 * n })
	fmt.Println(doubled.Lineage())
	// Output:
	// (2) MapPartitionsRDD[2] at mapValues []
	//  |  ShuffledRDD[1] at reduceByKey []
	//  +-(2) ParallelCollectionRDD[0] at parallelize []
}

// Datasets are numbered from 0, in the order in which they are defined.
func ExampleRDD_ID() {
	s := engine.Start()
	defer s.Stop()
	words := rdd.Of(s, 1, "un")
	fmt.Println(words.ID(), rdd.Distinct(words).ID()) // a distinct is four datasets
	// Output: 0 3
}

func ExampleRDD_Name() {
	s := engine.Start()
	defer s.Stop()
	words := rdd.Of(s, 1, "un")
	fmt.Printf("%q ", words.Name())
	fmt.Printf("%q\n", words.SetName("mots").Name())
	// Output: "" "mots"
}

// A number of partitions is the parent's, until a shuffle or Coalesce changes it.
func ExampleRDD_NumPartitions() {
	s := engine.Start()
	defer s.Stop()
	words := rdd.Of(s, 4, "un", "deux")
	lengths := rdd.Map(words, func(w string) int { return len(w) })
	fmt.Println(lengths.NumPartitions(), rdd.Coalesce(lengths, 1).NumPartitions(), rdd.Repartition(lengths, 6).NumPartitions())
	// Output: 4 1 6
}

// What placed the keys: nil when nothing is known of where they are.
func ExampleRDD_Partitioner() {
	s := engine.Start()
	defer s.Stop()
	sales := rdd.Of(s, 2, rdd.KV("a", 1), rdd.KV("b", 2))
	sums := rdd.ReduceByKey(sales, rdd.Add, rdd.Hash(3))
	fmt.Println(sales.Partitioner(), sums.Partitioner())
	// Output: <nil> HashPartitioner(3)
}

func ExampleRDD_StorageLevel() {
	s := engine.Start()
	defer s.Stop()
	words := rdd.Of(s, 1, "un")
	fmt.Println(words.StorageLevel().Valid(), words.Cache().StorageLevel())
	// Output: false StorageLevel(memory, deserialized, 1 replicas)
}

func ExampleRDD_Session() {
	s := engine.Start()
	defer s.Stop()
	words := rdd.Of(s, 1, "un")
	more := rdd.Of(words.Session(), 1, "deux")
	fmt.Println(engine.Must(rdd.Union(s, words, more).Collect()))
	// Output: [un deux]
}

// The keys do not change, so the partitioner may stay.
func ExampleMapPartitionsWithIndexKeeping() {
	s := engine.Start()
	defer s.Stop()
	placed := rdd.PartitionBy(rdd.Of(s, 1, rdd.KV(0, "a"), rdd.KV(1, "b")), rdd.Hash(2))
	where := rdd.MapPartitionsWithIndexKeeping(placed, func(p int, rows iter.Seq[rdd.Pair[int, string]]) iter.Seq[rdd.Pair[int, string]] {
		return func(yield func(rdd.Pair[int, string]) bool) {
			for row := range rows {
				if !yield(rdd.KV(row.Key, fmt.Sprint(row.Value, p))) {
					return
				}
			}
		}
	})
	fmt.Println(where.Partitioner(), engine.Must(where.Collect()))
	// Output: HashPartitioner(2) [{0 a0} {1 b1}]
}

func ExampleBroadcast_Value() {
	s := engine.Start()
	defer s.Stop()
	rates := rdd.NewBroadcast(s, map[string]float64{"EUR": 1, "USD": 0.92})
	euros := rdd.Map(rdd.Of(s, 2, rdd.KV("USD", 100.0), rdd.KV("EUR", 5.0)), func(p rdd.Pair[string, float64]) float64 {
		return p.Value * rates.Value()[p.Key]
	})
	fmt.Println(engine.Must(euros.Collect()))
	// Output: [92 5]
}

// Gone is how the engine refuses a job before it starts.
func ExampleBroadcast_Gone() {
	s := engine.Start()
	defer s.Stop()
	rates := rdd.NewBroadcast(s, 0.92)
	fmt.Println(rates.Gone())
	rates.Destroy()
	fmt.Println(rates.Gone())
	// Output:
	// <nil>
	// Task not serializable
}

// What a function adds counts again when a partition is computed again: nothing
// was kept between the two jobs.
func ExampleAccumulator_Add() {
	s := engine.Start()
	defer s.Stop()
	rows := rdd.Counter(s)
	seen := rdd.Map(rdd.Of(s, 2, "a", "b", "c"), func(w string) string { rows.Add(1); return w })
	engine.Must(seen.Count())
	engine.Must(seen.Count())
	fmt.Println(rows.Value())
	// Output: 6
}

// A transformation has run nothing: its accumulator is still at zero.
func ExampleAccumulator_Value() {
	s := engine.Start()
	defer s.Stop()
	rows := rdd.Counter(s)
	seen := rdd.Map(rdd.Of(s, 2, "a", "b"), func(w string) string { rows.Add(1); return w })
	fmt.Println(rows.Value())
	engine.Must(seen.Count())
	fmt.Println(rows.Value())
	// Output:
	// 0
	// 2
}

// Numbers inside a tuple hash alike when they are equal, whatever their type.
func ExampleHashElement() {
	fmt.Println(rdd.HashElement(int64(-1)), rdd.HashElement(-1.0), rdd.HashCode(int64(-1)))
	// Output: -1 -1 0
}

// A key type of one's own may hash as the Scala tuple it stands for.
func ExampleHashTuple() {
	key := []any{"a", 1}
	hash := rdd.HashTuple(len(key), func(i int) int32 { return rdd.HashElement(key[i]) })
	fmt.Println(hash == rdd.HashCode(rdd.KV("a", 1)))
	// Output: true
}
