package plan

import (
	"fmt"
	"strings"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// PushedText is a condition as Spark hands it to the reader of a file:
// "GreaterThan(dep_delay,300)"; "" for one that a reader cannot use: it must
// compare a column with constants.
func PushedText(e expr.Expr) string {
	v, ok := e.(*expr.Invoke)
	if !ok {
		if a, ok := e.(*expr.Attribute); ok && a.Of.Kind == column.Boolean {
			return fmt.Sprintf("EqualTo(%s,true)", a.Name)
		}
		return ""
	}
	switch v.Func.Name {
	case "and", "or":
		left, right := PushedText(v.Args[0]), PushedText(v.Args[1])
		if left == "" || right == "" {
			return ""
		}
		return strings.ToUpper(v.Func.Name[:1]) + v.Func.Name[1:] + "(" + left + "," + right + ")"
	case "not":
		if inner := PushedText(v.Args[0]); inner != "" {
			return "Not(" + inner + ")"
		}
		return ""
	case "isnull", "isnotnull":
		if a, ok := pushable(v.Args[0]); ok {
			return map[string]string{"isnull": "IsNull", "isnotnull": "IsNotNull"}[v.Func.Name] + "(" + a + ")"
		}
		return ""
	case "in":
		return pushedIn(v)
	case "!=":
		if text := pushedComparison("=", v.Args); text != "" {
			return "Not(" + text + ")"
		}
		return ""
	}
	return pushedComparison(v.Func.Name, v.Args)
}

var pushedNames = map[string]string{
	"=": "EqualTo", "<=>": "EqualNullSafe", "<": "LessThan", "<=": "LessThanOrEqual", ">": "GreaterThan", ">=": "GreaterThanOrEqual",
	"startswith": "StringStartsWith", "endswith": "StringEndsWith", "contains": "StringContains",
}

var turned = map[string]string{"=": "=", "<=>": "<=>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

func pushedComparison(name string, args []expr.Expr) string {
	if len(args) != 2 {
		return ""
	}
	a, ok := pushable(args[0])
	l, constant := args[1].(*expr.Literal)
	if !ok || !constant {
		if a, ok = pushable(args[1]); !ok {
			return ""
		}
		if l, constant = args[0].(*expr.Literal); !constant {
			return ""
		}
		name = turned[name]
	}
	long := pushedNames[name]
	if long == "" || l.Value == nil {
		return ""
	}
	return fmt.Sprintf("%s(%s,%s)", long, a, l)
}

func pushedIn(v *expr.Invoke) string {
	a, ok := pushable(v.Args[0])
	if !ok {
		return ""
	}
	var values []string
	for _, e := range v.Args[1:] {
		l, constant := e.(*expr.Literal)
		if !constant {
			return ""
		}
		values = append(values, l.String())
	}
	return fmt.Sprintf("In(%s, [%s])", a, strings.Join(values, ","))
}

// pushable is the name of a column that a reader can compare: a plain one, or a
// field inside one.
func pushable(e expr.Expr) (string, bool) {
	switch e := e.(type) {
	case *expr.Attribute:
		return e.Name, e.Of.Kind != column.Array && e.Of.Kind != column.Struct
	case *expr.Field:
		inner, ok := fieldPath(e.Child)
		return inner + "." + e.Name(), ok
	}
	return "", false
}

func fieldPath(e expr.Expr) (string, bool) {
	switch e := e.(type) {
	case *expr.Attribute:
		return e.Name, true
	case *expr.Field:
		inner, ok := fieldPath(e.Child)
		return inner + "." + e.Name(), ok
	}
	return "", false
}
