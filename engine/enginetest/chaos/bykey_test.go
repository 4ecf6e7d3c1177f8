package chaos

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

// What groups the rows of a key. The first parameter names the partitioner.

func grouping() []*verb {
	return []*verb{
		byKeyOp("ReduceByKey", "rdd.Add", pairs, pairs, func(key any, vs []int) any { return rdd.KV(key.(int), sum(vs)) },
			func(r any, by []rdd.Partitioner) any {
				return rdd.ReduceByKey(r.(*rdd.RDD[pair]), rdd.Add, by...)
			}),
		byKeyOp("ReduceByKey", "larger", words, words, func(key any, vs []int) any { return rdd.KV(key.(string), slices.Max(vs)) },
			func(r any, by []rdd.Partitioner) any {
				return rdd.ReduceByKey(r.(*rdd.RDD[word]), func(a, b int) int { return max(a, b) }, by...)
			}),
		byKeyOp("FoldByKey", "0, rdd.Add", pairs, pairs, func(key any, vs []int) any { return rdd.KV(key.(int), sum(vs)) },
			func(r any, by []rdd.Partitioner) any {
				return rdd.FoldByKey(r.(*rdd.RDD[pair]), 0, rdd.Add, by...)
			}),
		byKeyOp("AggregateByKey", "record{}, put, merge", words, tallies, func(key any, vs []int) any { return rdd.KV(key.(string), recordOf(vs)) },
			func(r any, by []rdd.Partitioner) any {
				return rdd.AggregateByKey(r.(*rdd.RDD[word]), recordOf(nil), record.put, record.merge, by...)
			}),
		byKeyOp("CombineByKey", "one, append, concat", pairs, groups, gathered,
			func(r any, by []rdd.Partitioner) any {
				return rdd.CombineByKey(r.(*rdd.RDD[pair]), one, push, concat, by...)
			}),
		byKeyOp("CombineByKeyReduceSide", "one, append, concat", pairs, groups, gathered,
			func(r any, by []rdd.Partitioner) any {
				return rdd.CombineByKeyReduceSide(r.(*rdd.RDD[pair]), one, push, concat, by...)
			}),
		byKeyOp("GroupByKey", "", pairs, groups, gathered, func(r any, by []rdd.Partitioner) any {
			return rdd.GroupByKey(r.(*rdd.RDD[pair]), by...)
		}),
		byKeyOp("CountApproxDistinctByKey", "0.2", pairs, pairs, func(key any, vs []int) any { return rdd.KV(key.(int), about(vs)) },
			func(r any, by []rdd.Partitioner) any {
				return rdd.CountApproxDistinctByKey(r.(*rdd.RDD[pair]), 0.2, by...)
			}).seldom(),
		{
			name: "GroupBy", from: []kind{ints}, to: groups, form: "rdd.GroupBy(%s, mod5%s)", show: showPartitioner,
			draw: func(r *rand.Rand, _ []known) []int { return []int{namedPartitioner(r)} },
			model: func(c call) (known, bool) {
				var rows []any
				for _, row := range c.known[0].rows() {
					rows = append(rows, rdd.KV(row.(int)%5, row.(int)))
				}
				return placed(groups, merged(rows, gathered), c.model.choose(c.p[0])), true
			},
			run: func(c call) (any, error) {
				return rdd.GroupBy(c.in[0].(*rdd.RDD[int]), func(n int) int { return n % 5 }, partitioner(c.p[0])...), nil
			},
		},
		partitionBy[int, int](), partitionBy[string, int](), partitionBy[int, []int](), partitionBy[string, record](),
		sortedWithin[int, int](), sortedWithin[string, int](),
	}
}

// byKeyOp is an operation that makes one row of the values of each key.
func byKeyOp(name, args string, from, to kind, row func(key any, vs []int) any, build func(r any, by []rdd.Partitioner) any) *verb {
	if args != "" {
		args = ", " + args
	}
	return &verb{
		name: name, from: []kind{from}, to: to, form: "rdd." + name + "(%s" + args + "%s)", draw: anyPartitioner, show: showPartitioner,
		model: func(c call) (known, bool) {
			return placed(to, merged(c.known[0].rows(), row), c.model.choose(c.p[0], c.known[0])), true
		},
		run: func(c call) (any, error) { return build(c.in[0], partitioner(c.p[0])), nil },
	}
}

