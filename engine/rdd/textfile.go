package rdd

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"iter"

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
			return counting(lines(t, core.Files(), splits[p]), &t.Metrics.Input)
		},
	})
	blocks.node.SetName(path)
	text := mapOp(blocks, "textFile", func(line string) string { return line })
	return text.SetName(path)
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
		if s.whole {
			from, err = gzip.NewReader(f)
		} else {
			_, err = f.Seek(s.start, io.SeekStart)
		}
		t.Check(err)
		r := bufio.NewReaderSize(from, 1<<16)
		var line []byte
		for at := s.start; s.whole || at <= s.end; {
			first := at == s.start
			size, err := 0, error(nil)
			if line, size, err = readLine(r, line[:0]); err != nil {
				t.Fail(fmt.Errorf("read %s: %w", s.path, err))
			}
			at += int64(size)
			if first && s.start == 0 && bytes.HasPrefix(line, byteOrderMark) {
				line = line[len(byteOrderMark):]
				size -= len(byteOrderMark)
			}
			switch {
			case size == 0:
				return
			case first && s.start > 0: // it began in the split before, which reads it to its end
			case !yield(string(line)):
				return
			}
		}
	}
}

// byteOrderMark is what some programs write before UTF-8; Hadoop leaves it out.
var byteOrderMark = []byte("\xef\xbb\xbf")

// readLine appends the next line to line, without its end. size counts the bytes
// read, the end too; it is 0 at the end of the file.
func readLine(r *bufio.Reader, line []byte) (text []byte, size int, err error) {
	for {
		if _, err := r.Peek(1); err == io.EOF {
			return line, size, nil // the last line may have no end
		} else if err != nil {
			return line, size, err
		}
		ahead, _ := r.Peek(r.Buffered())
		end := lineEnd(ahead)
		if end < 0 {
			line = append(line, ahead...)
			size += discard(r, len(ahead))
			continue
		}
		line = append(line, ahead[:end]...)
		size += discard(r, end)
		if two, _ := r.Peek(2); string(two) == "\r\n" {
			return line, size + discard(r, 2), nil
		}
		return line, size + discard(r, 1), nil
	}
}

// discard skips n bytes that are buffered.
func discard(r *bufio.Reader, n int) int {
	n, _ = r.Discard(n) // what is buffered can be skipped
	return n
}

// lineEnd is where the first line of data ends, -1 when it does not.
func lineEnd(data []byte) int {
	end := bytes.IndexByte(data, '\n')
	if end >= 0 {
		data = data[:end]
	}
	if r := bytes.IndexByte(data, '\r'); r >= 0 {
		return r
	}
	return end
}
