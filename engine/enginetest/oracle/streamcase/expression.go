package streamcase

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// functions are the oracle's names of functions, and the frame's.
var functions = map[string]string{
	"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq_null_safe": "<=>", "and": "and", "or": "or", "not": "not",
	"add": "+", "sub": "-", "mul": "*", "div": "/", "mod": "%", "is_null": "isnull", "is_not_null": "isnotnull",
	"upper": "upper", "lower": "lower", "length": "length", "concat": "concat", "coalesce": "coalesce", "abs": "abs", "split": "split",
	"size": "size", "window_time": "window_time", "date_trunc": "date_trunc", "to_date": "to_date", "unix_seconds": "unix_seconds", "round": "round",
}

// node is an expression as the frame takes it.
func (e *Expr) node() (expr.Node, error) {
	switch {
	case e.Col != nil:
		return reference(*e.Col), nil
	case e.Lit != nil:
		return e.literal()
	case e.Interval != nil:
		return intervalNode(*e.Interval)
	case e.Cast != nil:
		return castNode(e.Cast, e.To)
	}
	args := make([]expr.Node, len(e.Args))
	for i, a := range e.Args {
		var err error
		if args[i], err = a.node(); err != nil {
			return nil, err
		}
	}
	if e.Fn == "when" && len(args) == 3 {
		return expr.CaseWhen{Branches: []expr.Branch{{When: args[0], Then: args[1]}}, Else: args[2]}, nil
	}
	name, known := functions[e.Fn]
	if !known {
		return nil, report.NotBuilt{What: "function " + strconv.Quote(e.Fn)}
	}
	return expr.Apply{Name: name, Args: args}, nil
}

func intervalNode(text string) (expr.Node, error) {
	lit, err := expr.IntervalLiteral(text)
	return lit, err
}

func castNode(of *Expr, to string) (expr.Node, error) {
	child, err := of.node()
	if err != nil {
		return nil, err
	}
	t, err := typeOf(to)
	return expr.CastTo{Child: child, Type: t}, err
}

// literal is a constant as PySpark's lit makes it, cast when the case says so.
func (e *Expr) literal() (expr.Node, error) {
	lit, err := constant(e.Lit)
	if err != nil || e.Type == "" {
		return lit, err
	}
	t, err := typeOf(e.Type)
	return expr.CastTo{Child: lit, Type: t}, err
}

func constant(text json.RawMessage) (expr.Node, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	switch v := v.(type) {
	case nil:
		return expr.Lit{Type: column.VoidType}, nil
	case bool:
		return expr.Lit{Value: v, Type: column.BooleanType}, nil
	case string:
		return expr.Lit{Value: v, Type: column.StringType}, nil
	case json.Number:
		if n, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
			if n == int64(int32(n)) {
				return expr.Lit{Value: int32(n), Type: column.IntType}, nil
			}
			return expr.Lit{Value: n, Type: column.BigIntType}, nil
		}
		f, err := v.Float64()
		return expr.Lit{Value: f, Type: column.DoubleType}, err
	}
	return nil, fmt.Errorf("literal %s", text)
}

// aggregates are the oracle's names of aggregates.
var aggregates = map[string]expr.Apply{
	"count": {Name: "count"}, "sum": {Name: "sum"}, "avg": {Name: "avg"}, "min": {Name: "min"}, "max": {Name: "max"},
	"first": {Name: "first"}, "last": {Name: "last"},
	"first_ignore_nulls": {Name: "first", IgnoreNulls: true}, "last_ignore_nulls": {Name: "last", IgnoreNulls: true},
	"collect_list": {Name: "collect_list"}, "collect_set_sorted": {Name: "collect_set"},
	"stddev": {Name: "stddev"}, "stddev_pop": {Name: "stddev_pop"}, "variance": {Name: "variance"}, "var_pop": {Name: "var_pop"},
	"bool_and": {Name: "bool_and"}, "bool_or": {Name: "bool_or"}, "count_if": {Name: "count_if"},
	"approx_count_distinct": {Name: "approx_count_distinct"},
	"count_distinct":        {Name: "count", Distinct: true}, "sum_distinct": {Name: "sum", Distinct: true},
}

// node is an aggregate as the frame takes it, under its name.
func (a AggregateUse) node() (expr.Node, error) {
	call, known := aggregates[a.Function]
	if !known {
		return nil, report.NotBuilt{What: "aggregate " + strconv.Quote(a.Function)}
	}
	arg := expr.Node(expr.Lit{Value: int32(1), Type: column.IntType}) // count(*) is count(1)
	if !a.Star {
		var err error
		if arg, err = a.Arg.node(); err != nil {
			return nil, err
		}
	}
	call.Args = []expr.Node{arg}
	var of expr.Node = call
	if a.Function == "collect_set_sorted" {
		of = expr.Apply{Name: "sort_array", Args: []expr.Node{call}}
	}
	return expr.Named{Child: of, Name: a.Name}, nil
}

// key is a grouping key as the frame takes it.
func (k Key) key() (expr.Node, error) {
	text := func(s string) expr.Node { return expr.Lit{Value: s, Type: column.StringType} }
	switch {
	case k.Window != nil:
		w := expr.Apply{Name: "window", Args: []expr.Node{reference(k.Window.Column), text(k.Window.Size)}}
		slide := k.Window.Slide
		if slide == "" && k.Window.Start != "" {
			slide = k.Window.Size
		}
		for _, more := range []string{slide, k.Window.Start} {
			if more != "" {
				w.Args = append(w.Args, text(more))
			}
		}
		return w, nil
	case k.Session != nil:
		gap, err := gapOf(k.Session.Gap)
		return expr.Apply{Name: "session_window", Args: []expr.Node{reference(k.Session.Column), gap}}, err
	case k.Of != nil:
		of, err := k.Of.node()
		return expr.Named{Child: of, Name: k.As}, err
	}
	return k.Expr.node()
}

func gapOf(text json.RawMessage) (expr.Node, error) {
	var plain string
	if json.Unmarshal(text, &plain) == nil {
		return expr.Lit{Value: plain, Type: column.StringType}, nil
	}
	var e Expr
	if err := strict(text, &e); err != nil {
		return nil, err
	}
	return e.node()
}

// reference is a column, or a field of one: "window.start".
func reference(name string) expr.Node {
	var parts []string
	for _, part := range bytes.Split([]byte(name), []byte(".")) {
		parts = append(parts, string(part))
	}
	return expr.Ref{Parts: parts}
}
