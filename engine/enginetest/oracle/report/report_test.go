package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/enginetest"
)

func tree(t testing.TB, text string) any {
	t.Helper()
	if text == "" {
		return Nothing{}
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	require.NoError(t, d.Decode(&v), text)
	return v
}

func TestFirst(t *testing.T) {
	for _, c := range []struct{ wanted, got, path string }{
		{`1`, `2`, ""},
		{`1`, `"1"`, ""},
		{`null`, ``, ""}, // null is something
		{`[]`, `{}`, ""},
		{`[1]`, `1`, ""},
		{`[1,2,3]`, `[1,5,4]`, "[1]"},
		{`[1,2]`, `[1,2,3]`, "[2]"},
		{`[1,2]`, `[1]`, "[1]"},
		{`{"a":1}`, `{"a":1,"b":null}`, ".b"},
		{`{"a":1,"b":2}`, `{"b":2}`, ".a"},
		{`[{"stages":[{"tasks":1}]}]`, `[{"stages":[{"tasks":2}]}]`, "[0].stages[0].tasks"},
	} {
		d, differ := First(tree(t, c.wanted), tree(t, c.got))
		assert.True(t, differ, "%s and %s", c.wanted, c.got)
		assert.Equal(t, c.path, d.Path, "%s and %s", c.wanted, c.got)
	}
}

// Two trees differ exactly when their texts do.
func TestFirstIsExact(t *testing.T) {
	trees := rapid.Custom(func(t *rapid.T) string {
		leaf := rapid.SampledFrom([]string{"0", "1", `"a"`, `"0"`, "true", "null", "[]", "{}"})
		list := rapid.Map(rapid.SliceOfN(leaf, 0, 3), func(parts []string) string { return "[" + strings.Join(parts, ",") + "]" })
		fields := rapid.Map(rapid.SliceOfN(rapid.OneOf(leaf, list), 2, 2), func(parts []string) string {
			return `{"a":` + parts[0] + `,"b":` + parts[1] + "}"
		})
		return rapid.OneOf(leaf, list, fields).Draw(t, "tree")
	})
	rapid.Check(t, func(rt *rapid.T) {
		a, b := trees.Draw(rt, "wanted"), trees.Draw(rt, "got")
		_, differ := First(tree(t, a), tree(t, b))
		assert.Equal(rt, a != b, differ, "%s and %s", a, b)
	})
}

// What a person sees, for each sort of difference.
func TestPage(t *testing.T) {
	long := func(changed string) string {
		return `["` + strings.Repeat("été ", 60) + changed + strings.Repeat(" suite", 40) + `"]`
	}
	deep := func(last string) string {
		return `"` + strings.Repeat(` |  MapPartitionsRDD at map\n`, 20) + last + strings.Repeat(`\n |  more`, 9) + `"`
	}
	verdicts := []Verdict{
		{Case: "right"},
		{Case: "early", Skipped: "pipe"},
		{Case: "bad", Broken: "step 0: no op"},
		{Case: "wrong", About: "all sorts of differences", Faults: []Fault{
			fault(t, "step 0: a.count()", "result", `8`, `9`),
			fault(t, "step 1: a.partitions()", "result", `[[1,2],[3,4]]`, `[[1,2],[4,3]]`),
			fault(t, "step 1: a.partitions()", "jobs", ``, `[{"status":"SUCCEEDED","stages":[]}]`),
			fault(t, "step 2: a.collect()", "jobs",
				`[{"status":"SUCCEEDED","stages":[{"name":"collect","tasks":2,"parents":[],"status":"COMPLETE","shuffle_read_records":6}]}]`,
				`[{"status":"SUCCEEDED","stages":[{"name":"collect","tasks":3,"parents":[],"status":"COMPLETE","shuffle_read_records":6}]}]`),
			fault(t, "step 3: a.first()", "result", `null`, ``),
			fault(t, "step 4: a.debugString()", "result",
				`{"text":"(2) ShuffledRDD[n]\n +-(2) MapPartitionsRDD[n] at map []\n    |  ParallelCollectionRDD[n]"}`,
				`{"text":"(2) ShuffledRDD[n]\n +-(2) MapPartitionsRDD[n] at keyBy []"}`),
			fault(t, "step 5: a.debugString()", "result", deep("wanted"), deep("got")),
			fault(t, "step 6: a.collect()", "result", long("oui"), long("non")),
		}},
	}
	var page bytes.Buffer
	var count Count
	for _, v := range verdicts {
		v.Write(&page)
		count.Add(v)
	}
	page.WriteString(count.String() + "\n")
	enginetest.Golden(t, "page.txt", page.String())
}

func fault(t *testing.T, step, field, wanted, got string) Fault {
	t.Helper()
	d, differ := First(tree(t, wanted), tree(t, got))
	require.True(t, differ)
	return Fault{Step: step, Field: field, Difference: d}
}
