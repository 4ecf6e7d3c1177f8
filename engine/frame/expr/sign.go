package expr

import (
	"errors"
	"strings"

	"etincelle/engine/frame/column"
)

// Signatures: which types a function takes, and which it gives.

// always is the signature of a function whose types never change. A call with
// fewer arguments leaves the last ones out.
func always(result column.Type, args ...column.Type) func([]Expr) (Signature, error) {
	return func(given []Expr) (Signature, error) {
		want := args
		if len(given) < len(args) {
			want = args[:len(given)]
		}
		return accept(given, want, result)
	}
}

// each is the signature of a function of any number of arguments of one type.
func each(result, arg column.Type) func([]Expr) (Signature, error) {
	return func(given []Expr) (Signature, error) {
		want := make([]column.Type, len(given))
		for i := range want {
			want[i] = arg
		}
		return accept(given, want, result)
	}
}

func accept(given []Expr, want []column.Type, result column.Type) (Signature, error) {
	for i, e := range given {
		if !accepts(e.Type(), want[i]) {
			return Signature{}, &unexpected{i, `"` + want[i].SQL() + `" type`}
		}
	}
	return Signature{Args: want, Result: result}, nil
}

// accepts reports whether a function that wants a t may be given a from: what
// INSERT would store (spark.sql.storeAssignmentPolicy=ANSI), and strings, which
// are read as what is wanted.
func accepts(from, t column.Type) bool {
	switch {
	case from.Equal(t), from.Kind == column.Void:
		return true
	case from.Kind == column.Array && t.Kind == column.Array:
		return accepts(*from.Elem, *t.Elem)
	case from.Kind == column.String:
		return t.Kind != column.Array && t.Kind != column.Struct
	case t.Kind == column.String:
		return from.Kind != column.Array && from.Kind != column.Struct
	case from.Kind == column.CalendarInterval && t.Kind == column.CalendarInterval:
		return true
	}
	return from.Numeric() && t.Numeric() || instantKind(from) && instantKind(t)
}

// unexpected is an argument of a type that a function does not take; the caller
// knows the function's name and completes it.
type unexpected struct {
	index int
	wants string
}

// Error implements error.
func (u *unexpected) Error() string {
	return "the " + ordinal(u.index) + " parameter requires the " + u.wants
}

// together is the signature of a function over values of one type, whichever it is.
func together(result func(t column.Type) column.Type) func([]Expr) (Signature, error) {
	return func(args []Expr) (Signature, error) {
		t := column.VoidType
		for _, e := range args {
			common, ok := commonType(t, e.Type())
			if !ok {
				return Signature{}, &different{a: t, b: e.Type()}
			}
			t = common
		}
		sig := Signature{Result: result(t)}
		for range args {
			sig.Args = append(sig.Args, t)
		}
		return sig, nil
	}
}

func itself(t column.Type) column.Type { return t }

func yesNo(column.Type) column.Type { return column.BooleanType }

// different is two arguments that have no type in common.
type different struct {
	a, b     column.Type
	operator bool // the arguments of an operator
}

// Error implements error.
func (d *different) Error() string { return "no common type of " + d.a.SQL() + " and " + d.b.SQL() }

// refused is an operator's argument of a type that it has no meaning for.
type refused struct {
	wants string
	got   column.Type
}

// Error implements error.
func (r *refused) Error() string { return "the operator requires " + r.wants }

// explain is err, with the call named whose arguments cannot be used.
func explain(err error, name string, text func([]string) string, args []Expr) error {
	var (
		wrong *unexpected
		apart *different
		no    *refused
	)
	call := func() string { return prettyCall(text, args) }
	switch {
	case errors.As(err, &wrong):
		return Errorf("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", "Cannot resolve %q due to data type mismatch: The %s parameter requires the %s, however %q has the type %q.",
			call(), ordinal(wrong.index), wrong.wants, Pretty(args[wrong.index]), args[wrong.index].Type().SQL())
	case errors.As(err, &apart) && apart.operator:
		return Errorf("DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES", "Cannot resolve %q due to data type mismatch: the left and right operands of the binary operator have incompatible types (%q and %q).",
			call(), apart.a.SQL(), apart.b.SQL())
	case errors.As(err, &apart):
		return Errorf("DATATYPE_MISMATCH.DATA_DIFF_TYPES", "Cannot resolve %q due to data type mismatch: Input to `%s` should all be the same type, but it's [%q, %q].",
			call(), name, apart.a.SQL(), apart.b.SQL())
	case errors.As(err, &no):
		return Errorf("DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE", "Cannot resolve %q due to data type mismatch: the binary operator requires the input type %s, not %q.",
			call(), no.wants, no.got.SQL())
	}
	return err
}

// prettyCall is a call as Spark would name its column.
func prettyCall(text func([]string) string, args []Expr) string {
	names := make([]string, len(args))
	for i, a := range args {
		names[i] = Pretty(a)
	}
	return text(names)
}

// infix writes an operator between its arguments: "(a + b)".
func infix(sign string) func([]string) string {
	return func(args []string) string { return "(" + strings.Join(args, " "+sign+" ") + ")" }
}

// written writes a call under another name: "SQRT(a)".
func written(name string) func([]string) string {
	return func(args []string) string { return name + "(" + strings.Join(args, ", ") + ")" }
}
