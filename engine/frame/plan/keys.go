package plan

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// EquiJoin is a join's condition taken apart: pairs of keys that must be equal,
// and what is left.
type EquiJoin struct {
	Left, Right []expr.Expr
	Rest        expr.Expr // nil for nothing
}

// EquiJoinOf takes a join's condition apart. a <=> b, which is true for two
// nulls, becomes two pairs of keys without nulls.
func EquiJoinOf(j *Join) EquiJoin {
	var e EquiJoin
	if j.Condition == nil {
		return e
	}
	left, right := idsOf(j.Left.Output()...), idsOf(j.Right.Output()...)
	var rest []expr.Expr
	for _, part := range Conjuncts(j.Condition) {
		l, r, ok := sides(part, left, right)
		switch {
		case ok && expr.Is(part, "="):
			e.Left, e.Right = append(e.Left, l), append(e.Right, r)
		case ok && expr.Is(part, "<=>"):
			e.Left = append(e.Left, withoutNull(l), expr.Must("isnull", l))
			e.Right = append(e.Right, withoutNull(r), expr.Must("isnull", r))
		default:
			rest = append(rest, part)
		}
	}
	e.Rest = Both(rest)
	return e
}

// sides splits a comparison whose two sides each read one input of a join.
func sides(e expr.Expr, left, right ids) (l, r expr.Expr, ok bool) {
	c := e.Children()
	if len(c) != 2 || len(expr.References(c[0])) == 0 || len(expr.References(c[1])) == 0 {
		return nil, nil, false
	}
	switch {
	case left.holds(c[0]) && right.holds(c[1]):
		return c[0], c[1], true
	case right.holds(c[0]) && left.holds(c[1]):
		return c[1], c[0], true
	}
	return nil, nil, false
}

// withoutNull puts a value that is no null where e is null.
func withoutNull(e expr.Expr) expr.Expr {
	var v any
	switch e.Type().Kind {
	case column.Boolean:
		v = false
	case column.Int:
		v = int32(0)
	case column.BigInt:
		v = int64(0)
	case column.Double:
		v = 0.0
	case column.String:
		v = ""
	case column.Date32:
		v = column.Date(0)
	case column.TimestampMicros:
		v = column.Timestamp(0)
	case column.Decimal128:
		v = column.Decimal{Scale: e.Type().Scale}
	default:
		return e
	}
	return expr.Must("coalesce", e, &expr.Literal{Value: v, Of: e.Type()})
}
