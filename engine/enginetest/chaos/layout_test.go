package chaos

import (
	"iter"
	"math/rand/v2"
	"slices"

	"etincelle/engine/rdd"
)

// What looks at partitions: it is allowed where the model knows them.

// joined are the operations that move no row, for any kind of row.
func joined[T any]() []*verb {
	k := kindOf[T]()
	return []*verb{
		{
			name: "Coalesce", from: []kind{k}, to: k, form: "rdd.Coalesce(%s, %v)", draw: fewParts,
			model: func(c call) (known, bool) { return c.known[0].coalesced(c.p[0]), true },
			run:   func(c call) (any, error) { return rdd.Coalesce(c.in[0].(*rdd.RDD[T]), c.p[0]), nil },
		},
		{
			name: "Union", from: []kind{k, k}, to: k, form: "rdd.Union(s, %s, %s)",
			model: func(c call) (known, bool) { return union(k, c.known[0], c.known[1]), true },
			run: func(c call) (any, error) {
				return rdd.Union(c.world.s, c.in[0].(*rdd.RDD[T]), c.in[1].(*rdd.RDD[T])), nil
			},
		},
	}
}

// dealt are the operations that deal rows out in turn.
func dealt[T any]() []*verb {
	k := kindOf[T]()
	return []*verb{
		{
			name: "Repartition", from: []kind{k}, to: k, form: "rdd.Repartition(%s, %v)", draw: fewParts,
			model: func(c call) (known, bool) { return loose(k, c.known[0].rows(), c.p[0], placement{}), true },
			run:   func(c call) (any, error) { return rdd.Repartition(c.in[0].(*rdd.RDD[T]), c.p[0]), nil },
		},
		{
			name: "CoalesceShuffled", from: []kind{k}, to: k, form: "rdd.CoalesceShuffled(%s, %v)", draw: fewParts, weight: rare,
			model: func(c call) (known, bool) { return loose(k, c.known[0].rows(), c.p[0], placement{}), true },
			run:   func(c call) (any, error) { return rdd.CoalesceShuffled(c.in[0].(*rdd.RDD[T]), c.p[0]), nil },
		},
	}
}

func fewParts(r *rand.Rand, _ []known) []int { return []int{1 + r.IntN(5)} }

// coalesced joins neighbouring partitions.
func (k known) coalesced(n int) known {
	out := known{kind: k.kind, n: k.n}
	switch {
	case k.n != unknown:
		out.n = min(n, k.n)
	case n == 1:
		out.n = 1
	}
	if out.n == 1 {
		out.cut, out.parts = true, [][]bunch{k.bunches()}
		return out
	}
	if out.cut, out.parts = k.cut, k.parts; !k.cut {
		return out
	}
	out.parts = nil
	for j := range out.n {
		out.parts = append(out.parts, slices.Concat(k.parts[j*k.n/out.n:(j+1)*k.n/out.n]...))
	}
	return out
}

// union puts partitions one after the other, or beside each other where both are
// placed alike. One without partitions is left out.
func union(of kind, a, b known) known {
	switch {
	case a.n == 0:
		return b
	case b.n == 0:
		return a
	}
	same, sure := alike(a.by, b.by)
	switch {
	case !sure:
		return loose(of, slices.Concat(a.rows(), b.rows()), unknown, placement{how: unsure})
	case same && a.cut && b.cut:
		out := known{kind: of, cut: true, n: a.n, by: a.by}
		for p := range a.parts {
			out.parts = append(out.parts, slices.Concat(a.parts[p], b.parts[p]))
		}
		return out
	case same:
		return loose(of, slices.Concat(a.rows(), b.rows()), a.n, a.by)
	}
	out := known{kind: of, cut: a.cut && b.cut, n: unknown}
	if a.n != unknown && b.n != unknown {
		out.n = a.n + b.n
	}
	if out.cut {
		out.parts = slices.Concat(a.parts, b.parts)
	} else {
		out.parts = [][]bunch{slices.Concat(a.bunches(), b.bunches())}
	}
	return out
}

