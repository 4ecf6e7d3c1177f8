package physical

import (
	"path"
	"slices"
	"strings"

	"etincelle/engine/fs"
)

const (
	mostBytes = 128 << 20 // of files in one partition (spark.sql.files.maxPartitionBytes)
	openBytes = 4 << 20   // what opening a file is reckoned to cost (spark.sql.files.openCostInBytes)
)

// FileSpan is a part of a file: the bytes from, and without To.
type FileSpan struct {
	Path     string
	From, To int64
	Size     int64 // of the whole file
}

// PackFiles cuts files into spans, where cut is true, and packs these in partitions,
// as Spark does: large enough that all cores are busy, and a file counts for what
// it costs to open.
func PackFiles(files []fs.Info, parallelism int, cut bool) [][]FileSpan {
	var total int64
	for _, f := range files {
		total += f.Size + openBytes
	}
	size := min(mostBytes, max(openBytes, total/int64(max(parallelism, 1))))
	var spans []FileSpan
	for _, f := range files {
		step := size
		if !cut {
			step = max(f.Size, 1)
		}
		for from := int64(0); from < f.Size; from += step {
			spans = append(spans, FileSpan{f.Path, from, min(from+step, f.Size), f.Size})
		}
	}
	slices.SortStableFunc(spans, func(a, b FileSpan) int { return int((b.To - b.From) - (a.To - a.From)) })
	var parts [][]FileSpan
	var part []FileSpan
	filled := int64(0)
	for _, s := range spans {
		if filled+s.To-s.From > size && len(part) > 0 {
			parts, part, filled = append(parts, part), nil, 0
		}
		part = append(part, s)
		filled += s.To - s.From + openBytes
	}
	if len(part) > 0 {
		parts = append(parts, part)
	}
	return parts
}

// DataFiles lists the files of a path: itself, or those of a folder and of the
// folders inside, hidden ones left out.
func DataFiles(files fs.FS, at string) ([]fs.Info, error) {
	info, err := files.Stat(at)
	if err != nil {
		return nil, err
	}
	if !info.Dir {
		return []fs.Info{info}, nil
	}
	inside, err := files.List(at)
	if err != nil {
		return nil, err
	}
	var data []fs.Info
	for _, f := range inside {
		if name := path.Base(strings.ReplaceAll(f.Path, `\`, "/")); strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") {
			continue
		}
		if !f.Dir {
			data = append(data, f)
			continue
		}
		below, err := DataFiles(files, f.Path)
		if err != nil {
			return nil, err
		}
		data = append(data, below...)
	}
	return data, nil
}
