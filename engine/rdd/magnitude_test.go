package rdd

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Which parents with exactly ten times fewer partitions Java finds within a power
// of ten, up to 100 (asked of math.log10 in spark-shell).
func TestTenfoldIsJavas(t *testing.T) {
	var within []int
	for n := 1; n <= 100; n++ {
		if sameMagnitude(10*n, n) {
			within = append(within, n)
		}
		assert.True(t, sameMagnitude(10*n-1, n))
		assert.False(t, sameMagnitude(10*n+1, n))
	}
	assert.Equal(t, []int{4, 5, 11, 12, 16, 21, 25, 26, 32, 34, 42, 45, 46, 52, 55, 56, 60, 68, 83, 90, 91, 92, 95, 98}, within)
}

// A hash over 18 000 roots, as Java takes them.
func TestRootsAreJavas(t *testing.T) {
	var hash int64
	for depth := 1; depth <= 6; depth++ {
		for n := 1; n <= 3000; n++ {
			hash = hash*31 + int64(rootCeil(n, depth))
		}
	}
	assert.Equal(t, int64(-2139321846601862906), hash)
	assert.Equal(t, 6, rootCeil(3125, 5), "above 5 in the last bit")
}
