package dstream

import (
	"iter"

	"etincelle/engine/rdd"
)

// UpdateStateByKey keeps a state for each key, over all batches: RDD[(K, V)] → RDD[(K,
// S)] with every key that has a state. update is called for each of them in each batch,
// with the key's new values (none when there are none) and its state (known is false for
// a key that has none); it returns the next state, or keep=false to forget the key.
//
// The states of one batch come from those of the one before, so the lineage grows until
// a checkpoint cuts it: every ten seconds, or as CheckpointEvery says. update must not
// change old in place where it is a slice, a map or a pointer: a batch may be computed
// again from the states before it.
func UpdateStateByKey[K comparable, V, S any](d *Pairs[K, V], update func(values []V, old S, known bool) (next S, keep bool), by ...rdd.Partitioner) *Pairs[K, S] {
	return updateState(d, nil, update, by)
}

// UpdateStateByKeyFrom is UpdateStateByKey that begins with the states of a dataset:
// they are the old states of the first batch.
func UpdateStateByKeyFrom[K comparable, V, S any](d *Pairs[K, V], initial *rdd.Pairs[K, S], update func(values []V, old S, known bool) (next S, keep bool), by ...rdd.Partitioner) *Pairs[K, S] {
	return updateState(d, initial, update, by)
}

func updateState[K comparable, V, S any](d *Pairs[K, V], initial *rdd.Pairs[K, S], update func([]V, S, bool) (S, bool), by []rdd.Partitioner) *Pairs[K, S] {
	place := d.context.placed(by)
	s := child("StateDStream", "updateStateByKey", d.stream)
	s.always, s.level = true, rdd.MemoryOnlySer
	var out *Pairs[K, S]
	out = define(d.context, s, func(at Time) (*rdd.Pairs[K, S], error) {
		before, err := out.get(at - Time(d.slide))
		if err != nil {
			return nil, err
		}
		batch, err := d.get(at)
		if err != nil {
			return nil, err
		}
		if before == nil {
			before = initial
		}
		switch {
		case batch == nil && before == initial:
			return nil, nil // nothing to begin with
		case batch == nil:
			return rdd.MapPartitionsKeeping(before, idle[K](update)), nil
		case before == nil:
			return rdd.MapPartitionsKeeping(rdd.GroupByKey(batch, place), begun[K](update)), nil
		}
		return rdd.MapPartitionsKeeping(rdd.CoGroup(batch, before, place), continued[K](update)), nil
	})
	return out
}

// begun makes the states of keys that had none.
func begun[K comparable, V, S any](update func([]V, S, bool) (S, bool)) func(iter.Seq[rdd.Pair[K, []V]]) iter.Seq[rdd.Pair[K, S]] {
	return updated[K](func(values []V) (S, bool) {
		var none S
		return update(values, none, false)
	})
}

// continued makes the next states of keys with new values, a state, or both.
func continued[K comparable, V, S any](update func([]V, S, bool) (S, bool)) func(iter.Seq[rdd.Pair[K, rdd.Grouped[V, S]]]) iter.Seq[rdd.Pair[K, S]] {
	return updated[K](func(g rdd.Grouped[V, S]) (S, bool) {
		if len(g.Right) == 0 {
			var none S
			return update(g.Left, none, false)
		}
		return update(g.Left, g.Right[0], true)
	})
}

// idle makes the next states of keys in a batch that the source has not.
func idle[K comparable, V, S any](update func([]V, S, bool) (S, bool)) func(iter.Seq[rdd.Pair[K, S]]) iter.Seq[rdd.Pair[K, S]] {
	return updated[K](func(old S) (S, bool) { return update(nil, old, true) })
}

// updated keeps the keys for which next gives a state.
func updated[K comparable, V, S any](next func(V) (S, bool)) func(iter.Seq[rdd.Pair[K, V]]) iter.Seq[rdd.Pair[K, S]] {
	return func(rows iter.Seq[rdd.Pair[K, V]]) iter.Seq[rdd.Pair[K, S]] {
		return func(yield func(rdd.Pair[K, S]) bool) {
			for row := range rows {
				if state, keep := next(row.Value); keep && !yield(rdd.Pair[K, S]{Key: row.Key, Value: state}) {
					return
				}
			}
		}
	}
}
