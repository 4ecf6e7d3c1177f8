package bench

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every job gives what plain loops give on the same small files, and so do the
// answers that lie beside the data.
func TestJobs(t *testing.T) {
	data := t.TempDir()
	require.NoError(t, Make(data, "../datasets", 0.01))
	answers, err := readAnswers(data)
	require.NoError(t, err)
	want := map[string]string{
		"startup": "3", "wordcount": plainWordcount(t, data),
		"sum": strconv.Itoa(len(plainPairs(t, data))), "group": plainGroup(t, data), "sort": plainFirst(t, data), "join": plainJoin(t, data),
		"agg_csv": strconv.Itoa(len(plainDelays(t, data))), "agg_mem": strconv.Itoa(len(plainDelays(t, data))),
		"df_wordcount": plainWordcount(t, data), "df_sort": plainSmallest(t, data), "df_join": plainJoin(t, data),
		"stream": answers["stream"], "microbatch": answers["microbatch"], // reckoned in plain loops as they are written
	}
	assert.Equal(t, want, answers)
	for _, name := range Jobs() {
		t.Run(name, func(t *testing.T) {
			results := run(t, name, Plan{Data: data, Runs: 2, Began: time.Now()})
			require.Len(t, results, 2)
			for i, r := range results {
				assert.Equal(t, want[name], r.Check)
				assert.Equal(t, i, r.Run)
				assert.Equal(t, name, r.Job)
				assert.Nil(t, r.Memory)
			}
		})
	}
}

func run(t *testing.T, name string, plan Plan) (results []Result) {
	require.NoError(t, Run(name, plan, func(r Result) error { results = append(results, r); return nil }))
	return results
}

// A line of a run has the same five fields everywhere; those of memory come with a
// budget.
func TestFieldsOfALine(t *testing.T) {
	fields := func(r Result) []string {
		line, err := json.Marshal(r)
		require.NoError(t, err)
		var read map[string]any
		require.NoError(t, json.Unmarshal(line, &read))
		return slices.Sorted(maps.Keys(read))
	}
	plan := Plan{Data: t.TempDir(), Runs: 1, Began: time.Now()}
	assert.Equal(t, []string{"check", "job", "peer", "run", "s"}, fields(run(t, "startup", plan)[0]))

	before := debug.SetMemoryLimit(-1)
	plan.Memory = 64 << 20
	result := run(t, "startup", plan)[0]
	assert.Equal(t, before, debug.SetMemoryLimit(-1), "the limit is for the runs")
	assert.EqualValues(t, 64<<20, result.Budget)
	want := []string{"check", "job", "memory", "peakRSS", "peer", "run", "s", "spilled"}
	if runtime.GOOS != "linux" {
		want = slices.DeleteFunc(want, func(f string) bool { return f == "peakRSS" })
	} else {
		assert.Greater(t, result.PeakRSS, int64(1<<20))
	}
	assert.Equal(t, want, fields(result))
}

func TestWrongAnswerIsAnError(t *testing.T) {
	data := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(data, answersFile), []byte(`{"startup": "4"}`), 0o644))
	err := Run("startup", Plan{Data: data, Runs: 1, Began: time.Now()}, func(Result) error { return nil })
	require.ErrorIs(t, err, ErrWrongAnswer)
	assert.ErrorContains(t, err, "found 3, expected 4")

	require.NoError(t, os.WriteFile(filepath.Join(data, answersFile), []byte(`half of`), 0o644))
	err = Run("startup", Plan{Data: data, Runs: 1}, nil)
	assert.ErrorContains(t, err, answersFile)
	assert.NotErrorIs(t, err, ErrWrongAnswer)
}

func TestMakeIsTheSameEachTime(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	require.NoError(t, Make(a, "../datasets", 0.001))
	require.NoError(t, Make(b, "../datasets", 0.001))
	for _, name := range []string{"text.txt", "pairs.csv", "flights.csv", answersFile} {
		assert.Equal(t, read(t, a, name), read(t, b, name))
	}
}

func TestUnknownJob(t *testing.T) {
	err := Run("sing", Plan{Data: ".", Runs: 1}, nil)
	require.ErrorContains(t, err, `"sing"`)
	require.ErrorContains(t, err, "wordcount")
	require.Error(t, Run("sum", Plan{Data: t.TempDir(), Runs: 1}, nil), "no data")
}

func read(t *testing.T, dir, name string) string {
	text, err := os.ReadFile(filepath.Join(dir, name))
	require.NoError(t, err)
	return string(text)
}

func plainWordcount(t *testing.T, data string) string {
	counts := map[string]int{}
	for _, line := range strings.Split(strings.TrimSuffix(read(t, data, "text.txt"), "\n"), "\n") {
		for _, word := range strings.Split(line, " ") {
			counts[word]++
		}
	}
	var words []string
	for word := range counts {
		words = append(words, word)
	}
	slices.SortFunc(words, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	var top []string
	for _, word := range words[:3] {
		top = append(top, fmt.Sprintf("{%s %d}", word, counts[word]))
	}
	return "[" + strings.Join(top, " ") + "]"
}

// plainPairs is the values of each key.
func plainPairs(t *testing.T, data string) map[int64][]int64 {
	all := map[int64][]int64{}
	for i, line := range strings.Split(strings.TrimSpace(read(t, data, "pairs.csv")), "\n") {
		if i == 0 {
			continue
		}
		k, v, _ := strings.Cut(line, ",")
		key, err := strconv.ParseInt(k, 10, 64)
		require.NoError(t, err)
		value, err := strconv.ParseInt(v, 10, 64)
		require.NoError(t, err)
		all[key] = append(all[key], value)
	}
	return all
}

func plainGroup(t *testing.T, data string) string {
	var total int64
	for _, vs := range plainPairs(t, data) {
		total += max(0, slices.Max(vs))
	}
	return strconv.FormatInt(total, 10)
}

func plainFirst(t *testing.T, data string) string {
	var keys []int64
	for k := range plainPairs(t, data) {
		keys = append(keys, k)
	}
	return strconv.FormatInt(slices.Min(keys), 10)
}

func plainJoin(t *testing.T, data string) string {
	n := 0
	for _, vs := range plainPairs(t, data) {
		high, low := 0, 0
		for _, v := range vs {
			if v > 900 {
				high++
			}
			if v < -900 {
				low++
			}
		}
		n += high * low
	}
	return strconv.Itoa(n)
}
