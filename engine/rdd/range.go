package rdd

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"sort"

	"etincelle/engine/lineage"
)

// rangePartitioner puts neighbouring keys together: partition i holds the keys
// up to bounds[i] that are above bounds[i-1]; the last one the rest.
type rangePartitioner[K comparable] struct {
	bounds  []K
	compare func(a, b K) int
	order   Order
}

// NumPartitions is the number of bounds and one: fewer than were asked for when
// there are few different keys.
func (r *rangePartitioner[K]) NumPartitions() int { return len(r.bounds) + 1 }

// Partition is key's partition. Descending, the numbers are mirrored.
func (r *rangePartitioner[K]) Partition(key any) int { return r.place(key.(K)) }

func (r *rangePartitioner[K]) place(k K) int {
	p := sort.Search(len(r.bounds), func(i int) bool { return r.compare(k, r.bounds[i]) <= 0 })
	if r.order == Descending {
		return len(r.bounds) - p
	}
	return p
}

// Equal reports whether p has the same bounds and direction.
func (r *rangePartitioner[K]) Equal(p Partitioner) bool {
	q, ok := p.(*rangePartitioner[K])
	return ok && r.order == q.order && slices.Equal(r.bounds, q.bounds)
}

func (r *rangePartitioner[K]) String() string {
	return fmt.Sprintf("RangePartitioner(%d)", r.NumPartitions())
}

// Bounds are the last keys of all partitions but one, in ascending order.
func (r *rangePartitioner[K]) Bounds() []K { return r.bounds }

const (
	samplePerPartition = 20  // rows sampled for each partition asked for
	sampleMost         = 1e6 // rows sampled in all
	overSample         = 3   // partitions are rarely as even as one hopes
)

// sketch is the sample of one partition.
type sketch[K any] struct {
	partition int
	rows      int64
	keys      []K
}

type weighted[K any] struct {
	key    K
	weight float32 // rows that the key stands for
}

// rangeBy finds bounds that cut p's keys into n ranges of about as many rows,
// by sampling: an eager job, and a second one when a partition is much larger
// than the others. One partition needs no bounds and no job.
func rangeBy[K comparable, V any](op string, p *Pairs[K, V], n int, compare func(a, b K) int, order Order) (Partitioner, error) {
	by := &rangePartitioner[K]{compare: compare, order: order}
	if n < 0 {
		return by, illegal("requirement failed: Number of partitions cannot be negative but found %d.", n)
	}
	if n <= 1 {
		return by, nil
	}
	partitions, err := p.node.Partitions()
	if err != nil {
		return by, err
	}
	wanted := math.Min(samplePerPartition*float64(n), sampleMost)
	each := int(math.Min(math.Ceil(overSample*wanted/float64(partitions)), math.MaxInt32))
	keys := mapOp(p, op, Key[K, V])
	sketches, err := collect(op, sketched(op, keys, each))
	if err != nil {
		return by, err
	}
	var total int64
	for _, s := range sketches {
		total += s.rows
	}
	if total == 0 {
		return by, nil
	}
	fraction := math.Min(wanted/float64(total), 1)
	var candidates []weighted[K]
	large := map[int]bool{}
	for _, s := range sketches {
		if fraction*float64(s.rows) > float64(each) {
			large[s.partition] = true // its sample is too thin for its share of the rows
			continue
		}
		for _, k := range s.keys {
			candidates = append(candidates, weighted[K]{k, float32(float64(s.rows) / float64(len(s.keys)))})
		}
	}
	if len(large) > 0 {
		again, err := resample(op, p, large, fraction)
		if err != nil {
			return by, err
		}
		for _, k := range again {
			candidates = append(candidates, weighted[K]{k, float32(1 / fraction)})
		}
	}
	by.bounds = bounds(candidates, min(n, len(candidates)), compare)
	return by, nil
}

// sketched samples each partition's keys by reservoir: every key has the same chance.
func sketched[K any](op string, keys *RDD[K], each int) *RDD[sketch[K]] {
	shift := int32(keys.ID()) << 16
	return mapPartitionsRDD(keys, op, false, func(_ *lineage.Task, p int, rows iter.Seq[K]) iter.Seq[sketch[K]] {
		return func(yield func(sketch[K]) bool) {
			s := sketch[K]{partition: p}
			random := newXORShift(int64(byteSwap(int32(p) ^ shift)))
			for k := range rows {
				s.rows++
				if len(s.keys) < each {
					s.keys = append(s.keys, k)
				} else if at := int64(random.float() * float64(s.rows)); at < int64(each) {
					s.keys[at] = k
				}
			}
			yield(s)
		}
	})
}

// resample draws each key of the large partitions with the same chance.
func resample[K comparable, V any](op string, p *Pairs[K, V], large map[int]bool, fraction float64) ([]K, error) {
	var chosen []int
	for part := range large {
		chosen = append(chosen, part)
	}
	slices.Sort(chosen)
	seed := int64(byteSwap(int32(-p.ID() - 1)))
	drawn := sampled(prune(mapOp(p, op, Key[K, V]), op, chosen), op, seed, func(rows iter.Seq[K], seed int64) iter.Seq[K] {
		return bernoulli(rows, fraction, seed)
	})
	return collect(op, drawn)
}

// prune is the dataset of some of r's partitions.
func prune[T any](r *RDD[T], op string, partitions []int) *RDD[T] {
	return define(r.session, dataset[T]{
		class: "PartitionPruningRDD", op: op, partitions: fixed(len(partitions)), err: r.err,
		deps:    []lineage.Dep{lineage.NarrowFrom(r.node, "PruneDependency", func(p int) []int { return []int{partitions[p]} })},
		compute: func(t *lineage.Task, p int) iter.Seq[T] { return r.rows(t, partitions[p]) },
	})
}

// bounds picks n-1 keys or fewer that cut the candidates into parts of equal
// weight; a key is a bound once only.
func bounds[K any](candidates []weighted[K], n int, compare func(a, b K) int) []K {
	slices.SortStableFunc(candidates, func(a, b weighted[K]) int { return compare(a.key, b.key) })
	var total float64
	for _, c := range candidates {
		total += float64(c.weight)
	}
	step := total / float64(n)
	target, passed := step, 0.0
	var found []K
	for _, c := range candidates {
		if len(found) >= n-1 {
			break
		}
		passed += float64(c.weight)
		if passed >= target && (len(found) == 0 || compare(c.key, found[len(found)-1]) > 0) {
			found = append(found, c.key)
			target += step
		}
	}
	return found
}
