package rdd

import (
	"compress/gzip"
	"fmt"
	"io"
	"iter"
	"math"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

// TextFile is the lines of a file, or of all the files of a folder, without
// their line ends (\n, \r\n or \r). Splits are cut by bytes, as Hadoop does: at
// least partitions of them (the smaller of 2 and the default by default), of
// total/partitions bytes each and never above 32 MiB, the last one up to a tenth
// longer; so one more may come out, and some may hold no line. A .gz is one
// partition. path may be several with commas between them, and hold the signs *,
// ? and [a-z]. A missing path is an error of the first action.
func TextFile(s *engine.Session, path string, partitions ...int) *RDD[string] {
	core := engine.Inside(s)
	site := lineage.Caller()
	n, err := minPartitions(s, partitions)
	var splits []split // set when the partitions are counted, before any task
	count := func() (int, error) {
		files, err := dataFiles(core.Files(), path, site)
		if err != nil {
			return 0, err
		}
		for _, f := range files {
			if f.Dir {
				return 0, &lineage.Failure{Class: "java.io.IOException", Site: site, Message: "Path: " + f.Path +
					" is a directory, which is not supported by the record reader when `mapreduce.input.fileinputformat.input.dir.recursive` is false."}
			}
		}
		splits = cutFiles(files, n)
		return len(splits), nil
	}
	blocks := define(s, dataset[string]{
		class: "HadoopRDD", op: "textFile", partitions: count, err: err,
		compute: func(t *lineage.Task, p int) iter.Seq[string] {
			return lines(t, core.Files(), splits[p])
		},
	})
	blocks.node.SetName(path)
	return itself(blocks, "textFile").SetName(path)
}

// itself is a dataset of the same rows: Spark maps Hadoop's pairs to their text
// there, and its plans show it. No row passes through it.
func itself[T any](r *RDD[T], op string) *RDD[T] {
	return mapPartitionsRDD(r, op, false, func(_ *lineage.Task, _ int, rows iter.Seq[T]) iter.Seq[T] { return rows })
}

func minPartitions(s *engine.Session, partitions []int) (int, error) {
	n, err := one(partitions, func() (int, error) { return DefaultPartitions, nil })
	if n == DefaultPartitions {
		n = min(s.DefaultParallelism(), 2)
	}
	return n, err
}

// lines reads the lines of a split.
func lines(t *lineage.Task, files fs.FS, s split) iter.Seq[string] {
	return func(yield func(string) bool) {
		f, err := files.Open(s.path)
		t.Check(err)
		defer f.Close()
		var from io.Reader = f
		last := s.end // where the last line may begin
		if s.whole {
			from, err = gzip.NewReader(f)
			last = math.MaxInt64
		} else {
			_, err = f.Seek(s.start, io.SeekStart)
		}
		t.Check(err)
		r := newLineReader(from, blockBytes, bufferBytes)
		defer func() { t.Metrics.Input += r.passed }()
		if err := r.each(s.start, last, t.Look, yield); err != nil {
			t.Fail(fmt.Errorf("read %s: %w", s.path, err))
		}
	}
}
