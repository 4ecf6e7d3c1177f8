package rdd

import (
	"iter"

	"etincelle/engine"
	"etincelle/engine/lineage"
)

// Union is the rows of all the datasets, duplicates included: their partitions
// one after the other, and nothing moves. Datasets that are all placed by equal
// partitioners keep it: partition i is then their partitions i together.
func Union[T any](s *engine.Session, all ...*RDD[T]) *RDD[T] {
	var some []*RDD[T] // those with partitions
	var err error
	for _, r := range all {
		n, countErr := r.node.Partitions()
		err = firstError(err, r.err, countErr, apart(all[0].base, r.base))
		if n > 0 {
			some = append(some, r)
		}
	}
	var out *RDD[T]
	if placed(some) {
		out = unionInPlace(s, some)
	} else {
		out = unionInRow(s, some)
	}
	out.err = err
	return out
}

// placed reports whether all are placed by equal partitioners.
func placed[T any](all []*RDD[T]) bool {
	if len(all) == 0 {
		return false
	}
	for _, r := range all {
		if !lineage.Alike(all[0].node.Partitioner, r.node.Partitioner) {
			return false
		}
	}
	return true
}

func unionInPlace[T any](s *engine.Session, all []*RDD[T]) *RDD[T] {
	by, in := all[0].node.Partitioner, readers(all)
	var deps []lineage.Dep
	for _, r := range all {
		deps = append(deps, lineage.Narrow(r.node))
	}
	return define(s, dataset[T]{
		class: "PartitionerAwareUnionRDD", op: "union", partitions: fixed(by.NumPartitions()), partitioner: by, deps: deps,
		compute: func(t *lineage.Task, p int) iter.Seq[T] {
			return func(yield func(T) bool) {
				for _, rows := range in {
					for row := range rows(t, p) {
						if !yield(row) {
							return
						}
					}
				}
			}
		},
	})
}

func readers[T any](all []*RDD[T]) []reader[T] {
	var in []reader[T]
	for _, r := range all {
		in = append(in, r.rows)
	}
	return in
}

func unionInRow[T any](s *engine.Session, all []*RDD[T]) *RDD[T] {
	var deps []lineage.Dep
	var starts []int // the first partition of each dataset
	total := 0
	in := readers(all)
	for _, r := range all {
		from, n := total, r.NumPartitions()
		starts = append(starts, from)
		total += n
		deps = append(deps, lineage.NarrowFrom(r.node, lineage.Range, func(p int) []int {
			if p < from || p >= from+n {
				return nil
			}
			return []int{p - from}
		}))
	}
	return define(s, dataset[T]{
		class: "UnionRDD", op: "union", partitions: fixed(total), deps: deps,
		compute: func(t *lineage.Task, p int) iter.Seq[T] {
			i := len(starts) - 1
			for starts[i] > p {
				i--
			}
			return in[i](t, p-starts[i])
		},
	})
}
