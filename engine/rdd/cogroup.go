package rdd

import (
	"iter"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/lineage"
)

// Grouped3 is the value of a row of CoGroup3.
type Grouped3[A, B, C any] struct {
	First  []A
	Second []B
	Third  []C
}

// Grouped4 is the value of a row of CoGroup4.
type Grouped4[A, B, C, D any] struct {
	First  []A
	Second []B
	Third  []C
	Fourth []D
}

// CoGroup3 is CoGroup of three datasets.
func CoGroup3[K comparable, A, B, C any](a *Pairs[K, A], b *Pairs[K, B], c *Pairs[K, C], by ...Partitioner) *Pairs[K, Grouped3[A, B, C]] {
	place, err := choose(a.base, by, b.node, c.node)
	aDep, aRows := input(a.plain, place)
	bDep, bRows := input(b.plain, place)
	cDep, cRows := input(c.plain, place)
	deps := []lineage.Dep{aDep, bDep, cDep}
	gather := func(work *engine.Workspace, t *lineage.Task, r int) []side {
		return []side{gatherAll(work, aRows(t, r)), gatherAll(work, bRows(t, r)), gatherAll(work, cRows(t, r))}
	}
	return asRDD(cogrouped("cogroup", a.base, place, deps, firstError(a.err, b.err, c.err, apart(a.base, b.base), apart(a.base, c.base), err), gather, func(x *keyIndex[K], part []side) func(int) Grouped3[A, B, C] {
		as, bs, cs := groupsOf[A](x, part[0]), groupsOf[B](x, part[1]), groupsOf[C](x, part[2])
		return func(i int) Grouped3[A, B, C] { return Grouped3[A, B, C]{as.of(i), bs.of(i), cs.of(i)} }
	}))
}

// CoGroup4 is CoGroup of four datasets.
func CoGroup4[K comparable, A, B, C, D any](a *Pairs[K, A], b *Pairs[K, B], c *Pairs[K, C], d *Pairs[K, D], by ...Partitioner) *Pairs[K, Grouped4[A, B, C, D]] {
	place, err := choose(a.base, by, b.node, c.node, d.node)
	aDep, aRows := input(a.plain, place)
	bDep, bRows := input(b.plain, place)
	cDep, cRows := input(c.plain, place)
	dDep, dRows := input(d.plain, place)
	deps := []lineage.Dep{aDep, bDep, cDep, dDep}
	gather := func(work *engine.Workspace, t *lineage.Task, r int) []side {
		return []side{gatherAll(work, aRows(t, r)), gatherAll(work, bRows(t, r)), gatherAll(work, cRows(t, r)), gatherAll(work, dRows(t, r))}
	}
	return asRDD(cogrouped("cogroup", a.base, place, deps, firstError(a.err, b.err, c.err, d.err, apart(a.base, b.base), apart(a.base, c.base), apart(a.base, d.base), err), gather, func(x *keyIndex[K], part []side) func(int) Grouped4[A, B, C, D] {
		as, bs, cs, ds := groupsOf[A](x, part[0]), groupsOf[B](x, part[1]), groupsOf[C](x, part[2]), groupsOf[D](x, part[3])
		return func(i int) Grouped4[A, B, C, D] { return Grouped4[A, B, C, D]{as.of(i), bs.of(i), cs.of(i), ds.of(i)} }
	}))
}

// cogrouped makes the two datasets of a cogroup: gather reads one partition of
// every side, and values gives the values of the i-th key of a part of them.
// Spark groups into arrays and gives them their types in a second dataset.
func cogrouped[K comparable, G any](op string, first *base, place Partitioner, deps []lineage.Dep, err error, gather func(*engine.Workspace, *lineage.Task, int) []side, values func(*keyIndex[K], []side) func(i int) G) plain[Pair[K, G]] {
	core := first.core
	groups := definePlain(first.session, dataset[Pair[K, G]]{
		class: "CoGroupedRDD", op: op, partitions: fixed(place.NumPartitions()), partitioner: place, deps: deps, err: err,
		compute: func(t *lineage.Task, r int) iter.Seq[Pair[K, G]] {
			return func(yield func(Pair[K, G]) bool) {
				work := core.Workspace(t, event.SpilledMerging)
				defer work.Close()
				x := newKeyIndex[K]()
				eachPart(gather(work, t, r), 0, func(part []side) bool {
					x.reset()
					of := values(x, part)
					for i, k := range x.keys {
						if !yield(Pair[K, G]{k, of(i)}) {
							return false
						}
					}
					return true
				})
			}
		},
	})
	return mapValues(groups, op, func(g G) G { return g })
}
