package expr

import (
	"fmt"

	"etincelle/engine/frame/column"
)

// TimeWindow is window(time, size, slide, start): the windows of event time that
// a row is in, as a struct of start and end. It stands in a grouping or a
// selection, and the analysis replaces it: a row becomes one row for each of its
// windows. Lengths are microseconds.
type TimeWindow struct {
	Child              Expr // a timestamp
	Size, Slide, Start int64
}

// SessionWindow is session_window(time, gap): the run of rows, each at most gap
// after the one before, that a row is in. It can only stand in a grouping.
type SessionWindow struct {
	Child Expr // a timestamp
	Gap   Expr // an interval
}

// windowType is what both give. What a TimeWindow gives has no nulls, for a row
// without a time is in no window.
var windowType = column.StructOf(
	column.Field{Name: "start", Type: column.TimestampType, Nullable: true},
	column.Field{Name: "end", Type: column.TimestampType, Nullable: true},
)

// Type implements Expr.
func (w *TimeWindow) Type() column.Type { return windowType }

// Nullable implements Expr.
func (w *TimeWindow) Nullable() bool { return false }

// Children implements Expr.
func (w *TimeWindow) Children() []Expr { return []Expr{w.Child} }

// With implements Expr.
func (w *TimeWindow) With(c []Expr) Expr { d := *w; d.Child = c[0]; return &d }

// String implements Expr.
func (w *TimeWindow) String() string {
	return fmt.Sprintf("window(%s, %d, %d, %d)", w.Child, w.Size, w.Slide, w.Start)
}

// Type implements Expr.
func (w *SessionWindow) Type() column.Type { return windowType }

// Nullable implements Expr.
func (w *SessionWindow) Nullable() bool { return false }

// Children implements Expr.
func (w *SessionWindow) Children() []Expr { return []Expr{w.Child, w.Gap} }

// With implements Expr.
func (w *SessionWindow) With(c []Expr) Expr { return &SessionWindow{c[0], c[1]} }

// String implements Expr.
func (w *SessionWindow) String() string {
	return fmt.Sprintf("session_window(%s, %s)", w.Child, w.Gap)
}
