package rdd_test

// What real Spark 4.3 answered (spark-shell), where the answer hangs on its own
// generators, rounding or readers.

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// numbers is sc.parallelize(0 until n, partitions).
func numbers(s *engine.Session, n, partitions int) *rdd.RDD[int] {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	return rdd.FromSlice(s, partitions, rows)
}

func TestSamplesAreSparks(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	replaced := func(rows, partitions int, fraction float64) *rdd.RDD[int] {
		return rdd.SampleWithReplacement(numbers(s, rows, partitions), fraction, 7)
	}
	split := rdd.RandomSplit(numbers(s, 30, 3), 42, 1, 2, 1)
	strata := rdd.SampleByKey(rdd.KeyBy(numbers(s, 60, 3), func(n int) int { return n % 2 }), map[int]float64{0: .2, 1: .8}, 9)
	for name, c := range map[string]struct {
		drawn *rdd.RDD[int]
		want  []int
	}{
		"gaps":              {rdd.Sample(numbers(s, 100, 3), .3, 7), []int{6, 11, 12, 17, 20, 22, 23, 25, 26, 28, 29, 34, 43, 44, 49, 51, 60, 72, 73, 74, 78, 79, 89, 90, 94, 97, 99}},
		"row by row":        {rdd.Sample(numbers(s, 40, 3), .6, 7), []int{0, 1, 3, 4, 5, 7, 11, 12, 14, 16, 17, 18, 19, 20, 21, 22, 23, 26, 29, 31, 33, 34, 35, 36, 37, 39}},
		"a negative seed":   {rdd.Sample(numbers(s, 200, 4), .05, -1), []int{7, 19, 34, 56, 58, 95, 101, 111, 117, 120, 175, 182}},
		"replacement, gaps": {replaced(40, 3, .3), []int{7, 14, 20, 34, 34, 35, 39}},
		"replacement":       {replaced(20, 2, 1.5), []int{0, 0, 2, 2, 3, 4, 4, 4, 4, 5, 5, 6, 6, 7, 8, 8, 9, 9, 10, 10, 10, 11, 11, 12, 13, 13, 13, 13, 14, 16, 16, 16, 18, 19}},
		"split 0":           {split[0], []int{7, 13, 19, 28}},
		"split 1":           {split[1], []int{0, 1, 3, 4, 5, 11, 12, 14, 18, 22, 24, 25, 26}},
		"split 2":           {split[2], []int{2, 6, 8, 9, 10, 15, 16, 17, 20, 21, 23, 27, 29}},
		"by key":            {rdd.Values(strata), []int{1, 2, 3, 5, 7, 8, 9, 13, 15, 17, 19, 20, 25, 27, 29, 31, 35, 37, 39, 40, 41, 43, 47, 48, 49, 50, 51, 55, 59}},
	} {
		drawn, err := c.drawn.Collect()
		require.NoError(t, err, name)
		assert.Equal(t, c.want, drawn, name)
	}
}

func TestTakeSampleIsSparks(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	for _, c := range []struct {
		rows, partitions, n, seed int
		want                      []int
	}{
		{100, 3, 5, 11, []int{36, 58, 66, 60, 10}},
		{1000, 4, 20, 3, []int{41, 883, 394, 311, 130, 963, 751, 200, 763, 170, 290, 35, 350, 186, 210, 789, 546, 19, 318, 193}},
		{10, 4, 20, 3, []int{6, 5, 1, 3, 8, 7, 9, 0, 2, 4}},
	} {
		drawn, err := rdd.TakeSample(numbers(s, c.rows, c.partitions), c.n, int64(c.seed))
		require.NoError(t, err)
		assert.Equal(t, c.want, drawn)
	}
	drawn, err := rdd.TakeSampleWithReplacement(numbers(s, 10, 4), 20, 3)
	require.NoError(t, err)
	assert.Equal(t, []int{6, 3, 1, 8, 8, 7, 8, 7, 5, 7, 0, 7, 1, 3, 8, 3, 0, 4, 2, 4}, drawn)
}

func TestCountApproxDistinctIsSparksWhenSmall(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	for _, c := range []struct {
		rows          int
		relativeError float64
		want          int
	}{
		{0, .05, 0}, {1, .05, 1}, {10, .05, 10}, {100, .05, 99}, {300, .05, 300}, {10, .01, 10}, {1000, .01, 1001}, {10, .3, 11}, {10, 1.5, 11},
	} {
		found, err := rdd.CountApproxDistinct(numbers(s, c.rows, 3), c.relativeError)
		require.NoError(t, err)
		assert.Equal(t, c.want, found, "%+v", c)
	}
	words := rdd.Of(s, 3, "chat", "chien", "été", "", "chat", "a longer string than eight")
	assert.Equal(t, 5, engine.Must(rdd.CountApproxDistinct(words, .05)))
	byKey := rdd.CountApproxDistinctByKey(rdd.KeyBy(numbers(s, 1000, 3), func(n int) int { return n % 3 }), .05)
	assert.Equal(t, map[int]int{0: 300, 1: 347, 2: 330}, engine.Must(rdd.CollectMap(byKey)))
}
