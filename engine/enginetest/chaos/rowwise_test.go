package chaos

import (
	"iter"
	"math/rand/v2"
	"strings"

	"etincelle/engine/rdd"
)

// What is done row by row: f(k) is a function of a row, by a digit k.

func rowwise() []*verb {
	all := []*verb{
		mapping("plus", func(k int) func(int) int { return func(n int) int { return n + k } }),
		mapping("mod", func(k int) func(int) int { return func(n int) int { return n % (k + 2) } }),
		mapping("spell", func(k int) func(int) string {
			return func(n int) string { return strings.Repeat("x", (n&7+k)%5) + "y" }
		}),
		mapping("narrow", func(k int) func(int64) int { return func(n int64) int { return int(n%50) + k } }),
		mapping("widen", func(k int) func(int) int64 { return func(n int) int64 { return int64(n)<<30 + int64(k) } }),
		mapping("length", func(k int) func(string) int { return func(s string) int { return len(s) + k } }),
		mapping("total", func(k int) func([]int) int { return func(ns []int) int { return sum(ns) + k } }),
		mapping("cross", func(k int) func(word) pair {
			return func(w word) pair { return rdd.KV(len(w.Key)+w.Value%(k+1), w.Value) }
		}),
		mapping("swap", func(k int) func(pair) pair { return func(p pair) pair { return rdd.KV(p.Value, p.Key+k) } }),
		flatMaps("echo", func(k int) func(int) []int {
			return func(n int) []int { return []int{n, n + k, -n}[:n&3*2/3] }
		}),
		flatMaps("fields", func(int) func(string) []string { return strings.Fields }),
		flatMaps("each", func(int) func([]int) []int { return func(ns []int) []int { return ns } }).unordered(),

		rowOp("KeyBy", "mod", false, func(k int) func(int) []pair {
			return func(n int) []pair { return []pair{rdd.KV(n%(k+2), n)} }
		}, func(r *rdd.RDD[int], k int) *rdd.RDD[pair] {
			return rdd.KeyBy(r, func(n int) int { return n % (k + 2) })
		}),
		rowOp("MapToPair", "halve", false, func(k int) func(int) []pair {
			return func(n int) []pair { return []pair{rdd.KV(n/2, k)} }
		}, func(r *rdd.RDD[int], k int) *rdd.RDD[pair] {
			return rdd.MapToPair(r, func(n int) (int, int) { return n / 2, k })
		}),
		rowOp("MapToPair", "initial", false, func(k int) func(string) []word {
			return func(s string) []word { return []word{rdd.KV(s[:min(k, len(s))], len(s))} }
		}, func(r *rdd.RDD[string], k int) *rdd.RDD[word] {
			return rdd.MapToPair(r, func(s string) (string, int) { return s[:min(k, len(s))], len(s) })
		}),

		mapValues[int, int]("plus", func(k int) func(int) int { return func(n int) int { return n + k } }),
		mapValues[string, int]("mod", func(k int) func(int) int { return func(n int) int { return n % (k + 2) } }),
		mapValues[int, []int]("total", func(k int) func([]int) int { return func(ns []int) int { return sum(ns) + k } }),
		mapValues[int, rdd.Grouped[int, int]]("weigh", func(k int) func(rdd.Grouped[int, int]) int {
			return func(g rdd.Grouped[int, int]) int { return sum(g.Left) - k*len(g.Right) }
		}),
		mapValues[int, rdd.Joined[rdd.Maybe[int], rdd.Maybe[int]]]("both", func(k int) func(rdd.Joined[rdd.Maybe[int], rdd.Maybe[int]]) int {
			return func(j rdd.Joined[rdd.Maybe[int], rdd.Maybe[int]]) int { return j.Left.Value*k + j.Right.Value }
		}),
		mapValues[string, record]("sum", func(k int) func(record) int { return func(r record) int { return r.Sum + k*len(r.Values) } }),
		rowOp("FlatMapValues", "echo", true, func(k int) func(pair) []pair {
			return func(p pair) []pair { return []pair{p, rdd.KV(p.Key, p.Value+k)} }
		}, func(r *rdd.RDD[pair], k int) *rdd.RDD[pair] {
			return rdd.FlatMapValues(r, func(v int) []int { return []int{v, v + k} })
		}),
		rowOp("FlatMapValues", "each", true, func(k int) func(group) []pair {
			return func(g group) (all []pair) {
				for _, v := range g.Value {
					all = append(all, rdd.KV(g.Key, v+k))
				}
				return all
			}
		}, func(r *rdd.RDD[group], k int) *rdd.RDD[pair] {
			return rdd.FlatMapValues(r, func(vs []int) (all []int) {
				for _, v := range vs {
					all = append(all, v+k)
				}
				return all
			})
		}).unordered(),
		keys[int, int](), keys[string, int](), values[int, int](), values[string, int](), keys[int, []int](), values[int, []int](),
		{
			name: "NewBroadcast", from: []kind{ints}, to: ints, form: "rdd.Map(%s, addTo(rdd.NewBroadcast(s, table(%v))))", draw: digit,
			model: func(c call) (known, bool) {
				table := numbers(10, c.p[0])
				return c.known[0].each(ints, false, func(row any) []any { return []any{row.(int) + table[row.(int)&7]} }), true
			},
			run: func(c call) (any, error) {
				table := rdd.NewBroadcast(c.world.s, numbers(10, c.p[0]))
				return rdd.Map(c.in[0].(*rdd.RDD[int]), func(n int) int { return n + table.Value()[n&7] }), nil
			},
		},
	}
	return all
}

// digit draws a small number.
func digit(r *rand.Rand, _ []known) []int { return []int{r.IntN(10)} }

func sum(ns []int) (total int) {
	for _, n := range ns {
		total += n
	}
	return total
}

