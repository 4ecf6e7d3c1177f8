// Package queries is what TP 7 to 9 judge streaming queries by: what each batch gave a
// sink of the grader's, held against what the session's events tell of the query, and
// the mistakes about windows and watermarks that the three of them know.
package queries

import (
	"encoding/json"
	"fmt"
	"slices"

	"etincelle/engine/event"
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Ran is what the grader's sink got of a query.
type Ran struct {
	Refused string
	Dropped bool
	Batches []Batch
}

// Batch is what the sink got in one micro-batch.
type Batch struct {
	Batch int64
	Rows  []json.RawMessage
	State int64
}

// Query is what the session's events tell of one.
type Query struct {
	Start   event.QueryStart
	IDs     []int64         // of its batches, in order
	Out     map[int64]int64 // by batch: rows for the sink
	State   map[int64]int64 // by batch: rows of the state afterwards
	Arrived int64
}

// Heard is the queries that the events tell of, in the order of their start.
func Heard(events []event.Event) []*Query {
	var all []*Query
	find := func(number int) *Query {
		i := slices.IndexFunc(all, func(q *Query) bool { return q.Start.Query == number })
		if i < 0 {
			return &Query{Out: map[int64]int64{}, State: map[int64]int64{}} // of no query: nobody will look
		}
		return all[i]
	}
	for _, e := range events {
		switch e := e.(type) {
		case event.QueryStart:
			all = append(all, &Query{Start: e, Out: map[int64]int64{}, State: map[int64]int64{}})
		case event.BatchStart:
			q := find(e.Query)
			q.IDs = append(q.IDs, e.Batch)
		case event.RowsArrived:
			find(e.Query).Arrived += e.Count
		case event.RowsOut:
			find(e.Query).Out[e.Batch] += e.Count
		case event.StateChanged:
			find(e.Query).State[e.Batch] += e.Total
		}
	}
	return all
}

// InMode is the first query of a mode, nil when there is none.
func InMode(all []*Query, mode string) *Query {
	i := slices.IndexFunc(all, func(q *Query) bool { return q.Start.Mode == mode })
	if i < 0 {
		return nil
	}
	return all[i]
}

// Agrees judges that what the sink got and what the events tell are of one run, over
// all rows of the case.
func Agrees(r Ran, q *Query, rows int) []check.Finding {
	fault := ""
	switch {
	case r.Refused != "" && q == nil:
	case r.Refused != "" || q == nil:
		fault = "a query that was refused ran, or one that ran was never started"
	case q.Arrived != int64(rows):
		fault = fmt.Sprintf("the query read %d rows of %d", q.Arrived, rows)
	case len(q.IDs) != len(r.Batches):
		fault = fmt.Sprintf("%d batches ran, and the sink got %d", len(q.IDs), len(r.Batches))
	default:
		for i, b := range r.Batches {
			if q.IDs[i] != b.Batch || q.Out[b.Batch] != int64(len(b.Rows)) || q.State[b.Batch] != b.State {
				fault = fmt.Sprintf("batch %d gave %d rows and left %d in the state; the sink tells %d and %d",
					q.IDs[i], q.Out[b.Batch], q.State[b.Batch], len(b.Rows), b.State)
				break
			}
		}
	}
	if fault == "" {
		return nil
	}
	return []check.Finding{{Key: check.Tampered, Facts: message.Facts{"fault": fault}}}
}

// Value is the one row of an answer, and of what is wanted.
func Value[T any](got evidence.Outcome, want check.Want) (came, wanted T, findings []check.Finding) {
	if findings := check.Came(got); len(findings) > 0 {
		return came, wanted, findings
	}
	rows := check.Flat(got.Rows)
	if len(rows) != 1 || len(want.Rows) != 1 || json.Unmarshal(rows[0], &came) != nil || json.Unmarshal(want.Rows[0], &wanted) != nil {
		return came, wanted, []check.Finding{{Key: check.Tampered, Facts: message.Facts{"fault": "the answer has another shape"}}}
	}
	return came, wanted, nil
}

// ByBatch judges what each batch gave, rows in any order; a batch that did not run gave
// nothing.
func ByBatch(got, want Ran, mode string) []check.Finding {
	of := func(r Ran, id int64) []json.RawMessage {
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

// Total is how many rows a sink got.
func Total(r Ran) int {
	n := 0
	for _, b := range r.Batches {
		n += len(b.Rows)
	}
	return n
}

// Last is the rows of the last batch that gave any.
func Last(r Ran) []json.RawMessage {
	for i := len(r.Batches) - 1; i >= 0; i-- {
		if len(r.Batches[i].Rows) > 0 {
			return r.Batches[i].Rows
		}
	}
	return nil
}
