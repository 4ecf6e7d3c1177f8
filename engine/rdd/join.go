package rdd

import (
	"iter"

	"etincelle/engine"
	"etincelle/engine/lineage"
)

// The functions of this file bring the rows of equal keys of several datasets
// together. A side that is already placed by the chosen partitioner does not
// move; the others are shuffled. The partitioner, last and at will, is chosen as
// in ReduceByKey, over all sides.

// Joined is the value of a row of a join.
type Joined[V, W any] struct {
	Left  V
	Right W
}

// Grouped is the value of a row of CoGroup: all the values of a key on each side.
type Grouped[V, W any] struct {
	Left  []V
	Right []W
}

// text is the pair of values as Spark writes a tuple.
func (j Joined[V, W]) text() string { return "(" + text(j.Left) + "," + text(j.Right) + ")" }

// Maybe is a value that may be missing: the other side of an outer join.
type Maybe[V any] struct {
	Value V
	OK    bool
}

// text is the value as Spark writes an Option.
func (m Maybe[V]) text() string {
	if !m.OK {
		return "None"
	}
	return "Some(" + text(m.Value) + ")"
}

// input is one input of a CoGroupedRDD: its edge, and how its rows are read.
func input[K comparable, V any](p plain[Pair[K, V]], by Partitioner) (lineage.Dep, func(*lineage.Task, int) iter.Seq[Pair[K, V]]) {
	if lineage.Alike(p.node.Partitioner, by) {
		return lineage.Narrow(p.node), p.rows // already placed: the rows stay where they are
	}
	core, edge := p.core, written(p, by, asTheyAre)
	return lineage.Across(edge), func(t *lineage.Task, r int) iter.Seq[Pair[K, V]] {
		return fetched[Pair[K, V]](core, t, edge, r)
	}
}

// CoGroup gathers, for each key of either side, the values of both:
// RDD[(K, V)], RDD[(K, W)] → RDD[(K, Grouped[V, W])].
func CoGroup[K comparable, V, W any](left *Pairs[K, V], right *Pairs[K, W], by ...Partitioner) *Pairs[K, Grouped[V, W]] {
	return asRDD(cogroup("cogroup", left.plain, right.plain, by))
}

func cogroup[K comparable, V, W any](op string, left plain[Pair[K, V]], right plain[Pair[K, W]], by []Partitioner) plain[Pair[K, Grouped[V, W]]] {
	place, err := choose(left.base, by, right.node)
	leftDep, leftRows := input(left, place)
	rightDep, rightRows := input(right, place)
	deps := []lineage.Dep{leftDep, rightDep}
	gather := func(work *engine.Workspace, t *lineage.Task, r int) []side {
		return []side{gatherAll(work, leftRows(t, r)), gatherAll(work, rightRows(t, r))}
	}
	return cogrouped(op, left.base, place, deps, firstError(left.err, right.err, apart(left.base, right.base), err), gather, func(x *keyIndex[K], part []side) func(int) Grouped[V, W] {
		l, w := groupsOf[V](x, part[0]), groupsOf[W](x, part[1])
		return func(i int) Grouped[V, W] { return Grouped[V, W]{l.of(i), w.of(i)} }
	})
}

// Join pairs every left value with every right value of the same key:
// RDD[(K, V)], RDD[(K, W)] → RDD[(K, Joined[V, W])]. Keys of one side only are
// left out.
func Join[K comparable, V, W any](left *Pairs[K, V], right *Pairs[K, W], by ...Partitioner) *Pairs[K, Joined[V, W]] {
	return asRDD(flatMapValues(cogroup("join", left.plain, right.plain, by), "join", func(g Grouped[V, W]) iter.Seq[Joined[V, W]] {
		return crossed(g.Left, g.Right)
	}))
}

// LeftOuterJoin is Join that also keeps left values without a partner.
func LeftOuterJoin[K comparable, V, W any](left *Pairs[K, V], right *Pairs[K, W], by ...Partitioner) *Pairs[K, Joined[V, Maybe[W]]] {
	return asRDD(flatMapValues(cogroup("leftOuterJoin", left.plain, right.plain, by), "leftOuterJoin", func(g Grouped[V, W]) iter.Seq[Joined[V, Maybe[W]]] {
		return crossed(g.Left, orNone(g.Right))
	}))
}

// RightOuterJoin is Join that also keeps right values without a partner.
func RightOuterJoin[K comparable, V, W any](left *Pairs[K, V], right *Pairs[K, W], by ...Partitioner) *Pairs[K, Joined[Maybe[V], W]] {
	return asRDD(flatMapValues(cogroup("rightOuterJoin", left.plain, right.plain, by), "rightOuterJoin", func(g Grouped[V, W]) iter.Seq[Joined[Maybe[V], W]] {
		return crossed(orNone(g.Left), g.Right)
	}))
}

// FullOuterJoin is Join that also keeps the values of either side without a partner.
func FullOuterJoin[K comparable, V, W any](left *Pairs[K, V], right *Pairs[K, W], by ...Partitioner) *Pairs[K, Joined[Maybe[V], Maybe[W]]] {
	return asRDD(flatMapValues(cogroup("fullOuterJoin", left.plain, right.plain, by), "fullOuterJoin", func(g Grouped[V, W]) iter.Seq[Joined[Maybe[V], Maybe[W]]] {
		return crossed(orNone(g.Left), orNone(g.Right))
	}))
}

func crossed[V, W any](left []V, right []W) iter.Seq[Joined[V, W]] {
	return func(yield func(Joined[V, W]) bool) {
		for _, v := range left {
			for _, w := range right {
				if !yield(Joined[V, W]{v, w}) {
					return
				}
			}
		}
	}
}

// orNone is the values, or one missing value when there are none.
func orNone[V any](vs []V) []Maybe[V] {
	if len(vs) == 0 {
		return []Maybe[V]{{}}
	}
	all := make([]Maybe[V], len(vs))
	for i, v := range vs {
		all[i] = Maybe[V]{v, true}
	}
	return all
}
