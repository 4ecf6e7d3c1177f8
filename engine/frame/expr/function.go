package expr

import (
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
	// Text is how a call reads in plans and in the names of columns; nil: name(a, b).
	Text func(args []string) string
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
}

// NewInvoke calls f: it finds the signature and casts the arguments to it.
func NewInvoke(f *Function, args ...Expr) (Expr, error) {
	if err := checkArity(f.Name, f.Min, f.Max, len(args)); err != nil {
		return nil, err
	}
	sig, err := f.Sign(args)
	if err != nil {
		return nil, err
	}
	return &Invoke{f, castAll(args, sig.Args), sig}, nil
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
func (v *Invoke) With(c []Expr) Expr { return &Invoke{v.Func, c, v.Sig} }

// String implements Expr.
func (v *Invoke) String() string {
	args := make([]string, len(v.Args))
	for i, a := range v.Args {
		args[i] = a.String()
	}
	return v.Func.text(args)
}

// Is reports whether e calls the function of that name.
func Is(e Expr, name string) bool {
	v, ok := e.(*Invoke)
	return ok && v.Func.Name == name
}
