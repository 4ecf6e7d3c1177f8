package physical

import (
	"fmt"
	"strings"

	"etincelle/engine/frame/expr"
)

// Canonical is a text that is the same for two operators that give the same rows:
// the same work on the same sources, whatever its attributes are called. It is
// what reuse compares.
func Canonical(op Operator) string {
	var out strings.Builder
	writeCanonical(&out, op, map[expr.ID]string{})
	return out.String()
}

// writeCanonical writes op's children, then op over names that say where each
// attribute comes from.
func writeCanonical(out *strings.Builder, op Operator, names map[expr.ID]string) {
	out.WriteString("(")
	for _, c := range op.Children() {
		writeCanonical(out, c, names)
	}
	switch o := op.(type) {
	case *FileScan:
		fmt.Fprintf(out, "%s %p %s %s", op.Name(), o.Table, o.PushedFilters(), o.ReadSchema())
	case *ExistingRDD:
		fmt.Fprintf(out, "%s %p", op.Name(), o.From)
	case *LocalTableScan:
		fmt.Fprintf(out, "%s %p", op.Name(), o)
	default:
		out.WriteString(op.Name() + " " + canonicalText(op, names))
	}
	for i, a := range op.Output() {
		if _, known := names[a.ID]; !known {
			names[a.ID] = fmt.Sprintf("#%d.%d", len(names), i)
		}
	}
	out.WriteString(")")
}

// canonicalText is op's text over such names.
func canonicalText(op Operator, names map[expr.ID]string) string {
	rename := func(e expr.Expr) expr.Expr {
		switch e := e.(type) {
		case *expr.Attribute:
			if name, known := names[e.ID]; known {
				return &expr.Attribute{ID: e.ID, Name: name, Of: e.Of}
			}
		case *expr.Alias:
			return &expr.Alias{Child: e.Child, Name: "_", ID: e.ID}
		}
		return e
	}
	all := func(es []expr.Expr) string {
		with := make([]expr.Expr, len(es))
		for i, e := range es {
			with[i] = expr.Rewrite(e, rename)
		}
		return expr.Texts(with)
	}
	switch o := op.(type) {
	case *Project:
		return all(o.List)
	case *Filter:
		return all([]expr.Expr{o.Condition})
	case *Exchange:
		switch to := o.To.(type) {
		case HashPartitioning:
			return fmt.Sprint("hash ", all(to.Keys), to.N)
		case RangePartitioning:
			return fmt.Sprint("range ", all(asExprs2(to.Order)), to.N)
		}
		return o.Text()
	case *Aggregate:
		var calls []expr.Expr
		for _, s := range o.Steps {
			calls = append(calls, s.Call)
		}
		return fmt.Sprint(all(o.Keys), all(calls), o.FunctionText() != "", o.Needed != nil, len(o.List))
	case *ColumnarToRow, *Union:
		return ""
	}
	return fmt.Sprintf("%p", op) // not known to do the same as another
}

func asExprs2(order []*expr.SortOrder) []expr.Expr {
	es := make([]expr.Expr, len(order))
	for i, o := range order {
		es[i] = o
	}
	return es
}
