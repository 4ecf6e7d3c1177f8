// Package altered alters trees of JSON, one thing at a time: every number, text and
// truth value, every element and field. A judge that compares loosely passes
// everything; the tests of the oracle's runners judge each case altered so, and every
// one must fail.
package altered

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
)

// Each yields tree with one thing altered, and what that is.
func Each(tree any) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		switch tree := tree.(type) {
		case nil:
			return // there is nothing to alter; where null is an answer, its field is taken away
		case []any:
			inList(tree)(yield)
		case map[string]any:
			inFields(tree)(yield)
		case json.Number:
			yield(" + 1", json.Number(fmt.Sprintf("%.0f", number(tree)+1)))
		case string:
			yield(" changed", tree+"≠")
		case bool:
			yield(" turned", !tree)
		}
	}
}

func inList(tree []any) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for i, part := range tree {
			for what, other := range Each(part) {
				if !yield(fmt.Sprintf("[%d]%s", i, what), replaced(tree, i, other)) {
					return
				}
			}
			if part == nil && !yield(fmt.Sprintf("[%d] not null", i), replaced(tree, i, json.Number("0"))) {
				return
			}
			if !yield(fmt.Sprintf("[%d] taken away", i), slices.Delete(slices.Clone(tree), i, i+1)) {
				return
			}
			if !yield(fmt.Sprintf("[%d] twice", i), slices.Insert(slices.Clone(tree), i, part)) {
				return
			}
		}
		yield(" with one more", append(slices.Clone(tree), json.Number("987654321")))
	}
}

func replaced(tree []any, i int, part any) []any {
	other := slices.Clone(tree)
	other[i] = part
	return other
}

func inFields(tree map[string]any) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for _, name := range slices.Sorted(maps.Keys(tree)) {
			for what, part := range Each(tree[name]) {
				other := maps.Clone(tree)
				other[name] = part
				if !yield("."+name+what, other) {
					return
				}
			}
			if tree[name] == nil {
				other := maps.Clone(tree)
				other[name] = json.Number("0")
				if !yield("."+name+" not null", other) {
					return
				}
			}
			other := maps.Clone(tree)
			delete(other, name)
			if !yield("."+name+" taken away", other) {
				return
			}
		}
		other := maps.Clone(tree)
		other["added"] = json.Number("1")
		yield(" with a field more", other)
	}
}

// number is a JSON number; a tree that encoding/json has read has no others.
func number(n json.Number) float64 {
	f, err := n.Float64()
	if err != nil {
		return 0
	}
	return f
}
