package event

import (
	"fmt"
	"time"
)

// The facts of streaming queries: enough to draw a micro-batch and to explain
// it. Queries are numbered from 0 in each session, batches as in the query's
// checkpoint. Event times are real times; a row is its columns' texts. Lists of
// rows may be cut: the number beside them is of all.

// QueryStart says that a streaming query runs.
type QueryStart struct {
	Time       time.Time        `json:"time,omitzero"`
	Query      int              `json:"query"`
	ID         string           `json:"id"`
	Run        string           `json:"run"`
	Name       string           `json:"name,omitempty"`
	Mode       string           `json:"mode"` // append, update, complete
	Sources    []QuerySource    `json:"sources"`
	Watermarks []QueryWatermark `json:"watermarks,omitempty"`
	Operators  []QueryOperator  `json:"operators,omitempty"` // those with state, by number
	Columns    []string         `json:"columns"`             // of the result
	Batch      int64            `json:"batch"`               // the first that this run will run
	Plan       string           `json:"plan"`                // the physical plan, a line an operator
}

// QuerySource is a stream that a query reads.
type QuerySource struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Time    int      `json:"time"` // the column of the event time, -1 when none is known
}

// QueryWatermark is a watermark of a query.
type QueryWatermark struct {
	Column string        `json:"column"`
	Delay  time.Duration `json:"delay"`
}

// QueryOperator is an operator with state.
type QueryOperator struct {
	Name string   `json:"name"` // Spark's: "stateStoreSave"
	Text string   `json:"text"`
	Keys []string `json:"keys"` // the columns of the state's keys
}

// BatchStart says that a micro-batch begins: it is planned, and what it reads is
// in the offset log.
type BatchStart struct {
	Time      time.Time `json:"time,omitzero"`
	Query     int       `json:"query"`
	Batch     int64     `json:"batch"`
	Reason    string    `json:"reason"`             // new rows, or why one without rows runs
	Watermark time.Time `json:"watermark,omitzero"` // in force: what is behind it leaves the state; zero without one
	LateBy    time.Time `json:"lateBy,omitzero"`    // rows behind it are late: the watermark of the batch before
}

// RowsArrived is what a batch read of one source.
type RowsArrived struct {
	Query  int        `json:"query"`
	Batch  int64      `json:"batch"`
	Source int        `json:"source"`
	Count  int64      `json:"count"`
	Rows   [][]string `json:"rows"`
}

// RowsLate is what an operator dropped because it came too late.
type RowsLate struct {
	Query    int       `json:"query"`
	Batch    int64     `json:"batch"`
	Operator int       `json:"operator"`
	Count    int64     `json:"count"` // of rows; of groups for an aggregation, which drops after it has added up
	Rule     string    `json:"rule"`
	Rows     []LateRow `json:"rows"`
}

// LateRow is a row that was dropped, or the key of a group.
type LateRow struct {
	Row []string  `json:"row"`
	End time.Time `json:"end"` // the event time, or the end of the window, that lay behind
}

// StateChanged is what a batch did to the state of one operator.
type StateChanged struct {
	Query    int           `json:"query"`
	Batch    int64         `json:"batch"`
	Operator int           `json:"operator"`
	Total    int64         `json:"total"` // rows of the state after the batch
	Updated  int64         `json:"updated"`
	Removed  int64         `json:"removed"`
	Changes  []StateChange `json:"changes,omitempty"`
	Open     []OpenWindow  `json:"open,omitempty"` // windows that are still in the state
}

// StateChange is what a batch did to one row of the state.
type StateChange struct {
	What   string   `json:"what"` // opened, updated, closed
	Key    []string `json:"key"`
	Before []string `json:"before,omitempty"`
	After  []string `json:"after,omitempty"`
}

// OpenWindow is a window that is still in the state, and why: no event has come
// that is late enough to close it.
type OpenWindow struct {
	Start    time.Time `json:"start"`
	End      time.Time `json:"end"`
	Groups   int64     `json:"groups"`
	ClosedBy time.Time `json:"closedBy,omitzero"` // an event of this time or later would close it; zero: nothing would
}

