package rdd_test

import (
	"fmt"
	"slices"

	"etincelle/engine/rdd"
)

// joinLaws are those of several datasets of pairs.
var joinLaws = []law{
	{"Join", func(w world) (any, any) {
		a, b := w.pairs()
		return joinLines(rdd.Join(a, b), present, present), joined(w.rows, w.more, false, false)
	}},
	{"Join of what is placed", func(w world) (any, any) {
		a, b := w.pairs()
		by := rdd.Hash(3)
		return joinLines(rdd.Join(rdd.PartitionBy(a, by), rdd.PartitionBy(b, by)), present, present), joined(w.rows, w.more, false, false)
	}},
	{"LeftOuterJoin", func(w world) (any, any) {
		a, b := w.pairs()
		return joinLines(rdd.LeftOuterJoin(a, b), present, itself), joined(w.rows, w.more, true, false)
	}},
	{"RightOuterJoin", func(w world) (any, any) {
		a, b := w.pairs()
		return joinLines(rdd.RightOuterJoin(a, b), itself, present), joined(w.rows, w.more, false, true)
	}},
	{"FullOuterJoin", func(w world) (any, any) {
		a, b := w.pairs()
		return joinLines(rdd.FullOuterJoin(a, b), itself, itself), joined(w.rows, w.more, true, true)
	}},
	{"CoGroup", func(w world) (any, any) {
		a, b := w.pairs()
		l, r := byDigit(w.rows), byDigit(w.more)
		got := each(list(rdd.CoGroup(a, b)), func(p rdd.Pair[int, rdd.Grouped[int, int]]) string {
			return fmt.Sprint(p.Key, some(p.Value.Left), some(p.Value.Right))
		})
		return bag(got), bag(each(keysOf(l, r), func(k int) string { return fmt.Sprint(k, some(l[k]), some(r[k])) }))
	}},
	{"CoGroup3", func(w world) (any, any) {
		a, b := w.pairs()
		l, r := byDigit(w.rows), byDigit(w.more)
		got := each(list(rdd.CoGroup3(a, b, a)), func(p rdd.Pair[int, rdd.Grouped3[int, int, int]]) string {
			return fmt.Sprint(p.Key, some(p.Value.First), some(p.Value.Second), some(p.Value.Third))
		})
		return bag(got), bag(each(keysOf(l, r), func(k int) string { return fmt.Sprint(k, some(l[k]), some(r[k]), some(l[k])) }))
	}},
	{"CoGroup4", func(w world) (any, any) {
		a, b := w.pairs()
		l, r := byDigit(w.rows), byDigit(w.more)
		got := each(list(rdd.CoGroup4(a, b, b, a)), func(p rdd.Pair[int, rdd.Grouped4[int, int, int, int]]) string {
			return fmt.Sprint(p.Key, some(p.Value.First), some(p.Value.Second), some(p.Value.Third), some(p.Value.Fourth))
		})
		return bag(got), bag(each(keysOf(l, r), func(k int) string {
			return fmt.Sprint(k, some(l[k]), some(r[k]), some(r[k]), some(l[k]))
		}))
	}},
	{"SubtractByKey", func(w world) (any, any) {
		a, b := w.pairs()
		r := byDigit(w.more)
		left := only(w.rows, func(n int) bool { return r[digit(n)] == nil })
		return bag(list(rdd.Values(rdd.SubtractByKey(a, b)))), bag(left)
	}},
}

func present(n int) rdd.Maybe[int]           { return rdd.Maybe[int]{Value: n, OK: true} }
func itself(m rdd.Maybe[int]) rdd.Maybe[int] { return m }

// joinLines writes the rows of a join as the model writes them.
func joinLines[V, W any](r *rdd.Pairs[int, rdd.Joined[V, W]], left func(V) rdd.Maybe[int], right func(W) rdd.Maybe[int]) []string {
	var lines []string
	for _, p := range list(r) {
		lines = append(lines, fmt.Sprint(p.Key, left(p.Value.Left), right(p.Value.Right)))
	}
	slices.Sort(lines)
	return lines
}
