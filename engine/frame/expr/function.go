package expr

import (
	"strings"
	"time"

	"etincelle/engine/frame/column"
)

// Function is one row of the function table.
type Function struct {
	Name     string // in lower case
	Aliases  []string
	Min, Max int // number of arguments; Max -1 is any number

	// Sign gives the types that the arguments are cast to and the type of the
	// result, or says which argument cannot be used. It may look at literals.
	Sign func(args []Expr) (Signature, error)
	// Nulls is what a null argument does; NullIfAny unless said.
	Nulls NullRule
	// Eval computes the function over the rows of a batch.
	Eval func(c *Call) (column.Column, error)
	// Lazy, in Eval's place, is for functions that must not compute every
	// argument on every row: and, or, coalesce, if.
	Lazy func(args []Evaluator, b column.Batch, t column.Type) (column.Column, error)
	// Text is how a call reads in the names of columns; nil: name(a, b).
	Text func(args []string) string
	// Plan is how it reads in plans where that is not its name: nil, as Text.
	Plan func(args []string) string
	// Defaults are the values of the last arguments, for calls that leave them out.
	Defaults []any
	// Means, when it gives an expression, is what a call with such arguments stands for:
	// a + b over a date and an interval is another function than over numbers.
	Means func(args []Expr) (Expr, error)
	// Safe is true when Eval can never fail, whatever the rows: it may be computed
	// on rows that do not need it.
	Safe bool
	// Volatile is true when the same arguments may give other results: rand().
	Volatile bool

	Example Example
}

// Example is a call and what Spark's Show prints for it; a test runs all of them.
type Example struct{ SQL, Shows string }

// Signature is a function's types for some arguments.
type Signature struct {
	Args   []column.Type // what the arguments are cast to; nil: they stay as they are
	Result column.Type
}

// NullRule is what a null argument does to a function's result.
type NullRule int

// The rules.
const (
	NullIfAny   NullRule = iota // null where an argument is null, and only there
	NullOrOther                 // null where an argument is null, and Eval may give more nulls
	NullOwn                     // Eval sees the nulls; its result may be null
	NullNever                   // Eval sees the nulls; its result is never null
)

// Call is what Eval is given.
type Call struct {
	Args []column.Column
	Rows int
	Type column.Type // of the result
	// Null is true in rows where an argument is null, by the rules NullIfAny and
	// NullOrOther: Eval may compute anything there but an error, and puts Null in
	// its result's mask. It is nil when there is none.
	Null []bool
	Zone *time.Location // of the session
}

// Skip reports whether row i's result is null anyway.
func (c *Call) Skip(i int) bool { return c.Null != nil && c.Null[i] }

// Evaluator computes a column from a batch.
type Evaluator interface {
	Eval(b column.Batch) (column.Column, error)
}

// Invoke is a call of a function of the table.
type Invoke struct {
	Func *Function
	Args []Expr
	Sig  Signature
	As   string         // the name that was written, when it is not the function's first
	Zone *time.Location // of the session; nil is UTC
}

// NewInvoke calls f: it finds the signature and casts the arguments to it.
func NewInvoke(f *Function, args ...Expr) (Expr, error) {
	if err := checkArity(f.Name, f.Min, f.Max, len(args)); err != nil {
		return nil, err
	}
	for i := len(args) - (f.Max - len(f.Defaults)); i >= 0 && i < len(f.Defaults); i++ {
		args = append(args[:len(args):len(args)], LiteralOf(f.Defaults[i]))
	}
	if f.Means != nil {
		if e, err := f.Means(args); e != nil || err != nil {
			return e, explain(err, f.Name, f.text, args)
		}
	}
	sig, err := f.Sign(args)
	if err != nil {
		return nil, explain(err, f.Name, f.text, args)
	}
	return &Invoke{Func: f, Args: castAll(args, sig.Args), Sig: sig}, nil
}

// LiteralOf is a Go value as a constant: of int32, int64, float64, bool, string and
// the boxed values of a Row.
func LiteralOf(v any) *Literal {
	switch v := v.(type) {
	case bool:
		return &Literal{v, column.BooleanType}
	case int:
		if int(int32(v)) == v {
			return &Literal{int32(v), column.IntType}
		}
		return &Literal{int64(v), column.BigIntType}
	case int32:
		return &Literal{v, column.IntType}
	case int64:
		return &Literal{v, column.BigIntType}
	case float64:
		return &Literal{v, column.DoubleType}
	case string:
		return &Literal{v, column.StringType}
	case column.Date:
		return &Literal{v, column.DateType}
	case column.Timestamp:
		return &Literal{v, column.TimestampType}
	case column.Decimal:
		return &Literal{v, column.DecimalType(max(len(strings.TrimPrefix(toBig(v.Unscaled).String(), "-")), v.Scale, 1), v.Scale)}
	case column.Interval:
		return &Literal{v, column.IntervalType}
	}
	return &Literal{nil, column.VoidType}
}

// Type implements Expr.
func (v *Invoke) Type() column.Type { return v.Sig.Result }

// Nullable implements Expr.
func (v *Invoke) Nullable() bool {
	switch v.Func.Nulls {
	case NullIfAny:
		for _, a := range v.Args {
			if a.Nullable() {
				return true
			}
		}
		return false
	case NullNever:
		return false
	}
	return true
}

// Children implements Expr.
func (v *Invoke) Children() []Expr { return v.Args }

// With implements Expr.
func (v *Invoke) With(c []Expr) Expr { d := *v; d.Args = c; return &d }

// String implements Expr.
func (v *Invoke) String() string {
	args := make([]string, len(v.Args))
	for i, a := range v.Args {
		args[i] = a.String()
	}
	if v.Func.Plan != nil {
		return v.Func.Plan(args)
	}
	return v.write(args)
}

// write is the call over the texts of its arguments, as names of columns have it.
func (v *Invoke) write(args []string) string {
	if v.As != "" && v.Func.Text == nil {
		return v.As + "(" + strings.Join(args, ", ") + ")"
	}
	return v.Func.text(args)
}

// Is reports whether e calls the function of that name.
func Is(e Expr, name string) bool {
	v, ok := e.(*Invoke)
	return ok && v.Func.Name == name
}

// Must calls a function of the table that is known to take these arguments: for
// rules, which put together what was checked already.
func Must(name string, args ...Expr) Expr {
	f := Lookup(name)
	if f == nil {
		panic("expr: no function " + name)
	}
	e, err := NewInvoke(f, args...)
	if err != nil {
		panic("expr: " + err.Error())
	}
	return e
}

// Strict reports whether a null argument is sure to make the result null, so that
// rows for which the call is true have none. Spark does not say so of all
// functions of which it holds: IN and concat are left out there, and here.
func (f *Function) Strict() bool {
	switch f.Name {
	case "in", "concat", "concat_ws", "elt", "array", "struct":
		return false
	}
	return f.Nulls == NullIfAny || f.Nulls == NullOrOther
}

// MustAggregate is Must for an aggregate.
func MustAggregate(name string, args ...Expr) *AggregateCall {
	a := LookupAggregate(name)
	if a == nil {
		panic("expr: no aggregate " + name)
	}
	call, err := NewAggregate(a, false, nil, args...)
	if err != nil {
		panic("expr: " + err.Error())
	}
	return call
}
