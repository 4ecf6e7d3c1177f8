package chaos

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"

	"etincelle/engine/rdd"
)

// What puts rows in order, eagerly: a step that samples may fail like an action.
// Parameters: a digit for the key, the order, how many partitions (0: the parent's).

func sorts() []*verb {
	return []*verb{
		sortOp("SortBy", "mod", func(k int) func(int) int { return func(n int) int { return n % (k + 2) } },
			func(r *rdd.RDD[int], k int, order rdd.Order, parts []int) *rdd.RDD[int] {
				return rdd.SortBy(r, func(n int) int { return n % (k + 2) }, order, parts...)
			}),
		sortOp("SortBy", "text", func(int) func(string) string { return func(s string) string { return s } },
			func(r *rdd.RDD[string], _ int, order rdd.Order, parts []int) *rdd.RDD[string] {
				return rdd.SortBy(r, func(s string) string { return s }, order, parts...)
			}),
		sortOp("SortByFunc", "length", func(int) func(string) int { return func(s string) int { return len(s) } },
			func(r *rdd.RDD[string], _ int, order rdd.Order, parts []int) *rdd.RDD[string] {
				return rdd.SortByFunc(r, func(s string) int { return len(s) }, cmp.Compare[int], order, parts...)
			}),
		sortByKey[int, int](), sortByKey[string, int](), sortByKey[int, []int](), sortByKey[string, record](),
		sortOp("SortByKeyFunc", "byLength", func(int) func(word) string { return func(w word) string { return lengthFirst(w.Key) } },
			func(r *rdd.RDD[word], _ int, order rdd.Order, parts []int) *rdd.RDD[word] {
				return rdd.SortByKeyFunc(r, func(a, b string) int { return strings.Compare(lengthFirst(a), lengthFirst(b)) }, order, parts...)
			}).ranged(),
		{
			name: "RangePartitioner", from: []kind{pairs}, to: pairs, form: "rdd.PartitionBy(%[1]s, rdd.RangePartitioner(%[1]s, %[4]v, order(%[3]v)))", draw: drawSort,
			model: func(c call) (known, bool) {
				by := placement{how: ranges, origin: c.id}
				_, sure := alike(by, c.known[0].by)
				return loose(pairs, c.known[0].rows(), unknown, by), sure
			},
			eager: true,
			run: func(c call) (any, error) {
				r := c.in[0].(*rdd.RDD[pair])
				by, err := rdd.RangePartitioner(r, c.p[2]+1, order(c.p[1]))
				if err != nil {
					return r, err
				}
				return rdd.PartitionBy(r, by), nil
			},
		},
		{
			name: "FilterByRange", from: []kind{pairs}, to: pairs, form: "rdd.FilterByRange(%[1]s, %[2]v, %[2]v+6)", draw: digit,
			model: func(c call) (known, bool) {
				k := c.known[0]
				low := c.p[0]
				out := k.each(pairs, true, func(row any) []any {
					if key := keyOf(row).(int); key < low || key > low+6 {
						return nil
					}
					return []any{row}
				})
				if k.by.how == ranges { // the partitions that cannot hold such keys are left out
					out.by = placement{}
					if !out.cut {
						out.n = unknown
					}
				}
				return out, true
			},
			run: func(c call) (any, error) {
				return rdd.FilterByRange(c.in[0].(*rdd.RDD[pair]), c.p[0], c.p[0]+6), nil
			},
		},
	}
}

// lengthFirst orders by length, then by letters.
func lengthFirst(s string) string { return string(rune('a'+len(s))) + s }

func order(p int) rdd.Order {
	if p == 0 {
		return rdd.Ascending
	}
	return rdd.Descending
}

func drawSort(r *rand.Rand, _ []known) []int { return []int{r.IntN(10), r.IntN(2), r.IntN(5)} }

// sortOp is an operation that sorts by a key of the rows.
func sortOp[T any, K cmp.Ordered](name, f string, key func(k int) func(T) K, build func(r *rdd.RDD[T], k int, order rdd.Order, parts []int) *rdd.RDD[T]) *verb {
	k := kindOf[T]()
	return &verb{
		name: name, from: []kind{k}, to: k, form: "rdd." + name + "(%s, " + f + "(%v), order(%v), parts(%v))", draw: drawSort, eager: true,
		model: func(c call) (known, bool) {
			of := key(c.p[0])
			rows := inKeyOrder(c.known[0].rows(), func(row any) K { return of(row.(T)) }, order(c.p[1]))
			out := known{kind: k, n: unknown, parts: [][]bunch{rows}}
			if c.p[2] == 1 || c.p[2] == 0 && c.known[0].n == 1 {
				out.n, out.cut = 1, true
			}
			return out, true
		},
		run: func(c call) (any, error) {
			var parts []int
			if c.p[2] > 0 {
				parts = c.p[2:]
			}
			out := build(c.in[0].(*rdd.RDD[T]), c.p[0], order(c.p[1]), parts)
			return out, out.Err()
		},
	}
}

func sortByKey[K cmp.Ordered, V any]() *verb {
	return sortOp("SortByKey", "", func(int) func(rdd.Pair[K, V]) K { return rdd.Key[K, V] },
		func(r *rdd.Pairs[K, V], _ int, order rdd.Order, parts []int) *rdd.Pairs[K, V] {
			return rdd.SortByKey(r, order, parts...)
		}).ranged()
}

// ranged says that what is sorted is placed by the bounds found.
func (v *verb) ranged() *verb {
	model := v.model
	v.model = func(c call) (known, bool) {
		k, ok := model(c)
		k.by = placement{how: ranges, origin: c.id}
		return k, ok
	}
	v.form = "rdd." + v.name + "(%[1]s, order(%[3]v), parts(%[4]v))"
	return v
}

// inKeyOrder is a bunch for each key.
func inKeyOrder[K cmp.Ordered](rows []any, key func(row any) K, order rdd.Order) (all []bunch) {
	of := map[K]bunch{}
	var keys []K
	for _, row := range rows {
		k := key(row)
		if of[k] == nil {
			keys = append(keys, k)
		}
		of[k] = append(of[k], row)
	}
	slices.SortFunc(keys, func(a, b K) int { return int(order) * cmp.Compare(a, b) })
	for _, k := range keys {
		all = append(all, of[k])
	}
	return all
}
