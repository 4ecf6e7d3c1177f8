package expr

import "etincelle/engine/frame/column"

// Explode is a generator: a row of its input becomes one row for each element of
// an array. It stands alone in a selection, and the analysis takes it out.
type Explode struct {
	Child     Expr // an array
	Positions bool // posexplode: the element's place too
	Outer     bool // a row without elements stays, with a null
}

// Fields are the columns that it makes.
func (e *Explode) Fields() column.Schema {
	elem := column.Field{Name: "col", Type: *e.Child.Type().Elem, Nullable: true}
	if e.Positions {
		return column.Schema{{Name: "pos", Type: column.IntType, Nullable: e.Outer}, elem}
	}
	return column.Schema{elem}
}

// Type implements Expr: that of the element.
func (e *Explode) Type() column.Type { return *e.Child.Type().Elem }

// Nullable implements Expr.
func (e *Explode) Nullable() bool { return true }

// Children implements Expr.
func (e *Explode) Children() []Expr { return []Expr{e.Child} }

// With implements Expr.
func (e *Explode) With(c []Expr) Expr { d := *e; d.Child = c[0]; return &d }

// String implements Expr.
func (e *Explode) String() string {
	name := "explode"
	if e.Positions {
		name = "posexplode"
	}
	if e.Outer {
		name += "_outer"
	}
	return name + "(" + e.Child.String() + ")"
}
