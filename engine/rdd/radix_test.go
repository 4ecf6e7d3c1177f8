package rdd

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

type year int16

// sortsLike checks that keys come out as a stable sort by the plain comparison
// puts them, and that equal ones keep their order.
func sortsLike[K cmp.Ordered](t *rapid.T, name string, keys []K) {
	for _, by := range []ordering[K]{
		{ordered[K], true, Ascending}, {ordered[K], true, Descending}, {ordered[K], false, Ascending}, {ordered[K], false, Descending},
	} {
		rows := make([]Pair[K, int], len(keys))
		for i, k := range keys {
			rows[i] = Pair[K, int]{k, i}
		}
		var got []int
		for _, it := range inOrder(rows, by) {
			got = append(got, rows[it.Row].Value)
		}
		slices.SortStableFunc(rows, func(a, b Pair[K, int]) int { return by.of(a.Key, b.Key) })
		var want []int
		for _, row := range rows {
			want = append(want, row.Value)
		}
		require.Equal(t, want, got, "%s %v natural=%v order=%v", name, keys, by.natural, by.order)
	}
}

func TestSortsLikeTheComparison(t *testing.T) {
	floats := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), -1, 1}))
	texts := rapid.OneOf(rapid.String(), rapid.StringMatching(`(abcdefg|a\x00|)[\x00ab]{0,3}`))
	rapid.Check(t, func(t *rapid.T) {
		sortsLike(t, "int", rapid.SliceOf(rapid.Int()).Draw(t, "int"))
		sortsLike(t, "few ints", rapid.SliceOf(rapid.IntRange(-3, 3)).Draw(t, "few"))
		sortsLike(t, "int8", rapid.SliceOf(rapid.Int8()).Draw(t, "int8"))
		sortsLike(t, "int32", rapid.SliceOf(rapid.Int32()).Draw(t, "int32"))
		sortsLike(t, "int64", rapid.SliceOf(rapid.Int64()).Draw(t, "int64"))
		sortsLike(t, "uint8", rapid.SliceOf(rapid.Uint8()).Draw(t, "uint8"))
		sortsLike(t, "uint16", rapid.SliceOf(rapid.Uint16()).Draw(t, "uint16"))
		sortsLike(t, "uint32", rapid.SliceOf(rapid.Uint32()).Draw(t, "uint32"))
		sortsLike(t, "uint64", rapid.SliceOf(rapid.Uint64()).Draw(t, "uint64"))
		sortsLike(t, "uint", rapid.SliceOf(rapid.Uint()).Draw(t, "uint"))
		sortsLike(t, "float64", rapid.SliceOf(floats).Draw(t, "float64"))
		sortsLike(t, "float32", rapid.SliceOf(rapid.Float32()).Draw(t, "float32"))
		sortsLike(t, "string", rapid.SliceOf(texts).Draw(t, "string"))
		sortsLike(t, "named", rapid.SliceOf(rapid.Map(rapid.Int16(), func(n int16) year { return year(n) })).Draw(t, "named"))
	})
}

// The index gives every key the number that a map would.
func TestKeyIndexIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbersLike(t, rapid.SliceOfN(rapid.IntRange(0, 60), 0, 200).Draw(t, "ints"))
		numbersLike(t, rapid.SliceOf(rapid.Int64()).Draw(t, "int64s"))
		numbersLike(t, rapid.SliceOf(rapid.StringN(0, 3, -1)).Draw(t, "texts"))
		numbersLike(t, rapid.SliceOf(rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, math.Inf(1)})).Draw(t, "floats"))
		numbersLike(t, rapid.SliceOf(rapid.Map(rapid.IntRange(0, 9), func(n int) Pair[string, int] { return KV("k", n) })).Draw(t, "pairs"))
		numbersLike(t, rapid.SliceOf(rapid.SampledFrom([]any{nil, 1, "1", 1.0, int64(1)})).Draw(t, "anys"))
	})
}

func numbersLike[K comparable](t *rapid.T, keys []K) {
	x := newKeyIndex[K]()
	for range 2 { // again after a reset
		want := map[K]int{}
		for _, k := range keys {
			if _, seen := want[k]; !seen {
				want[k] = len(want)
			}
			require.Equal(t, want[k], x.of(k))
		}
		require.Len(t, x.keys, len(want))
		x.reset()
		require.Empty(t, x.keys)
	}
}

func TestNaNIsANewKeyEachTime(t *testing.T) {
	x := newKeyIndex[float64]()
	assert.Equal(t, 0, x.of(math.NaN()))
	assert.Equal(t, 1, x.of(math.NaN()))
}
