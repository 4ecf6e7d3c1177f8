package sqlcase

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A runner that compares loosely passes everything. Here each thing that a case
// gives is altered, taken away or added to, one at a time, and each altered case
// must fail: every number, text and truth value, every element and field, of
// every case.
func TestEveryAlterationFails(t *testing.T) {
	altered := 0
	for _, file := range caseFiles(t) {
		c := read(t, file)
		t.Run(c.Name, func(t *testing.T) {
			seen := observe(t, c)
			require.False(t, Judge(c, seen).Failed(), "the case itself must pass")
			for what, tree := range alterations(treeOf(c.Expect)) {
				wrong := *c
				wrong.Expect, _ = tree.(map[string]any)
				altered++
				if strings.HasSuffix(what, ".stage_order taken away") {
					continue // it lets two orders pass; without it one may pass all the same
				}
				if !Judge(&wrong, seen).Failed() {
					t.Errorf("expect%s passes", what)
				}
			}
		})
	}
	assert.Greater(t, altered, 10000)
	t.Logf("%d altered cases", altered)
}

// alterations yields tree with one thing altered, and what that is.
func alterations(tree any) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		switch tree := tree.(type) {
		case nil:
			return // there is nothing to alter; where null is an answer, its field is taken away
		case []any:
			inList(tree)(yield)
		case map[string]any:
			inFields(tree)(yield)
		case json.Number:
			n, err := tree.Float64()
			if err != nil {
				panic(err)
			}
			yield(" + 1", json.Number(fmt.Sprintf("%.0f", n+1)))
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
			for what, other := range alterations(part) {
				changed := slices.Clone(tree)
				changed[i] = other
				if !yield(fmt.Sprintf("[%d]%s", i, what), changed) {
					return
				}
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

func inFields(tree map[string]any) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for _, name := range slices.Sorted(maps.Keys(tree)) {
			for what, part := range alterations(tree[name]) {
				other := maps.Clone(tree)
				other[name] = part
				if !yield("."+name+what, other) {
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
