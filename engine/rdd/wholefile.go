package rdd

import (
	"iter"
	"slices"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/lineage"
)

// WholeTextFiles is the files of a folder, one row each: path and contents. A
// partition holds files until they make up the partitions-th part of the bytes.
func WholeTextFiles(s *engine.Session, path string, partitions ...int) *Pairs[string, string] {
	core := engine.Inside(s)
	site := lineage.Caller()
	n, err := minPartitions(s, partitions)
	var groups [][]fs.Info // set when the partitions are counted, before any task
	count := func() (int, error) {
		files, err := dataFiles(core.Files(), path, site)
		if err != nil {
			return 0, err
		}
		groups = packFiles(slices.DeleteFunc(files, func(f fs.Info) bool { return f.Dir }), n)
		return len(groups), nil
	}
	blocks := define(s, dataset[Pair[string, string]]{
		class: "WholeTextFileRDD", op: "wholeTextFiles", partitions: count, err: err,
		compute: func(t *lineage.Task, p int) iter.Seq[Pair[string, string]] {
			return contents(t, core.Files(), groups[p])
		},
	})
	blocks.node.SetName(path)
	return itself(blocks, "wholeTextFiles").SetName(path)
}

// contents reads files, one row each.
func contents(t *lineage.Task, files fs.FS, group []fs.Info) iter.Seq[Pair[string, string]] {
	return func(yield func(Pair[string, string]) bool) {
		for _, f := range group {
			t.Look()
			data, err := fs.Read(files, f.Path)
			t.Check(err)
			t.Metrics.Input++
			if !yield(KV(f.Path, string(data))) {
				return
			}
		}
	}
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
		if size > 0 && packed >= size {
			groups, group, packed = append(groups, group), nil, 0
		}
	}
	if len(group) > 0 {
		groups = append(groups, group)
	}
	return groups
}
