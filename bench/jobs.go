// Package bench is the benchmark: a few jobs on plain files, written as a
// student would write them (this file, frames.go, stream.go), what runs and times them (run.go), and
// the generator of their data and of the answers expected there (data.go,
// answers.go). docs/benchmarks.md has figures beside those of other programs.
package bench

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// What the jobs are held to, as in the other programs.
const (
	partitions = 4    // of every job's inputs and shuffles
	joinAbove  = 900  // values on one side of the join
	joinBelow  = -900 // and on the other
)

// job runs on the files of a folder and returns something that tells a right
// run from a wrong one.
type job func(s *engine.Session, data string) (check string, err error)

var jobs = map[string]job{
	"startup":   startup,
	"wordcount": wordcount,
	"sum":       sum,
	"group":     group,
	"sort":      sortByKey,
	"join":      join,

	"agg_csv":      aggCSV,
	"df_wordcount": dfWordcount,
	"df_sort":      dfSort,
	"df_join":      dfJoin,
}

// onCached are the jobs on rows in memory: keeping them there is not timed.
var onCached = map[string]func(s *engine.Session, data string) (run func() (check string, err error), err error){
	"agg_mem": cachedFlights,
}

// inBatches are the jobs over streams: they tell how long each batch took, too.
var inBatches = map[string]func(s *engine.Session, data string) (check string, batches []time.Duration, err error){
	"stream":     streamJob,
	"microbatch": microbatch,
}

// Jobs lists the names of the jobs.
func Jobs() []string {
	return slices.Sorted(slices.Values(slices.Concat(slices.Collect(maps.Keys(jobs)), slices.Collect(maps.Keys(onCached)), slices.Collect(maps.Keys(inBatches)))))
}

func startup(s *engine.Session, _ string) (string, error) {
	n, err := rdd.Of(s, 2, 1, 2, 3).Count()
	return strconv.Itoa(n), err
}

// wordcount finds the three most frequent words, ties in the order of words.
func wordcount(s *engine.Session, data string) (string, error) {
	lines := rdd.TextFile(s, filepath.Join(data, "text.txt"), partitions)
	words := rdd.FlatMap(lines, func(line string) []string { return strings.Split(line, " ") })
	ones := rdd.MapToPair(words, func(w string) (string, int) { return w, 1 })
	counts := rdd.ReduceByKey(ones, rdd.Add, rdd.Hash(partitions))
	top, err := rdd.TakeOrderedFunc(counts, 3, func(a, b rdd.Pair[string, int]) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Key, b.Key))
	})
	return fmt.Sprint(top), err
}

// pairs reads pairs.csv: a header, then k,v.
func pairs(s *engine.Session, data string) *rdd.Pairs[int64, int64] {
	lines := rdd.TextFile(s, filepath.Join(data, "pairs.csv"), partitions)
	rows := rdd.Filter(lines, func(line string) bool { return !strings.HasPrefix(line, "k") })
	return rdd.MapToPair(rows, func(line string) (int64, int64) {
		k, v, _ := strings.Cut(line, ",")
		return int64(engine.Must(strconv.Atoi(k))), int64(engine.Must(strconv.Atoi(v)))
	})
}

func sum(s *engine.Session, data string) (string, error) {
	n, err := rdd.ReduceByKey(pairs(s, data), rdd.Add, rdd.Hash(partitions)).Count()
	return strconv.Itoa(n), err
}

func group(s *engine.Session, data string) (string, error) {
	largest := rdd.MapValues(rdd.GroupByKey(pairs(s, data), rdd.Hash(partitions)), func(vs []int64) int64 {
		return max(0, slices.Max(vs)) // from 0, as in the other programs
	})
	total, err := rdd.Values(largest).Reduce(rdd.Add)
	return strconv.FormatInt(total, 10), err
}

func sortByKey(s *engine.Session, data string) (string, error) {
	first, err := rdd.SortByKey(pairs(s, data), rdd.Ascending, partitions).First()
	return strconv.FormatInt(first.Key, 10), err
}

func join(s *engine.Session, data string) (string, error) {
	all := pairs(s, data)
	high := rdd.Filter(all, func(p rdd.Pair[int64, int64]) bool { return p.Value > joinAbove })
	low := rdd.Filter(all, func(p rdd.Pair[int64, int64]) bool { return p.Value < joinBelow })
	n, err := rdd.Join(high, low, rdd.Hash(partitions)).Count()
	return strconv.Itoa(n), err
}
