package rdd_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// TestSortIsAnOrderedPermutation: all rows are there, in order inside partitions and
// from one partition to the next, and rows of equal keys keep their order.
func TestSortIsAnOrderedPermutation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSession(t)
		keys := rapid.SliceOfN(rapid.IntRange(-20, 20), 0, 60).Draw(t, "keys")
		pairs := make([]rdd.Pair[int, int], len(keys))
		for i, k := range keys {
			pairs[i] = rdd.KV(k, i)
		}
		in := rdd.FromSlice(s, rapid.IntRange(1, 5).Draw(t, "partitions"), pairs)
		order := rapid.SampledFrom([]rdd.Order{rdd.Ascending, rdd.Descending}).Draw(t, "order")
		n := rapid.IntRange(1, 8).Draw(t, "asked")
		ranged := rdd.SortByKey(in, order, n)

		want := slices.Clone(pairs)
		slices.SortStableFunc(want, func(a, b rdd.Pair[int, int]) int { return int(order) * cmp.Compare(a.Key, b.Key) })
		assert.Equal(t, want, list(ranged))
		assert.LessOrEqual(t, ranged.NumPartitions(), n)
		assert.Equal(t, ranged.NumPartitions(), ranged.Partitioner().NumPartitions())

		// A row is where the partitioner says, and equal partitioners come from equal samples.
		for p, rows := range list(rdd.Glom(ranged)) {
			for _, row := range rows {
				assert.Equal(t, p, ranged.Partitioner().Partition(row.Key))
			}
		}
		by := engine.Must(rdd.RangePartitioner(in, n, order))
		assert.Same(t, ranged, rdd.PartitionBy(ranged, by), "nothing moves")
	})
}

// TestRangesAreEven: of many different keys each range has about its share.
func TestRangesAreEven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := engine.Start()
		defer s.Stop()
		const rows = 2000
		n := rapid.IntRange(2, 8).Draw(t, "asked")
		factor := rapid.SampledFrom([]int{1, 7, 1999, 37}).Draw(t, "factor")
		in := rdd.Map(numbers(s, rows, rapid.IntRange(1, 5).Draw(t, "partitions")), func(i int) int { return i * factor % 2003 })
		parts := list(rdd.Glom(rdd.SortBy(in, func(k int) int { return k }, rdd.Ascending, n)))
		assert.Len(t, parts, n)
		for _, part := range parts {
			assert.InDelta(t, rows/n, len(part), 0.6*rows/float64(n))
		}
	})
}

// The bounds grow, and whatever the key its partition is one of them.
func TestRangePartitionerBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := engine.Start()
		defer s.Stop()
		keys := rapid.SliceOf(rapid.StringN(0, 3, -1)).Draw(t, "keys")
		in := rdd.KeyBy(rdd.FromSlice(s, 3, keys), func(k string) string { return k })
		by := engine.Must(rdd.RangePartitioner(in, rapid.IntRange(0, 6).Draw(t, "asked"), rdd.Ascending))
		bounds := by.(interface{ Bounds() []string }).Bounds()
		assert.Len(t, bounds, by.NumPartitions()-1)
		assert.True(t, slices.IsSorted(bounds))
		assert.Len(t, slices.Compact(slices.Clone(bounds)), len(bounds), "a key is a bound once")
		for i, bound := range bounds {
			assert.Equal(t, i, by.Partition(bound), "a bound is the last key of its range")
			assert.Equal(t, i+1, by.Partition(bound+"\x00"))
		}
	})
}

// One partition, or none asked for, needs no sample: nothing runs.
func TestSortToOnePartitionIsNotEager(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	for _, n := range []int{0, 1} {
		assert.Equal(t, 1, rdd.SortBy(numbers(s, 9, 3), double, rdd.Descending, n).NumPartitions())
	}
	assert.EqualValues(t, 0, s.Counters().Jobs)
	rdd.SortBy(numbers(s, 9, 3), double, rdd.Descending)
	assert.EqualValues(t, 1, s.Counters().Jobs)
}
