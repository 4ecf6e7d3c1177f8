package source

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// datasets are the project's streams, by name: below the folder datasets.
var datasets = map[string]string{
	"storm":  "flights/stream_storm_week.csv",
	"calm":   "flights/stream_calm_week.csv",
	"july":   "flights/stream_2013-07.csv.gz",
	"clicks": "sessions/clickstream_synthetic.csv.gz",
}

// Datasets lists their names.
func Datasets() []string { return slices.Sorted(maps.Keys(datasets)) }

// Load reads the lines of a dataset, without its header: one of the project, whose
// folder is root, or a file.
func Load(root, name string) ([]string, error) {
	path := name
	if known, ok := datasets[name]; ok {
		path = filepath.Join(root, "datasets", filepath.FromSlash(known))
	}
	f, err := os.Open(path)
	if path != name && errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("dataset %q: %s is not part of this kit", name, path)
	}
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("dataset %q: neither one of %s nor a file", name, strings.Join(Datasets(), ", "))
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	var lines []string
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		lines = append(lines, scan.Text())
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if strings.HasSuffix(strings.TrimSuffix(path, ".gz"), ".csv") && len(lines) > 0 {
		lines = lines[1:]
	}
	return lines, nil
}
