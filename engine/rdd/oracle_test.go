package rdd_test

// What real Spark 4.3 answered (spark-shell), where the answer hangs on its own
// generators, rounding or readers.

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/fs"
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

// The bounds of a sort hang on which rows were sampled, and that on the numbers of
// the datasets, which are seeds.
func TestRangesAreSparks(t *testing.T) {
	scattered := func(n, modulus int) []int {
		rows := make([]int, n)
		for i := range rows {
			rows[i] = i * 7919 % modulus
		}
		return rows
	}
	for _, c := range []struct {
		name         string
		before       int // datasets of the session before those of the case
		in           func(s *engine.Session) *rdd.RDD[int]
		id           int // of the result
		sizes, lasts []int
	}{
		{"a sample of many", 0, func(s *engine.Session) *rdd.RDD[int] { return rdd.FromSlice(s, 2, scattered(100_000, 100_003)) },
			4, []int{23628, 21727, 22795, 31850}, []int{23627, 45354, 68149, 100002}},
		{"one partition sampled again", 7, func(s *engine.Session) *rdd.RDD[int] {
			return rdd.Union(s, rdd.FromSlice(s, 1, scattered(30_000, 30_011)), rdd.Of(s, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9))
		}, 16, []int{7781, 8446, 7667, 6115}, []int{7774, 16223, 23893, 30010}},
	} {
		s := engine.Start()
		for range c.before {
			rdd.Empty[int](s)
		}
		ranged := rdd.SortByKey(rdd.KeyBy(c.in(s), func(n int) int { return n }), rdd.Ascending, 4)
		assert.Equal(t, c.id, ranged.ID(), c.name)
		var sizes, lasts []int
		for _, part := range engine.Must(rdd.Glom(rdd.Keys(ranged)).Collect()) {
			sizes = append(sizes, len(part))
			lasts = append(lasts, part[len(part)-1])
		}
		assert.Equal(t, c.sizes, sizes, c.name)
		assert.Equal(t, c.lasts, lasts, c.name)
		s.Stop()
	}
}

func TestRepartitionIsSparks(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	dealt := func(n, from, to int) [][]int {
		return engine.Must(rdd.Glom(rdd.Repartition(numbers(s, n, from), to)).Collect())
	}
	assert.Equal(t, [][]int{{3, 8}, {0, 4, 5, 9}, {1, 6}, {2, 7}}, dealt(10, 2, 4))
	assert.Equal(t, [][]int{{0, 3, 7, 11, 14, 15, 18}, {1, 4, 5, 8, 12, 16, 19}, {2, 6, 9, 10, 13, 17}}, dealt(20, 4, 3))
	assert.Equal(t, [][]int{{0, 1, 2, 3, 4, 5}}, dealt(6, 3, 1))
	assert.Equal(t, 3, rdd.Repartition(rdd.Empty[int](s), 3).NumPartitions())
	assert.Equal(t, 0, rdd.Coalesce(rdd.Empty[int](s), 3).NumPartitions())
	assert.Equal(t, 3, rdd.Coalesce(numbers(s, 6, 3), 7).NumPartitions())
}

func TestHistogramIsSparks(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	tenths := func(n, partitions int) *rdd.RDD[float64] {
		return rdd.Map(numbers(s, n, partitions), func(i int) float64 { return float64(i) * 0.1 })
	}
	for _, c := range []struct {
		name   string
		rows   *rdd.RDD[float64]
		n      int
		bounds []float64
		counts []int64
	}{
		{"7", tenths(100, 3), 7, []float64{0, 1.4142857142857144, 2.8285714285714287, 4.242857142857143, 5.6571428571428575, 7.071428571428571, 8.485714285714286, 9.9}, []int64{15, 14, 14, 14, 14, 14, 15}},
		{"10", tenths(101, 3), 10, []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, []int64{10, 10, 10, 10, 10, 10, 10, 10, 10, 11}},
		{"rounding", rdd.Of(s, 3, .1, .2, .3, .4, .5, .6, .7), 3, []float64{.1, .3, .5, .7}, []int64{2, 2, 3}},
		{"one value", rdd.Of(s, 3, 2.0, 2, 2), 4, []float64{2, 2}, []int64{3}},
	} {
		bounds, counts, err := rdd.Histogram(c.rows, c.n)
		require.NoError(t, err, c.name)
		assert.Equal(t, c.bounds, bounds, c.name)
		assert.Equal(t, c.counts, counts, c.name)
	}
	counts, err := rdd.HistogramBy(rdd.Of(s, 3, 1, 2, 3, 4, math.NaN(), 10), []float64{1, 3, 10})
	require.NoError(t, err)
	assert.Equal(t, []int64{2, 3}, counts)
}

