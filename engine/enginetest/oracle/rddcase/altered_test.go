package rddcase

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/enginetest/oracle/altered"
	"etincelle/engine/enginetest/oracle/keptcase"
	"etincelle/engine/enginetest/oracle/report"
)

// A runner that compares loosely passes everything. Here each thing that a case
// gives is altered, taken away or added to, one at a time, and each altered case
// must fail: every number, text and truth value, every element and field, of
// every case.
func TestEveryAlterationFails(t *testing.T) {
	count := 0
	for _, file := range keptcase.Files(t, folder) {
		c := read(t, file)
		t.Run(c.Name, func(t *testing.T) {
			seen := observe(t, c)
			require.False(t, Judge(c, seen).Failed(), "the case itself must pass")
			for what, tree := range altered.Each(report.Tree(c.Expect)) {
				wrong := *c
				wrong.Expect = nil
				for _, entry := range tree.([]any) {
					fields, _ := entry.(map[string]any)
					wrong.Expect = append(wrong.Expect, fields)
				}
				assert.True(t, Judge(&wrong, seen).Failed(), "expect%s", what)
				count++
			}
			for what, tree := range altered.Each(report.Tree(c.FilesAfterStop)) {
				wrong := *c
				wrong.FilesAfterStop = nil
				list, _ := tree.([]any)
				for _, name := range list {
					wrong.FilesAfterStop = append(wrong.FilesAfterStop, fmt.Sprint(name))
				}
				assert.True(t, Judge(&wrong, seen).Failed(), "files_after_stop%s", what)
				count++
			}
		})
	}
	t.Logf("%d altered cases", count)
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
