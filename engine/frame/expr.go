package frame

import (
	"fmt"
	"time"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/sql"
)

// Expr is a column expression: a column, a constant, or something computed of
// them. It is looked up when a frame uses it.
type Expr struct {
	node expr.Node
	err  error // of text that cannot be read
}

// Col is the column of that name: "carrier", "f.carrier" of a table, "window.start"
// inside a struct.
func Col(name string) Expr {
	if name == "*" {
		return Expr{node: expr.Star{}}
	}
	return Expr{node: expr.Ref{Parts: nameParts(name)}}
}

// Cols are several columns: f.Select(frame.Cols("carrier", "origin")...).
func Cols(names ...string) []Expr {
	list := make([]Expr, len(names))
	for i, name := range names {
		list[i] = Col(name)
	}
	return list
}

// SQL reads an expression in Spark's SQL: "dep_delay > 15 AND origin IN ('JFK', 'LGA')".
func SQL(text string) Expr {
	n, err := sql.Expression(text)
	return Expr{n, err}
}

// Lit is a constant: nil, a bool, a number, a string, a time.Time, a Date, a
// Decimal or an Interval. An int is a bigint when it needs more than 32 bits.
func Lit(v any) Expr {
	lit, err := literal(v)
	return Expr{lit, err}
}

func literal(v any) (expr.Node, error) {
	switch v := v.(type) {
	case nil:
		return expr.Lit{Type: column.VoidType}, nil
	case bool:
		return expr.Lit{Value: v, Type: column.BooleanType}, nil
	case int:
		if int(int32(v)) == v {
			return expr.Lit{Value: int32(v), Type: column.IntType}, nil
		}
		return expr.Lit{Value: int64(v), Type: column.BigIntType}, nil
	case int32:
		return expr.Lit{Value: v, Type: column.IntType}, nil
	case int64:
		return expr.Lit{Value: v, Type: column.BigIntType}, nil
	case float64:
		return expr.Lit{Value: v, Type: column.DoubleType}, nil
	case string:
		return expr.Lit{Value: v, Type: column.StringType}, nil
	case time.Time:
		return expr.Lit{Value: column.TimestampOf(v), Type: column.TimestampType}, nil
	case column.Timestamp:
		return expr.Lit{Value: v, Type: column.TimestampType}, nil
	case column.Date:
		return expr.Lit{Value: v, Type: column.DateType}, nil
	case column.Interval:
		return expr.Lit{Value: v, Type: column.IntervalType}, nil
	case time.Duration:
		return expr.Lit{Value: column.Interval{Micros: v.Microseconds()}, Type: column.IntervalType}, nil
	case column.Decimal:
		return expr.Lit{Value: v, Type: column.DecimalType(38, v.Scale)}, nil
	}
	return nil, fmt.Errorf("Lit(%v): a %T cannot be a constant: nil, a bool, a number, a string, a time.Time, a Date, a Decimal or an Interval can", v, v)
}

// Call calls a function by Spark's name: Call("upper", Col("name")).
func Call(name string, args ...Expr) Expr {
	call := expr.Apply{Name: name}
	var e Expr
	for _, a := range args {
		call.Args = append(call.Args, a.node)
		if e.err == nil {
			e.err = a.err
		}
	}
	e.node = call
	return e
}

// Node is the expression as a tree; an error is that of its text.
func (e Expr) Node() (expr.Node, error) { return e.node, e.err }

// with is an expression over e.
func (e Expr) with(n expr.Node) Expr { return Expr{n, e.err} }

// As gives e a name.
func (e Expr) As(name string) Expr { return e.with(expr.Named{Child: e.node, Name: name}) }

// Cast is e as another type: "int", "decimal(10,2)", "array<string>".
func (e Expr) Cast(to string) Expr { return e.cast(to, false) }

// TryCast is Cast that gives null for a value that cannot be cast.
func (e Expr) TryCast(to string) Expr { return e.cast(to, true) }

func (e Expr) cast(to string, try bool) Expr {
	t, err := sql.Type(to)
	if e.err == nil {
		e.err = err
	}
	return e.with(expr.CastTo{Child: e.node, Type: t, Try: try})
}

// Asc orders by e, nulls first; OrderBy takes an e without a direction so.
func (e Expr) Asc() Expr { return e.with(expr.Sort{Child: e.node}) }

// Desc orders by e downwards, nulls last.
func (e Expr) Desc() Expr { return e.with(expr.Sort{Child: e.node, Desc: true}) }

// NullsFirst and NullsLast say where nulls go in an order.
func (e Expr) NullsFirst() Expr { return e.nulls(expr.NullsFirst) }

// NullsLast is the other way round.
func (e Expr) NullsLast() Expr { return e.nulls(expr.NullsLast) }

func (e Expr) nulls(order expr.NullOrder) Expr {
	sort := sortOf(e.node)
	sort.Nulls = order
	return e.with(sort)
}

func sortOf(n expr.Node) expr.Sort {
	if sort, ok := n.(expr.Sort); ok {
		return sort
	}
	return expr.Sort{Child: n}
}

// Field is a field of a struct.
func (e Expr) Field(name string) Expr {
	return e.with(expr.GetItem{Child: e.node, Key: expr.Lit{Value: name, Type: column.StringType}})
}

// At is an element of an array, counted from 0.
func (e Expr) At(i int) Expr {
	return e.with(expr.GetItem{Child: e.node, Key: expr.Lit{Value: int32(i), Type: column.IntType}})
}

// Filter limits an aggregate to the rows for which a condition is true.
func (e Expr) Filter(condition Expr) Expr {
	call, ok := e.node.(expr.Apply)
	if !ok {
		return Expr{e.node, fmt.Errorf("Filter is for aggregates, such as Sum(x)")}
	}
	call.Filter = condition.node
	if e.err == nil {
		e.err = condition.err
	}
	return e.with(call)
}
