package dstream

import (
	"fmt"
	"iter"

	"etincelle/engine/codec"
	"etincelle/engine/storage"
)

// stateMap is the states of one partition after one batch. It is never changed: the
// next batch's map holds what is new and refers to this one for the rest, so that a
// batch costs what it touches and not what there is.
//
//	batch 3 {a: 7} ──> batch 2 {b: 1, c gone} ──> batch 1 {a: 5, b: 0, c: 2}
//
// A chain that has become long, or whose new part has become large, is copied into one.
type stateMap[K comparable, S any] struct {
	before *stateMap[K, S]
	chain  int // maps before this one
	keys   []K // that this batch has touched, in the order in which it did
	states []keyState[S]
	number map[K]int // of a key in those
	live   int       // keys that have a state
	size   int64     // bytes, estimated
}

// keyState is a key's state and when it was last touched.
type keyState[S any] struct {
	Value   S
	At      Time
	Removed bool
}

const (
	longestChain = 20 // as Spark's delta chain
	largestFresh = 2  // one part in this many of all keys
)

// next is a map that begins as a copy of m, to be filled. m may be nil.
func (m *stateMap[K, S]) next() *stateMap[K, S] {
	out := &stateMap[K, S]{before: m, number: map[K]int{}}
	if m == nil {
		return out
	}
	out.chain, out.live, out.size = m.chain+1, m.live, m.size
	if m.before == nil || m.chain < longestChain && largestFresh*len(m.keys) < m.live {
		return out
	}
	flat := &stateMap[K, S]{number: make(map[K]int, m.live), live: m.live, size: m.size}
	for k, s := range m.all() {
		flat.set(k, s)
	}
	out.before, out.chain = flat, 1
	return out
}

// get is a key's state.
func (m *stateMap[K, S]) get(k K) (keyState[S], bool) {
	for ; m != nil; m = m.before {
		if i, ok := m.number[k]; ok {
			return m.states[i], !m.states[i].Removed
		}
	}
	return keyState[S]{}, false
}

func (m *stateMap[K, S]) set(k K, s keyState[S]) {
	i, ok := m.number[k]
	if !ok {
		i = len(m.keys)
		m.number[k] = i
		m.keys, m.states = append(m.keys, k), append(m.states, s)
	}
	m.states[i] = s
}

// put sets a key's state; m must not be shared yet.
func (m *stateMap[K, S]) put(k K, value S, at Time) {
	if _, had := m.get(k); !had {
		m.live++
		m.size += sizeOf(k, value)
	}
	m.set(k, keyState[S]{Value: value, At: at})
}

// remove forgets a key.
func (m *stateMap[K, S]) remove(k K) {
	if s, had := m.get(k); had {
		m.live--
		m.size -= min(m.size, sizeOf(k, s.Value))
		m.set(k, keyState[S]{Removed: true})
	}
}

func sizeOf[K comparable, S any](k K, value S) int64 {
	return storage.Size([]K{k}) + storage.Size([]S{value})
}

// all yields every key that has a state, those touched last first.
func (m *stateMap[K, S]) all() iter.Seq2[K, keyState[S]] {
	return func(yield func(K, keyState[S]) bool) {
		seen := map[K]bool{}
		for m := m; m != nil; m = m.before {
			for i, k := range m.keys {
				if seen[k] {
					continue
				}
				if m.before != nil { // the oldest has nothing behind it
					seen[k] = true
				}
				if s := m.states[i]; !s.Removed && !yield(k, s) {
					return
				}
			}
		}
	}
}

// savedStates is a map as it is written out.
type savedStates[K comparable, S, E any] struct {
	Keys   []K
	Values []S
	Times  []Time
	Mapped []E
}

// record is one partition of a state's dataset: the states after the batch, and what
// the function gave.
type record[K comparable, S, E any] struct {
	states *stateMap[K, S]
	mapped []E
}

// EstimatedSize is what the record takes in memory; maps that it shares with others
// are counted in each, as Spark's estimate does.
func (r record[K, S, E]) EstimatedSize() int64 {
	size := storage.Size(r.mapped)
	if r.states != nil {
		size += r.states.size
	}
	return size
}

// MarshalBinary implements encoding.BinaryMarshaler.
func (r record[K, S, E]) MarshalBinary() ([]byte, error) {
	saved := savedStates[K, S, E]{Mapped: r.mapped}
	for k, s := range r.states.all() {
		saved.Keys, saved.Values, saved.Times = append(saved.Keys, k), append(saved.Values, s.Value), append(saved.Times, s.At)
	}
	return codec.Encode(saved)
}

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (r *record[K, S, E]) UnmarshalBinary(data []byte) error {
	var saved savedStates[K, S, E]
	if err := codec.Decode(data, &saved); err != nil {
		return err
	}
	if len(saved.Values) != len(saved.Keys) || len(saved.Times) != len(saved.Keys) {
		return fmt.Errorf("states: %w: %d keys, %d values and %d times", codec.ErrDamaged, len(saved.Keys), len(saved.Values), len(saved.Times))
	}
	r.mapped, r.states = saved.Mapped, (*stateMap[K, S])(nil).next()
	for i, k := range saved.Keys {
		r.states.put(k, saved.Values[i], saved.Times[i])
	}
	return nil
}
