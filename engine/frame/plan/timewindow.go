package plan

import (
	"fmt"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// TimeWindows takes a window of event time out of a list: the rows below get a
// column with the window that they are in, a row for each when windows overlap. A
// row without a time is in none. Sessions stay: only an aggregation makes them.
func TimeWindows(list []expr.Expr, child Node) ([]expr.Expr, Node, error) {
	var window *expr.TimeWindow
	sessions := false
	for _, e := range list {
		var err error
		expr.Walk(e, func(e expr.Expr) bool {
			if _, session := e.(*expr.SessionWindow); session {
				sessions = true
			}
			w, ok := e.(*expr.TimeWindow)
			switch {
			case !ok:
			case window == nil:
				window = w
			case !expr.Equal(window, w):
				err = severalWindows()
			}
			return true
		})
		if err != nil {
			return nil, nil, err
		}
	}
	if window == nil {
		return list, child, nil
	}
	if sessions {
		return nil, nil, severalWindows()
	}
	made, child := windowed(window, child)
	with := make([]expr.Expr, len(list))
	for i, e := range list {
		with[i] = expr.Rewrite(e, func(e expr.Expr) expr.Expr {
			if _, ok := e.(*expr.TimeWindow); ok {
				return made
			}
			return e
		})
		if alias, ok := with[i].(*expr.Alias); ok && alias.Child == expr.Expr(made) {
			alias.Delay = made.Delay
		}
	}
	return with, child, nil
}

// windowed puts a column with the window beside child's.
func windowed(w *expr.TimeWindow, child Node) (*expr.Attribute, Node) {
	n := int((w.Size + w.Slide - 1) / w.Slide) // windows that a row can be in
	present := expr.Must("isnotnull", w.Child)
	name := func(i int) *expr.Alias {
		alias := expr.NewAlias(windowAt(w, i), "window")
		alias.Delay = expr.DelayOf(w.Child)
		return alias
	}
	rest := exprsOf(child.Output())
	if n == 1 {
		alias := name(0)
		return alias.Attribute(), NewProject(append([]expr.Expr{alias}, rest...), NewFilter(present, child))
	}
	made := name(0).Attribute()
	expand := &Expand{Unary: Unary{NewFilter(present, child)}, Made: append([]*expr.Attribute{made}, child.Output()...)}
	for i := range n {
		expand.Lists = append(expand.Lists, append([]expr.Expr{windowAt(w, i)}, rest...))
	}
	if w.Size%w.Slide == 0 {
		return made, expand
	}
	start, end := &expr.Field{Child: made, Index: 0}, &expr.Field{Child: made, Index: 1}
	inside := expr.Must("and", expr.Must(">=", w.Child, start), expr.Must("<", w.Child, end))
	return made, NewFilter(inside, expand)
}

// windowAt is the i-th window that a time is in, the last one first.
func windowAt(w *expr.TimeWindow, i int) expr.Expr {
	back := int64(i) * w.Slide
	t := w.Type()
	f := &expr.Function{
		Name: "window", Min: 1, Max: 1,
		Sign: func([]expr.Expr) (expr.Signature, error) { return expr.Signature{Result: t}, nil },
		Text: func(args []string) string {
			return fmt.Sprintf("window(%s, %d, %d, %d)[%d]", args[0], w.Size, w.Slide, w.Start, i)
		},
		Eval: func(c *expr.Call) (column.Column, error) {
			times := column.Data[int64](c.Args[0])
			starts, ends := make([]int64, c.Rows), make([]int64, c.Rows)
			for r, at := range times {
				into := (at - w.Start) % w.Slide
				if into < 0 {
					into += w.Slide
				}
				starts[r] = at - into - back
				ends[r] = starts[r] + w.Size
			}
			fields := []column.Column{column.New(column.TimestampType, starts, nil), column.New(column.TimestampType, ends, nil)}
			return &column.Records{Of: t, Fields: fields, Mask: c.Null, Count: c.Rows}, nil
		},
	}
	call, err := expr.NewInvoke(f, w.Child)
	if err != nil {
		panic("plan: " + err.Error()) // its signature takes anything
	}
	return call
}
