package chaos

import (
	"math/rand/v2"
	"slices"

	"etincelle/engine/rdd"
)

// What brings two datasets together, by key or by whole rows.

func joins() []*verb {
	return []*verb{
		cogroupOp("CoGroup", sides, "", func(key int, l, r []int) []any {
			return []any{rdd.KV(key, rdd.Grouped[int, int]{Left: l, Right: r})}
		}, func(l, r *rdd.RDD[pair], by []rdd.Partitioner) any { return rdd.CoGroup(l, r, by...) }),
		cogroupOp("CoGroup3", groups, "%[1]s, ", func(key int, l, r []int) []any {
			return []any{rdd.KV(key, slices.Concat(l, r, l))}
		}, func(l, r *rdd.RDD[pair], by []rdd.Partitioner) any {
			return rdd.MapValues(rdd.CoGroup3(l, r, l, by...), func(g rdd.Grouped3[int, int, int]) []int { return slices.Concat(g.First, g.Second, g.Third) })
		}).seldom(),
		cogroupOp("CoGroup4", groups, "%[2]s, %[1]s, ", func(key int, l, r []int) []any {
			return []any{rdd.KV(key, slices.Concat(l, r, r, l))}
		}, func(l, r *rdd.RDD[pair], by []rdd.Partitioner) any {
			return rdd.MapValues(rdd.CoGroup4(l, r, r, l, by...), func(g rdd.Grouped4[int, int, int, int]) []int {
				return slices.Concat(g.First, g.Second, g.Third, g.Fourth)
			})
		}).seldom(),
		cogroupOp("Join", pairs, "", func(key int, l, r []int) []any {
			return crossed(l, r, func(l, r int) any { return rdd.KV(key, 31*l+r) })
		}, func(l, r *rdd.RDD[pair], by []rdd.Partitioner) any {
			return rdd.MapValues(rdd.Join(l, r, by...), func(j rdd.Joined[int, int]) int { return 31*j.Left + j.Right })
		}),
		cogroupOp("LeftOuterJoin", halves, "", func(key int, l, r []int) []any {
			return crossed(some(l), maybe(r), func(l, r rdd.Maybe[int]) any {
				return rdd.KV(key, rdd.Joined[rdd.Maybe[int], rdd.Maybe[int]]{Left: l, Right: r})
			})
		}, func(l, r *rdd.RDD[pair], by []rdd.Partitioner) any {
			return rdd.MapValues(rdd.LeftOuterJoin(l, r, by...), func(j rdd.Joined[int, rdd.Maybe[int]]) rdd.Joined[rdd.Maybe[int], rdd.Maybe[int]] {
				return rdd.Joined[rdd.Maybe[int], rdd.Maybe[int]]{Left: rdd.Maybe[int]{Value: j.Left, OK: true}, Right: j.Right}
			})
		}),
		cogroupOp("RightOuterJoin", halves, "", func(key int, l, r []int) []any {
			return crossed(maybe(l), some(r), func(l, r rdd.Maybe[int]) any {
				return rdd.KV(key, rdd.Joined[rdd.Maybe[int], rdd.Maybe[int]]{Left: l, Right: r})
			})
		}, func(l, r *rdd.RDD[pair], by []rdd.Partitioner) any {
			return rdd.MapValues(rdd.RightOuterJoin(l, r, by...), func(j rdd.Joined[rdd.Maybe[int], int]) rdd.Joined[rdd.Maybe[int], rdd.Maybe[int]] {
				return rdd.Joined[rdd.Maybe[int], rdd.Maybe[int]]{Left: j.Left, Right: rdd.Maybe[int]{Value: j.Right, OK: true}}
			})
		}),
		cogroupOp("FullOuterJoin", halves, "", func(key int, l, r []int) []any {
			return crossed(maybe(l), maybe(r), func(l, r rdd.Maybe[int]) any {
				return rdd.KV(key, rdd.Joined[rdd.Maybe[int], rdd.Maybe[int]]{Left: l, Right: r})
			})
		}, func(l, r *rdd.RDD[pair], by []rdd.Partitioner) any { return rdd.FullOuterJoin(l, r, by...) }),
		{
			name: "SubtractByKey", from: []kind{pairs, pairs}, to: pairs, form: "rdd.SubtractByKey(%s, %s%s)", show: showPartitioner, draw: anyPartitioner,
			model: func(c call) (known, bool) {
				left := c.known[0]
				_, right := byKey(c.known[1].rows())
				rows := slices.DeleteFunc(left.rows(), func(row any) bool { return right[keyOf(row)] != nil })
				by := left.by
				if c.p[0] != 0 || by.how == nowhere {
					by = (&model{}).choose(c.p[0], left) // spark.default.parallelism is not asked
				}
				return placed(pairs, rows, by), true
			},
			run: func(c call) (any, error) {
				return rdd.SubtractByKey(c.in[0].(*rdd.RDD[pair]), c.in[1].(*rdd.RDD[pair]), partitioner(c.p[0])...), nil
			},
		},
	}
}

