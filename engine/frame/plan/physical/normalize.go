package physical

import (
	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
)

// normalized is a key as groups are told apart by: of doubles, one zero and one
// NaN. Others are themselves.
func normalized(key expr.Expr) expr.Expr {
	if key.Type().Kind != column.Double {
		return key
	}
	call, err := expr.NewInvoke(normalize, key)
	if err != nil {
		return key // never: the function takes anything
	}
	if a, ok := key.(*expr.Attribute); ok {
		return &expr.Alias{Child: call, Name: a.Name, ID: a.ID}
	}
	return call
}

var normalize = &expr.Function{
	Name: "normalizenanandzero", Min: 1, Max: 1, Safe: true,
	Sign: func(args []expr.Expr) (expr.Signature, error) { return expr.Signature{Result: args[0].Type()}, nil },
	Plan: func(args []string) string {
		return "knownfloatingpointnormalized(normalizenanandzero(" + args[0] + "))"
	},
	Eval: func(c *expr.Call) (column.Column, error) {
		data := make([]float64, c.Rows)
		for i, v := range column.Data[float64](c.Args[0]) {
			data[i] = column.Normal(v)
		}
		return column.New(c.Type, data, c.Null), nil
	},
}