// rowOp is an operation that makes rows of each row, one or many or none.
func rowOp[T, U any](name, f string, keeps bool, rows func(k int) func(T) []U, build func(r *rdd.RDD[T], k int) *rdd.RDD[U]) *verb {
	return &verb{
		name: name, from: []kind{kindOf[T]()}, to: kindOf[U](), form: "rdd." + name + "(%s, " + f + "(%v))", draw: digit,
		model: func(c call) (known, bool) {
			of := rows(c.p[0])
			return c.known[0].each(kindOf[U](), keeps, func(row any) []any { return boxed(of(row.(T))) }), true
		},
		run: func(c call) (any, error) { return build(c.in[0].(*rdd.RDD[T]), c.p[0]), nil },
	}
}

func mapping[T, U any](name string, f func(k int) func(T) U) *verb {
	return rowOp("Map", name, false, func(k int) func(T) []U {
		g := f(k)
		return func(row T) []U { return []U{g(row)} }
	}, func(r *rdd.RDD[T], k int) *rdd.RDD[U] { return rdd.Map(r, f(k)) })
}

func flatMaps[T, U any](name string, f func(k int) func(T) []U) *verb {
	return rowOp("FlatMap", name, false, f, func(r *rdd.RDD[T], k int) *rdd.RDD[U] { return rdd.FlatMap(r, f(k)) })
}

func mapValues[K comparable, V, W any](name string, f func(k int) func(V) W) *verb {
	return rowOp("MapValues", name, true, func(k int) func(rdd.Pair[K, V]) []rdd.Pair[K, W] {
		g := f(k)
		return func(p rdd.Pair[K, V]) []rdd.Pair[K, W] { return []rdd.Pair[K, W]{rdd.KV(p.Key, g(p.Value))} }
	}, func(r *rdd.Pairs[K, V], k int) *rdd.Pairs[K, W] { return rdd.MapValues(r, f(k)) })
}

func keys[K comparable, V any]() *verb { return projection("Keys", rdd.Key[K, V], rdd.Keys[K, V]) }

func values[K comparable, V any]() *verb {
	return projection("Values", rdd.Value[K, V], rdd.Values[K, V])
}

func projection[K comparable, V, U any](name string, f func(rdd.Pair[K, V]) U, build func(*rdd.Pairs[K, V]) *rdd.RDD[U]) *verb {
	v := rowOp(name, "", false, func(int) func(rdd.Pair[K, V]) []U {
		return func(p rdd.Pair[K, V]) []U { return []U{f(p)} }
	}, func(r *rdd.Pairs[K, V], _ int) *rdd.RDD[U] { return build(r) })
	v.form = "rdd." + name + "(%[1]s)" // the digit is not used
	return v
}

// unordered puts the rows that came of one row into one bunch: they stood in a
// slice whose order is not promised.
func (v *verb) unordered() *verb {
	model := v.model
	v.model = func(c call) (known, bool) {
		k, ok := model(c)
		for p, part := range k.parts {
			var rows bunch
			for _, b := range part {
				rows = append(rows, b...)
			}
			k.parts[p] = []bunch{rows}
		}
		return k, ok
	}
	return v
}

// generic are the operations that any kind of row has.
func generic[T any]() []*verb {
	k := kindOf[T]()
	return []*verb{
		rowOp("Filter", "hashed", true, func(k int) func(T) []T {
			return func(row T) []T {
				if hashed[T](k)(row) {
					return []T{row}
				}
				return nil
			}
		}, func(r *rdd.RDD[T], k int) *rdd.RDD[T] { return rdd.Filter(r, hashed[T](k)) }),
		{
			name: "Map", from: []kind{k}, to: k, form: "rdd.Map(%s, watched)",
			model: func(c call) (known, bool) {
				return c.known[0].each(k, false, func(row any) []any { return []any{row} }), true
			},
			run: func(c call) (any, error) {
				w := c.world
				return rdd.Map(c.in[0].(*rdd.RDD[T]), func(row T) T { w.storm.row(); return row }), nil
			},
		},
		identity("MapPartitions", "pulled", false, func(r *rdd.RDD[T]) *rdd.RDD[T] { return rdd.MapPartitions(r, pulled[T]) }),
		identity("MapPartitionsKeeping", "pulled", true, func(r *rdd.RDD[T]) *rdd.RDD[T] { return rdd.MapPartitionsKeeping(r, pulled[T]) }),
		identity("MapPartitionsWithIndexKeeping", "pulled", true, func(r *rdd.RDD[T]) *rdd.RDD[T] {
			return rdd.MapPartitionsWithIndexKeeping(r, func(_ int, rows iter.Seq[T]) iter.Seq[T] { return pulled(rows) })
		}),
	}
}

// hashed keeps some rows: for 9 none, for 8 all.
func hashed[T any](k int) func(T) bool {
	return func(row T) bool { return k == 8 || k != 9 && hash(row)%(k+2) != 0 }
}

// identity changes no row.
func identity[T any](name, f string, keeps bool, build func(*rdd.RDD[T]) *rdd.RDD[T]) *verb {
	k := kindOf[T]()
	return &verb{
		name: name, from: []kind{k}, to: k, form: "rdd." + name + "(%s, " + f + ")", weight: rare,
		model: func(c call) (known, bool) {
			return c.known[0].each(k, keeps, func(row any) []any { return []any{row} }), true
		},
		run: func(c call) (any, error) { return build(c.in[0].(*rdd.RDD[T])), nil },
	}
}

// pulled hands rows on from a goroutine of their own.
func pulled[T any](rows iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		next, stop := iter.Pull(rows)
		defer stop()
		for row, ok := next(); ok; row, ok = next() {
			if !yield(row) {
				return
			}
		}
	}
}
