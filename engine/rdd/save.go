package rdd

import (
	"bytes"
	"fmt"
	"path/filepath"

	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

// SaveAsTextFile writes one file a partition in folder path, one line a row:
// part-00000, part-00001 … and _SUCCESS when all are there. The folder must not
// exist. Rows are written as fmt prints them; pairs, joined values and what may be
// missing as Spark does: (a,1), (a,(1,Some(2))).
func (r *RDD[T]) SaveAsTextFile(path string) error {
	in := r.rows
	return saveAsTextFile(r.base, path, func(t *lineage.Task, p int, write func(row any)) {
		visited(in, func(row T) { write(row) })(t, p)
	})
}

func saveAsTextFile(b *base, path string, each func(t *lineage.Task, p int, write func(row any))) error {
	if b.err != nil {
		return b.err
	}
	files := b.core.Files()
	if _, err := files.Stat(path); !fs.Missing(err) {
		if err != nil {
			return err
		}
		return &lineage.Failure{Class: "org.apache.hadoop.mapred.FileAlreadyExistsException", Site: lineage.Caller(),
			Message: "Output directory file:" + absolute(path) + " already exists"}
	}
	lines := newBase(b.session, "MapPartitionsRDD", "saveAsTextFile", b.node.Partitions, nil, []lineage.Dep{lineage.Narrow(b.node)}, nil)
	_, err := runOnAll(lines, "runJob", func(t *lineage.Task, p int) (any, error) { // Spark's name for the job that writes
		return nil, writePart(t, files, filepath.Join(path, part(p)), func(write func(any)) { each(t, p, write) })
	})
	if err != nil {
		return err
	}
	return files.Write(filepath.Join(path, "_SUCCESS"), nil) // from here on the folder is whole
}

func part(p int) string { return fmt.Sprintf("part-%05d", p) }

func writePart(t *lineage.Task, files fs.FS, path string, each func(write func(row any))) error {
	var b bytes.Buffer
	each(func(row any) {
		b.WriteString(text(row))
		b.WriteByte('\n')
		t.Metrics.Output++
	})
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
