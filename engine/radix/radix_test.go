package radix

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// Items come as a stable sort by their numbers gives them.
func TestSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOf(rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 300))).Draw(t, "numbers")
		items := make([]Item, len(numbers))
		for i, n := range numbers {
			items[i] = Item{n, uint32(i)}
		}
		want := slices.Clone(items)
		slices.SortStableFunc(want, func(a, b Item) int { return cmp.Compare(a.Prefix, b.Prefix) })
		assert.Equal(t, want, Sort(items))
	})
}

// Numbers are in the order of the keys.
func TestNumbersAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i, j := rapid.Int64().Draw(t, "i"), rapid.Int64().Draw(t, "j")
		assert.Equal(t, cmp.Compare(i, j), cmp.Compare(OfInt(i), OfInt(j)))
		f, g := rapid.Float64().Draw(t, "f"), rapid.Float64().Draw(t, "g")
		assert.Equal(t, cmp.Compare(f, g), cmp.Compare(OfFloat(f), OfFloat(g)))
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		if OfString(a) < OfString(b) {
			assert.Less(t, a, b)
		}
	})
	assert.Equal(t, OfFloat(0), OfFloat(math.Copysign(0, -1)))
	assert.Less(t, OfFloat(math.Inf(1)), OfFloat(math.NaN()))
}