// cogroupOp is an operation on the values that a key has on either side.
func cogroupOp(name string, to kind, more string, rows func(key int, l, r []int) []any, build func(l, r *rdd.RDD[pair], by []rdd.Partitioner) any) *verb {
	return &verb{
		name: name, from: []kind{pairs, pairs}, to: to, form: "rdd." + name + "(%[1]s, %[2]s, " + more + "%[3]s)", draw: anyPartitioner,
		show: func(p []int) []any {
			if p[0] == 0 {
				return []any{"usual"}
			}
			return []any{partitionerText(p[0])[2:]}
		},
		model: func(c call) (known, bool) {
			keys, left := byKey(c.known[0].rows())
			more, right := byKey(c.known[1].rows())
			for _, key := range more {
				if left[key] == nil {
					keys = append(keys, key)
				}
			}
			total := 0
			for _, key := range keys {
				if total += len(left[key]) * len(right[key]); total > c.model.most {
					return known{}, false
				}
			}
			var out []any
			for _, key := range keys {
				out = append(out, rows(key.(int), valuesOf(left[key]), valuesOf(right[key]))...)
			}
			return placed(to, out, c.model.choose(c.p[0], c.known...)), true
		},
		run: func(c call) (any, error) {
			return build(c.in[0].(*rdd.RDD[pair]), c.in[1].(*rdd.RDD[pair]), partitioner(c.p[0])), nil
		},
	}
}

func crossed[V any](left, right []V, row func(l, r V) any) (all []any) {
	for _, l := range left {
		for _, r := range right {
			all = append(all, row(l, r))
		}
	}
	return all
}

func some(vs []int) []rdd.Maybe[int] {
	all := []rdd.Maybe[int]{}
	for _, v := range vs {
		all = append(all, rdd.Maybe[int]{Value: v, OK: true})
	}
	return all
}

// maybe is the values, or one that is missing.
func maybe(vs []int) []rdd.Maybe[int] {
	if len(vs) == 0 {
		return []rdd.Maybe[int]{{}}
	}
	return some(vs)
}

// sets are the operations on whole rows.
func sets[T comparable]() []*verb {
	k := kindOf[T]()
	scalar := k == ints || k == texts // the model can place these
	return []*verb{
		{
			name: "Distinct", from: []kind{k}, to: k, form: "rdd.Distinct(%s, parts(%v))",
			draw:  func(r *rand.Rand, _ []known) []int { return []int{r.IntN(6)} },
			model: func(c call) (known, bool) { return distinct(c.known[0], c.p[0], scalar), true },
			run: func(c call) (any, error) {
				if c.p[0] == 0 {
					return rdd.Distinct(c.in[0].(*rdd.RDD[T])), nil
				}
				return rdd.Distinct(c.in[0].(*rdd.RDD[T]), c.p[0]), nil
			},
		},
		{
			name: "Intersection", from: []kind{k, k}, to: k, form: "rdd.Intersection(%s, %s%s)", draw: anyPartitioner, show: showPartitioner,
			model: func(c call) (known, bool) {
				right := counts(c.known[1].rows())
				rows := slices.DeleteFunc(once(c.known[0].rows()), func(row any) bool { return right[text(row)] == 0 })
				a, b := c.known[0], c.known[1]
				a.by, b.by = placement{}, placement{} // it looks at rows, not at their keys
				by := c.model.choose(c.p[0], a, b)
				if !scalar {
					return loose(k, rows, unknown, placement{}), true
				}
				out := placed(k, rows, by)
				out.by = placement{}
				return out, true
			},
			run: func(c call) (any, error) {
				return rdd.Intersection(c.in[0].(*rdd.RDD[T]), c.in[1].(*rdd.RDD[T]), partitioner(c.p[0])...), nil
			},
		},
		{
			name: "Subtract", from: []kind{k, k}, to: k, form: "rdd.Subtract(%s, %s%s)", draw: anyPartitioner, show: showPartitioner,
			model: func(c call) (known, bool) {
				right := counts(c.known[1].rows())
				rows := slices.DeleteFunc(c.known[0].rows(), func(row any) bool { return right[text(row)] > 0 })
				return loose(k, rows, unknown, placement{}), true
			},
			run: func(c call) (any, error) {
				return rdd.Subtract(c.in[0].(*rdd.RDD[T]), c.in[1].(*rdd.RDD[T]), partitioner(c.p[0])...), nil
			},
		},
	}
}

// once is each different row, the first of equal ones.
func once(rows []any) []any {
	seen := map[string]bool{}
	out := []any{}
	for _, row := range rows {
		if t := text(row); !seen[t] {
			seen[t] = true
			out = append(out, row)
		}
	}
	return out
}

func distinct(k known, n int, scalar bool) known {
	switch {
	case k.by.how == unsure, k.by.how != nowhere && k.n == unknown && n != 0:
		return loose(k.kind, once(k.rows()), unknown, placement{how: unsure})
	case k.by.how != nowhere && (n == 0 || n == k.n): // in place: equal rows are in one partition
		out := known{kind: k.kind, cut: k.cut, n: k.n, by: k.by}
		for _, part := range k.parts {
			out.parts = append(out.parts, []bunch{once(slices.Concat(part...))})
		}
		return out
	}
	if n == 0 {
		n = k.n
	}
	if !scalar || n == unknown {
		return loose(k.kind, once(k.rows()), n, placement{})
	}
	out := placed(k.kind, once(k.rows()), placement{how: hashes, n: n})
	out.by = placement{}
	return out
}
