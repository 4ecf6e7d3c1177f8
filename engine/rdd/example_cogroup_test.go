package rdd_test

import (
	"fmt"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// One shuffle gathers three datasets; two joins would make two.
func ExampleCoGroup3() {
	s := engine.Start()
	defer s.Stop()
	names := rdd.Of(s, 2, rdd.KV(1, "ada"), rdd.KV(2, "bob"))
	marks := rdd.Of(s, 2, rdd.KV(1, 18), rdd.KV(1, 15))
	cities := rdd.Of(s, 1, rdd.KV(2, "Nice"))
	sorted(rdd.CoGroup3(names, marks, cities).Collect())
	// Output: {1 {[ada] [18 15] []}} {2 {[bob] [] [Nice]}}
}

func ExampleCoGroup4() {
	s := engine.Start()
	defer s.Stop()
	one := func(v int) *rdd.Pairs[string, int] { return rdd.Of(s, 1, rdd.KV("k", v)) }
	sorted(rdd.CoGroup4(one(1), one(2), one(3), one(4)).Collect())
	// Output: {k {[1] [2] [3] [4]}}
}

// Each task brings one value a key: nothing is shuffled, and all keys must fit in
// the program.
func ExampleReduceByKeyLocally() {
	s := engine.Start()
	defer s.Stop()
	sales := rdd.Of(s, 2, rdd.KV("a", 1), rdd.KV("b", 2), rdd.KV("a", 3))
	fmt.Println(engine.Must(rdd.ReduceByKeyLocally(sales, rdd.Add)), s.Counters().ShuffleWrite, "rows shuffled")
	// Output: map[a:4 b:2] 0 rows shuffled
}
