package rdd

import (
	"bytes"
	"fmt"
	"iter"
	"path/filepath"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

// SaveAsTextFile writes one file a partition in folder path, one line a row:
// part-00000, part-00001 … and _SUCCESS when all are there. The folder must not
// exist. Rows are written as fmt prints them, pairs as Spark does: (a,1).
func (r *RDD[T]) SaveAsTextFile(path string) error {
	if r.err != nil {
		return r.err
	}
	files := r.core.Files()
	if _, err := files.Stat(path); !fs.Missing(err) {
		if err != nil {
			return err
		}
		return &lineage.Failure{Class: "org.apache.hadoop.mapred.FileAlreadyExistsException", Site: lineage.Caller(),
			Message: "Output directory file:" + absolute(path) + " already exists"}
	}
	lines := mapPartitionsRDD(r, "saveAsTextFile", false, func(_ *lineage.Task, _ int, rows iter.Seq[T]) iter.Seq[string] {
		return mapped(rows, func(row T) string { return text(row) })
	})
	n, err := lines.node.Partitions()
	if err != nil {
		return err
	}
	err = r.core.Run(engine.Job{
		Action: "runJob", Target: lines.node, Partitions: upTo(0, n), // Spark's name for the job that writes
		Compute: func(t *lineage.Task, p int) (any, error) {
			return nil, writePart(t, files, filepath.Join(path, part(p)), lines.rows(t, p))
		},
	})
	if err != nil {
		return err
	}
	return files.Write(filepath.Join(path, "_SUCCESS"), nil) // from here on the folder is whole
}

func part(p int) string { return fmt.Sprintf("part-%05d", p) }

func writePart(t *lineage.Task, files fs.FS, path string, lines iter.Seq[string]) error {
	var b bytes.Buffer
	for line := range lines {
		b.WriteString(line)
		b.WriteByte('\n')
		t.Metrics.Output++
	}
	return files.Write(path, b.Bytes())
}

// text is a row as a line of a file.
func text(row any) string {
	switch row := row.(type) {
	case nil:
		return "null"
	case interface{ text() string }:
		return row.text()
	}
	return fmt.Sprint(row)
}
