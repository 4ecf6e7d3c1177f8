package rddcase

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
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
				wrong.Expect = nil
				for _, entry := range tree.([]any) {
					fields, _ := entry.(map[string]any)
					wrong.Expect = append(wrong.Expect, fields)
				}
				assert.True(t, Judge(&wrong, seen).Failed(), "expect%s", what)
				altered++
			}
			for what, tree := range alterations(treeOf(c.FilesAfterStop)) {
				wrong := *c
				wrong.FilesAfterStop = nil
				list, _ := tree.([]any)
				for _, name := range list {
					wrong.FilesAfterStop = append(wrong.FilesAfterStop, fmt.Sprint(name))
				}
				assert.True(t, Judge(&wrong, seen).Failed(), "files_after_stop%s", what)
				altered++
			}
		})
	}
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
			for what, part := range alterations(tree[name]) {
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

// Entries that do not belong are refused too: a step that gave nothing, no
// step, a step twice.
func TestAddedEntriesFail(t *testing.T) {
	c := read(t, folder+"/narrow_ops_8_3.json") // step 1 defines a dataset: it gives nothing
	seen := observe(t, c)
	for name, entry := range map[string]map[string]any{
		"a result where there is none": {"step": json.Number("1"), "result": "()"},
		"a job where there is none":    {"step": json.Number("1"), "jobs": []any{}},
		"an error where there is none": {"step": json.Number("1"), "error": []any{}},
		"a step after the last":        {"step": json.Number("99"), "result": "()"},
		"a step before the first":      {"step": json.Number("-1"), "result": "()"},
		"no step":                      {"result": "()"},
	} {
		wrong := *c
		wrong.Expect = append(slices.Clone(c.Expect), entry)
		assert.True(t, Judge(&wrong, seen).Failed(), name)
	}
}
