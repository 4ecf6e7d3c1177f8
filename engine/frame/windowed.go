package frame

import (
	"slices"
	"strconv"

	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/plan"
)

// windowed takes the window calls out of a list: each set with the same partition
// and order becomes a Window, over a selection of what they compute from columns.
func windowed(list []expr.Expr, child plan.Node) ([]expr.Expr, plan.Node) {
	w := windows{below: attributes(child.Output())}
	out := make([]expr.Expr, len(list))
	for i, e := range list {
		out[i] = w.take(e)
	}
	if len(w.calls) == 0 {
		return list, child
	}
	if len(w.below) > len(child.Output()) {
		child = plan.NewProject(w.below, child)
	}
	for len(w.calls) > 0 {
		first := w.calls[0].Child.(*expr.WindowCall)
		var same, rest []*expr.Alias
		for _, call := range w.calls {
			if sameSpec(first, call.Child.(*expr.WindowCall)) {
				same = append(same, call)
			} else {
				rest = append(rest, call)
			}
		}
		child = &plan.Window{Unary: plan.Unary{Child: child}, Calls: same, Partition: first.Partition, Order: first.Order}
		w.calls = rest
	}
	return out, child
}

// windows is the calls found so far, and the columns that they read.
type windows struct {
	below []expr.Expr
	calls []*expr.Alias
	made  int
}

// take replaces the window calls inside e by columns.
func (w *windows) take(e expr.Expr) expr.Expr {
	if alias, ok := e.(*expr.Alias); ok {
		if call, ok := alias.Child.(*expr.WindowCall); ok {
			named := &expr.Alias{Child: w.flat(call), Name: alias.Name, ID: alias.ID}
			w.calls = append(w.calls, named)
			return named.Attribute()
		}
	}
	return expr.Rewrite(e, func(e expr.Expr) expr.Expr {
		call, ok := e.(*expr.WindowCall)
		if !ok {
			return e
		}
		named := expr.NewAlias(w.flat(call), "_we"+strconv.Itoa(len(w.calls)))
		w.calls = append(w.calls, named)
		return named.Attribute()
	})
}

// flat is a call whose arguments, keys and order are columns: what is computed for
// them is computed below.
func (w *windows) flat(call *expr.WindowCall) *expr.WindowCall {
	flat := *call
	args := slices.Clone(call.Func.Children())
	for i, a := range args {
		args[i] = w.column(a)
	}
	if len(args) > 0 {
		flat.Func = call.Func.With(args)
	}
	flat.Partition = make([]expr.Expr, len(call.Partition))
	for i, k := range call.Partition {
		flat.Partition[i] = w.column(k)
	}
	flat.Order = make([]*expr.SortOrder, len(call.Order))
	for i, o := range call.Order {
		flat.Order[i] = &expr.SortOrder{Child: w.column(o.Child), Desc: o.Desc, NullsFirst: o.NullsFirst}
	}
	return &flat
}

func (w *windows) column(e expr.Expr) expr.Expr {
	if _, ok := e.(*expr.Attribute); ok || expr.Foldable(e) {
		return e
	}
	for _, known := range w.below {
		if alias, ok := known.(*expr.Alias); ok && expr.Equal(alias.Child, e) {
			return alias.Attribute()
		}
	}
	alias := expr.NewAlias(e, "_w"+strconv.Itoa(w.made))
	w.made++
	w.below = append(w.below, alias)
	return alias.Attribute()
}

func sameSpec(a, b *expr.WindowCall) bool {
	return slices.EqualFunc(a.Partition, b.Partition, expr.Equal) &&
		slices.EqualFunc(a.Order, b.Order, func(x, y *expr.SortOrder) bool { return expr.Equal(x, y) })
}

func attributes(as []*expr.Attribute) []expr.Expr {
	es := make([]expr.Expr, len(as))
	for i, a := range as {
		es[i] = a
	}
	return es
}
