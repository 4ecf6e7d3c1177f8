package tp07

import (
	"encoding/json"
	"fmt"
	"slices"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// ran is what the grader's sink got of a query.
type ran struct {
	Refused string
	Dropped bool
	Batches []batch
}

type batch struct {
	Batch int64
	Rows  []json.RawMessage
	State int64
}

// query is what the session's events tell of one.
type query struct {
	start   event.QueryStart
	ids     []int64         // of its batches, in order
	out     map[int64]int64 // by batch: rows for the sink
	state   map[int64]int64 // by batch: rows of the state afterwards
	arrived int64
}

// heard is the queries that the events tell of, in the order of their start.
func heard(events []event.Event) []*query {
	var all []*query
	find := func(number int) *query {
		i := slices.IndexFunc(all, func(q *query) bool { return q.start.Query == number })
		if i < 0 {
			return &query{out: map[int64]int64{}, state: map[int64]int64{}} // of no query: nobody will look
		}
		return all[i]
	}
	for _, e := range events {
		switch e := e.(type) {
		case event.QueryStart:
			all = append(all, &query{start: e, out: map[int64]int64{}, state: map[int64]int64{}})
		case event.BatchStart:
			q := find(e.Query)
			q.ids = append(q.ids, e.Batch)
		case event.RowsArrived:
			find(e.Query).arrived += e.Count
		case event.RowsOut:
			find(e.Query).out[e.Batch] += e.Count
		case event.StateChanged:
			find(e.Query).state[e.Batch] += e.Total
		}
	}
	return all
}

// inMode is the first query of a mode, nil when there is none.
func inMode(all []*query, mode string) *query {
	i := slices.IndexFunc(all, func(q *query) bool { return q.start.Mode == mode })
	if i < 0 {
		return nil
	}
	return all[i]
}

// agrees judges that what the sink got and what the events tell are of one run, over
// all rows of the case.
func agrees(r ran, q *query, rows int) []check.Finding {
	fault := ""
	switch {
	case r.Refused != "" && q == nil:
	case r.Refused != "" || q == nil:
		fault = "a query that was refused ran, or one that ran was never started"
	case q.arrived != int64(rows):
		fault = fmt.Sprintf("the query read %d rows of %d", q.arrived, rows)
	case len(q.ids) != len(r.Batches):
		fault = fmt.Sprintf("%d batches ran, and the sink got %d", len(q.ids), len(r.Batches))
	default:
		for i, b := range r.Batches {
			if q.ids[i] != b.Batch || q.out[b.Batch] != int64(len(b.Rows)) || q.state[b.Batch] != b.State {
				fault = fmt.Sprintf("batch %d gave %d rows and left %d in the state; the sink tells %d and %d",
					q.ids[i], q.out[b.Batch], q.state[b.Batch], len(b.Rows), b.State)
				break
			}
		}
	}
	if fault == "" {
		return nil
	}
	return []check.Finding{{Key: check.Tampered, Facts: message.Facts{"fault": fault}}}
}

// value is the one row of an answer, and of what is wanted.
func value[T any](got evidence.Outcome, want check.Want) (came, wanted T, findings []check.Finding) {
	if findings := check.Came(got); len(findings) > 0 {
		return came, wanted, findings
	}
	rows := check.Flat(got.Rows)
	if len(rows) != 1 || len(want.Rows) != 1 || json.Unmarshal(rows[0], &came) != nil || json.Unmarshal(want.Rows[0], &wanted) != nil {
		return came, wanted, []check.Finding{{Key: check.Tampered, Facts: message.Facts{"fault": "the answer has another shape"}}}
	}
	return came, wanted, nil
}

// byBatch judges what each batch gave, rows in any order; a batch that did not run gave
// nothing.
func byBatch(got, want ran, mode string) []check.Finding {
	of := func(r ran, id int64) []json.RawMessage {
		for _, b := range r.Batches {
			if b.Batch == id {
				return b.Rows
			}
		}
		return nil
	}
	var ids []int64
	for _, b := range slices.Concat(want.Batches, got.Batches) {
		ids = append(ids, b.Batch)
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		wanted := of(want, id)
		findings := check.SameRows(evidence.Outcome{Rows: [][]json.RawMessage{of(got, id)}}, check.Want{Rows: wanted})
		if len(findings) > 0 {
			findings[0].Key = check.WrongBatch
			findings[0].Facts["batch"], findings[0].Facts["mode"] = id, mode
			return findings
		}
	}
	return nil
}

// last is the rows of the last batch that gave any.
func last(r ran) []json.RawMessage {
	for i := len(r.Batches) - 1; i >= 0; i-- {
		if len(r.Batches[i].Rows) > 0 {
			return r.Batches[i].Rows
		}
	}
	return nil
}
