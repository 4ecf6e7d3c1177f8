package rdd_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"etincelle/engine/rdd"
)

// TestCoalesceJoinsNeighbours: partition j is the old ones [j*old/n, (j+1)*old/n), in
// order; nothing is shuffled.
func TestCoalesceJoinsNeighbours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSession(t)
		old, n := rapid.IntRange(1, 12).Draw(t, "old"), rapid.IntRange(1, 14).Draw(t, "new")
		in := numbers(s, 3*old, old) // three rows a partition
		parts := list(rdd.Glom(rdd.Coalesce(in, n)))
		n = min(n, old)
		assert.Len(t, parts, n)
		for j, part := range parts {
			assert.Len(t, part, 3*((j+1)*old/n-j*old/n))
		}
		assert.Equal(t, upTo(3*old), concat(parts...))
		assert.EqualValues(t, 0, s.Counters().ShuffleWrite)
	})
}

// TestRepartitionIsEven: each old partition deals its rows in turn, so new ones differ
// by no more than there are old ones.
func TestRepartitionIsEven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSession(t)
		rows, old, n := rapid.IntRange(0, 60).Draw(t, "rows"), rapid.IntRange(1, 4).Draw(t, "old"), rapid.IntRange(1, 7).Draw(t, "new")
		parts := list(rdd.Glom(rdd.Repartition(numbers(s, rows, old), n)))
		assert.Len(t, parts, n)
		assert.Equal(t, upTo(rows), some(concat(parts...)))
		for _, part := range parts {
			assert.InDelta(t, float64(rows)/float64(n), len(part), float64(old))
		}
		assert.EqualValues(t, rows, s.Counters().ShuffleWrite, "every row moves")
	})
}

// A union is its datasets' partitions one after the other; of datasets placed alike
// it is their partitions by number, and stays placed.
func TestUnionPutsPartitionsInARow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		parts := list(rdd.Glom(rdd.Union(w.s, w.a, w.b)))
		assert.Equal(t, append(list(rdd.Glom(w.a)), list(rdd.Glom(w.b))...), parts)

		a, b := w.pairs()
		by := rdd.Hash(3)
		pa, pb := rdd.PartitionBy(a, by), rdd.PartitionBy(b, by)
		both := rdd.Union(w.s, pa, pb)
		assert.Equal(t, by, both.Partitioner())
		left, right := list(rdd.Glom(rdd.Values(pa))), list(rdd.Glom(rdd.Values(pb)))
		for p, part := range list(rdd.Glom(rdd.Values(both))) {
			assert.Equal(t, concat(left[p], right[p]), part)
		}
	})
}
