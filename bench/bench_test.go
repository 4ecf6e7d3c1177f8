package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every job gives what plain loops give on the same small files.
func TestJobs(t *testing.T) {
	data := t.TempDir()
	require.NoError(t, Make(data, "../datasets/text/opticks.txt", 0.01))
	for name, want := range map[string]string{
		"startup": "3", "wordcount": plainWordcount(t, data),
		"sum": strconv.Itoa(len(plainPairs(t, data))), "group": plainGroup(t, data), "sort": plainFirst(t, data), "join": plainJoin(t, data),
	} {
		t.Run(name, func(t *testing.T) {
			var results []Result
			require.NoError(t, Run(name, data, 2, time.Now(), func(r Result) error { results = append(results, r); return nil }))
			require.Len(t, results, 2)
			for i, r := range results {
				assert.Equal(t, want, r.Check)
				assert.Equal(t, i, r.Run)
				assert.Equal(t, name, r.Job)
			}
		})
	}
}

func TestMakeIsTheSameEachTime(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	require.NoError(t, Make(a, "../datasets/text/opticks.txt", 0.001))
	require.NoError(t, Make(b, "../datasets/text/opticks.txt", 0.001))
	for _, name := range []string{"text.txt", "pairs.csv"} {
		assert.Equal(t, read(t, a, name), read(t, b, name))
	}
}

func TestUnknownJob(t *testing.T) {
	err := Run("sing", ".", 1, time.Now(), nil)
	require.ErrorContains(t, err, `"sing"`)
	require.ErrorContains(t, err, "wordcount")
	require.Error(t, Run("sum", t.TempDir(), 1, time.Now(), nil), "no data")
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
