package rdd_test

import (
	"fmt"
	"iter"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// Zip needs as many partitions on both sides, and as many rows in each.
func ExampleZip() {
	s := engine.Start(engine.Attempts(1))
	defer s.Stop()
	cities := rdd.Of(s, 2, "Lyon", "Nice", "Brest")
	fmt.Println(engine.Must(rdd.Zip(cities, rdd.Of(s, 2, 69, 6, 29)).Collect()))
	_, err := rdd.Zip(cities, rdd.Of(s, 3, 69, 6, 29)).Count()
	fmt.Println(err)
	// Output:
	// [{Lyon 69} {Nice 6} {Brest 29}]
	// Can't zip RDDs with unequal numbers of partitions: List(2, 3) (example_zip_test.go:17)
}

func ExampleZipPartitions() {
	s := engine.Start()
	defer s.Stop()
	size := func(rows iter.Seq[int]) (n int) {
		for range rows {
			n++
		}
		return n
	}
	sizes := rdd.ZipPartitions(rdd.Of(s, 2, 1, 2, 3), rdd.Of(s, 2, 4, 5), func(left, right iter.Seq[int]) iter.Seq[string] {
		return func(yield func(string) bool) { yield(fmt.Sprint(size(left), " and ", size(right))) }
	})
	for _, line := range engine.Must(sizes.Collect()) { // f may make of the two what it likes
		fmt.Println(line)
	}
	// Output:
	// 1 and 1
	// 2 and 1
}

// The index of a row needs the sizes of the partitions before it: a job runs at
// the definition. ZipWithUniqueId does without.
func ExampleZipWithIndex() {
	s := engine.Start()
	defer s.Stop()
	letters := rdd.Of(s, 2, "a", "b", "c")
	numbered := rdd.ZipWithIndex(letters)
	fmt.Println(s.Counters().Jobs, "job before any action")
	fmt.Println(engine.Must(numbered.Collect()))
	// Output:
	// 1 job before any action
	// [{a 0} {b 1} {c 2}]
}

// Row k of partition i of n has the number k*n+i: no job, but gaps.
func ExampleZipWithUniqueId() {
	s := engine.Start()
	defer s.Stop()
	numbered := rdd.ZipWithUniqueId(rdd.Of(s, 2, "a", "b", "c"))
	fmt.Println(s.Counters().Jobs, "jobs before any action")
	fmt.Println(engine.Must(numbered.Collect()))
	// Output:
	// 0 jobs before any action
	// [{a 0} {b 1} {c 3}]
}

// Every row with every row: n × m partitions and rows, so keep it for small sides.
func ExampleCartesian() {
	s := engine.Start()
	defer s.Stop()
	menus := rdd.Cartesian(rdd.Of(s, 2, "soupe", "salade"), rdd.Of(s, 2, "tarte", "fruit"))
	fmt.Println(menus.NumPartitions(), "partitions")
	sorted(menus.Collect())
	// Output:
	// 4 partitions
	// {salade fruit} {salade tarte} {soupe fruit} {soupe tarte}
}
