package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// CollapseWindow makes one window operator of two with the same partition and order.
var CollapseWindow = Rule{
	"CollapseWindow", "windows with the same partition and order are computed together",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			upper, ok := n.(*Window)
			if !ok {
				return n
			}
			lower, ok := upper.Child.(*Window)
			if !ok || !slices.EqualFunc(upper.Partition, lower.Partition, expr.Equal) ||
				!slices.EqualFunc(upper.Order, lower.Order, func(a, b *expr.SortOrder) bool { return expr.Equal(a, b) }) {
				return n
			}
			made := ids{}
			for _, call := range lower.Calls {
				made[call.ID] = true
			}
			for _, a := range expr.References(upper.Exprs()...) {
				if made[a.ID] {
					return n
				}
			}
			return &Window{lower.Unary, append(slices.Clone(lower.Calls), upper.Calls...), lower.Partition, lower.Order}
		})
	},
}

// groupLimit is up to which rank a WindowGroupLimit is worth its work
// (spark.sql.optimizer.windowGroupLimitThreshold).
const groupLimit = 1000

// InferWindowGroupLimit drops, below a window, the rows whose rank a filter above it
// will not let pass.
var InferWindowGroupLimit = Rule{
	"InferWindowGroupLimit", "rank <= n above a window keeps n rows of each group below it",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			f, ok := n.(*Filter)
			if !ok {
				return n
			}
			w, ok := f.Child.(*Window)
			if !ok {
				return n
			}
			switch w.Child.(type) {
			case *WindowGroupLimit, *Limit:
				return n // done already
			}
			least, rank := groupLimit+1, (*expr.RankCall)(nil)
			for _, call := range w.Calls {
				r := limitable(call)
				if limit, ok := rankLimit(f.Condition, call.ID); ok && r != nil && limit < least {
					least, rank = limit, r
				}
			}
			switch {
			case rank == nil || least >= groupLimit || len(w.Order) == 0:
				return n
			case least <= 0:
				return NewFilter(f.Condition, w.WithChildren([]Node{&Local{Columns: w.Child.Output()}}))
			}
			if len(w.Partition) == 0 && rank.Func.Name == "row_number" { // the first rows of one order
				first := &Limit{Unary: Unary{&Sort{w.Unary, w.Order, true}}, N: least, Local: true}
				return f.WithChildren([]Node{w.WithChildren([]Node{&Limit{Unary: Unary{first}, N: least}})})
			}
			return f.WithChildren([]Node{w.WithChildren([]Node{&WindowGroupLimit{w.Unary, w.Partition, w.Order, rank, least}})})
		})
	},
}

// limitable is a call by which rows can be limited: a rank, over all rows up to
// the current one.
func limitable(call *expr.Alias) *expr.RankCall {
	w := call.Child.(*expr.WindowCall)
	r, ok := w.Func.(*expr.RankCall)
	if !ok || w.Frame != (expr.WindowFrame{Rows: true, Start: expr.UnboundedPreceding}) {
		return nil
	}
	switch r.Func.Name {
	case "row_number", "rank", "dense_rank":
		return r
	}
	return nil
}

// rankLimit is the largest rank that a condition lets pass.
func rankLimit(condition expr.Expr, rank expr.ID) (int, bool) {
	least, found := 0, false
	for _, e := range Conjuncts(condition) {
		limit, ok := oneLimit(e, rank)
		if ok && (!found || limit < least) {
			least, found = limit, true
		}
	}
	return least, found
}

func oneLimit(e expr.Expr, rank expr.ID) (int, bool) {
	v, ok := e.(*expr.Invoke)
	if !ok || len(v.Args) != 2 {
		return 0, false
	}
	a, isFirst := v.Args[0].(*expr.Attribute)
	l, isNumber := v.Args[1].(*expr.Literal)
	name := v.Func.Name
	if !isFirst || !isNumber {
		a, isFirst = v.Args[1].(*expr.Attribute)
		l, isNumber = v.Args[0].(*expr.Literal)
		name = map[string]string{"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}[name]
	}
	if !isFirst || !isNumber || a.ID != rank {
		return 0, false
	}
	n, ok := l.Value.(int32)
	switch {
	case !ok:
		return 0, false
	case name == "=", name == "<=":
		return int(n), true
	case name == "<":
		return int(n) - 1, true
	}
	return 0, false
}
