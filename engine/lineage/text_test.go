package lineage

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func nothing(*Node) Stored { return Stored{} }

// The expected texts are what toDebugString of Spark 4.3 printed for the same
// programs, numbers of datasets included.
func TestTextIsSparks(t *testing.T) {
	var g graph
	a := g.source(4)
	narrow := g.mapped("filter", g.mapped("map", a))
	grouped := g.mapped("mapValues", g.node("ShuffledRDD", "groupByKey", 2, g.across(g.mapped("map", a))))
	moved := g.node("ShuffledRDD", "repartition", 2, g.across(g.mapped("repartition", a)))
	repartition := g.mapped("repartition", g.node("CoalescedRDD", "repartition", 2, Narrow(moved)))
	doubled := g.mapped("map", a)
	union := g.mapped("map", g.node("UnionRDD", "union", 8, Narrow(a), Narrow(doubled)))
	left, right := g.mapped("map", a), g.mapped("map", a)
	join := g.mapped("join", g.mapped("join", g.node("CoGroupedRDD", "join", 4, g.across(left), g.across(right))))

	for _, c := range []struct {
		node *Node
		want string
	}{
		{narrow, `
(4) MapPartitionsRDD[2] at filter []
 |  MapPartitionsRDD[1] at map []
 |  ParallelCollectionRDD[0] at parallelize []`},
		{grouped, `
(2) MapPartitionsRDD[5] at mapValues []
 |  ShuffledRDD[4] at groupByKey []
 +-(4) MapPartitionsRDD[3] at map []
    |  ParallelCollectionRDD[0] at parallelize []`},
		{repartition, `
(2) MapPartitionsRDD[9] at repartition []
 |  CoalescedRDD[8] at repartition []
 |  ShuffledRDD[7] at repartition []
 +-(4) MapPartitionsRDD[6] at repartition []
    |  ParallelCollectionRDD[0] at parallelize []`},
		{union, `
(8) MapPartitionsRDD[12] at map []
 |  UnionRDD[11] at union []
 |  ParallelCollectionRDD[0] at parallelize []
 |  MapPartitionsRDD[10] at map []
 |  ParallelCollectionRDD[0] at parallelize []`},
		{g.node("CartesianRDD", "cartesian", 16, Narrow(a), Narrow(a)), `
(16) CartesianRDD[18] at cartesian []
 |   ParallelCollectionRDD[0] at parallelize []
 |   ParallelCollectionRDD[0] at parallelize []`},
		{join, `
(4) MapPartitionsRDD[17] at join []
 |  MapPartitionsRDD[16] at join []
 |  CoGroupedRDD[15] at join []
 +-(4) MapPartitionsRDD[13] at map []
 |  |  ParallelCollectionRDD[0] at parallelize []
 +-(4) MapPartitionsRDD[14] at map []
    |  ParallelCollectionRDD[0] at parallelize []`},
	} {
		assert.Equal(t, strings.TrimPrefix(c.want, "\n"), Text(c.node, nothing))
	}
}

func TestTextOfAShuffleBehindAUnion(t *testing.T) {
	var g graph
	a := g.source(2)
	reduced := g.node("ShuffledRDD", "reduceByKey", 2, g.across(g.mapped("map", a)))
	ones := g.mapped("map", a)
	union := g.node("UnionRDD", "union", 4, Narrow(reduced), Narrow(ones))
	grouped := g.node("ShuffledRDD", "groupByKey", 4, g.across(union))
	assert.Equal(t, strings.TrimPrefix(`
(4) ShuffledRDD[5] at groupByKey []
 +-(4) UnionRDD[4] at union []
    |  ShuffledRDD[2] at reduceByKey []
    +-(2) MapPartitionsRDD[1] at map []
       |  ParallelCollectionRDD[0] at parallelize []
    |  MapPartitionsRDD[3] at map []
    |  ParallelCollectionRDD[0] at parallelize []`, "\n"), Text(grouped, nothing))
}