// WatermarkMoved says that the watermark of the next batch is another, and which
// row moved it.
type WatermarkMoved struct {
	Query     int       `json:"query"`
	Batch     int64     `json:"batch"` // at whose end it moved
	Before    time.Time `json:"before"`
	After     time.Time `json:"after"`
	Watermark int       `json:"of"` // which of the query's watermarks decided
	Row       []string  `json:"row,omitempty"`
	At        time.Time `json:"at,omitzero"` // the row's event time
}

// RowsOut is what a batch gave the sink.
type RowsOut struct {
	Query int        `json:"query"`
	Batch int64      `json:"batch"`
	Count int64      `json:"count"`
	Rows  [][]string `json:"rows"`
}

// BatchEnd says that a micro-batch is committed.
type BatchEnd struct {
	Time     time.Time     `json:"time,omitzero"`
	Query    int           `json:"query"`
	Batch    int64         `json:"batch"`
	Duration time.Duration `json:"duration"`
}

// QueryEnd says that a query runs no more; Error is empty when it was stopped or
// has done what its trigger asked for.
type QueryEnd struct {
	Time  time.Time `json:"time,omitzero"`
	Query int       `json:"query"`
	Error string    `json:"error,omitempty"`
}

func (QueryStart) Kind() string     { return "QueryStart" }
func (BatchStart) Kind() string     { return "BatchStart" }
func (RowsArrived) Kind() string    { return "RowsArrived" }
func (RowsLate) Kind() string       { return "RowsLate" }
func (StateChanged) Kind() string   { return "StateChanged" }
func (WatermarkMoved) Kind() string { return "WatermarkMoved" }
func (RowsOut) Kind() string        { return "RowsOut" }
func (BatchEnd) Kind() string       { return "BatchEnd" }
func (QueryEnd) Kind() string       { return "QueryEnd" }

// clock is an instant as the lines of streams write it.
func clock(t time.Time) string {
	if t.IsZero() {
		return "none"
	}
	return t.UTC().Format("2006-01-02T15:04:05.999Z07:00")
}

func (e QueryStart) String() string {
	name := e.Name
	if name == "" {
		name = e.ID
	}
	return fmt.Sprintf("query %d %q starts in %s mode at batch %d", e.Query, name, e.Mode, e.Batch)
}

func (e BatchStart) String() string {
	return fmt.Sprintf("query %d batch %d begins (%s): watermark %s, late by %s", e.Query, e.Batch, e.Reason, clock(e.Watermark), clock(e.LateBy))
}

func (e RowsArrived) String() string {
	return fmt.Sprintf("query %d batch %d reads %d rows of source %d", e.Query, e.Batch, e.Count, e.Source)
}

func (e RowsLate) String() string {
	return fmt.Sprintf("query %d batch %d drops %d late in operator %d: %s", e.Query, e.Batch, e.Count, e.Operator, e.Rule)
}

func (e StateChanged) String() string {
	return fmt.Sprintf("query %d batch %d operator %d remembers %d rows: %d updated, %d removed, %d windows open",
		e.Query, e.Batch, e.Operator, e.Total, e.Updated, e.Removed, len(e.Open))
}

func (e WatermarkMoved) String() string {
	return fmt.Sprintf("query %d batch %d moves the watermark from %s to %s: event time %s", e.Query, e.Batch, clock(e.Before), clock(e.After), clock(e.At))
}

func (e RowsOut) String() string {
	return fmt.Sprintf("query %d batch %d gives %d rows", e.Query, e.Batch, e.Count)
}

func (e BatchEnd) String() string {
	return fmt.Sprintf("query %d batch %d is committed", e.Query, e.Batch)
}

func (e QueryEnd) String() string { return fmt.Sprintf("query %d ends: %s", e.Query, outcome(e.Error)) }
