package frame

import (
	"time"

	"etincelle/engine/frame/expr"
)

// The functions that programs need most; the others are reached by Call or SQL.

// CountAll is the number of rows of a group: count(*).
func CountAll() Expr { return Call("count", Lit(1)) }

// Count is how many values of a group are not null.
func Count(e Expr) Expr { return Call("count", e) }

// CountDistinct is how many different values a group has, nulls left out.
func CountDistinct(es ...Expr) Expr {
	e := Call("count", es...)
	call := e.node.(expr.Apply)
	call.Distinct = true
	return e.with(call)
}

// Sum adds up; a sum that does not fit is an error. Of no values it is null.
func Sum(e Expr) Expr { return Call("sum", e) }

// Avg is the mean of the values that are not null.
func Avg(e Expr) Expr { return Call("avg", e) }

// Min is the smallest value.
func Min(e Expr) Expr { return Call("min", e) }

// Max is the largest value.
func Max(e Expr) Expr { return Call("max", e) }

// First is the first value as rows come: after a shuffle any may be.
func First(e Expr) Expr { return Call("first", e) }

// Last is the last value as rows come.
func Last(e Expr) Expr { return Call("last", e) }

// CollectList is the values of a group, nulls left out.
func CollectList(e Expr) Expr { return Call("collect_list", e) }

// CollectSet is the different values of a group.
func CollectSet(e Expr) Expr { return Call("collect_set", e) }

// Explode gives a row for each element of an array.
func Explode(e Expr) Expr { return Call("explode", e) }

// Window is the windows of event time that a row is in, one starting every slide
// and each of a length. A row is in several windows when slide < length.
func Window(at Expr, length, slide time.Duration) Expr {
	return Call("window", at, Lit(length), Lit(slide))
}

// SessionWindow is the run of rows, each at most gap after the one before, that a
// row is in. It can only be a key of GroupBy.
func SessionWindow(at Expr, gap time.Duration) Expr { return Call("session_window", at, Lit(gap)) }

// When starts a choice: When(cond, value).When(…).Otherwise(value).
func When(condition, value Expr) Choice { return Choice{}.When(condition, value) }

// Choice is CASE WHEN … THEN ….
type Choice struct {
	branches []expr.Branch
	err      error
}

// When adds a condition, and the value where it is the first that is true.
func (c Choice) When(condition, value Expr) Choice {
	for _, e := range []Expr{condition, value} {
		if c.err == nil {
			c.err = e.err
		}
	}
	c.branches = append(c.branches[:len(c.branches):len(c.branches)], expr.Branch{When: condition.node, Then: value.node})
	return c
}

// Otherwise is the choice with a value where no condition is true.
func (c Choice) Otherwise(value Expr) Expr {
	if c.err == nil {
		c.err = value.err
	}
	return Expr{expr.CaseWhen{Branches: c.branches, Else: value.node}, c.err}
}

// End is the choice with null where no condition is true.
func (c Choice) End() Expr { return Expr{expr.CaseWhen{Branches: c.branches}, c.err} }
