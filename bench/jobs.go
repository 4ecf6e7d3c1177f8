// Package bench is the benchmark: a few jobs on plain files, written as a
// student would write them, and the generator of their data. docs/benchmarks.md
// has figures beside those of other programs.
package bench

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// partitions of every job's inputs and shuffles, as in the other programs.
const partitions = 4

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
}

// Jobs lists the names of the jobs.
func Jobs() []string { return slices.Sorted(maps.Keys(jobs)) }

// Result is one run.
type Result struct {
	Peer    string  `json:"peer"`
	Job     string  `json:"job"`
	Run     int     `json:"run"`
	Seconds float64 `json:"s"`
	Check   string  `json:"check"`
}

// Run runs a job several times, reading its file inside the timing, and hands
// each result over. began is when the process started: the first run of startup
// is timed from there.
func Run(name, data string, runs int, began time.Time, report func(Result) error) error {
	body, known := jobs[name]
	if !known {
		return fmt.Errorf("job %q: found none of that name, expected one of %s", name, strings.Join(Jobs(), ", "))
	}
	for run := range runs {
		start := time.Now()
		if name == "startup" && run == 0 {
			start = began
		}
		s := engine.Start()
		check, err := body(s, data)
		elapsed := time.Since(start)
		s.Stop()
		if err != nil {
			return fmt.Errorf("job %s: %w", name, err)
		}
		if err := report(Result{"etincelle", name, run, math.Round(elapsed.Seconds()*1000) / 1000, check}); err != nil {
			return err
		}
	}
	return nil
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
		return engine.Must(strconv.ParseInt(k, 10, 64)), engine.Must(strconv.ParseInt(v, 10, 64))
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
	high := rdd.Filter(all, func(p rdd.Pair[int64, int64]) bool { return p.Value > 900 })
	low := rdd.Filter(all, func(p rdd.Pair[int64, int64]) bool { return p.Value < -900 })
	n, err := rdd.Join(high, low, rdd.Hash(partitions)).Count()
	return strconv.Itoa(n), err
}
