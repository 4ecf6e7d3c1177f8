package frame

// Operators, under Spark's names for them. Null makes most of them null; see And
// and Or.

// Eq is e = other.
func (e Expr) Eq(other Expr) Expr { return Call("=", e, other) }

// EqNullSafe is e <=> other: true for two nulls.
func (e Expr) EqNullSafe(other Expr) Expr { return Call("<=>", e, other) }

// Ne is e != other.
func (e Expr) Ne(other Expr) Expr { return Call("!=", e, other) }

// Lt is e < other.
func (e Expr) Lt(other Expr) Expr { return Call("<", e, other) }

// Le is e <= other.
func (e Expr) Le(other Expr) Expr { return Call("<=", e, other) }

// Gt is e > other.
func (e Expr) Gt(other Expr) Expr { return Call(">", e, other) }

// Ge is e >= other.
func (e Expr) Ge(other Expr) Expr { return Call(">=", e, other) }

// And is true when both are; false when one is, whatever the other.
func (e Expr) And(other Expr) Expr { return Call("and", e, other) }

// Or is true when one is, whatever the other; false when both are.
func (e Expr) Or(other Expr) Expr { return Call("or", e, other) }

// Not is true when e is false.
func Not(e Expr) Expr { return Call("not", e) }

// Plus is e + other; a sum that does not fit is an error.
func (e Expr) Plus(other Expr) Expr { return Call("+", e, other) }

// Minus is e - other.
func (e Expr) Minus(other Expr) Expr { return Call("-", e, other) }

// Times is e * other.
func (e Expr) Times(other Expr) Expr { return Call("*", e, other) }

// DividedBy is e / other, a double for whole numbers; a division by zero is an error.
func (e Expr) DividedBy(other Expr) Expr { return Call("/", e, other) }

// Mod is e % other.
func (e Expr) Mod(other Expr) Expr { return Call("%", e, other) }

// IsNull is true for a null, false else.
func (e Expr) IsNull() Expr { return Call("isnull", e) }

// IsNotNull is the other way round.
func (e Expr) IsNotNull() Expr { return Call("isnotnull", e) }

// In is true when e is one of the values.
func (e Expr) In(values ...any) Expr {
	args := []Expr{e}
	for _, v := range values {
		args = append(args, Lit(v))
	}
	return Call("in", args...)
}

// Between is e >= low AND e <= high.
func (e Expr) Between(low, high Expr) Expr { return e.Ge(low).And(e.Le(high)) }

// Like is true when e is of a form: % stands for anything, _ for one character.
func (e Expr) Like(form string) Expr { return Call("like", e, Lit(form)) }
