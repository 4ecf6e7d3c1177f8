package rdd

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"etincelle/engine"
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

// TextFile is the lines of a file, or of all the files of a folder, without
// their line ends. Splits are cut by bytes, as Hadoop does: at least partitions
// of them (the smaller of 2 and the default by default), of total/partitions
// bytes each, the last one up to a tenth longer; so one more may come out, and
// some may hold no line. A .gz is one partition. A missing path is an error of
// the first action.
func TextFile(s *engine.Session, path string, partitions ...int) *RDD[string] {
	core := engine.Inside(s)
	n, err := minPartitions(s, partitions)
	var splits []split // set when the partitions are counted, before any task
	count := func() (int, error) {
		files, err := dataFiles(core.Files(), path)
		if err != nil {
			return 0, err
		}
		splits = cutFiles(files, n)
		return len(splits), nil
	}
	blocks := define(s, dataset[string]{
		class: "HadoopRDD", op: "textFile", partitions: count, err: err,
		compute: func(t *lineage.Task, p int) iter.Seq[string] {
			return counting(lines(t, core.Files(), splits[p]), &t.Metrics.Input)
		},
	})
	blocks.node.SetName(path)
	text := mapOp(blocks, "textFile", func(line string) string { return line })
	return text.SetName(path)
}

func minPartitions(s *engine.Session, partitions []int) (int, error) {
	if len(partitions) > 1 {
		return 1, &lineage.Failure{Class: "java.lang.IllegalArgumentException", Site: lineage.Caller(), Message: fmt.Sprintf("%d numbers of partitions were given, at most one can be followed", len(partitions))}
	}
	if len(partitions) == 1 && partitions[0] != DefaultPartitions {
		return partitions[0], nil
	}
	return min(s.DefaultParallelism(), 2), nil
}

// dataFiles lists the files of path, hidden ones left out.
func dataFiles(files fs.FS, path string) ([]fs.Info, error) {
	info, err := files.Stat(path)
	if fs.Missing(err) {
		message := "Input path does not exist: file:" + absolute(path)
		return nil, &lineage.Failure{Class: "org.apache.hadoop.mapred.InvalidInputException", Message: message,
			Cause: &lineage.Failure{Class: "java.io.IOException", Message: message, Cause: err}}
	}
	if err != nil || !info.Dir {
		return []fs.Info{info}, err
	}
	entries, err := files.List(path)
	var data []fs.Info
	for _, e := range entries {
		if !fs.Hidden(e.Path) && !e.Dir {
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

const splitSlop = 1.1 // the last split of a file may be this much longer

// cutFiles cuts files into about n splits of the same size. An empty file has none.
func cutFiles(files []fs.Info, n int) []split {
	var total int64
	for _, f := range files {
		total += f.Size
	}
	size := max(total/int64(max(n, 1)), 1)
	var splits []split
	for _, f := range files {
		if strings.HasSuffix(f.Path, ".gz") {
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

// lines reads the lines of a split.
func lines(t *lineage.Task, files fs.FS, s split) iter.Seq[string] {
	return func(yield func(string) bool) {
		f, err := files.Open(s.path)
		t.Check(err)
		defer f.Close()
		var from io.Reader = f
		at := s.start
		if s.whole {
			from, err = gzip.NewReader(f)
			t.Check(err)
		} else {
			_, err = f.Seek(s.start, io.SeekStart)
			t.Check(err)
		}
		r := bufio.NewReaderSize(from, 1<<16)
		for first := s.start > 0; s.whole || at <= s.end; first = false {
			line, err := r.ReadBytes('\n')
			at += int64(len(line))
			if len(line) > 0 && !first && !yield(withoutEnd(line)) {
				return
			}
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fail(fmt.Errorf("read %s: %w", s.path, err))
			}
		}
	}
}

// withoutEnd is a line without its end.
func withoutEnd(line []byte) string {
	line = bytes.TrimSuffix(line, []byte("\n"))
	return string(bytes.TrimSuffix(line, []byte("\r")))
}

// WholeTextFiles is the files of a folder, one row each: path and contents.
func WholeTextFiles(s *engine.Session, path string, partitions ...int) *Pairs[string, string] {
	core := engine.Inside(s)
	n, err := minPartitions(s, partitions)
	var groups [][]fs.Info
	count := func() (int, error) {
		files, err := dataFiles(core.Files(), path)
		if err != nil {
			return 0, err
		}
		groups = packFiles(files, n)
		return len(groups), nil
	}
	blocks := define(s, dataset[Pair[string, string]]{
		class: "WholeTextFileRDD", op: "wholeTextFiles", partitions: count, err: err,
		compute: func(t *lineage.Task, p int) iter.Seq[Pair[string, string]] {
			return counting(func(yield func(Pair[string, string]) bool) {
				for _, f := range groups[p] {
					data, err := fs.Read(core.Files(), f.Path)
					t.Check(err)
					if !yield(KV(f.Path, string(data))) {
						return
					}
				}
			}, &t.Metrics.Input)
		},
	})
	blocks.node.SetName(path)
	whole := mapOp(blocks, "wholeTextFiles", func(kv Pair[string, string]) Pair[string, string] { return kv })
	return whole.SetName(path)
}

// packFiles puts whole files together until a group is as large as the n-th part.
func packFiles(files []fs.Info, n int) [][]fs.Info {
	var total, packed int64
	for _, f := range files {
		total += f.Size
	}
	size := (total + int64(max(n, 1)) - 1) / int64(max(n, 1))
	var groups [][]fs.Info
	var group []fs.Info
	for _, f := range files {
		group = append(group, f)
		packed += f.Size
		if packed >= size {
			groups, group, packed = append(groups, group), nil, 0
		}
	}
	if len(group) > 0 {
		groups = append(groups, group)
	}
	return groups
}
