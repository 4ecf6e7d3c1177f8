package rddcase

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/enginetest/oracle/report"
)

// Judge compares what the engine gave with all that the case gives. A field
// that the case leaves out must be absent here too: a step without an entry
// starts no job and fails not.
func Judge(c *Case, seen Observation) report.Verdict {
	v := heading(c)
	fault := func(step, name string, wanted, got any) {
		if d, differ := report.First(wanted, got); differ {
			v.Faults = append(v.Faults, report.Fault{Step: step, Field: name, Difference: d})
		}
	}
	entries := map[int]map[string]any{}
	for _, entry := range c.Expect {
		i, err := stepOf(entry, len(c.Program))
		if _, again := entries[i]; again && err == nil {
			err = fmt.Errorf("step %d has two entries", i)
		}
		if err != nil {
			fault("expect", "", "one entry for each step that gave something", err.Error())
			continue
		}
		entries[i] = entry
	}
	for i, step := range c.Program {
		title := fmt.Sprintf("step %d: %s", i, c.shown(i))
		wanted, got := fields(entries[i]), maps.Clone(seen.Steps[i].Fields)
		left := slices.Clone(compared)
		for _, name := range unstable(entries[i]) {
			at := slices.Index(left, name)
			if at < 0 {
				fault(title, "unstable", "some of the entry's fields", name)
				continue
			}
			left = slices.Delete(left, at, at+1)
			delete(wanted, name)
			delete(got, name)
		}
		settle(c, step, seen.Steps[i].free, wanted, got)
		for _, name := range names(wanted, got) {
			fault(title, name, optional(wanted, name), optional(got, name))
		}
	}
	if c.ListAfter != "" {
		fault("after stop", "files", report.Tree(append([]string{}, c.FilesAfterStop...)), report.Tree(append([]string{}, seen.Files...)))
	}
	return v
}

// shown is a step as a person reads it.
func (c *Case) shown(i int) string {
	if lines := strings.Split(c.SparkCode, "\n"); len(lines) == len(c.Program) && len(lines[i]) < 200 {
		return lines[i]
	}
	return fmt.Sprintf("%s = %s on %v", c.Program[i].ID, c.Program[i].Op, c.Program[i].On)
}

// stepOf is the number of the step that an entry of expect is about.
func stepOf(entry map[string]any, steps int) (int, error) {
	number, ok := entry["step"].(json.Number)
	if !ok {
		return 0, fmt.Errorf("an entry's step is %v", entry["step"])
	}
	i, err := number.Int64()
	if err != nil || i < 0 || int(i) >= steps {
		return 0, fmt.Errorf("an entry's step is %s, of %d", number, steps)
	}
	return int(i), nil
}

// fields is what an entry says of its step.
func fields(entry map[string]any) map[string]any {
	all := map[string]any{}
	for name, value := range entry {
		if name != "step" && name != "unstable" {
			all[name] = neutral.Canonical(value)
		}
	}
	return all
}

// unstable names the fields of an entry that differed between two runs of Spark.
func unstable(entry map[string]any) []string {
	var all []string
	listed, _ := entry["unstable"].([]any)
	for _, name := range listed {
		all = append(all, fmt.Sprint(name))
	}
	return all
}

// settle makes alike what the oracle's rules say is alike.
func settle(c *Case, step Step, free freedom, wanted, got map[string]any) {
	for _, side := range []map[string]any{wanted, got} {
		if result, ok := side["result"]; ok {
			side["result"] = free.settled(step.Op, c.Order, result)
		}
	}
	wantedChain, _ := wanted["error"].([]any)
	if gotChain, ok := got["error"].([]any); ok {
		got["error"] = shortened(gotChain, wantedChain)
	}
	if len(wantedChain) > 0 {
		jobs, _ := wanted["jobs"].([]any)
		for _, j := range jobs {
			if j, ok := j.(map[string]any); ok && j["status"] == "RUNNING" {
				j["status"] = failed // the exception reached the program before the listener heard of the job's end
			}
		}
	}
}

// compared are the fields of an entry.
var compared = []string{"result", "error", "jobs"}

// shortened cuts each message of a chain to what is wanted of it, where it
// holds that: ours may say more, as the student's line and the next step.
func shortened(chain, wanted []any) []any {
	short := slices.Clone(chain)
	for i := range min(len(chain), len(wanted)) {
		w, _ := wanted[i].(map[string]any)
		g, _ := chain[i].(map[string]any)
		message, _ := g["message"].(string)
		if text, ok := w["message"].(string); ok && text != "" && strings.Contains(message, text) {
			short[i] = map[string]any{"class": g["class"], "message": text}
		}
	}
	return short
}

// names lists the fields of both sides, those of an entry first.
func names(wanted, got map[string]any) []string {
	all := slices.Clone(compared)
	for _, side := range []map[string]any{wanted, got} {
		for name := range side {
			if !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	slices.Sort(all[len(compared):])
	return all
}

// optional is a field of an entry, which may have none of that name.
func optional(side map[string]any, name string) any {
	if value, ok := side[name]; ok {
		return value
	}
	return report.Nothing{}
}
