package rdd

import (
	"iter"

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
	aDep, aRows := side(a, place)
	bDep, bRows := side(b, place)
	cDep, cRows := side(c, place)
	deps := []lineage.Dep{aDep, bDep, cDep}
	return cogrouped("cogroup", a, place, deps, firstError(a.err, b.err, c.err, apart(a.base, b.base), apart(a.base, c.base), err), func(t *lineage.Task, r int, x *keyIndex[K]) func(int) Grouped3[A, B, C] {
		as, bs, cs := column(x, aRows(t, r)), column(x, bRows(t, r)), column(x, cRows(t, r))
		return func(i int) Grouped3[A, B, C] { return Grouped3[A, B, C]{group(as, i), group(bs, i), group(cs, i)} }
	})
}

// CoGroup4 is CoGroup of four datasets.
func CoGroup4[K comparable, A, B, C, D any](a *Pairs[K, A], b *Pairs[K, B], c *Pairs[K, C], d *Pairs[K, D], by ...Partitioner) *Pairs[K, Grouped4[A, B, C, D]] {
	place, err := choose(a.base, by, b.node, c.node, d.node)
	aDep, aRows := side(a, place)
	bDep, bRows := side(b, place)
	cDep, cRows := side(c, place)
	dDep, dRows := side(d, place)
	deps := []lineage.Dep{aDep, bDep, cDep, dDep}
	return cogrouped("cogroup", a, place, deps, firstError(a.err, b.err, c.err, d.err, apart(a.base, b.base), apart(a.base, c.base), apart(a.base, d.base), err), func(t *lineage.Task, r int, x *keyIndex[K]) func(int) Grouped4[A, B, C, D] {
		as, bs, cs, ds := column(x, aRows(t, r)), column(x, bRows(t, r)), column(x, cRows(t, r)), column(x, dRows(t, r))
		return func(i int) Grouped4[A, B, C, D] {
			return Grouped4[A, B, C, D]{group(as, i), group(bs, i), group(cs, i), group(ds, i)}
		}
	})
}

// cogrouped makes the two datasets of a cogroup: gather reads one partition of
// every side into x and returns the groups of the i-th key. Spark groups into
// arrays and gives them their types in a second dataset.
func cogrouped[K comparable, A, G any](op string, first *Pairs[K, A], place Partitioner, deps []lineage.Dep, err error, gather func(*lineage.Task, int, *keyIndex[K]) func(int) G) *Pairs[K, G] {
	groups := define(first.session, dataset[Pair[K, G]]{
		class: "CoGroupedRDD", op: op, partitions: fixed(place.NumPartitions()), partitioner: place, deps: deps, err: err,
		compute: func(t *lineage.Task, r int) iter.Seq[Pair[K, G]] {
			return func(yield func(Pair[K, G]) bool) {
				x := &keyIndex[K]{at: map[K]int{}}
				of := gather(t, r, x)
				for i, k := range x.keys {
					if !yield(Pair[K, G]{k, of(i)}) {
						return
					}
				}
			}
		},
	})
	return mapValues(groups, op, func(g G) G { return g })
}