func layout() []*verb {
	return []*verb{
		{
			name: "Glom", from: []kind{ints}, to: lists, form: "rdd.Glom(%s)",
			model: perPart(lists, func(_ int, rows []any) []any { return []any{unboxed[int](rows)} }),
			run:   func(c call) (any, error) { return rdd.Glom(c.in[0].(*rdd.RDD[int])), nil },
		},
		{
			name: "MapPartitions", from: []kind{ints}, to: pairs, form: "rdd.MapPartitions(%s, sizeAndSum)",
			model: perPart(pairs, func(_ int, rows []any) []any { return []any{rdd.KV(len(rows), sum(unboxed[int](rows)))} }),
			run: func(c call) (any, error) {
				return rdd.MapPartitions(c.in[0].(*rdd.RDD[int]), func(rows iter.Seq[int]) iter.Seq[pair] {
					return func(yield func(pair) bool) {
						all := slices.Collect(rows)
						yield(rdd.KV(len(all), sum(all)))
					}
				}), nil
			},
		},
		{
			name: "MapPartitionsWithIndex", from: []kind{ints}, to: pairs, form: "rdd.MapPartitionsWithIndex(%s, indexed)",
			model: perPart(pairs, func(p int, rows []any) []any {
				var out []any
				for _, row := range rows {
					out = append(out, rdd.KV(p, row.(int)))
				}
				return out
			}),
			run: func(c call) (any, error) {
				return rdd.MapPartitionsWithIndex(c.in[0].(*rdd.RDD[int]), func(p int, rows iter.Seq[int]) iter.Seq[pair] {
					return func(yield func(pair) bool) {
						for n := range rows {
							if !yield(rdd.KV(p, n)) {
								return
							}
						}
					}
				}), nil
			},
		},
		{
			name: "ZipPartitions", from: []kind{ints, ints}, to: pairs, form: "rdd.ZipPartitions(%s, %s, bothSums)",
			model: func(c call) (known, bool) {
				a, b := c.known[0], c.known[1]
				if !a.cut || !b.cut || a.n != b.n {
					return known{}, false
				}
				var rows [][]any
				for p := range a.parts {
					l, r := slices.Concat(a.parts[p]...), slices.Concat(b.parts[p]...)
					rows = append(rows, []any{rdd.KV(sum(unboxed[int](l)), sum(unboxed[int](r)))})
				}
				return exactly(pairs, rows), true
			},
			run: func(c call) (any, error) {
				return rdd.ZipPartitions(c.in[0].(*rdd.RDD[int]), c.in[1].(*rdd.RDD[int]), func(l, r iter.Seq[int]) iter.Seq[pair] {
					return func(yield func(pair) bool) { yield(rdd.KV(sum(slices.Collect(l)), sum(slices.Collect(r)))) }
				}), nil
			},
		},
		{
			name: "Zip", from: []kind{ints, ints}, to: pairs, form: "rdd.Map(rdd.Zip(%s, %s), both)",
			model: func(c call) (known, bool) {
				a, b := c.known[0], c.known[1]
				if !a.exact() || !b.exact() || a.n != b.n {
					return known{}, false
				}
				parts := a.lists()
				for p, more := range b.lists() {
					if len(more) != len(parts[p]) {
						return known{}, false
					}
					for i := range more {
						parts[p][i] = rdd.KV(parts[p][i].(int), more[i].(int))
					}
				}
				return exactly(pairs, parts), true
			},
			run: func(c call) (any, error) {
				return rdd.Map(rdd.Zip(c.in[0].(*rdd.RDD[int]), c.in[1].(*rdd.RDD[int])), both), nil
			},
		},
		{
			name: "ZipWithIndex", from: []kind{ints}, to: pairs, form: "rdd.Map(rdd.ZipWithIndex(%s), numbered)", eager: true,
			model: func(c call) (known, bool) {
				i := -1
				return c.known[0].each(pairs, false, func(row any) []any { i++; return []any{rdd.KV(row.(int), i)} }), c.known[0].ordered()
			},
			run: func(c call) (any, error) {
				zipped := rdd.ZipWithIndex(c.in[0].(*rdd.RDD[int]))
				return rdd.Map(zipped, numbered), zipped.Err()
			},
		},
		{
			name: "ZipWithUniqueId", from: []kind{ints}, to: pairs, form: "rdd.Map(rdd.ZipWithUniqueId(%s), numbered)",
			model: func(c call) (known, bool) {
				if !c.known[0].exact() {
					return known{}, false
				}
				parts := c.known[0].lists()
				for p, rows := range parts {
					for i, row := range rows {
						rows[i] = rdd.KV(row.(int), i*len(parts)+p)
					}
				}
				return exactly(pairs, parts), true
			},
			run: func(c call) (any, error) {
				return rdd.Map(rdd.ZipWithUniqueId(c.in[0].(*rdd.RDD[int])), numbered), nil
			},
		},
		{
			name: "Cartesian", from: []kind{ints, ints}, to: pairs, form: "rdd.Map(rdd.Cartesian(%s, %s), both)", weight: rare,
			model: cartesian,
			run: func(c call) (any, error) {
				return rdd.Map(rdd.Cartesian(c.in[0].(*rdd.RDD[int]), c.in[1].(*rdd.RDD[int])), both), nil
			},
		},
	}
}

func both(j rdd.Joined[int, int]) pair { return rdd.KV(j.Left, j.Right) }

func numbered(j rdd.Joined[int, int64]) pair { return rdd.KV(j.Left, int(j.Right)) }

// perPart is an operation on whole partitions that does not look at the order of rows.
func perPart(to kind, f func(p int, rows []any) []any) func(call) (known, bool) {
	return func(c call) (known, bool) {
		k := c.known[0]
		if !k.cut {
			return known{}, false
		}
		out := known{kind: to, cut: true, n: k.n}
		for p, part := range k.parts {
			rows := f(p, slices.Concat(part...))
			if len(rows) <= 1 || k.ordered() {
				out.parts = append(out.parts, inOrder(rows))
			} else {
				out.parts = append(out.parts, []bunch{rows})
			}
		}
		return out, true
	}
}

func cartesian(c call) (known, bool) {
	a, b := c.known[0], c.known[1]
	if a.size()*b.size() > c.model.most {
		return known{}, false
	}
	cross := func(left, right []any) (all []any) {
		for _, l := range left {
			for _, r := range right {
				all = append(all, rdd.KV(l.(int), r.(int)))
			}
		}
		return all
	}
	if !a.exact() || !b.exact() || a.n*b.n > 40 {
		return loose(pairs, cross(a.rows(), b.rows()), unknown, placement{}), max(a.n, 1)*max(b.n, 1) <= 40
	}
	var parts [][]any
	for _, left := range a.lists() {
		for _, right := range b.lists() {
			parts = append(parts, cross(left, right))
		}
	}
	return exactly(pairs, parts), true
}
