package stream

import (
	"fmt"
	"time"

	"etincelle/engine"
	"etincelle/engine/event"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/stream/analyze"
	"etincelle/engine/stream/operator"
)

// narrator tells the session's listeners what batches do, so that a screen can
// draw one and explain it. Rows are told up to operator.MaxNotes of a kind.
type narrator struct {
	core  *engine.Core
	query *Query
	exec  *execution
}

// started tells of a query that begins.
func (n *narrator) started(q *Query) {
	e := event.QueryStart{
		Time: q.runner.clock.Now(), Query: q.number, ID: q.id, Run: q.run, Name: q.set.name, Mode: string(n.exec.mode),
		Columns: q.runner.out.schema.Names(), Batch: q.runner.next, Plan: q.Explain(),
	}
	for _, scan := range n.exec.scans {
		e.Sources = append(e.Sources, event.QuerySource{
			Name: scan.of.source.Description(), Columns: expr.SchemaOf(scan.of.columns).Names(), Time: n.timeIn(scan),
		})
	}
	for _, m := range n.exec.marks {
		e.Watermarks = append(e.Watermarks, event.QueryWatermark{Column: m.of.Column.Name, Delay: m.of.Delay})
	}
	for _, op := range n.exec.operators {
		e.Operators = append(e.Operators, event.QueryOperator{Name: op.name, Text: op.text, Keys: op.keys})
	}
	n.core.Emit(e)
	for _, l := range q.set.listeners {
		if l.Started != nil {
			l.Started(q)
		}
	}
}

// timeIn is the column of a source that a watermark is on, -1 when none is.
func (n *narrator) timeIn(scan *streamScan) int {
	for _, m := range n.exec.marks {
		if at := placeOf(m.of.Column, scan.of.columns); at >= 0 {
			return at
		}
	}
	return -1
}

func (n *narrator) instant(ms int64) time.Time {
	if len(n.exec.marks) == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// start tells of a batch that begins.
func (n *narrator) start(batch int64, b *plannedBatch, late int64) {
	n.core.Emit(event.BatchStart{
		Time: time.UnixMilli(b.Time).UTC(), Query: n.query.number, Batch: batch, Reason: b.reason,
		Watermark: n.instant(b.Watermark), LateBy: n.instant(late),
	})
}

// end tells what a batch did, once it is committed.
func (n *narrator) end(b *plannedBatch, out *Output, seen []timesSeen, next int64, p Progress) {
	q := n.query.number
	for i, scan := range n.exec.scans {
		if count, sample := scan.sampled(); count > 0 {
			n.core.Emit(event.RowsArrived{Query: q, Batch: out.Batch, Source: i, Count: count, Rows: sample})
		}
	}
	for i := range n.exec.operators {
		n.state(i, out.Batch, next)
	}
	if next != b.Watermark {
		n.moved(out.Batch, b.Watermark, next, seen)
	}
	rows := event.RowsOut{Query: q, Batch: out.Batch, Count: int64(out.Count())}
	for row := range out.Rows() {
		if len(rows.Rows) == operator.MaxNotes {
			break
		}
		rows.Rows = append(rows.Rows, texts(row))
	}
	n.core.Emit(rows)
	now := n.query.runner.clock.Now()
	n.core.Emit(event.BatchEnd{Time: now, Query: q, Batch: out.Batch, Duration: now.Sub(time.UnixMilli(b.Time))})
	for _, l := range n.query.set.listeners {
		if l.Progress != nil {
			l.Progress(p)
		}
	}
}

// state tells what one operator dropped and what it remembers.
func (n *narrator) state(i int, batch, next int64) {
	instance := n.exec.instances[i]
	c, notes := instance.Counters(), instance.Notes()
	if c.Dropped > 0 {
		late := event.RowsLate{Query: n.query.number, Batch: batch, Operator: i, Count: c.Dropped, Rule: n.rule(instance)}
		for _, l := range notes.LateRows {
			late.Rows = append(late.Rows, event.LateRow{Row: texts(l.Row), End: time.UnixMicro(l.End).UTC()})
		}
		n.core.Emit(late)
	}
	e := event.StateChanged{Query: n.query.number, Batch: batch, Operator: i, Total: c.Total, Updated: c.Updated, Removed: c.Removed}
	for _, change := range notes.Changes {
		e.Changes = append(e.Changes, event.StateChange{What: string(change.What), Key: texts(change.Key), Before: texts(change.Before), After: texts(change.Value)})
	}
	for _, w := range notes.Open {
		e.Open = append(e.Open, event.OpenWindow{
			Start: time.UnixMicro(w.Start).UTC(), End: time.UnixMicro(w.End).UTC(), Groups: w.Groups, ClosedBy: n.closedBy(w.End),
		})
	}
	n.core.Emit(e)
}

// rule is by which rule an operator called rows late.
func (n *narrator) rule(i *operator.Instance) string {
	w := time.UnixMilli(i.LateBy).UTC().Format(time.RFC3339Nano)
	switch n.exec.operators[i.Number].name {
	case "stateStoreSave", "sessionWindowStateStoreSaveExec":
		return "window end (or event time) <= " + w + ", the watermark of the batch before"
	}
	return "event time <= " + w + ", the watermark of the batch before"
}

// closedBy is the event time that would bring the watermark to the end of a
// window: the end and the delay, in whole milliseconds. With several watermarks
// each stream has to come so far; the longest delay is the last.
func (n *narrator) closedBy(end int64) time.Time {
	if n.exec.mode == Complete || len(n.exec.marks) == 0 {
		return time.Time{} // nothing closes it
	}
	longest := time.Duration(0)
	for _, m := range n.exec.marks {
		longest = max(longest, m.of.Delay)
	}
	ms := (end + 999) / 1000 // the watermark is in whole milliseconds
	return time.UnixMilli(ms).Add(longest).UTC()
}

// moved tells that the watermark moved, and which row did it.
func (n *narrator) moved(batch, before, after int64, seen []timesSeen) {
	e := event.WatermarkMoved{Query: n.query.number, Batch: batch, Before: n.instant(before), After: n.instant(after)}
	for i, s := range seen {
		if s.Any && s.Max/1000-n.exec.marks[i].of.Delay.Milliseconds() == after {
			e.Watermark, e.Row, e.At = i, texts(s.row), time.UnixMicro(s.Max).UTC()
			break
		}
	}
	n.core.Emit(e)
}

// terminated tells that a query has ended.
func (n *narrator) terminated(q *Query, problem error) {
	e := event.QueryEnd{Time: q.runner.clock.Now(), Query: q.number}
	if problem != nil {
		e.Error = problem.Error()
	}
	n.core.Emit(e)
	for _, l := range q.set.listeners {
		if l.Terminated != nil {
			l.Terminated(q, problem)
		}
	}
}

// texts is a row as a reader sees it.
func texts(row column.Row) []string {
	if row == nil {
		return nil
	}
	list := make([]string, len(row))
	for i, v := range row {
		list[i] = text(v)
	}
	return list
}

func text(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case column.Row:
		return fmt.Sprint(texts(v))
	}
	return fmt.Sprint(v)
}

// refusal tells a refusal in the reader's language.
type refusal struct {
	*analyze.Refusal
	english bool
}

func (r refusal) Error() string { return r.Tell(r.english) }

func (r refusal) Unwrap() error { return r.Refusal }
