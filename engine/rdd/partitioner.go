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

// nonNegativeMod is the remainder that is never negative: key -1 of 3 is in partition 2.
func nonNegativeMod(hash int32, n int) int {
	r := int(hash) % n
	if r < 0 {
		r += n
	}
	return r
}

// placer is by as a function of typed keys, without boxing them when by hashes.
func placer[K comparable](by Partitioner) func(K) int {
	if h, ok := by.(hashPartitioner); ok {
		hash := hasher[K]()
		return func(k K) int { return nonNegativeMod(hash(k), h.n) }
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
	if best != nil && (wanted <= bestParts || most < 10*bestParts) {
		return best.Partitioner, nil // within one power of ten: moving rows would cost more than it brings
	}
	return Hash(wanted), nil
}

// choose is the partitioner that the program names, or the default one of p and others.
func choose[K comparable, V any](p *Pairs[K, V], by []Partitioner, others ...*lineage.Node) (Partitioner, error) {
	if len(by) > 1 {
		return Hash(1), &lineage.Failure{Class: "java.lang.IllegalArgumentException", Site: lineage.Caller(), Message: fmt.Sprintf("%d partitioners were given, at most one can be followed", len(by))}
	}
	chosen := Partitioner(nil)
	if len(by) == 1 {
		chosen = by[0]
	} else {
		n, set := p.core.Parallelism()
		var err error
		if chosen, err = defaultPartitioner(n, set, append([]*lineage.Node{p.node}, others...)...); err != nil {
			return Hash(1), err // the error is the dataset's; Hash(1) keeps its definition going
		}
	}
	if n := chosen.NumPartitions(); n < 0 {
		return Hash(1), &lineage.Failure{Class: "java.lang.IllegalArgumentException", Site: lineage.Caller(), Message: fmt.Sprintf("requirement failed: Number of partitions (%d) cannot be negative.", n)}
	}
	return chosen, nil
}
