package rdd

import (
	"hash/maphash"
	"math/bits"
	"strings"
)

// keyIndex numbers keys from 0, in the order in which they are first seen. It is
// an open hash table of numbers beside the list of keys: half of what a map of
// pointers takes, and emptied without being given back.
type keyIndex[K comparable] struct {
	hash  func(K) uint64
	own   func(K) K // nil, or a copy that does not hold on to the text it was cut from
	slots []slot    // a power of two, at most three quarters full
	keys  []K
}

// slot is a key's place: its number and one, 0 when nobody's, and a part of its
// hash, so that most other keys are told apart without looking at them.
type slot struct{ tag, number uint32 }

const slotBytes = 8

func newKeyIndex[K comparable]() *keyIndex[K] {
	own, _ := any(strings.Clone).(func(K) K)
	return &keyIndex[K]{hash: tableHash[K](), own: own, slots: make([]slot, 16)}
}

// of is k's number, new when it was not seen before.
func (x *keyIndex[K]) of(k K) int {
	h := x.hash(k)
	at, number := x.seek(h, k)
	if number >= 0 {
		return number
	}
	if 4*len(x.keys) >= 3*len(x.slots) {
		x.grow()
		at, _ = x.seek(h, k)
	}
	if x.own != nil {
		k = x.own(k)
	}
	x.keys = append(x.keys, k)
	x.slots[at] = slot{uint32(h), uint32(len(x.keys))}
	return len(x.keys) - 1
}

// seek is the slot of k, or the empty one that it would take with number -1.
func (x *keyIndex[K]) seek(h uint64, k K) (at uint64, number int) {
	mask := uint64(len(x.slots) - 1)
	for at = h >> 32 & mask; ; at = (at + 1) & mask {
		s := x.slots[at]
		if s.number == 0 {
			return at, -1
		}
		if s.tag == uint32(h) && x.keys[s.number-1] == k {
			return at, int(s.number - 1)
		}
	}
}

func (x *keyIndex[K]) grow() {
	x.slots = make([]slot, 2*len(x.slots))
	mask := uint64(len(x.slots) - 1)
	for n, k := range x.keys {
		h := x.hash(k)
		at := h >> 32 & mask
		for x.slots[at].number != 0 {
			at = (at + 1) & mask
		}
		x.slots[at] = slot{uint32(h), uint32(n + 1)}
	}
}

// reset forgets all keys.
func (x *keyIndex[K]) reset() {
	clear(x.slots)
	clear(x.keys) // what they refer to is let go
	x.keys = x.keys[:0]
}

// tableHash is a hash for tables in memory, another one in each process and each
// table: what comes out must not depend on it.
func tableHash[K comparable]() func(K) uint64 {
	var zero K
	switch any(zero).(type) {
	case int:
		return any(func(k int) uint64 { return scatter(uint64(k)) }).(func(K) uint64)
	case int64:
		return any(func(k int64) uint64 { return scatter(uint64(k)) }).(func(K) uint64)
	}
	seed := maphash.MakeSeed()
	if text, ok := any(func(k string) uint64 { return maphash.String(seed, k) }).(func(K) uint64); ok {
		return text
	}
	return func(k K) uint64 { return maphash.Comparable(seed, k) }
}

// scatter spreads numbers: the two halves of a product with the golden ratio,
// one over the other.
func scatter(n uint64) uint64 {
	high, low := bits.Mul64(n^0x243f6a8885a308d3, 0x9e3779b97f4a7c15)
	return high ^ low
}
