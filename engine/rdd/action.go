package rdd

import (
	"iter"
	"maps"

	"etincelle/engine"
	"etincelle/engine/lineage"
)

// An action runs a job and brings something back. Each partition is one task;
// what the tasks return is put together by the program in the order of the
// partitions, so that an answer does not depend on which task ended first.

// run computes some partitions of r with task, and returns their results in order.
func run[T, R any](r *RDD[T], action string, partitions []int, task func(t *lineage.Task, rows iter.Seq[T]) (R, error)) ([]R, error) {
	if r.err != nil {
		return nil, r.err
	}
	at := make(map[int]int, len(partitions))
	for i, p := range partitions {
		at[p] = i
	}
	results := make([]R, len(partitions))
	err := r.core.Run(engine.Job{
		Action: action, Target: r.node, Partitions: partitions,
		Compute: func(t *lineage.Task, p int) (any, error) { return task(t, r.rows(t, p)) },
		Take:    func(p int, result any) { results[at[p]], _ = result.(R) }, // a nil of an interface type has lost its type
	})
	if err != nil {
		return nil, err
	}
	return results, nil
}

// runAll is run over every partition.
func runAll[T, R any](r *RDD[T], action string, task func(t *lineage.Task, rows iter.Seq[T]) (R, error)) ([]R, error) {
	if r.err != nil {
		return nil, r.err
	}
	n, err := r.node.Partitions()
	if err != nil {
		return nil, err
	}
	return run(r, action, upTo(0, n), task)
}

func upTo(from, to int) []int {
	var all []int
	for i := from; i < to; i++ {
		all = append(all, i)
	}
	return all
}

// Collect brings all rows to the program, in the order of the partitions. They
// must fit in its memory.
func (r *RDD[T]) Collect() ([]T, error) { return collect("collect", r) }

func collect[T any](action string, r *RDD[T]) ([]T, error) {
	parts, err := runAll(r, action, brought[T])
	if err != nil {
		return nil, err
	}
	all := []T{}
	for _, rows := range parts {
		all = append(all, rows...)
	}
	return all, nil
}

// brought is a task's rows on their way to the driver.
func brought[T any](t *lineage.Task, rows iter.Seq[T]) ([]T, error) {
	all := gather(rows)
	t.Metrics.Result += int64(len(all))
	return all, nil
}

// Count counts rows.
func (r *RDD[T]) Count() (int, error) {
	counts, err := runAll(r, "count", func(_ *lineage.Task, rows iter.Seq[T]) (int, error) {
		n := 0
		for range rows {
			n++
		}
		return n, nil
	})
	total := 0
	for _, n := range counts {
		total += n
	}
	return total, err
}

// Take brings the first n rows. It looks at one partition, then at more and
// more at a time, each time in a job of its own, until it has them: a Take of few
// rows from full partitions computes only part of the first.
func (r *RDD[T]) Take(n int) ([]T, error) { return take("take", r, n) }

func take[T any](action string, r *RDD[T], n int) ([]T, error) {
	found := []T{}
	if n <= 0 || r.err != nil {
		return found, r.err
	}
	total, err := r.node.Partitions()
	if err != nil {
		return nil, err
	}
	for scanned := 0; len(found) < n && scanned < total; {
		next := min(more(scanned, len(found), n, r.core.TakeScaleUp()), total-scanned)
		left := n - len(found)
		parts, err := run(r, action, upTo(scanned, scanned+next), func(t *lineage.Task, rows iter.Seq[T]) ([]T, error) {
			some := firstOf(rows, left)
			t.Metrics.Result += int64(len(some))
			return some, nil
		})
		if err != nil {
			return nil, err
		}
		for _, rows := range parts {
			found = append(found, rows[:min(len(rows), n-len(found))]...)
		}
		scanned += next
	}
	return found, nil
}

// more is how many partitions Take looks at next: one at first, scaleUp times
// those it has seen when they held nothing, else half as many again as should do.
func more(scanned, found, wanted, scaleUp int) int {
	if scanned == 0 {
		return 1
	}
	if found == 0 {
		return scanned * scaleUp
	}
	enough := (3*(wanted-found)*scanned + 2*found - 1) / (2 * found) // ⌈1.5 × left × scanned ÷ found⌉
	return min(max(enough, 1), scanned*scaleUp)
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
	_, err := runAll(r, "foreach", func(_ *lineage.Task, rows iter.Seq[T]) (struct{}, error) {
		for row := range rows {
			f(row)
		}
		return struct{}{}, nil
	})
	return err
}

// ForEachPartition runs f once for each partition, on the executors.
func (r *RDD[T]) ForEachPartition(f func(iter.Seq[T])) error {
	_, err := runAll(r, "foreachPartition", func(_ *lineage.Task, rows iter.Seq[T]) (struct{}, error) {
		f(rows)
		return struct{}{}, nil
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
