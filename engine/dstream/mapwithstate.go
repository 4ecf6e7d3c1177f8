package dstream

import (
	"iter"
	"reflect"
	"time"

	"etincelle/engine/codec"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// Stateful is what MapWithState gives: a stream of what its function gave, with the
// states behind it.
type Stateful[K comparable, S, E any] struct {
	*DStream[E]
	states *DStream[record[K, S, E]]
}

// StateOption sets one thing of MapWithState.
type StateOption func(*stateSettings)

type stateSettings struct {
	timeout ms
	by      rdd.Partitioner
}

// StateTimeout has keys forgotten that had no row for more than d. They are looked for
// when the states are checkpointed, every ten batches or as CheckpointEvery says, and
// not before: the function is then called for each with no value and a state that is
// timing out.
func StateTimeout(d time.Duration) StateOption {
	return func(s *stateSettings) { s.timeout = millis(d) }
}

// StatePartitioner sets where the states of which keys are.
func StatePartitioner(by rdd.Partitioner) StateOption { return func(s *stateSettings) { s.by = by } }

// MapWithState calls f once for each row, with the state of the row's key, and gives
// what f emits: RDD[(K, V)] → RDD[E]. Keys without rows cost nothing, unlike with
// UpdateStateByKey. Snapshots has all the states.
//
// f gets a value for each row, and none for a key that is timing out.
func MapWithState[K comparable, V, S, E any](d *Pairs[K, V], f func(key K, value rdd.Maybe[V], state *State[S]) (out E, emit bool), options ...StateOption) *Stateful[K, S, E] {
	return mapWithState(d, nil, f, options)
}

// MapWithStateFrom is MapWithState that begins with the states of a dataset.
func MapWithStateFrom[K comparable, V, S, E any](d *Pairs[K, V], initial *rdd.Pairs[K, S], f func(key K, value rdd.Maybe[V], state *State[S]) (out E, emit bool), options ...StateOption) *Stateful[K, S, E] {
	return mapWithState(d, initial, f, options)
}

func mapWithState[K comparable, V, S, E any](d *Pairs[K, V], initial *rdd.Pairs[K, S], f func(K, rdd.Maybe[V], *State[S]) (E, bool), options []StateOption) *Stateful[K, S, E] {
	with := stateSettings{timeout: unset, by: d.context.placed(nil)}
	for _, option := range options {
		option(&with)
	}
	c := d.context
	s := child("InternalMapWithStateDStream", "mapWithState", d.stream)
	s.always, s.widest, s.level = true, 10, rdd.MemoryOnly
	s.err = firstError(s.err, codec.Check(reflect.TypeFor[savedStates[K, S, E]]()))
	var states *DStream[record[K, S, E]]
	states = define(c, s, func(at Time) (*rdd.RDD[record[K, S, E]], error) {
		before, err := states.get(at - Time(d.slide))
		if err != nil {
			return nil, err
		}
		batch, err := d.get(at)
		if err != nil {
			return nil, err
		}
		if batch == nil {
			batch = rdd.Empty[rdd.Pair[K, V]](c.session)
		}
		before = placedStates(c, before, initial, with.by, at)
		step := stateStep[K, V, S, E]{f: f, at: at, idle: unset}
		scan, err := ms(at - states.zero).multipleOf(states.every)
		if err != nil {
			return nil, err
		}
		if scan {
			step.idle = with.timeout // as in Spark, nobody looks for idle keys at other times
		}
		step.touch = with.timeout != unset
		return rdd.Beside("MapWithStateRDD", "mapWithState", before, rdd.PartitionBy(batch, with.by), with.by, step.run), nil
	})
	mapped := FlatMap(states, func(r record[K, S, E]) []E { return r.mapped })
	mapped.class, mapped.op = "MapWithStateDStreamImpl", "mapWithState"
	return &Stateful[K, S, E]{mapped, states}
}

// Snapshots is every key and its state, after each batch.
func (m *Stateful[K, S, E]) Snapshots() *Pairs[K, S] { return snapshots(m.states) }

func snapshots[K comparable, S, E any](states *DStream[record[K, S, E]]) *Pairs[K, S] {
	return FlatMap(states, func(r record[K, S, E]) []rdd.Pair[K, S] {
		var all []rdd.Pair[K, S]
		for k, s := range r.states.all() {
			all = append(all, rdd.Pair[K, S]{Key: k, Value: s.Value})
		}
		return all
	})
}

// CheckpointEvery sets how often the states are checkpointed, and idle keys looked for.
func (m *Stateful[K, S, E]) CheckpointEvery(d time.Duration) *Stateful[K, S, E] {
	m.states.CheckpointEvery(d)
	return m
}

// placedStates is the states before a batch, one record a partition, where by places
// their keys: those of the batch before, or at first those that the program gave.
func placedStates[K comparable, S, E any](c *Context, before *rdd.RDD[record[K, S, E]], initial *rdd.Pairs[K, S], by rdd.Partitioner, at Time) *rdd.RDD[record[K, S, E]] {
	type pair = rdd.Pair[K, keyState[S]]
	if before != nil && lineage.Alike(before.Partitioner(), by) {
		return before
	}
	var keys *rdd.RDD[pair]
	switch {
	case before != nil: // from a checkpoint that forgot where its keys are
		keys = rdd.FlatMap(before, func(r record[K, S, E]) []pair {
			var all []pair
			for k, s := range r.states.all() {
				all = append(all, pair{Key: k, Value: s})
			}
			return all
		})
	case initial != nil:
		keys = rdd.Map(initial, func(row rdd.Pair[K, S]) pair { return pair{Key: row.Key, Value: keyState[S]{Value: row.Value, At: at}} })
	default:
		keys = rdd.Empty[pair](c.session)
	}
	return rdd.MapPartitionsKeeping(rdd.PartitionBy(keys, by), func(rows iter.Seq[pair]) iter.Seq[record[K, S, E]] {
		return func(yield func(record[K, S, E]) bool) {
			states := (*stateMap[K, S])(nil).next()
			for row := range rows {
				states.put(row.Key, row.Value.Value, row.Value.At)
			}
			yield(record[K, S, E]{states: states})
		}
	})
}

// stateStep makes the states of one partition after a batch.
type stateStep[K comparable, V, S, E any] struct {
	f     func(K, rdd.Maybe[V], *State[S]) (E, bool)
	at    Time
	touch bool // a look at a state counts as a touch
	idle  ms   // keys untouched for more go; unset: nobody looks
}

func (step stateStep[K, V, S, E]) run(t *lineage.Task, before iter.Seq[record[K, S, E]], rows iter.Seq[rdd.Pair[K, V]]) iter.Seq[record[K, S, E]] {
	return func(yield func(record[K, S, E]) bool) {
		var old *stateMap[K, S]
		for r := range before {
			old = r.states
		}
		out := record[K, S, E]{states: old.next()}
		for row := range rows {
			step.row(t, &out, row)
		}
		if step.idle != unset {
			step.expire(t, &out)
		}
		yield(out)
	}
}

// row calls f for one row.
func (step stateStep[K, V, S, E]) row(t *lineage.Task, out *record[K, S, E], row rdd.Pair[K, V]) {
	known, exists := out.states.get(row.Key)
	state := State[S]{value: known.Value, defined: exists}
	mapped, emit := step.f(row.Key, rdd.Maybe[V]{Value: row.Value, OK: true}, &state)
	state.check(t)
	switch {
	case state.removed:
		out.states.remove(row.Key)
	case state.updated, state.defined && step.touch:
		out.states.put(row.Key, state.value, step.at)
	}
	if emit {
		out.mapped = append(out.mapped, mapped)
	}
}

// expire calls f for the keys that were idle for too long, and forgets them.
func (step stateStep[K, V, S, E]) expire(t *lineage.Task, out *record[K, S, E]) {
	var gone []K
	for k, s := range out.states.all() {
		if s.At < step.at-Time(step.idle) {
			gone = append(gone, k)
		}
	}
	for _, k := range gone {
		s, _ := out.states.get(k)
		state := State[S]{value: s.Value, defined: true, timingOut: true}
		mapped, emit := step.f(k, rdd.Maybe[V]{}, &state)
		state.check(t)
		if emit {
			out.mapped = append(out.mapped, mapped)
		}
		out.states.remove(k)
	}
}
