package cli

import (
	"encoding/json"
	"maps"
	"slices"

	"etincelle/grader/check"
	"etincelle/grader/message"
	"etincelle/grader/report"
)

// The result of a streaming exercise, batch by batch: what the sink got of each
// query, as harness/streams writes it.

// heard is what a sink got of one query.
type heard struct {
	Refused string
	Batches []struct {
		Batch int64
		Rows  []json.RawMessage
		State int64
	}
}

// heardIn reads a result as that of one query, or of several by their names; none
// when it is something else.
func heardIn(result json.RawMessage) map[string]heard {
	var one heard
	if json.Unmarshal(result, &one) == nil && one.told() {
		return map[string]heard{"": one}
	}
	var several map[string]heard
	if json.Unmarshal(result, &several) != nil {
		return nil
	}
	for _, h := range several {
		if !h.told() {
			return nil
		}
	}
	return several
}

func (h heard) told() bool { return h.Refused != "" || len(h.Batches) > 0 }

var (
	refusedText = message.Both("refusée : {text}", "refused: {text}")
	batchHead   = message.Both("lot {batch} : {rows:ligne|lignes}", "batch {batch}: {rows:row|rows}")
	batchState  = message.Both("lot {batch} : {rows:ligne|lignes}, état {state}", "batch {batch}: {rows:row|rows}, state {state}")
)

// batches prints what sinks got.
func (a *app) batches(queries map[string]heard) {
	a.line("%s", a.say("Résultat, lot par lot", "Result, batch by batch"))
	for _, name := range slices.Sorted(maps.Keys(queries)) {
		q := queries[name]
		if name != "" {
			a.line("  %s", a.bold(report.Clean(name)))
		}
		if q.Refused != "" {
			a.folded("  " + refusedText.Fill(a.language, message.Facts{"text": report.Clean(q.Refused)}))
		}
		for _, b := range q.Batches {
			head := batchHead
			if b.State > 0 {
				head = batchState
			}
			a.line("  %s", head.Fill(a.language, message.Facts{"batch": b.Batch, "rows": len(b.Rows), "state": b.State}))
			for _, row := range b.Rows[:min(firstRows, len(b.Rows))] {
				a.folded("    " + report.Clean(check.Show(row)))
			}
			if len(b.Rows) > firstRows {
				a.line("    …")
			}
		}
	}
}
