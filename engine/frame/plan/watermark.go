package plan

import (
	"time"

	"etincelle/engine/frame/expr"
)

// Unbounded is implemented by leaves whose rows never end: a stream.
type Unbounded interface{ Unbounded() }

// Streaming reports whether a plan reads a stream.
func Streaming(n Node) bool {
	return Any(n, func(n Node) bool { _, ok := n.(Unbounded); return ok })
}

// EventTimeWatermark says of a column that it is the time of the event, and how
// late a row may be. Over a table it does nothing.
type EventTimeWatermark struct {
	Unary
	Column *expr.Attribute
	Delay  time.Duration
}

// Name implements Node.
func (w *EventTimeWatermark) Name() string { return "EventTimeWatermark" }

// Text implements Node.
func (w *EventTimeWatermark) Text() string { return w.Column.Name + ", " + w.Delay.String() }

// WithChildren implements Node.
func (w *EventTimeWatermark) WithChildren(c []Node) Node {
	v := *w
	v.Child = c[0]
	return &v
}

// Output implements Node: the column carries the delay from here on.
func (w *EventTimeWatermark) Output() []*expr.Attribute {
	out := make([]*expr.Attribute, 0, len(w.Child.Output()))
	for _, a := range w.Child.Output() {
		if a.ID == w.Column.ID {
			with := *a
			with.Delay = &w.Delay
			a = &with
		}
		out = append(out, a)
	}
	return out
}

// Exprs implements Node.
func (w *EventTimeWatermark) Exprs() []expr.Expr { return []expr.Expr{w.Column} }

// WithExprs implements Node.
func (w *EventTimeWatermark) WithExprs(es []expr.Expr) Node {
	v := *w
	if a, ok := es[0].(*expr.Attribute); ok {
		v.Column = a
	}
	return &v
}

// Passes implements Passing: a condition that does not look at the event time is
// checked below, so that rows which it drops do not move the watermark.
func (w *EventTimeWatermark) Passes(condition expr.Expr) bool {
	return !idsOf(expr.References(condition)...)[w.Column.ID]
}

// DeduplicateWithinWatermark keeps the first row of those with equal keys, and
// remembers the keys until the watermark has passed the first row by its delay.
type DeduplicateWithinWatermark struct {
	Unary
	Keys []*expr.Attribute
}

// Name implements Node.
func (d *DeduplicateWithinWatermark) Name() string { return "DeduplicateWithinWatermark" }

// Text implements Node.
func (d *DeduplicateWithinWatermark) Text() string { return "[" + expr.Texts(d.Keys) + "]" }

// WithChildren implements Node.
func (d *DeduplicateWithinWatermark) WithChildren(c []Node) Node {
	return &DeduplicateWithinWatermark{Unary{c[0]}, d.Keys}
}

// Output implements Node.
func (d *DeduplicateWithinWatermark) Output() []*expr.Attribute { return d.Child.Output() }

// Exprs implements Node.
func (d *DeduplicateWithinWatermark) Exprs() []expr.Expr { return exprsOf(d.Keys) }

// WithExprs implements Node.
func (d *DeduplicateWithinWatermark) WithExprs(es []expr.Expr) Node {
	keys := make([]*expr.Attribute, len(es))
	for i, e := range es {
		keys[i] = e.(*expr.Attribute)
	}
	return &DeduplicateWithinWatermark{d.Unary, keys}
}
