package rdd

import (
	"path"
	"path/filepath"
	"strings"

	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

// split is a part of a file: the lines that begin after start and not after
// end, the very first line of the file too. A line that begins exactly at start
// belongs to the split before.
type split struct {
	path       string
	start, end int64 // bytes
	whole      bool  // a .gz cannot be cut
}

const (
	splitSlop = 1.1      // the last split of a file may be this much longer
	blockSize = 32 << 20 // bytes: Hadoop's blocks of a local file (fs.local.block.size), which no split passes
)

// cutFiles cuts files into about n splits of the same size. An empty file has none.
func cutFiles(files []fs.Info, n int) []split {
	var total int64
	for _, f := range files {
		total += f.Size
	}
	size := max(min(total/int64(max(n, 1)), blockSize), 1)
	var splits []split
	for _, f := range files {
		if strings.HasSuffix(f.Path, ".gz") && f.Size > 0 {
			splits = append(splits, split{f.Path, 0, f.Size, true})
			continue
		}
		left := f.Size
		for ; float64(left)/float64(size) > splitSlop; left -= size {
			splits = append(splits, split{f.Path, f.Size - left, f.Size - left + size, false})
		}
		if left > 0 {
			splits = append(splits, split{f.Path, f.Size - left, f.Size, false})
		}
	}
	return splits
}

// dataFiles lists what paths, with commas between them, name: files, and what
// is in folders, hidden ones left out.
func dataFiles(files fs.FS, paths string, site lineage.Site) ([]fs.Info, error) {
	var data []fs.Info
	for _, pattern := range alternatives(files, paths) {
		matches, err := matching(files, pattern)
		if err != nil {
			return nil, err
		}
		if len(matches) == 0 {
			return nil, noInput("Input Pattern file:"+absolute(pattern)+" matches 0 files", site, nil)
		}
		for _, match := range matches {
			found, err := within(files, match)
			if fs.Missing(err) {
				err = noInput("Input path does not exist: file:"+absolute(match), site, err)
			}
			if err != nil {
				return nil, err
			}
			data = append(data, found...)
		}
	}
	return data, nil
}

// noInput is Hadoop's error, which tells the same twice.
func noInput(message string, site lineage.Site, cause error) error {
	return &lineage.Failure{Class: "org.apache.hadoop.mapred.InvalidInputException", Message: message, Site: site,
		Cause: &lineage.Failure{Class: "java.io.IOException", Message: message, Cause: cause}}
}

// alternatives are the paths between commas. One that exists as it stands is one
// path.
func alternatives(files fs.FS, paths string) []string {
	if _, err := files.Stat(paths); err == nil {
		return []string{paths}
	}
	return strings.Split(paths, ",")
}

// matching lists the paths that fit a pattern, itself when it has no signs.
func matching(files fs.FS, pattern string) ([]string, error) {
	if _, err := files.Stat(pattern); err == nil || !strings.ContainsAny(pattern, "*?[") {
		return []string{pattern}, nil
	}
	folders, err := matching(files, filepath.Dir(pattern))
	if err != nil {
		return nil, err
	}
	var found []string
	for _, folder := range folders {
		entries, err := files.List(folder)
		if err != nil && !fs.Missing(err) {
			return nil, err
		}
		for _, e := range entries {
			name := filepath.Base(e.Path)
			fits, err := path.Match(filepath.Base(pattern), name)
			if err != nil {
				return nil, illegal("path %s: %v", pattern, err)
			}
			if fits && !fs.Hidden(name) {
				found = append(found, filepath.Join(folder, name))
			}
		}
	}
	return found, nil
}

// within is a file, or what is in a folder.
func within(files fs.FS, path string) ([]fs.Info, error) {
	info, err := files.Stat(path)
	if err != nil || !info.Dir {
		return []fs.Info{info}, err
	}
	entries, err := files.List(path)
	var data []fs.Info
	for _, e := range entries {
		if !fs.Hidden(e.Path) {
			data = append(data, e)
		}
	}
	return data, err
}

func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}
