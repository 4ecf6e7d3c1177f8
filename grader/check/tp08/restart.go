package tp08

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/check/queries"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercises 5 and 6: programs that die, and are started again.

// table is what a table holds.
type table map[string]int64

// saved is what a table held when each step was over.
type saved struct {
	Tables []table
	Deaths int
}

// shown is a table for people: where two differ.
func shown(one, other table) string {
	const few = 5
	var parts []string
	for _, key := range slices.Sorted(maps.Keys(one)) {
		if n, there := other[key]; there && n == one[key] {
			continue
		}
		if len(parts) == few {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, fmt.Sprintf("%s → %d", key, one[key]))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// kept reads an answer of exercise 5 and finds the first step after which the table is
// wrong: -1 when there is none.
func kept(c check.Case, got evidence.Outcome, want check.Want) (came, wanted saved, step int, facts message.Facts, findings []check.Finding) {
	came, wanted, findings = queries.Value[saved](got, want)
	if len(findings) > 0 {
		return came, wanted, -1, nil, findings
	}
	if len(came.Tables) != len(wanted.Tables) || came.Deaths != wanted.Deaths {
		return came, wanted, -1, nil, []check.Finding{{Key: check.Tampered, Facts: message.Facts{
			"fault": fmt.Sprintf("the program died %d times, and %d steps were run", came.Deaths, len(came.Tables))}}}
	}
	for i := range wanted.Tables {
		if !maps.Equal(came.Tables[i], wanted.Tables[i]) {
			return came, wanted, i, message.Facts{
				"step": i + 1, "batches": i + 1, "mode": "update", "diesAt": c.Params["diesAt"],
				"got": shown(came.Tables[i], wanted.Tables[i]), "wanted": shown(wanted.Tables[i], came.Tables[i]),
			}, nil
		}
	}
	return came, wanted, -1, nil, nil
}

// change is what a step adds to a table.
func change(tables []table, step int) table {
	added := table{}
	for key, n := range tables[step] {
		before := int64(0)
		if step > 0 {
			before = tables[step-1][key]
		}
		if n != before {
			added[key] = n - before
		}
	}
	return added
}

// upserted judges Upsert.
func upserted(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, step, facts, findings := kept(c, got, want)
	if step < 0 {
		return findings
	}
	// What the batches gave: the counts that each of them changed.
	summed, first := table{}, table{}
	for i := range step + 1 {
		for key := range change(wanted.Tables, i) {
			n := wanted.Tables[i][key]
			summed[key] += n
			if i+1 == c.Params["diesAt"] {
				summed[key] += n
			}
			if _, there := first[key]; !there {
				first[key] = n
			}
		}
	}
	key := check.WrongTable
	switch t := came.Tables[step]; {
	case maps.Equal(t, summed):
		key = check.RowsSummed
	case maps.Equal(t, first):
		key = check.OldCountKept
	case lacks(t, wanted.Tables[step]):
		key = check.LastBatchOnly
	}
	return []check.Finding{{Key: key, Facts: facts}}
}

// lacks reports whether a table has lost keys of the other, and has no others.
func lacks(t, whole table) bool {
	for key, n := range t {
		if m, there := whole[key]; !there || m != n {
			return false
		}
	}
	return len(t) < len(whole)
}

// added judges AddUp.
func added(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	came, wanted, step, facts, findings := kept(c, got, want)
	if step < 0 {
		return findings
	}
	// A step that came twice, one that never came, and the last one alone.
	now := change(wanted.Tables, step)
	twice, never, alone := maps.Clone(wanted.Tables[step]), table{}, table{}
	if step > 0 {
		never = maps.Clone(wanted.Tables[step-1])
		alone = maps.Clone(never)
	}
	for key, n := range now {
		twice[key] += n
		alone[key] = n
	}
	key := check.WrongTable
	switch t := came.Tables[step]; {
	case step+1 == c.Params["diesAt"] && maps.Equal(t, twice):
		key = check.BatchTwice
	case maps.Equal(t, never):
		key = check.BatchSkipped
	case maps.Equal(t, alone):
		key = check.SumReplaced
	case maps.Equal(t, now):
		key = check.LastBatchOnly
		facts["mode"] = "append"
	}
	return []check.Finding{{Key: key, Facts: facts}}
}

// resumed judges Resume: each start of the case, in turn.
func resumed(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if f := got.Failure; f != nil {
		for _, text := range f.Texts {
			if _, tells, found := strings.Cut(text, "the checkpoint belongs to another query: "); found {
				first, _, _ := strings.Cut(tells, ";")
				return []check.Finding{{Key: check.CheckpointOfAnother, Facts: message.Facts{"text": strings.Join(strings.Fields(first), " ")}}}
			}
		}
	}
	came, wanted, findings := queries.Value[[]queries.Ran](got, want)
	if len(findings) > 0 {
		return findings
	}
	if len(came) != len(wanted) {
		return []check.Finding{{Key: check.Tampered, Facts: message.Facts{"fault": "the answer has another length"}}}
	}
	all := queries.Heard(got.InsideEvents)
	for i, r := range came {
		var windows []int
		if raw, err := json.Marshal(c.Source("windows").Partitions[i]); err != nil || json.Unmarshal(raw, &windows) != nil || len(windows) != 2 {
			return []check.Finding{{Key: check.Tampered, Facts: message.Facts{"fault": "the case has other windows"}}}
		}
		facts := message.Facts{"start": i + 1, "length": windows[0], "slide": windows[1]}
		switch {
		case r.Dropped:
			return []check.Finding{{Key: check.OptionsDropped}}
		case i >= len(all) || len(r.Batches) == 0 || len(wanted[i].Batches) == 0:
			return []check.Finding{{Key: check.SinkNotUsed}}
		case all[i].Start.Mode != "update":
			facts["mode"] = all[i].Start.Mode
			return []check.Finding{{Key: check.NotUpdateMode, Facts: facts}}
		}
		if findings := queries.Agrees(r, all[i], int(all[i].Arrived)); len(findings) > 0 {
			return findings
		}
		if from, expected := r.Batches[0].Batch, wanted[i].Batches[0].Batch; from != expected {
			facts["batch"], facts["wanted"] = from, expected
			return []check.Finding{{Key: check.BegunAnew, Facts: facts}}
		}
		if findings := queries.ByBatch(r, wanted[i], "update"); len(findings) > 0 {
			return findings
		}
	}
	return nil
}
