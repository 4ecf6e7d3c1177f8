package plan

import (
	"slices"

	"etincelle/engine/frame/expr"
)

// ConstantPropagation uses what one part of a condition says of a column in its other
// parts: in x = 1 AND x > 2 the second part is 1 > 2, and so the whole is false.
var ConstantPropagation = Rule{
	"ConstantPropagation", "a column that a condition sets equal to a constant is that constant in its comparisons",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			f, ok := n.(*Filter)
			if !ok {
				return n
			}
			parts := Conjuncts(f.Condition)
			known, says := map[expr.ID]*expr.Literal{}, map[int]bool{}
			for i, part := range parts {
				if a, value, ok := equality(part); ok && known[a.ID] == nil {
					known[a.ID], says[i] = value, true // of two for a column the first one holds
				}
			}
			if len(known) == 0 {
				return n
			}
			with := make([]expr.Expr, len(parts))
			for i, part := range parts {
				if with[i] = part; !says[i] {
					with[i] = expr.Rewrite(part, func(e expr.Expr) expr.Expr { return compared(e, known) })
				}
			}
			if slices.Equal(with, parts) {
				return n
			}
			return NewFilter(Both(with), f.Child)
		})
	},
}

// equality takes column = constant apart, whichever comes first.
func equality(e expr.Expr) (*expr.Attribute, *expr.Literal, bool) {
	if !expr.Is(e, "=") {
		return nil, nil, false
	}
	sides := e.Children()
	for i, side := range sides {
		a, column := side.(*expr.Attribute)
		value, constant := sides[1-i].(*expr.Literal)
		if column && constant {
			return a, value, true
		}
	}
	return nil, nil, false
}

// compared is a comparison with constants in the place of columns; other expressions
// stay: of x IS NOT NULL scans can make use.
func compared(e expr.Expr, known map[expr.ID]*expr.Literal) expr.Expr {
	if !slices.ContainsFunc([]string{"=", "<=>", "<", "<=", ">", ">=", "<>", "!="}, func(name string) bool { return expr.Is(e, name) }) {
		return e
	}
	return expr.Rewrite(e, func(e expr.Expr) expr.Expr {
		if a, ok := e.(*expr.Attribute); ok && known[a.ID] != nil {
			return known[a.ID]
		}
		return e
	})
}