func anyPartitioner(r *rand.Rand, _ []known) []int {
	if r.IntN(3) == 0 {
		return []int{0}
	}
	return []int{namedPartitioner(r)}
}

func namedPartitioner(r *rand.Rand) int {
	if r.IntN(4) == 0 {
		return -1 - r.IntN(4)
	}
	return 1 + r.IntN(5)
}

func showPartitioner(p []int) []any { return []any{partitionerText(p[0])} }

// merged is a row for each key of pairs and words.
func merged(rows []any, row func(key any, vs []int) any) (out []any) {
	keys, of := byKey(rows)
	for _, key := range keys {
		out = append(out, row(key, valuesOf(of[key])))
	}
	return out
}

// valuesOf is the values of pairs and words.
func valuesOf(rows []any) (vs []int) {
	for _, row := range rows {
		switch row := row.(type) {
		case pair:
			vs = append(vs, row.Value)
		case word:
			vs = append(vs, row.Value)
		}
	}
	return vs
}

func gathered(key any, vs []int) any { return rdd.KV(key.(int), vs) }

func one(v int) []int            { return []int{v} }
func push(vs []int, v int) []int { return append(vs, v) }
func concat(a, b []int) []int    { return append(a, b...) }

func recordOf(vs []int) record {
	r := record{Times: map[int]int{}}
	for _, v := range vs {
		r = r.put(v)
	}
	return r
}

// put takes in a value, in place.
func (r record) put(v int) record {
	r.Sum += v
	r.Values = append(r.Values, v)
	r.Times[v]++
	return r
}

// merge takes in another record, in place.
func (r record) merge(o record) record {
	r.Sum += o.Sum
	r.Values = append(r.Values, o.Values...)
	for v, n := range o.Times {
		r.Times[v] += n
	}
	return r
}

// about is how many different values a session where nothing goes wrong estimates:
// the estimate hangs on the set of values alone.
func about(vs []int) int {
	s := engine.Start(engine.Sequential(), engine.Files(&fs.Memory{}))
	defer s.Stop()
	return engine.Must(rdd.CountApproxDistinct(rdd.FromSlice(s, 1, vs), 0.2))
}

func (v *verb) seldom() *verb {
	v.weight = rare
	return v
}

func partitionBy[K comparable, V any]() *verb {
	k := kindOf[rdd.Pair[K, V]]()
	return &verb{
		name: "PartitionBy", from: []kind{k}, to: k, form: "rdd.PartitionBy(%s%s)", show: showPartitioner,
		draw: func(r *rand.Rand, _ []known) []int { return []int{namedPartitioner(r)} },
		model: func(c call) (known, bool) {
			by := c.model.choose(c.p[0])
			same, sure := alike(by, c.known[0].by)
			if same { // nothing moves
				c.model.alias[c.id] = c.root()
				return c.known[0], true
			}
			return placed(k, c.known[0].rows(), by), sure
		},
		run: func(c call) (any, error) {
			return rdd.PartitionBy(c.in[0].(*rdd.Pairs[K, V]), partitioner(c.p[0])[0]), nil
		},
	}
}

func sortedWithin[K cmp.Ordered, V any]() *verb {
	k := kindOf[rdd.Pair[K, V]]()
	return &verb{
		name: "RepartitionAndSortWithinPartitions", from: []kind{k}, to: k, form: "rdd.RepartitionAndSortWithinPartitions(%s%s)", show: showPartitioner,
		draw: func(r *rand.Rand, _ []known) []int { return []int{namedPartitioner(r)} },
		model: func(c call) (known, bool) {
			out := placed(k, c.known[0].rows(), c.model.choose(c.p[0]))
			for p, part := range out.parts {
				out.parts[p] = inKeyOrder(slices.Concat(part...), func(row any) K { return keyOf(row).(K) }, rdd.Ascending)
			}
			return out, true
		},
		run: func(c call) (any, error) {
			return rdd.RepartitionAndSortWithinPartitions(c.in[0].(*rdd.Pairs[K, V]), partitioner(c.p[0])[0]), nil
		},
	}
}