// The level of the dataset that is asked stands on every line; what is kept of
// a dataset on a line of its own, deeper when the dataset is not the first.
func TestTextOfCachedDatasets(t *testing.T) {
	var g graph
	a := g.source(3)
	b := g.mapped("map", a)
	b.SetName("donnees")
	c := g.mapped("map", b)
	kept := func(n *Node) Stored {
		if n == b {
			return Stored{Partitions: 3, Memory: 72, Disk: 3 << 10}
		}
		return Stored{}
	}
	assert.Equal(t, "(3) donnees MapPartitionsRDD[1] at map []\n |  ParallelCollectionRDD[0] at parallelize []", Text(b, nothing))
	b.SetLevel(StorageLevel{Memory: true, Deserialized: true, Replicas: 1})
	assert.Equal(t, strings.TrimPrefix(`
(3) donnees MapPartitionsRDD[1] at map [Memory Deserialized 1x Replicated]
 |       CachedPartitions: 3; MemorySize: 72.0 B; DiskSize: 3.0 KiB
 |  ParallelCollectionRDD[0] at parallelize [Memory Deserialized 1x Replicated]`, "\n"), Text(b, kept))
	assert.Equal(t, strings.TrimPrefix(`
(3) MapPartitionsRDD[2] at map []
 |  donnees MapPartitionsRDD[1] at map []
 |      CachedPartitions: 3; MemorySize: 72.0 B; DiskSize: 3.0 KiB
 |  ParallelCollectionRDD[0] at parallelize []`, "\n"), Text(c, kept))

	shuffled := g.node("ShuffledRDD", "reduceByKey", 2, g.across(b))
	assert.Equal(t, strings.TrimPrefix(`
(2) ShuffledRDD[3] at reduceByKey []
 +-(3) donnees MapPartitionsRDD[1] at map []
    |      CachedPartitions: 3; MemorySize: 72.0 B; DiskSize: 3.0 KiB
    |  ParallelCollectionRDD[0] at parallelize []`, "\n"), Text(shuffled, kept))
}

func TestTextOfWhatCannotBeCounted(t *testing.T) {
	missing := New(0, "HadoopRDD", "textFile", Site{}, func() (int, error) { return 0, assert.AnError })
	assert.Equal(t, "(?) HadoopRDD[0] at textFile []", Text(missing, nothing))
}

// sparkText is the rule of Spark's RDD.toDebugString: a regular expression cuts
// the margin before a shuffle.
func sparkText(n *Node) string {
	lastBar := regexp.MustCompile(`\|\s+$`)
	var lines []string
	var children func(n *Node, prefix string)
	one := func(n *Node, prefix string, wide, last bool) {
		if !wide {
			lines = append(lines, prefix+n.String()+" []")
			children(n, prefix)
			return
		}
		count := bracket(n)
		left := (len(count) - 1) / 2
		outer := lastBar.ReplaceAllString(prefix, "")
		inner := outer + "| "
		if last {
			inner = outer + "  "
		}
		lines = append(lines, outer+"+-"+count+" "+n.String()+" []")
		children(n, inner+strings.Repeat(" ", left)+"|"+strings.Repeat(" ", len(count)-left))
	}
	children = func(n *Node, prefix string) {
		deps := n.Deps()
		for i, d := range deps {
			one(d.Parent, prefix, d.Shuffle != nil, i == len(deps)-1)
		}
	}
	count := bracket(n)
	left := (len(count) - 1) / 2
	lines = append(lines, count+" "+n.String()+" []")
	children(n, strings.Repeat(" ", left)+"|"+strings.Repeat(" ", len(count)-left))
	return strings.Join(lines, "\n")
}

func TestTextOfAnyGraphIsSparks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var g graph
		nodes := []*Node{g.source(1)}
		for range rapid.IntRange(1, 6).Draw(t, "more") {
			var deps []Dep
			for range rapid.IntRange(0, 3).Draw(t, "parents") {
				// Mostly recent parents: deep texts, few doublings.
				parent := nodes[max(0, len(nodes)-1-rapid.IntRange(0, 2).Draw(t, "back"))]
				if rapid.Bool().Draw(t, "wide") {
					deps = append(deps, g.across(parent))
				} else {
					deps = append(deps, Narrow(parent))
				}
			}
			nodes = append(nodes, g.node("RDD", "op", rapid.SampledFrom([]int{1, 12, 345, 6789}).Draw(t, "partitions"), deps...))
		}
		target := nodes[len(nodes)-1]
		require.Equal(t, sparkText(target), Text(target, nothing))
	})
}

func TestBytes(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0.0 B", 2047: "2047.0 B", 2048: "2.0 KiB", 2304: "2.3 KiB", 2303: "2.2 KiB",
		1 << 20: "1024.0 KiB", 2<<20 - 1: "2048.0 KiB", 2 << 20: "2.0 MiB", 5<<20 + 1<<19: "5.5 MiB",
		434 << 20: "434.0 MiB", 3 << 30: "3.0 GiB", 2 << 40: "2.0 TiB", 7 << 50: "7.0 PiB", math.MaxInt64: "8.0 EiB",
	} {
		assert.Equal(t, want, Bytes(n), n)
	}
	// What is written is within half a tenth of the truth.
	power := map[string]float64{"B": 0, "KiB": 10, "MiB": 20, "GiB": 30, "TiB": 40, "PiB": 50, "EiB": 60}
	rapid.Check(t, func(t *rapid.T) {
		n := int64(math.Exp2(rapid.Float64Range(0, 62.9).Draw(t, "log2 of the bytes")))
		number, unit, _ := strings.Cut(Bytes(n), " ")
		written, err := strconv.ParseFloat(number, 64)
		require.NoError(t, err)
		require.Contains(t, power, unit)
		require.InDelta(t, float64(n)/math.Exp2(power[unit]), written, 0.050001)
	})
}
