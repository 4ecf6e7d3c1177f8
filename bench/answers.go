package bench

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// answersFile lies beside the data: what each job must find in it. Data from
// elsewhere has none, and is not checked.
const answersFile = "answers.json"

// answers adds up, while the data is written, what the jobs must find: plain
// loops over what was drawn, which have nothing of the engine.
type answers struct {
	words map[string]int
	keys  []tally // by key

	flights map[[2]string]bool // groups by origin and carrier

	events, small int // groups that the streaming jobs tell
}

// tally is what one key has.
type tally struct {
	rows, high, low int // all, and those on either side of the join
	most            int // the largest value, from 0
	least           int // the smallest
}

func (a *answers) count(words []string, times int) {
	if a.words == nil {
		a.words = map[string]int{}
	}
	for _, w := range words {
		a.words[w] += times
	}
}

func (a *answers) pair(k, v int) {
	if a.keys == nil {
		a.keys = make([]tally, pairKeys)
	}
	key := &a.keys[k]
	if key.rows == 0 || v < key.least {
		key.least = v
	}
	key.rows++
	key.most = max(key.most, v)
	if v > joinAbove {
		key.high++
	}
	if v < joinBelow {
		key.low++
	}
}

func (a *answers) flight(origin, carrier string) {
	if a.flights == nil {
		a.flights = map[[2]string]bool{}
	}
	a.flights[[2]string{origin, carrier}] = true
}

// byJob is each job's answer, as the job writes it.
func (a *answers) byJob() map[string]string {
	type count struct {
		Word string
		N    int
	}
	var counts []count
	for _, w := range slices.Sorted(maps.Keys(a.words)) {
		counts = append(counts, count{w, a.words[w]})
	}
	slices.SortStableFunc(counts, func(x, y count) int { return cmp.Compare(y.N, x.N) })
	keys, rows, first, most, joined := 0, 0, 0, 0, 0
	for k, t := range slices.Backward(a.keys) {
		if t.rows > 0 {
			keys++
			first = k
		}
		rows += t.rows
		most += t.most
		joined += t.high * t.low
	}
	var least int // the value beside the smallest key
	if keys > 0 {
		least = a.keys[first].least
	}
	top, groups := fmt.Sprint(counts[:min(3, len(counts))]), strconv.Itoa(len(a.flights))
	return map[string]string{
		"startup": "3", "wordcount": top, "sum": strconv.Itoa(keys),
		"group": strconv.Itoa(most), "sort": strconv.Itoa(first), "join": strconv.Itoa(joined),
		"agg_csv": groups, "agg_mem": groups,
		"df_wordcount": top, "df_sort": fmt.Sprintf("[[%d %d %d]]", first, least, rows), "df_join": strconv.Itoa(joined),
		"stream": strconv.Itoa(a.events), "microbatch": strconv.Itoa(a.small),
	}
}

func (a *answers) write(dir string) error {
	text, err := json.MarshalIndent(a.byJob(), "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, answersFile), append(text, '\n'), 0o644)
}

// readAnswers reads what Make left in dir; nil for data from elsewhere.
func readAnswers(dir string) (map[string]string, error) {
	path := filepath.Join(dir, answersFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var known map[string]string
	if err := json.Unmarshal(text, &known); err != nil {
		return nil, fmt.Errorf("%s: found %w, expected an answer for each job, as bench make writes them", path, err)
	}
	return known, nil
}
