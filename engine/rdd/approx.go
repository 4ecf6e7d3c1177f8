package rdd

import "math"

// CountApproxDistinct is about how many different rows there are, in a job that
// shuffles nothing: each task brings a sketch of a few hundred bytes, whatever it
// has read (HyperLogLog++). relativeError is the standard error that will do, 0.05
// for five per cent; half of it takes four times the bytes. Small answers (up to
// 400 at 0.05) are Spark's own, larger ones near. Rows are told apart by their text.
func CountApproxDistinct[T any](r *RDD[T], relativeError float64) (int, error) {
	empty, err := newRegisters(relativeError)
	if err != nil {
		return 0, err
	}
	met, err := aggregate("countApproxDistinct", r, empty, meet[T], registers.merge)
	if err != nil {
		return 0, err
	}
	return met.count(), nil
}

// CountApproxDistinctByKey is about how many different values each key has:
// RDD[(K, V)] → RDD[(K, int)].
func CountApproxDistinctByKey[K comparable, V any](p *Pairs[K, V], relativeError float64, by ...Partitioner) *Pairs[K, int] {
	const op = "countApproxDistinctByKey"
	empty, err := newRegisters(relativeError)
	fresh := copier[registers]()
	sketches := combineByKey(op, p, combine[K, V, registers]{
		create: func(v V) registers { return meet(fresh(empty), v) }, add: meet[V], merge: registers.merge, mapSide: true,
	}, by)
	sketches.err = firstError(sketches.err, err)
	return asRDD(mapValues(sketches.plain, op, registers.count))
}

func meet[T any](s registers, row T) registers { return s.with(hash64(text(row))) }

const (
	finest      = 0.000017 // the smallest standard error: 2^32 registers
	fewestBits  = 4        // 16 registers
	errorFactor = 1.054    // the error is about this over the root of the number of registers
)

// newRegisters has as many registers as the error needs.
func newRegisters(relativeError float64) (registers, error) {
	if !(relativeError > finest) {
		return nil, illegal("requirement failed: accuracy (%v) must be greater than %v", relativeError, finest)
	}
	bits := math.Ceil(2 * math.Log(errorFactor/relativeError) / math.Ln2)
	return make(registers, 1<<int(max(bits, fewestBits))), nil
}
