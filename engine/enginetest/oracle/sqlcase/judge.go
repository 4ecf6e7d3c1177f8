package sqlcase

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"

	"etincelle/engine/enginetest/oracle/report"
)

// Judge compares what the engine gave with all that the case gives, in each mode.
// A field that the case leaves out must be absent here too.
func Judge(c *Case, seen Observation) report.Verdict {
	v := heading(c)
	for _, mode := range slices.Sorted(maps.Keys(c.Expect)) {
		if !slices.Contains(modes, mode) {
			v.Faults = append(v.Faults, report.Fault{Step: mode, Field: "expect", Difference: report.Difference{Wanted: c.Expect[mode], Got: report.Nothing{}}})
		}
	}
	for _, mode := range modes {
		wanted, ok := c.Expect[mode].(map[string]any)
		if !ok {
			v.Faults = append(v.Faults, report.Fault{Step: mode, Field: "expect", Difference: report.Difference{Wanted: c.Expect[mode], Got: seen[mode]}})
			continue
		}
		got := maps.Clone(seen[mode].(map[string]any))
		wanted = maps.Clone(wanted)
		settle(c, wanted, got)
		for _, name := range fields(wanted, got) {
			if d, differ := report.First(optional(wanted, name), optional(got, name)); differ {
				v.Faults = append(v.Faults, report.Fault{Step: mode, Field: name, Difference: d})
			}
		}
	}
	return v
}

// settle makes alike what the oracle's rules say is alike: the order of rows that
// have none, the last digits of doubles, and the order of stages and jobs that ran
// at once.
func settle(c *Case, wanted, got map[string]any) {
	if rows, ok := wanted["rows"].([]any); ok && !c.Ordered {
		wanted["rows"] = sorted(rows)
	}
	if w, ok := wanted["rows"].([]any); ok {
		if g, ok := got["rows"].([]any); ok {
			got["rows"] = near(w, g)
		}
	}
	if wanted["stage_order"] == "sorted" {
		got["stage_order"] = "sorted"
		for _, side := range []map[string]any{wanted, got} {
			side["actions"] = inOneOrder(side["actions"])
		}
	}
}

func sorted(list []any) []any {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b any) int { return strings.Compare(report.Text(a), report.Text(b)) })
	return list
}

// tolerance is how far, relatively, sums of doubles may lie apart that were added in
// another order.
const tolerance = 1e-12

// near is got, with the wanted number in the place of each that is near enough.
func near(wanted, got any) any {
	switch g := got.(type) {
	case []any:
		w, ok := wanted.([]any)
		if !ok {
			return got
		}
		list := slices.Clone(g)
		for i := range min(len(w), len(g)) {
			list[i] = near(w[i], g[i])
		}
		return list
	case json.Number:
		w, ok := wanted.(json.Number)
		if !ok || !strings.ContainsAny(string(w)+string(g), ".eE") {
			return got // whole numbers are the same, or not
		}
		a, errA := w.Float64()
		b, errB := g.Float64()
		if errA == nil && errB == nil && math.Abs(a-b) <= tolerance*math.Max(math.Abs(a), math.Abs(b)) {
			return wanted
		}
	}
	return got
}

// inOneOrder puts, in each action, the stages of a job but the last, and the jobs
// but the last, in the order of their text.
func inOneOrder(actions any) any {
	list, ok := actions.([]any)
	if !ok {
		return actions
	}
	out := make([]any, len(list))
	for i, one := range list {
		action, ok := one.(map[string]any)
		if !ok {
			out[i] = one
			continue
		}
		action = maps.Clone(action)
		if jobs, ok := action["jobs"].([]any); ok {
			settled := make([]any, len(jobs))
			for k, job := range jobs {
				settled[k] = job
				if fields, ok := job.(map[string]any); ok {
					fields = maps.Clone(fields)
					fields["stages"] = allButLast(fields["stages"])
					settled[k] = fields
				}
			}
			action["jobs"] = allButLast(settled)
		}
		out[i] = action
	}
	return out
}

func allButLast(v any) any {
	list, ok := v.([]any)
	if !ok || len(list) == 0 {
		return v
	}
	return append(sorted(list[:len(list)-1]), list[len(list)-1])
}

// fields lists the fields of both sides.
func fields(wanted, got map[string]any) []string {
	all := maps.Clone(wanted)
	maps.Copy(all, got)
	return slices.Sorted(maps.Keys(all))
}

// optional is a field, which may not be there.
func optional(side map[string]any, name string) any {
	if value, ok := side[name]; ok {
		return value
	}
	return report.Nothing{}
}
