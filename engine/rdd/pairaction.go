package rdd

import (
	"iter"
	"maps"

	"etincelle/engine/lineage"
)

// The actions of this file bring something by key.

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
	ones := asRDD(mapValues(p.plain, op, func(V) int { return 1 }))
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

// ReduceByKeyLocally is ReduceByKey straight to the program, as a map: each task
// brings one value a key and nothing is shuffled. It is for few keys. A dataset
// without partitions is an error.
func ReduceByKeyLocally[K comparable, V any](p *Pairs[K, V], f func(V, V) V) (map[K]V, error) {
	parts, err := runAll(p, "reduceByKeyLocally", func(t *lineage.Task, rows iter.Seq[Pair[K, V]]) (map[K]V, error) {
		reduced := map[K]V{}
		for kv := range rows {
			reduceInto(reduced, kv.Key, kv.Value, f)
		}
		t.Metrics.Result += int64(len(reduced))
		return reduced, nil
	})
	if err == nil && len(parts) == 0 {
		err = emptyCollection()
	}
	if err != nil {
		return nil, err
	}
	all := parts[0]
	for _, part := range parts[1:] {
		for k, v := range part {
			reduceInto(all, k, v, f)
		}
	}
	return all, nil
}

func reduceInto[K comparable, V any](reduced map[K]V, k K, v V, f func(V, V) V) {
	if before, seen := reduced[k]; seen {
		v = f(before, v)
	}
	reduced[k] = v
}
