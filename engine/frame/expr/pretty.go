package expr

import (
	"cmp"
	"reflect"
	"strings"
)

// Pretty is the name that Spark gives a column of e: the text of what was
// written, without the casts that nobody wrote.
func Pretty(e Expr) string { return prettied(e).String() }

// prettied is an expression whose text is the name.
func prettied(e Expr) Expr {
	switch e := e.(type) {
	case *Literal:
		return named(e, sqlText(e.Value, e.Of))
	case *Stands:
		args := make([]string, len(e.Args))
		for i, a := range e.Args {
			args[i] = Pretty(a)
		}
		return named(e, e.Text(args))
	case *Invoke:
		args := make([]string, len(e.Args))
		for i, a := range e.Args {
			args[i] = Pretty(a)
		}
		return named(e, e.write(args))
	case *Cast:
		switch {
		case e.Implicit:
			return prettied(e.Child)
		case e.Try:
			return named(e, "TRY_CAST("+Pretty(e.Child)+" AS "+e.To.SQL()+")")
		}
		return named(e, "CAST("+Pretty(e.Child)+" AS "+e.To.SQL()+")")
	}
	if w, ok := e.(*WindowCall); ok {
		return named(e, prettyWindow(w))
	}
	if call, ok := e.(*AggregateCall); ok {
		return named(e, prettyAggregate(call))
	}
	return plainly(e)
}

// prettyAggregate writes DISTINCT larger than plans do, and leaves out that nulls
// are ignored.
func prettyAggregate(call *AggregateCall) string {
	c := *call
	switch {
	case c.Func.Name == "approx_count_distinct":
		c.Args = c.Args[:1]
	case c.Func.Name == "percentile":
		c.Args = append(c.Args[:2:2], LiteralOf(1))
	case c.Func.Name == "percentile_approx" && len(c.Args) == 2:
		c.Args = append(c.Args[:2:2], LiteralOf(10000))
	}
	if strings.HasPrefix(c.Func.Name, "first") || strings.HasPrefix(c.Func.Name, "last") {
		c.Args = c.Args[:1]
		c.As = strings.TrimSuffix(cmp.Or(c.As, c.Func.Name), "_ignore_nulls")
	}
	return strings.Replace(plainly(&c).(*AggregateCall).write(), "(distinct ", "(DISTINCT ", 1)
}

// plainly is e over children that are named prettily.
func plainly(e Expr) Expr {
	children := e.Children()
	if len(children) == 0 {
		return e
	}
	pretty := make([]Expr, len(children))
	for i, child := range children {
		pretty[i] = prettied(child)
	}
	return e.With(pretty)
}

// named is a column of e's type that has only a name.
func named(e Expr, name string) Expr { return &Attribute{Name: name, Of: e.Type(), Null: e.Nullable()} }

func sameValue(a, b any) bool { return reflect.DeepEqual(a, b) }
