package rdd_test

import (
	"fmt"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

func ExampleRDD_Explain() {
	s := engine.Start(engine.Sequential())
	defer s.Stop()
	ones := rdd.Map(rdd.Of(s, 2, "a", "b", "a"), func(w string) rdd.Pair[string, int] { return rdd.KV(w, 1) })
	counts := rdd.ReduceByKey(ones, rdd.Add)
	engine.Must(counts.Count())
	engine.Must(counts.Count()) // the map stage is skipped: its shuffle's files are still there
	fmt.Println(counts.Explain())
	// Output:
	// (2) ShuffledRDD[2] at reduceByKey []
	//  +-(2) MapPartitionsRDD[1] at map []
	//     |  ParallelCollectionRDD[0] at parallelize []
	// job 0 count at example_explain_test.go:15: 2 stages, 0 skipped, 4 tasks
	//   stage 0 map at example_explain_test.go:13: 2 tasks, 3 to combine, 3 shuffle written
	//     [1] MapPartitionsRDD at map (example_explain_test.go:13)
	//     [0] ParallelCollectionRDD at parallelize (example_explain_test.go:13)
	//   stage 1 count at example_explain_test.go:15: 2 tasks, 3 shuffle read
	//     [2] ShuffledRDD at reduceByKey (example_explain_test.go:14), placed by HashPartitioner(2)
	// job 1 count at example_explain_test.go:16: 2 stages, 1 skipped, 2 tasks
	//   stage 2 map at example_explain_test.go:13: skipped, its shuffle 0 was written by stage 0
	//     [1] MapPartitionsRDD at map (example_explain_test.go:13)
	//     [0] ParallelCollectionRDD at parallelize (example_explain_test.go:13)
	//   stage 3 count at example_explain_test.go:16: 2 tasks, 3 shuffle read
	//     [2] ShuffledRDD at reduceByKey (example_explain_test.go:14), placed by HashPartitioner(2)
}
