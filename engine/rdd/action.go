package rdd

import (
	"iter"
	"maps"

	"etincelle/engine/lineage"
)

// An action runs a job and brings something back. Each partition is one task;
// what the tasks return is put together by the program in the order of the
// partitions, so that an answer does not depend on which task ended first.

// runAll is base.runAll for a task that is given rows.
func runAll[T, R any](r *RDD[T], action string, task func(t *lineage.Task, rows iter.Seq[T]) (R, error)) ([]R, error) {
	in := r.rows
	return typed[R](runOnAll(r.base, action, func(t *lineage.Task, p int) (any, error) { return task(t, in(t, p)) }))
}

// run is base.run for a task that is given rows.
func run[T, R any](r *RDD[T], action string, partitions []int, task func(t *lineage.Task, rows iter.Seq[T]) (R, error)) ([]R, error) {
	in := r.rows
	return typed[R](runOn(r.base, action, partitions, func(t *lineage.Task, p int) (any, error) { return task(t, in(t, p)) }))
}

func typed[R any](results []any, err error) ([]R, error) {
	all := make([]R, len(results))
	for i, result := range results {
		all[i], _ = result.(R) // a nil of an interface type has lost its type
	}
	return all, err
}

// Collect brings all rows to the program, in the order of the partitions. They
// must fit in its memory.
func (r *RDD[T]) Collect() ([]T, error) { return collect("collect", r) }

func collect[T any](action string, r *RDD[T]) ([]T, error) {
	in := r.rows
	parts, err := runOnAll(r.base, action, func(t *lineage.Task, p int) (any, error) {
		rows := gather(in(t, p))
		t.Metrics.Result += int64(len(rows))
		return rows, nil
	})
	if err != nil {
		return nil, err
	}
	all := []T{}
	for _, rows := range parts {
		all = append(all, rows.([]T)...)
	}
	return all, nil
}

// Count counts rows.
func (r *RDD[T]) Count() (int, error) { return count("count", r) }

func count[T any](action string, r *RDD[T]) (int, error) {
	in := r.rows
	return countRows(r.base, action, func(t *lineage.Task, p int) int {
		n := 0
		for range in(t, p) {
			n++
		}
		return n
	})
}

// Take brings the first n rows. It looks at one partition, then at more and
// more at a time, each time in a job of its own, until it has them: a Take of few
// rows from full partitions computes only part of the first.
func (r *RDD[T]) Take(n int) ([]T, error) { return take("take", r, n) }

func take[T any](action string, r *RDD[T], n int) ([]T, error) {
	in := r.rows
	portions, err := takePortions(r.base, action, n, func(t *lineage.Task, p, left int) portion {
		some := firstOf(in(t, p), left)
		return portion{some, len(some)}
	})
	found := []T{}
	for _, part := range portions {
		found = append(found, part.rows.([]T)[:min(part.n, n-len(found))]...)
	}
	return found, err
}

func firstOf[T any](rows iter.Seq[T], n int) []T {
	some := []T{}
	for row := range rows {
		some = append(some, row)
		if len(some) == n {
			break // the rest of the partition is not computed
		}
	}
	return some
}

// First brings the first row; an empty dataset is an error.
func (r *RDD[T]) First() (T, error) {
	rows, err := take("first", r, 1)
	if err == nil && len(rows) == 0 {
		err = emptyCollection()
	}
	if err != nil {
		var none T
		return none, err
	}
	return rows[0], nil
}

// IsEmpty reports whether there are no rows; it looks for one.
func (r *RDD[T]) IsEmpty() (bool, error) {
	rows, err := take("isEmpty", r, 1)
	return len(rows) == 0, err
}

func emptyCollection() error {
	return &lineage.Failure{Class: lineage.SparkUnsupported, Message: "empty collection", Site: lineage.Caller()}
}

// ForEach runs f on every row, on the executors: what it changes of the program's
// variables is lost on a real cluster. Accumulators come back.
func (r *RDD[T]) ForEach(f func(T)) error {
	in := r.rows
	_, err := runOnAll(r.base, "foreach", func(t *lineage.Task, p int) (any, error) {
		for row := range in(t, p) {
			f(row)
		}
		return nil, nil
	})
	return err
}

// ForEachPartition runs f once for each partition, on the executors.
func (r *RDD[T]) ForEachPartition(f func(iter.Seq[T])) error {
	in := r.rows
	_, err := runOnAll(r.base, "foreachPartition", func(t *lineage.Task, p int) (any, error) {
		f(bound(r.base, t, in(t, p)))
		return nil, nil
	})
	return err
}

// CollectMap brings pairs to the program as a map; of equal keys the last wins.
// Spark's name for it is collectAsMap.
func CollectMap[K comparable, V any](p *Pairs[K, V]) (map[K]V, error) {
	rows, err := collect("collectAsMap", p)
	if err != nil {
		return nil, err
	}
	return maps.Collect(func(yield func(K, V) bool) {
		for _, kv := range rows {
			if !yield(kv.Key, kv.Value) {
				return
			}
		}
	}), nil
}

// CountByKey counts the rows of each key. It shuffles the counts, with a combiner.
func CountByKey[K comparable, V any](p *Pairs[K, V]) (map[K]int, error) {
	return countByKey("countByKey", p)
}

func countByKey[K comparable, V any](op string, p *Pairs[K, V]) (map[K]int, error) {
	ones := mapValues(p, op, func(V) int { return 1 })
	add := Add[int]
	counts := combineByKey(op, ones, combine[K, int, int]{create: func(n int) int { return n }, add: add, merge: add, mapSide: true}, nil)
	rows, err := collect(op, counts)
	if err != nil {
		return nil, err
	}
	m := make(map[K]int, len(rows))
	for _, kv := range rows {
		m[kv.Key] = kv.Value
	}
	return m, nil
}

// Lookup brings the values of one key. When p is placed by a partitioner only
// the key's partition is looked at: a job of one task.
func Lookup[K comparable, V any](p *Pairs[K, V], key K) ([]V, error) {
	if p.err != nil {
		return nil, p.err
	}
	matching := func(t *lineage.Task, rows iter.Seq[Pair[K, V]]) ([]V, error) {
		found := []V{}
		for kv := range rows {
			if kv.Key == key {
				found = append(found, kv.Value)
			}
		}
		t.Metrics.Result += int64(len(found))
		return found, nil
	}
	if by := p.node.Partitioner; by != nil {
		parts, err := run(p, "lookup", []int{by.Partition(key)}, matching)
		if err != nil {
			return nil, err
		}
		return parts[0], nil
	}
	hits := mapOp(filterOp(p, "lookup", func(kv Pair[K, V]) bool { return kv.Key == key }), "lookup", Value[K, V])
	return collect("lookup", hits)
}
