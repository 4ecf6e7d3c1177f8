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
	if of := readsOf(op); of != nil { // what it reads, under other names
		writeCanonical(out, of, names)
		for i, a := range of.Output() {
			names[op.Output()[i].ID] = names[a.ID]
		}
		return
	}
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
		fmt.Fprintf(out, "%s %p %d", op.Name(), o.Rows.Columns, o.Rows.Rows)
	case *InMemoryTableScan:
		fmt.Fprintf(out, "%s %p %s", op.Name(), o.Cache, expr.Texts(o.Columns))
	case *Range:
		out.WriteString(op.Name() + " " + o.Of.Text())
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

// readsOf is the exchange whose rows an operator reads; nil for an operator of its own.
func readsOf(op Operator) Operator {
	switch o := op.(type) {
	case *ReusedExchange:
		return o.Of
	case *ShuffleQueryStage:
		return o.Of
	case *BroadcastQueryStage:
		return o.Of
	}
	return nil
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
	case *Sort:
		return fmt.Sprint(all(orderExprs(o.Order)), o.Global)
	case *BroadcastHashJoin:
		return fmt.Sprint(o.How, o.Build, all(o.Keys.Left), all(o.Keys.Right), rest(o.Keys.Rest, all))
	case *SortMergeJoin:
		return fmt.Sprint(o.How, all(o.Keys.Left), all(o.Keys.Right), rest(o.Keys.Rest, all))
	case *BroadcastExchange:
		return o.Mode // keys by their places
	case *Exchange:
		switch to := o.To.(type) {
		case HashPartitioning:
			return fmt.Sprint("hash ", all(to.Keys), to.N)
		case RangePartitioning:
			return fmt.Sprint("range ", all(orderExprs(to.Order)), to.N)
		}
		return o.Text()
	case *Aggregate:
		steps := ""
		for _, step := range o.Steps {
			steps += string(step.Mode) + " " + all([]expr.Expr{step.Call}) + ";"
			for _, made := range append(step.Buffer[:len(step.Buffer):len(step.Buffer)], step.Result) {
				if _, known := names[made.ID]; !known {
					names[made.ID] = fmt.Sprintf("#made%d", len(names))
				}
			}
		}
		return fmt.Sprint(all(o.Keys), steps, all(o.List), o.Needed != nil)
	case *Limit:
		return fmt.Sprint(o.N, o.Local)
	case *CollectLimit:
		return fmt.Sprint(o.N)
	case *Coalesce:
		return fmt.Sprint(o.N)
	case *TakeOrderedAndProject:
		return fmt.Sprint(o.N, all(orderExprs(o.Order)), all(o.List))
	case *Window:
		return fmt.Sprint(all(aliases(o.Calls)), all(o.Partition), all(orderExprs(o.Order)))
	case *WindowGroupLimit:
		return fmt.Sprint(all(o.Of.Partition), all(orderExprs(o.Of.Order)), o.Of.Rank, o.Of.N, o.Final)
	case *ColumnarToRow, *Union:
		return ""
	}
	return fmt.Sprintf("%p", op) // not known to do the same as another
}

// rest is what is left of a join's condition.
func rest(e expr.Expr, all func([]expr.Expr) string) string {
	if e == nil {
		return ""
	}
	return all([]expr.Expr{e})
}

func aliases(list []*expr.Alias) []expr.Expr {
	es := make([]expr.Expr, len(list))
	for i, a := range list {
		es[i] = a
	}
	return es
}

func orderExprs(order []*expr.SortOrder) []expr.Expr {
	es := make([]expr.Expr, len(order))
	for i, o := range order {
		es[i] = o
	}
	return es
}
