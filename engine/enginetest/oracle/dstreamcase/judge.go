package dstreamcase

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/enginetest/oracle/report"
)

// Judge compares what the engine gave with all that the case gives. What the case
// leaves out must be absent here too.
func Judge(c *Case, seen Observation) report.Verdict {
	return judge(c, c.Expect, neutral.Canonical(report.Tree(seen)))
}

// judge is Judge of trees as encoding/json reads them.
func judge(c *Case, expect map[string]any, observed any) report.Verdict {
	v := heading(c)
	wanted, _ := neutral.Canonical(expect).(map[string]any)
	got, _ := observed.(map[string]any)
	wanted, got = settled(c, wanted, got)
	names := slices.Sorted(maps.Keys(wanted))
	for name := range got {
		if _, both := wanted[name]; !both {
			names = append(names, name)
		}
	}
	for _, name := range names {
		w, inWanted := wanted[name]
		g, inGot := got[name]
		if !inWanted {
			w = report.Nothing{}
		}
		if !inGot {
			g = report.Nothing{}
		}
		if d, differ := report.First(w, g); differ {
			v.Faults = append(v.Faults, report.Fault{Step: "the run", Field: name, Difference: d})
		}
	}
	return v
}

// settled makes alike what the oracle's rules say is alike:
//   - in a case of any order, the rows of an output and those of a partition come in
//     the order of Spark's hash maps: they are bags;
//   - a message of ours may say more than Spark's, as the student's line;
//   - created_by_function is not compared: Go's programs are always made by one.
func settled(c *Case, wanted, got map[string]any) (w, g map[string]any) {
	both := func(tree any, other any) any { return settle(c.Order == "any", tree, other) }
	w, _ = both(wanted, nil).(map[string]any)
	g, _ = both(got, w).(map[string]any)
	return w, g
}

// settle settles a tree; wanted is the one that it is compared with, nil for itself.
func settle(anyOrder bool, tree, wanted any) any {
	switch tree := tree.(type) {
	case []any:
		list, _ := wanted.([]any)
		all := make([]any, len(tree))
		for i, part := range tree {
			all[i] = settle(anyOrder, part, at(list, i))
		}
		return all
	case map[string]any:
		fields, _ := wanted.(map[string]any)
		all := map[string]any{}
		for name, part := range tree {
			switch {
			case name == "created_by_function":
				continue
			case anyOrder && name == "rows":
				all[name] = bag(part)
			case anyOrder && name == "by_partition":
				all[name] = bags(part)
			case name == "message":
				all[name] = shortened(part, fields[name])
			case name == "failed":
				all[name] = shortenedAll(part, fields[name])
			default:
				all[name] = settle(anyOrder, part, fields[name])
			}
		}
		return all
	}
	return tree
}

func at(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return nil
}

// foreign is where Spark's message goes on with what is its own: the line of a Scala
// program, the numbers of stages and the names of machines.
var foreign = []string{"was started at", "Job aborted due to stage failure"}

// shortened is a message cut to what is wanted of it, where it holds that.
func shortened(message, wanted any) any {
	m, _ := message.(string)
	m, _, _ = strings.Cut(m, "\n") // of a stack trace the first line
	for _, mark := range foreign {
		if before, after, found := strings.Cut(m, mark); found {
			m = before + mark
			if mark == foreign[1] {
				m += cause(after)
			}
		}
	}
	if w, ok := wanted.(string); ok && w != "" && strings.Contains(m, w) {
		return w
	}
	if _, ok := message.(string); !ok {
		return message
	}
	return m
}

// cause is what failed a task, at the end of the message of the job that it failed.
func cause(message string) string {
	for _, mark := range []string{"executor driver): ", "): "} {
		if i := strings.LastIndex(message, mark); i >= 0 {
			return ": … " + message[i+len(mark):]
		}
	}
	return message
}

func shortenedAll(messages, wanted any) any {
	list, ok := messages.([]any)
	if !ok {
		return messages
	}
	other, _ := wanted.([]any)
	all := make([]any, len(list))
	for i, m := range list {
		all[i] = shortened(m, at(other, i))
	}
	return all
}

// bag sorts a list of trees by their text.
func bag(tree any) any {
	list, ok := tree.([]any)
	if !ok {
		return tree
	}
	type row struct {
		text string
		tree any
	}
	rows := make([]row, len(list))
	for i, tree := range list {
		rows[i] = row{report.Text(tree), tree}
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.text, b.text) })
	sorted := make([]any, len(list))
	for i, r := range rows {
		sorted[i] = r.tree
	}
	return sorted
}

func bags(tree any) any {
	list, ok := tree.([]any)
	if !ok {
		return tree
	}
	all := make([]any, len(list))
	for i, part := range list {
		all[i] = bag(part)
	}
	return all
}
