package expr

import (
	"strconv"
	"strings"

	"etincelle/engine/frame/column"
)

// WindowCall is call OVER (spec): an aggregate or a window function, computed
// for each row over rows around it.
type WindowCall struct {
	Func      Expr // an *AggregateCall or a *RankCall
	Partition []Expr
	Order     []*SortOrder
	Frame     WindowFrame
}

// Type implements Expr.
func (w *WindowCall) Type() column.Type { return w.Func.Type() }

// Nullable implements Expr.
func (w *WindowCall) Nullable() bool { return w.Func.Nullable() }

// Children implements Expr: the call, the partition's keys, the order's.
func (w *WindowCall) Children() []Expr {
	children := append([]Expr{w.Func}, w.Partition...)
	for _, o := range w.Order {
		children = append(children, o)
	}
	return children
}

// With implements Expr.
func (w *WindowCall) With(c []Expr) Expr {
	d := &WindowCall{Func: c[0], Partition: c[1 : 1+len(w.Partition)], Frame: w.Frame}
	for _, o := range c[1+len(w.Partition):] {
		d.Order = append(d.Order, o.(*SortOrder))
	}
	return d
}

// WindowFunction is one row of the table of functions that only a window can
// compute: row_number, rank, lag.
type WindowFunction struct {
	Name     string
	Min, Max int
	Sign     func(args []Expr) (Signature, error)
	Never    bool // the result is never null
	// Fixed is true when the function looks at the whole partition whatever frame
	// was asked for; Spark then writes its frame as "specifiedwindowframe(RowFrame, …)".
	Eval    func(p *Partition) (column.Column, error)
	Example Example
}

// Partition is the rows of one partition of a window, in its order.
type Partition struct {
	Rows int
	// Peers gives the first row of each row's peers: those that the order does not tell apart.
	Peers []int32
	Args  []column.Column
	// Literals are the arguments as written, for those that must be constants.
	Literals    []Expr
	IgnoreNulls bool
	Type        column.Type
}

// RankCall is a call of a window function.
type RankCall struct {
	Func        *WindowFunction
	Args        []Expr
	Sig         Signature
	IgnoreNulls bool
}

// Type implements Expr.
func (r *RankCall) Type() column.Type { return r.Sig.Result }

// Nullable implements Expr.
func (r *RankCall) Nullable() bool { return !r.Func.Never }

// Children implements Expr.
func (r *RankCall) Children() []Expr { return r.Args }

// With implements Expr.
func (r *RankCall) With(c []Expr) Expr { d := *r; d.Args = c; return &d }

// String implements Expr.
func (r *RankCall) String() string { return r.Func.Name + "(" + Texts(r.Args) + ")" }

// PlanText is the call as plans write it over an order: a rank names what it ranks
// by, and lag and lead what they leave unsaid.
func (r *RankCall) PlanText(order []*SortOrder) string {
	switch r.Func.Name {
	case "rank", "dense_rank", "percent_rank":
		keys := make([]Expr, len(order))
		for i, o := range order {
			keys[i] = o.Child
		}
		return r.Func.Name + "(" + Texts(keys) + ")"
	case "lag", "lead":
		args := []string{r.Args[0].String(), "1", "null"}
		for i := 1; i < len(r.Args); i++ {
			args[i] = r.Args[i].String()
		}
		if r.Func.Name == "lag" {
			args[1] = strings.Replace("-"+args[1], "--", "", 1)
		}
		return r.Func.Name + "(" + strings.Join(args, ", ") + ")"
	}
	return r.String()
}

// String implements Expr: Spark's "sum(x) windowspecdefinition(…)".
func (w *WindowCall) String() string {
	parts := Texts(w.Partition)
	if len(w.Order) > 0 {
		if parts != "" {
			parts += ", "
		}
		parts += Texts(w.Order)
	}
	if parts != "" {
		parts += ", "
	}
	call := w.Func.String()
	if r, ok := w.Func.(*RankCall); ok {
		call = r.PlanText(w.Order)
	}
	return call + " windowspecdefinition(" + parts + w.Frame.String() + ")"
}

// String is Spark's "specifiedwindowframe(RowFrame, unboundedpreceding$(), currentrow$())".
func (f WindowFrame) String() string {
	kind := "RangeFrame"
	if f.Rows {
		kind = "RowFrame"
	}
	return "specifiedwindowframe(" + kind + ", " + edge(f.Start) + ", " + edge(f.End) + ")"
}

func edge(at int64) string {
	switch at {
	case UnboundedPreceding:
		return "unboundedpreceding$()"
	case UnboundedFollowing:
		return "unboundedfollowing$()"
	case 0:
		return "currentrow$()"
	}
	return strconv.FormatInt(at, 10)
}