func TestStatsAreSparks(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	found := engine.Must(rdd.Stats(rdd.Of(s, 1, .1, .2, .3, .7, 1e9, 3.3)))
	assert.Equal(t, []float64{1.6666666743333334e8, 1.38888888633333328e17, 1.6666666636e17, 1.0000000046e9, 3.726779959071012e8, 4.082482900882746e8},
		[]float64{found.Mean, found.Variance(), found.SampleVariance(), found.Sum(), found.Stdev(), found.SampleStdev()})
	// Three parts, each more than ten times longer or shorter than what is before it.
	steps := make([]float64, 50)
	for i := range steps {
		steps[i] = float64(i+1) * .1
	}
	in := rdd.Union(s, rdd.Of(s, 1, .1, .2, .3), rdd.Of(s, 1, .7, 1e9), rdd.FromSlice(s, 1, steps))
	found = engine.Must(rdd.Stats(in))
	assert.Equal(t, []float64{1.8181820523636363e7, 1.7851239584264464e16, 1.8181818095084176e16, 1.0000001288e9},
		[]float64{found.Mean, found.Variance(), found.SampleVariance(), found.Sum()})
	none := engine.Must(rdd.Stats(rdd.Of[float64](s, 2)))
	assert.Equal(t, "(count: 0, mean: 0.000000, stdev: NaN, max: -Inf, min: +Inf)", none.String())
	assert.True(t, math.IsNaN(none.SampleVariance()) && none.Mean == 0)
	one := engine.Must(rdd.Stats(rdd.Of(s, 2, 4.0)))
	assert.True(t, one.Variance() == 0 && math.IsNaN(one.SampleVariance()))
}

// To Java NaN is the largest number.
func TestNaNIsLast(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	in := rdd.Of(s, 2, 1, math.NaN(), 0, math.Inf(-1), math.Inf(1))
	up := engine.Must(rdd.SortBy(in, func(x float64) float64 { return x }, rdd.Ascending, 1).Collect())
	assert.Equal(t, "[-Inf 0 1 +Inf NaN]", fmt.Sprint(up))
	assert.True(t, math.IsNaN(engine.Must(rdd.Max(in))))
	assert.Equal(t, math.Inf(-1), engine.Must(rdd.Min(in)))
}

func TestRangeOfAllNumbers(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	parts := engine.Must(rdd.Glom(rdd.Range(s, math.MinInt64, math.MaxInt64, math.MaxInt64/3, 2)).Collect())
	assert.Equal(t, [][]int64{{-9223372036854775808, -6148914691236517206, -3074457345618258604}, {-2, 3074457345618258600, 6148914691236517202, 9223372036854775804}}, parts)
	assert.Equal(t, [][]int64{{10, 7}, {4, 1}}, engine.Must(rdd.Glom(rdd.Range(s, 10, 0, -3, 2)).Collect()))
	assert.Equal(t, []int64{0}, engine.Must(rdd.Range(s, 0, math.MinInt64, math.MinInt64, 1).Collect()), "the end is left out")
}

func TestHashesAreSparks(t *testing.T) {
	type pair = rdd.Pair[any, any]
	for _, c := range []struct {
		key  any
		want int32
	}{
		{0.0, 0}, {math.Copysign(0, -1), 0}, {float32(1.5), 1069547520},
		{pair{float32(1.5), 0}, 742946379}, {pair{float32(.1), 0}, 2052478036}, {pair{.1, 0}, 141201785},
		{pair{1e300, 0}, -2059423240}, {pair{9.223372036854775807e18, 0}, 874843318}, {pair{int64(1) << 40, 0}, -737889118},
		{pair{math.Copysign(0, -1), 0}, -737015216}, {pair{true, 0}, -758710329}, {pair{pair{1, 2}, 3}, -1833777083}, {pair{3.0, 0}, -1396938534},
	} {
		assert.Equal(t, c.want, rdd.HashCode(c.key), "%T %v", c.key, c.key)
	}
}

