package rdd_test

import (
	"fmt"
	"strings"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// An intersection has each row once.
func ExampleIntersection() {
	s := engine.Start()
	defer s.Stop()
	sorted(rdd.Intersection(rdd.Of(s, 2, 1, 1, 2, 3), rdd.Of(s, 2, 1, 3, 3, 4)).Collect())
	// Output: 1 3
}

// A difference keeps the duplicates of the left side.
func ExampleSubtract() {
	s := engine.Start()
	defer s.Stop()
	sorted(rdd.Subtract(rdd.Of(s, 2, 1, 1, 2, 3), rdd.Of(s, 2, 3, 4)).Collect())
	// Output: 1 1 2
}

func ExampleSubtractByKey() {
	s := engine.Start()
	defer s.Stop()
	stock := rdd.Of(s, 2, rdd.KV("vis", 12), rdd.KV("clou", 7), rdd.KV("écrou", 3))
	sold := rdd.Of(s, 1, rdd.KV("clou", true))
	sorted(rdd.SubtractByKey(stock, sold).Collect())
	// Output: {vis 12} {écrou 3}
}

// On a dataset that is placed by ranges only the partitions that can hold such
// keys are read: here two of four.
func ExampleFilterByRange() {
	s := engine.Start()
	defer s.Stop()
	years := rdd.KeyBy(rdd.Of(s, 2, 2019, 2013, 2024, 2016, 2021, 2014, 2018, 2015), func(y int) int { return y })
	ranged := rdd.SortByKey(years, rdd.Ascending, 4)
	some := rdd.FilterByRange(ranged, 2015, 2018)
	fmt.Println(engine.Must(rdd.Values(some).Collect()), some.NumPartitions(), "partitions")
	// Output: [2015 2016 2018] 2 partitions
}

func ExampleFilterByRangeFunc() {
	s := engine.Start()
	defer s.Stop()
	names := rdd.KeyBy(rdd.Of(s, 2, "Zoé", "ada", "Bob", "eve"), func(name string) string { return name })
	noCase := func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }
	sorted(rdd.Values(rdd.FilterByRangeFunc(names, "A", "c", noCase)).Collect())
	// Output: Bob ada
}
