package streamcase

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"etincelle/engine/enginetest/oracle/report"
)

// Observation is what the engine gave for a case, as JSON trees of the form that
// a case has: columns, steps with their batches, error.
type Observation map[string]any

// Judge compares what the engine gave with all that the case gives. What the
// case leaves out must be absent here too.
func Judge(c *Case, seen Observation) report.Verdict {
	v := heading(c)
	compare := func(step, field string, wanted, got any) {
		if d, differ := report.First(wanted, got); differ {
			v.Faults = append(v.Faults, report.Fault{Step: step, Field: field, Difference: d})
		}
	}
	compare("the query", "columns", optional(c.Expect, "columns"), optional(seen, "columns"))
	compare("the query", "error", optional(c.Expect, "error"), sentence(optional(seen, "error"), optional(c.Expect, "error")))
	for name, wanted := range c.Expect {
		if !slices.Contains(expected, name) {
			compare("the query", name, wanted, optional(seen, name))
		}
	}
	doubles := doubleColumns(c.Expect["columns"])
	wanted, listed := c.Expect["steps"].([]any)
	if !listed {
		compare("the query", "steps", optional(c.Expect, "steps"), optional(seen, "steps"))
	}
	got, _ := seen["steps"].([]any)
	for i := range max(len(wanted), len(got)) {
		title := fmt.Sprintf("step %d", i)
		w, wok := at(wanted, i).(map[string]any)
		g, gok := at(got, i).(map[string]any)
		if !wok || !gok {
			compare(title, "", at(wanted, i), at(got, i))
			continue
		}
		compare(title, "inputs", without(w, "batches"), without(g, "batches"))
		wb, wok := w["batches"].([]any)
		gb, gok := g["batches"].([]any)
		if !wok || !gok {
			compare(title, "batches", optional(w, "batches"), optional(g, "batches"))
			continue
		}
		for j := range max(len(wb), len(gb)) {
			batch, other := at(wb, j), at(gb, j)
			if reflect.DeepEqual(batch, other) {
				continue // the usual case, and the quick one
			}
			compare(title, fmt.Sprintf("batches[%d]", j), batch, settle(c.Ordered, doubles, batch, other))
		}
	}
	return v
}

// sentence is our error with its message cut to what is wanted of it, where ours
// begins with that: ours goes on with what to do.
func sentence(got, wanted any) any {
	g, gok := got.(map[string]any)
	w, wok := wanted.(map[string]any)
	ours, _ := g["message"].(string)
	theirs, _ := w["message"].(string)
	plain := strings.ReplaceAll(theirs, "#N", "") // Spark's numbers of columns, which we have not
	if gok && wok && theirs != "" && strings.HasPrefix(ours, plain) {
		g = maps.Clone(g)
		g["message"] = theirs
		return g
	}
	return got
}

// settle makes alike, in what we gave, what the oracle's rules say is alike: the
// order of rows of a query that does not end in orderBy, and the last digits of
// a double.
func settle(ordered bool, doubles []bool, wanted, got any) any {
	w, wok := wanted.(map[string]any)
	g, gok := got.(map[string]any)
	wrows, wlist := w["rows"].([]any)
	grows, glist := g["rows"].([]any)
	if !wok || !gok || !wlist || !glist {
		return got
	}
	g = maps.Clone(g)
	rows := slices.Clone(grows)
	var settled []any
	for i, row := range wrows {
		match := 0 // in an ordered case only the next row will do
		if !ordered {
			match = slices.IndexFunc(rows, func(other any) bool { return alike(doubles, row, other) })
		}
		if match < 0 || match >= len(rows) || !alike(doubles, row, rows[match]) {
			settled = append(settled, rows...) // the first that differs is shown, with those left
			rows = nil
			break
		}
		settled = append(settled, wrows[i])
		rows = slices.Delete(rows, match, match+1)
	}
	g["rows"] = append(append([]any{}, settled...), rows...)
	return g
}

func sortRows(rows []any) {
	slices.SortStableFunc(rows, func(a, b any) int { return strings.Compare(report.Text(a), report.Text(b)) })
}

// tolerance is how far two doubles may lie apart, relative to the greater: Spark
// merges partial results in an order of its own.
const tolerance = 1e-12

// alike compares two rows; doubles says which columns hold doubles.
func alike(doubles []bool, wanted, got any) bool {
	w, wok := wanted.([]any)
	g, gok := got.([]any)
	if !wok || !gok || len(w) != len(g) || len(w) != len(doubles) {
		return reflect.DeepEqual(wanted, got)
	}
	for i := range w {
		if !reflect.DeepEqual(w[i], g[i]) && !(doubles[i] && near(w[i], g[i])) {
			return false
		}
	}
	return true
}

func near(wanted, got any) bool {
	if list, ok := wanted.([]any); ok {
		other, _ := got.([]any)
		return slices.EqualFunc(list, other, near)
	}
	w, wok := wanted.(json.Number)
	g, gok := got.(json.Number)
	if !wok || !gok {
		return wanted == got
	}
	a, aerr := strconv.ParseFloat(w.String(), 64)
	b, berr := strconv.ParseFloat(g.String(), 64)
	return aerr == nil && berr == nil && math.Abs(a-b) <= tolerance*math.Max(math.Abs(a), math.Abs(b))
}

// doubleColumns says which columns hold doubles, also in arrays.
func doubleColumns(columns any) []bool {
	var doubles []bool
	list, _ := columns.([]any)
	for _, column := range list {
		pair, _ := column.([]any)
		doubles = append(doubles, len(pair) == 2 && strings.Contains(fmt.Sprint(pair[1]), "double"))
	}
	return doubles
}

func at(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return report.Nothing{}
}

// optional is a field of a tree, which may have none of that name.
func optional(tree map[string]any, name string) any {
	if v, ok := tree[name]; ok {
		return v
	}
	return report.Nothing{}
}

func without(tree map[string]any, name string) map[string]any {
	tree = maps.Clone(tree)
	delete(tree, name)
	return tree
}
