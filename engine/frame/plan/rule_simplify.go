package plan

import (
	"slices"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// everywhere makes a rule over plans of one over expressions.
func everywhere(f func(expr.Expr) expr.Expr) func(Node) Node {
	return func(n Node) Node {
		return Up(n, func(n Node) Node {
			return MapExprs(n, func(e expr.Expr) expr.Expr { return expr.Rewrite(e, f) })
		})
	}
}

// NullPropagation computes what can be known of nulls beforehand.
var NullPropagation = Rule{
	"NullPropagation", "x IS NULL of a column without nulls is false",
	everywhere(func(e expr.Expr) expr.Expr {
		if call, ok := e.(*expr.AggregateCall); ok {
			return countOfAll(call)
		}
		if !expr.Is(e, "isnull") && !expr.Is(e, "isnotnull") {
			return e
		}
		if e.Children()[0].Nullable() {
			return e
		}
		return truth(expr.Is(e, "isnotnull"))
	}),
}

// countOfAll is count(1) in the place of a count of what is never null.
func countOfAll(call *expr.AggregateCall) expr.Expr {
	if call.Func.Name != "count" || call.Distinct || slices.ContainsFunc(call.Args, expr.Expr.Nullable) {
		return call
	}
	if l, ok := call.Args[0].(*expr.Literal); ok && len(call.Args) == 1 && l.Of.Equal(intType) {
		return call
	}
	all := expr.MustAggregate("count", &expr.Literal{Value: int32(1), Of: intType})
	all.Filter = call.Filter
	return all
}

// SimplifyCasts drops casts that change nothing.
var SimplifyCasts = Rule{
	"SimplifyCasts", "a cast to the type that is there goes away",
	everywhere(func(e expr.Expr) expr.Expr {
		if c, ok := e.(*expr.Cast); ok && c.Child.Type().Equal(c.To) {
			return c.Child
		}
		return e
	}),
}

// OptimizeIn makes x IN (one) an equality.
var OptimizeIn = Rule{
	"OptimizeIn", "x IN (y) is x = y",
	everywhere(func(e expr.Expr) expr.Expr {
		if c := e.Children(); expr.Is(e, "in") && len(c) == 2 {
			return expr.Must("=", c[0], c[1])
		}
		return e
	}),
}

// BooleanSimplification drops what AND, OR and NOT do not need.
var BooleanSimplification = Rule{
	"BooleanSimplification", "true AND x is x; NOT a < b is a >= b",
	everywhere(func(e expr.Expr) expr.Expr {
		c := e.Children()
		switch {
		case expr.Is(e, "and"):
			switch {
			case isTruth(c[0], true), isTruth(c[1], false), expr.Equal(c[0], c[1]):
				return c[1]
			case isTruth(c[1], true), isTruth(c[0], false):
				return c[0]
			}
		case expr.Is(e, "or"):
			switch {
			case isTruth(c[0], false), isTruth(c[1], true), expr.Equal(c[0], c[1]):
				return c[1]
			case isTruth(c[1], false), isTruth(c[0], true):
				return c[0]
			}
		case expr.Is(e, "not"):
			return negated(e, c[0])
		}
		return e
	}),
}

var opposite = map[string]string{"<": ">=", "<=": ">", ">": "<=", ">=": "<", "isnull": "isnotnull", "isnotnull": "isnull"}

// negated is not, whose argument is e, without the NOT where that can be.
func negated(not, e expr.Expr) expr.Expr {
	c := e.Children()
	if v, ok := e.(*expr.Invoke); ok {
		switch with, known := opposite[v.Func.Name]; {
		case known:
			return expr.Must(with, c...)
		case v.Func.Name == "not":
			return c[0]
		case v.Func.Name == "and":
			return expr.Must("or", expr.Must("not", c[0]), expr.Must("not", c[1]))
		case v.Func.Name == "or":
			return expr.Must("and", expr.Must("not", c[0]), expr.Must("not", c[1]))
		}
	}
	return not
}

func truth(v bool) expr.Expr { return &expr.Literal{Value: v, Of: column.BooleanType} }

func isTruth(e expr.Expr, v bool) bool {
	l, ok := e.(*expr.Literal)
	return ok && l.Value == v
}
