package plan

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

var intType = column.IntType

// ConstantFolding computes what is the same for every row once.
var ConstantFolding = Rule{
	"ConstantFolding", "an expression without columns is computed beforehand",
	func(n Node) Node {
		return Up(n, func(n Node) Node {
			return MapExprs(n, func(e expr.Expr) expr.Expr { return expr.Rewrite(e, fold) })
		})
	},
}

// fold is a constant in place of e. One that fails is left: it fails when a row
// needs it.
func fold(e expr.Expr) expr.Expr {
	if _, literal := e.(*expr.Literal); literal || !expr.Foldable(e) {
		return e
	}
	bound, err := expr.Bind(e, nil)
	if err != nil {
		return e
	}
	c, err := bound.Eval(column.Batch{Rows: 1})
	if err != nil {
		return e
	}
	return &expr.Literal{Value: c.Value(0), Of: e.Type()}
}