// Marks after marks: the last local one wins, a reliable one only when it is the first.
func TestMarksFollowSpark(t *testing.T) {
	s := engine.Start(engine.Files(&fs.Memory{}), engine.CheckpointDir("ck"))
	defer s.Stop()
	plus := func() *rdd.RDD[int] { return rdd.Map(numbers(s, 4, 2), func(n int) int { return n + 1 }) }
	for name, c := range map[string]struct {
		mark  func(r *rdd.RDD[int])
		file  bool
		level rdd.StorageLevel
	}{
		"local then reliable":   {func(r *rdd.RDD[int]) { r.LocalCheckpoint().Checkpoint() }, false, rdd.MemoryAndDisk},
		"reliable then local":   {func(r *rdd.RDD[int]) { r.Checkpoint().LocalCheckpoint() }, false, rdd.MemoryAndDisk},
		"local then persist":    {func(r *rdd.RDD[int]) { r.LocalCheckpoint().Persist(rdd.MemoryOnly) }, false, rdd.MemoryAndDisk},
		"local then disk twice": {func(r *rdd.RDD[int]) { r.LocalCheckpoint().Persist(rdd.DiskOnly2) }, false, rdd.DiskOnly2},
		"done, then local":      {func(r *rdd.RDD[int]) { r.Checkpoint(); engine.Must(r.Count()); r.LocalCheckpoint() }, true, rdd.MemoryAndDisk},
		"two reliable":          {func(r *rdd.RDD[int]) { r.Checkpoint().Checkpoint() }, true, rdd.StorageLevel{}},
	} {
		r := plus()
		c.mark(r)
		require.NoError(t, r.Err(), name)
		assert.Equal(t, []int{1, 2, 3, 4}, engine.Must(r.Collect()), name)
		assert.True(t, r.IsCheckpointed(), name)
		_, file := r.CheckpointFile()
		assert.Equal(t, c.file, file, name)
		assert.Equal(t, c.level, r.StorageLevel(), name)
		assert.Equal(t, []int{1, 2, 3, 4}, engine.Must(r.Collect()), name)
	}
}

// How many partitions a level has is a root, rounded as Java rounds it.
func TestTreesAreSparks(t *testing.T) {
	for _, c := range []struct {
		partitions, depth int
		tasks             []int
	}{{27, 3, []int{27, 9, 3}}, {125, 3, []int{125, 25, 5}}, {64, 2, []int{64, 8}}} {
		var heard event.Recorder
		s := engine.Start(engine.Sequential(), engine.Listen(heard.Hear))
		assert.Equal(t, 19900, engine.Must(rdd.TreeReduce(numbers(s, 200, c.partitions), rdd.Add, c.depth)))
		var tasks []int
		for _, e := range heard.Events() {
			if start, ok := e.(event.StageStart); ok {
				tasks = append(tasks, len(start.Partitions))
			}
		}
		assert.Equal(t, c.tasks, tasks)
		s.Stop()
	}
}

// Beyond a few hundred rows another estimator reads the same registers as Spark's.
func TestCountApproxDistinctIsNearSparks(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	for _, c := range []struct {
		rows          int
		relativeError float64
		sparks        int
	}{
		{399, .05, 428}, {450, .05, 477}, {1000, .05, 1006}, {5000, .05, 5082}, {20000, .05, 20935}, {5000, .01, 4974}, {20000, .01, 19853}, {1000, .3, 1213},
	} {
		found := engine.Must(rdd.CountApproxDistinct(numbers(s, c.rows, 3), c.relativeError))
		assert.InEpsilon(t, c.sparks, found, c.relativeError/3, "%+v", c)
		assert.InEpsilon(t, c.rows, found, 2*c.relativeError, "%+v", c)
	}
}
