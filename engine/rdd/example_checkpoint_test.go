package rdd_test

import (
	"fmt"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

// A checkpoint is written by a second job, which computes the rows again; and it
// cuts the lineage: what the rows came from is forgotten.
func ExampleRDD_Checkpoint() {
	s := engine.Start(engine.Files(&fs.Memory{}), engine.CheckpointDir("checkpoints"))
	defer s.Stop()
	calls := rdd.Counter(s)
	squares := rdd.Map(rdd.Of(s, 2, 1, 2, 3, 4), func(n int) int { calls.Add(1); return n * n })
	squares.Checkpoint()
	fmt.Println(squares.Lineage())
	engine.Must(squares.Count())
	fmt.Println(calls.Value(), "calls for 4 rows")
	fmt.Println(squares.Lineage())
	// Output:
	// (2) MapPartitionsRDD[1] at map []
	//  |  ParallelCollectionRDD[0] at parallelize []
	// 8 calls for 4 rows
	// (2) MapPartitionsRDD[1] at map []
	//  |  ReliableCheckpointRDD[2] at count []
}

// With a cache in front the second job reads blocks: the rows are computed once.
// A cache alone keeps the lineage, and is lost with the session; the checkpoint
// stays.
func ExampleRDD_Checkpoint_cached() {
	s := engine.Start(engine.Files(&fs.Memory{}), engine.CheckpointDir("checkpoints"))
	defer s.Stop()
	calls := rdd.Counter(s)
	squares := rdd.Map(rdd.Of(s, 2, 1, 2, 3, 4), func(n int) int { calls.Add(1); return n * n })
	squares.Cache().Checkpoint()
	engine.Must(squares.Count())
	fmt.Println(calls.Value(), "calls for 4 rows")
	// Output: 4 calls for 4 rows
}

// Another session, or another program, goes on where this one stopped.
func ExampleFromCheckpoint() {
	var disk fs.Memory
	s := engine.Start(engine.Files(&disk), engine.CheckpointDir("checkpoints"))
	squares := rdd.Map(rdd.Of(s, 2, 1, 2, 3), func(n int) int { return n * n }).Checkpoint()
	engine.Must(squares.Count())
	path, _ := squares.CheckpointFile()
	s.Stop()

	later := engine.Start(engine.Files(&disk))
	defer later.Stop()
	fmt.Println(engine.Must(rdd.FromCheckpoint[int](later, path).Collect()))
	_, err := rdd.FromCheckpoint[string](later, path).Collect() // of another type
	fmt.Println(err != nil)
	// Output:
	// [1 4 9]
	// true
}

// A mark that comes after a first job is never acted upon, as in Spark.
func ExampleRDD_IsCheckpointed() {
	s := engine.Start(engine.Files(&fs.Memory{}), engine.CheckpointDir("checkpoints"))
	defer s.Stop()
	in, late := rdd.Of(s, 1, 1, 2), rdd.Of(s, 1, 3, 4)
	in.Checkpoint()
	engine.Must(in.Count())
	engine.Must(late.Count())
	late.Checkpoint() // too late
	engine.Must(late.Count())
	fmt.Println(in.IsCheckpointed(), late.IsCheckpointed())
	// Output: true false
}

func ExampleRDD_CheckpointFile() {
	s := engine.Start(engine.Files(&fs.Memory{}), engine.CheckpointDir("checkpoints"))
	defer s.Stop()
	numbers := rdd.Of(s, 1, 1, 2).Checkpoint()
	_, before := numbers.CheckpointFile()
	engine.Must(numbers.Count())
	_, after := numbers.CheckpointFile()
	fmt.Println(before, after)
	// Output: false true
}

// A local checkpoint lies in the executors' blocks: no second computation and no
// file, but what is lost with an executor cannot be computed again.
func ExampleRDD_LocalCheckpoint() {
	s := engine.Start()
	defer s.Stop()
	numbers := rdd.Map(rdd.Of(s, 1, 1, 2), func(n int) int { return n + 1 }).LocalCheckpoint()
	engine.Must(numbers.Count())
	_, file := numbers.CheckpointFile()
	fmt.Println(numbers.IsCheckpointed(), file, numbers.StorageLevel().Description())
	engine.Check(numbers.Unpersist())
	_, err := numbers.Count()
	fmt.Println(err != nil)
	// Output:
	// true false Disk Memory Deserialized 1x Replicated
	// true
}
