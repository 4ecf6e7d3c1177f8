package lab

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"etincelle/datasets"
	"etincelle/engine/rdd"
	"etincelle/grader/check"
)

// source is one input as cases.json and lab.json write it: its rows, or the
// lines of a dataset they are.
//
//	{"name": "flights", "inline": [[{…}, {…}], []]}
//	{"name": "flights", "dataset": "flights/flights_2013-01.csv", "from": 0, "rows": 400, "partitions": 8}
//	{"name": "flights", "dataset": "flights/flights_2013-01.csv", "sizes": [300, 10, 10, 80]}
//	{"name": "tasks", "recording": "labs/TP/figures/morning.jsonl"}
type source struct {
	Name       string              `json:"name"`
	Inline     [][]json.RawMessage `json:"inline,omitempty"`
	Dataset    string              `json:"dataset,omitempty"`
	From       int                 `json:"from,omitempty"`       // the first row, after the header, from 0
	Rows       int                 `json:"rows,omitempty"`       // 0: all
	Partitions int                 `json:"partitions,omitempty"` // cut evenly
	Sizes      []int               `json:"sizes,omitempty"`      // cut so
	Lines      bool                `json:"lines,omitempty"`      // the rows are the lines as they are, text
	Recording  string              `json:"recording,omitempty"`  // a recorded run, from the course's folder: its stages or tasks, as the name says
}

// reader reads sources; it reads each dataset once.
type reader struct {
	root  string
	lines map[string][]string // by dataset, the header left out
}

func (l *Lab) reader() *reader { return &reader{root: l.Root, lines: map[string][]string{}} }

// read is the source with its rows.
func (r *reader) read(s source) (check.Source, error) {
	out := check.Source{Name: s.Name, Partitions: s.Inline}
	if s.Recording != "" {
		return r.recorded(s)
	}
	if s.Dataset == "" {
		if len(s.Inline) == 0 {
			return out, fmt.Errorf("source %s: found neither inline rows nor a dataset", s.Name)
		}
		return out, nil
	}
	lines, err := r.dataset(s.Dataset)
	if err != nil {
		return out, err
	}
	sizes := s.Sizes
	if len(sizes) == 0 {
		count := s.Rows
		if count == 0 {
			count = len(lines) - s.From
		}
		sizes = evenly(count, s.Partitions)
	}
	at := s.From
	for _, size := range sizes {
		if size < 0 || at < 0 || at+size > len(lines) {
			return out, fmt.Errorf("source %s: rows %d to %d of %s, which has %d", s.Name, at, at+size, s.Dataset, len(lines))
		}
		parse := parsers[s.Dataset]
		if s.Lines {
			parse = func(line string) (any, error) { return line, nil }
		}
		rows, err := parseRows(s.Dataset, parse, lines[at:at+size])
		if err != nil {
			return out, err
		}
		out.Partitions = append(out.Partitions, rows)
		at += size
	}
	return out, nil
}

// recorded is the stages or the tasks of a recorded run, in one partition.
func (r *reader) recorded(s source) (check.Source, error) {
	out := check.Source{Name: s.Name}
	run, err := datasets.ReadRun(filepath.Join(r.root, filepath.FromSlash(s.Recording)))
	if err != nil {
		return out, err
	}
	rows, err := rawRows(run.Tasks)
	switch s.Name {
	case "tasks":
	case "stages":
		rows, err = rawRows(run.Stages)
	default:
		return out, fmt.Errorf("source %s: found a recording, of which there are only stages and tasks", s.Name)
	}
	if err != nil {
		return out, fmt.Errorf("source %s: %w", s.Name, err)
	}
	out.Partitions = [][]json.RawMessage{rows}
	return out, nil
}

func rawRows[T any](values []T) ([]json.RawMessage, error) {
	var rows []json.RawMessage
	for _, v := range values {
		text, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		rows = append(rows, text)
	}
	return rows, nil
}

// evenly cuts count rows into n partitions as rdd.Of does.
func evenly(count, n int) []int {
	sizes := make([]int, max(n, 1))
	for i := range sizes {
		sizes[i] = (i+1)*count/len(sizes) - i*count/len(sizes)
	}
	return sizes
}

// parsers read one line of a dataset as the row that the exercises use.
var parsers = map[string]func(line string) (any, error){
	"flights/flights_2013-01.csv":   func(line string) (any, error) { return datasets.ParseFlight(line) },
	"animals.csv":                   func(line string) (any, error) { return datasets.ParseAnimal(line) },
	"flights/stream_storm_week.csv": func(line string) (any, error) { return datasets.ParseDeparture(line) },
	"flights/stream_calm_week.csv":  func(line string) (any, error) { return datasets.ParseDeparture(line) },
	"flights/airlines.csv": func(line string) (any, error) {
		code, name, ok := strings.Cut(line, ",")
		if !ok {
			return nil, fmt.Errorf("airline %q: found no comma", line)
		}
		return rdd.KV(code, name), nil
	},
}

// dataset is the lines of a dataset.
func (r *reader) dataset(name string) ([]string, error) {
	if lines, read := r.lines[name]; read {
		return lines, nil
	}
	if _, known := parsers[name]; !known {
		return nil, fmt.Errorf("dataset %q: nothing reads its lines as rows", name)
	}
	data, err := os.ReadFile(filepath.Join(r.root, "datasets", filepath.FromSlash(name)))
	if err != nil {
		return nil, fmt.Errorf("read the dataset %s: %w", name, err)
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	r.lines[name] = lines[1:]
	return lines[1:], nil
}

// parseRows reads lines of a dataset as rows.
func parseRows(dataset string, parse func(line string) (any, error), lines []string) ([]json.RawMessage, error) {
	rows := make([]json.RawMessage, 0, len(lines))
	for _, line := range lines {
		row, err := parse(strings.TrimSuffix(line, "\r"))
		if err != nil {
			return nil, err
		}
		text, err := json.Marshal(row)
		if err != nil {
			return nil, fmt.Errorf("row of %s: %w", dataset, err)
		}
		rows = append(rows, text)
	}
	return rows, nil
}
