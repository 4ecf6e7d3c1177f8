package expr

import (
	"time"

	"etincelle/engine/frame/column"
)

// Cast is a change of type: one that was asked for, or one that a function's
// signature needs.
type Cast struct {
	Child    Expr
	To       column.Type
	Try      bool           // a value that cannot be cast is null, not an error
	Implicit bool           // not written by the program: names of columns leave it out
	Zone     *time.Location // of the session, for what is written as text; nil is UTC
}

// NewCast casts e to t; e itself when it is a t.
func NewCast(e Expr, t column.Type) Expr {
	if e.Type().Equal(t) {
		return e
	}
	return &Cast{Child: e, To: t, Implicit: true}
}

func castAll(args []Expr, types []column.Type) []Expr {
	if types == nil {
		return args
	}
	cast := make([]Expr, len(args))
	for i, a := range args {
		cast[i] = NewCast(a, types[i])
	}
	return cast
}

// Type implements Expr.
func (c *Cast) Type() column.Type { return c.To }

// Nullable implements Expr.
func (c *Cast) Nullable() bool {
	return c.Try || c.Child.Nullable() || castMayNull(c.Child.Type(), c.To)
}

// Children implements Expr.
func (c *Cast) Children() []Expr { return []Expr{c.Child} }

// With implements Expr.
func (c *Cast) With(children []Expr) Expr { d := *c; d.Child = children[0]; return &d }

// String implements Expr.
func (c *Cast) String() string {
	name := "cast("
	if c.Try {
		name = "try_cast("
	}
	return name + c.Child.String() + " as " + c.To.String() + ")"
}

// Common is the least type that holds the values of both; false when there is none.
func Common(a, b column.Type) (column.Type, bool) { return commonType(a, b) }
