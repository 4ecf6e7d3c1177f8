package tp02

import (
	"etincelle/datasets"
	"etincelle/engine/rdd"
	"etincelle/grader/harness"
)

// The functions of exercises 4 to 10.

// DistanceAndTotal calls the function of that name.
func DistanceAndTotal(f func(*rdd.RDD[datasets.Flight], int) *rdd.Pairs[string, rdd.Joined[int, int]]) harness.Function {
	return harness.Function{Name: "DistanceAndTotal", Run: func(c *harness.Case) harness.Dataset {
		flights, n := harness.Source[datasets.Flight](c, "flights"), c.Param("n")
		return harness.Call(c, func() *rdd.Pairs[string, rdd.Joined[int, int]] { return f(flights, n) })
	}}
}

// DistancesByBroadcast calls the function of that name.
func DistancesByBroadcast(f func(*rdd.RDD[datasets.Flight], *rdd.Pairs[string, string]) *rdd.Pairs[string, rdd.Joined[int, string]]) harness.Function {
	return harness.Function{Name: "DistancesByBroadcast", Run: func(c *harness.Case) harness.Dataset {
		flights, names := harness.Source[datasets.Flight](c, "flights"), harness.Source[rdd.Pair[string, string]](c, "names")
		return harness.Call(c, func() *rdd.Pairs[string, rdd.Joined[int, string]] { return f(flights, names) })
	}}
}

// Sizes calls the function of that name.
func Sizes(f func(*rdd.RDD[datasets.Flight]) *rdd.RDD[int]) harness.Function {
	return harness.Function{Name: "Sizes", Run: func(c *harness.Case) harness.Dataset {
		flights := harness.Source[datasets.Flight](c, "flights")
		return harness.Call(c, func() *rdd.RDD[int] { return f(flights) })
	}}
}

// JFKAlone places flights by their airport twice, by two partitioners: when they
// are equal, as they should be, the second time moves nothing.
func JFKAlone(f func(int) rdd.Partitioner) harness.Function {
	return harness.Function{Name: "JFKAlone", Run: func(c *harness.Case) harness.Dataset {
		byOrigin := rdd.KeyBy(harness.Source[datasets.Flight](c, "flights"), func(f datasets.Flight) string { return f.Origin })
		n := c.Param("n")
		return harness.Call(c, func() *rdd.Pairs[string, datasets.Flight] {
			first, second := f(n), f(n)
			if first == nil || second == nil {
				return nil
			}
			return rdd.PartitionBy(rdd.PartitionBy(byOrigin, first), second)
		})
	}}
}

// SaltedDistances calls the function of that name.
func SaltedDistances(f func(*rdd.RDD[datasets.Flight], *rdd.Pairs[string, string], int) *rdd.Pairs[string, rdd.Joined[int, string]]) harness.Function {
	return harness.Function{Name: "SaltedDistances", Run: func(c *harness.Case) harness.Dataset {
		flights, names := harness.Source[datasets.Flight](c, "flights"), harness.Source[rdd.Pair[string, string]](c, "names")
		salts := c.Param("salts")
		return harness.Call(c, func() *rdd.Pairs[string, rdd.Joined[int, string]] { return f(flights, names, salts) })
	}}
}

// ByDistance calls the function of that name.
func ByDistance(f func(*rdd.RDD[datasets.Flight], int) *rdd.RDD[datasets.Flight]) harness.Function {
	return harness.Function{Name: "ByDistance", Run: resizing(f)}
}

// PartitionOf asks the function of that name for the partition of each flight's
// aircraft, in the tasks.
func PartitionOf(f func(string, int) int) harness.Function {
	return harness.Function{Name: "PartitionOf", Run: func(c *harness.Case) harness.Dataset {
		flights, n := harness.Source[datasets.Flight](c, "flights"), c.Param("n")
		return harness.Call(c, func() *rdd.Pairs[string, int] {
			return rdd.MapToPair(flights, func(flight datasets.Flight) (string, int) { return flight.Tail, f(flight.Tail, n) })
		})
	}}
}
