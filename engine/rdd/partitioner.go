package rdd

import (
	"fmt"

	"etincelle/engine/lineage"
)

// Partitioner places keys in partitions. Two partitioners place alike exactly
// when they are equal: by ==, or by a method Equal(Partitioner) bool. A
// dataset that was placed by an equal partitioner is not shuffled again.
//
// A program's own partitioner is any comparable type with these methods:
//
//	type byLength struct{ n int }
//	func (b byLength) NumPartitions() int    { return b.n }
//	func (b byLength) Partition(key any) int { return len(key.(string)) % b.n }
type Partitioner = lineage.Partitioner

// Hash is the partitioner that spreads keys by their hash over n partitions.
// The hash is Spark's own (see HashCode), the same in every run.
func Hash(n int) Partitioner { return hashPartitioner{n} }

type hashPartitioner struct{ n int }

func (h hashPartitioner) NumPartitions() int    { return h.n }
func (h hashPartitioner) Partition(key any) int { return nonNegativeMod(HashCode(key), h.n) }
func (h hashPartitioner) String() string        { return fmt.Sprintf("HashPartitioner(%d)", h.n) }

// nonNegativeMod is the remainder that is never negative: key -1 of 3 is in
// partition 2. Nothing is in a partition of none: 0 is out of range there.
func nonNegativeMod(hash int32, n int) int {
	if n == 0 {
		return 0
	}
	r := int(hash) % n
	if r < 0 {
		r += n
	}
	return r
}

// placer is by as a function of typed keys, without boxing them when the partitioner is one of this package's.
func placer[K comparable](by Partitioner) func(K) int {
	if h, ok := by.(hashPartitioner); ok {
		hash := hasher[K]()
		return func(k K) int { return nonNegativeMod(hash(k), h.n) }
	}
	if r, ok := by.(*rangePartitioner[K]); ok {
		return r.place
	}
	return func(k K) int { return by.Partition(k) }
}

// defaultPartitioner chooses where the rows of a grouping go when the program
// does not say: to the largest existing partitioner of the parents if it is
// large enough, else by hash over as many partitions as the largest parent has
// (or spark.default.parallelism, when set).
func defaultPartitioner(parallelism int, set bool, parents ...*lineage.Node) (Partitioner, error) {
	most := 0
	var best *lineage.Node // the parent with a partitioner that has most partitions
	bestParts := 0
	for _, n := range parents {
		parts, err := n.Partitions()
		if err != nil {
			return nil, err
		}
		most = max(most, parts)
		if n.Partitioner != nil && n.Partitioner.NumPartitions() > 0 && (best == nil || parts > bestParts) {
			best, bestParts = n, parts
		}
	}
	wanted := most
	if set {
		wanted = parallelism
	}
	if best != nil && (wanted <= bestParts || sameMagnitude(most, bestParts)) {
		return best.Partitioner, nil // within one power of ten: moving rows would cost more than it brings
	}
	return Hash(wanted), nil
}

// choose is the partitioner that the program names, or the default one of b and
// others. With an error it is one that keeps the definition going: the error is
// the dataset's, told by its first action.
func choose(b *base, by []Partitioner, others ...*lineage.Node) (Partitioner, error) {
	chosen, err := named(by)
	if chosen == nil && err == nil {
		n, set := b.core.Parallelism()
		chosen, err = defaultPartitioner(n, set, append([]*lineage.Node{b.node}, others...)...)
	}
	if err != nil {
		return Hash(1), err
	}
	return chosen, nil
}

// named is the partitioner that the program names, nil when it names none.
func named(by []Partitioner) (Partitioner, error) {
	switch {
	case len(by) == 0:
		return nil, nil
	case len(by) > 1:
		return nil, illegal("%d partitioners were given, at most one can be followed", len(by))
	case by[0] == nil:
		return nil, illegal("the partitioner is nil: leave it out, or name one, rdd.Hash(4)")
	case by[0].NumPartitions() < 0:
		return nil, illegal("requirement failed: Number of partitions (%d) cannot be negative.", by[0].NumPartitions())
	}
	return by[0], nil
}
