package rdd_test

import (
	"cmp"
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

// world is what the laws of this package are tried on: two small datasets cut and
// placed at random, on a cluster drawn at random, and their rows as plain slices.
type world struct {
	s          *engine.Session
	a, b       *rdd.RDD[int]
	rows, more []int
}

func drawWorld(t *rapid.T) world {
	numbers := rapid.SliceOfN(rapid.IntRange(-6, 12), 0, 14)
	w := world{s: drawSession(t), rows: numbers.Draw(t, "rows"), more: numbers.Draw(t, "more")}
	parts := rapid.IntRange(1, 5)
	w.a = rdd.FromSlice(w.s, parts.Draw(t, "partitions"), w.rows)
	w.b = rdd.FromSlice(w.s, parts.Draw(t, "more partitions"), w.more)
	return w
}

// drawSession starts a session of 1 to 3 executors of 1, 2 or 4 cores.
func drawSession(t *rapid.T, more ...engine.Option) *engine.Session {
	options := []engine.Option{
		engine.Executors(rapid.IntRange(1, 3).Draw(t, "executors")),
		engine.Cores(rapid.SampledFrom([]int{1, 2, 4}).Draw(t, "cores")),
	}
	if rapid.Bool().Draw(t, "one task after the other") {
		options = append(options, engine.Sequential())
	}
	s := engine.Start(append(options, more...)...)
	t.Cleanup(s.Stop)
	return s
}

// digit keys a number by its last digit but one sign: few keys, shared by many rows.
func digit(n int) int { return n % 5 }

func (w world) pairs() (a, b *rdd.Pairs[int, int]) {
	return rdd.KeyBy(w.a, digit), rdd.KeyBy(w.b, digit)
}

// list is all the rows of r, in order.
func list[T any](r *rdd.RDD[T]) []T { return engine.Must(r.Collect()) }

// bag is rows without their order, as text.
func bag[T any](rows []T) []string {
	lines := each(rows, func(row T) string { return fmt.Sprint(row) })
	slices.Sort(lines)
	return lines
}

// The rest of this file is the model: the same operations, on slices.

func each[T, U any](rows []T, f func(T) U) []U {
	out := []U{}
	for _, row := range rows {
		out = append(out, f(row))
	}
	return out
}

func only[T any](rows []T, keep func(T) bool) []T {
	out := []T{}
	for _, row := range rows {
		if keep(row) {
			out = append(out, row)
		}
	}
	return out
}

func once[T cmp.Ordered](rows []T) []T {
	return slices.Compact(slices.Sorted(slices.Values(rows)))
}

// byDigit groups numbers by their key, in order.
func byDigit(rows []int) map[int][]int {
	groups := map[int][]int{}
	for _, row := range rows {
		groups[digit(row)] = append(groups[digit(row)], row)
	}
	return groups
}

// foldDigits folds the numbers of each key from zero.
func foldDigits(rows []int, zero int, f func(a, b int) int) []rdd.Pair[int, int] {
	out := []rdd.Pair[int, int]{}
	for k, group := range byDigit(rows) {
		sum := zero
		for _, row := range group {
			sum = f(sum, row)
		}
		out = append(out, rdd.KV(k, sum))
	}
	return out
}

// keysOf lists the keys of all the groups once.
func keysOf(all ...map[int][]int) []int {
	var keys []int
	for _, groups := range all {
		for k := range groups {
			keys = append(keys, k)
		}
	}
	return once(keys)
}

// some is a group as the engine gives it: sorted, and empty rather than nil.
func some(group []int) []int { return concat(slices.Sorted(slices.Values(group))) }

// concat is slices.Concat that gives an empty slice rather than nil.
func concat(all ...[]int) []int { return append([]int{}, slices.Concat(all...)...) }

// joined pairs the rows of equal keys; the sides that keep says keep rows without
// a partner.
func joined(left, right []int, keepLeft, keepRight bool) []string {
	maybe := func(group []int, keep bool) []rdd.Maybe[int] {
		if len(group) == 0 && keep {
			return []rdd.Maybe[int]{{}}
		}
		return each(group, func(n int) rdd.Maybe[int] { return rdd.Maybe[int]{Value: n, OK: true} })
	}
	var out []string
	l, r := byDigit(left), byDigit(right)
	for _, k := range keysOf(l, r) {
		for _, v := range maybe(l[k], keepRight) {
			for _, w := range maybe(r[k], keepLeft) {
				out = append(out, fmt.Sprint(k, v, w))
			}
		}
	}
	slices.Sort(out)
	return out
}
