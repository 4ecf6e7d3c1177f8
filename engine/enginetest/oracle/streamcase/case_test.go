package streamcase

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"encoding/json"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The cases that the project keeps: the oracle's, and what Spark answered to programs
// drawn at random and asked by hand.
const (
	oracleCases = "../../testdata/oracle/structured"
	drawnCases  = "../../testdata/oracle/structured/random"
)

func caseFiles(t *testing.T, folders ...string) []string {
	t.Helper()
	var files []string
	for _, folder := range folders {
		found, err := filepath.Glob(filepath.Join(folder, "*.json"))
		require.NoError(t, err)
		files = append(files, found...)
	}
	require.NotEmpty(t, files)
	return files
}

func read(t *testing.T, file string) *Case {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	c, err := Parse(data)
	require.NoError(t, err, file)
	return c
}

// observe runs a case, or skips the test when something of it is not built.
func observe(t *testing.T, c *Case) Observation {
	t.Helper()
	seen, err := Run(c)
	var missing NotBuilt
	if errors.As(err, &missing) {
		t.Skip(missing.Error())
	}
	require.NoError(t, err)
	return seen
}

func TestCases(t *testing.T) {
	for _, file := range caseFiles(t, oracleCases, drawnCases) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			c := read(t, file)
			v := Judge(c, observe(t, c))
			if v.Failed() {
				var page strings.Builder
				v.Write(&page)
				t.Error(page.String())
			}
		})
	}
}

// A runner that compares loosely passes everything. Here each thing that a case
// gives is altered, taken away or added to, one at a time, and each altered case
// must fail.
func TestEveryAlterationFails(t *testing.T) {
	altered := 0
	for _, file := range caseFiles(t, oracleCases) {
		c := read(t, file)
		t.Run(c.Name, func(t *testing.T) {
			seen := observe(t, c)
			require.False(t, Judge(c, seen).Failed(), "the case itself must pass")
			for what, tree := range alterations(map[string]any(c.Expect)) {
				wrong := *c
				wrong.Expect, _ = tree.(map[string]any)
				assert.True(t, Judge(&wrong, seen).Failed(), "expect%s", what)
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
			yield(" not null", json.Number("0"))
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

// inputs are the fields of a step that say what was done: they are not compared.
var inputs = []string{"add", "restart_before"}

func inFields(tree map[string]any) iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for _, name := range slices.Sorted(maps.Keys(tree)) {
			if slices.Contains(inputs, name) {
				continue
			}
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
