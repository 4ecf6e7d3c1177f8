package expr

import "etincelle/engine/frame/column"

// truthAggregates is the family of: are all, or some, true.
var truthAggregates = []*Aggregate{
	{Name: "bool_and", Aliases: []string{"every"}, Min: 1, Max: 1, Sign: always(column.BooleanType, column.BooleanType), Buffer: oneBuffer("min"), AnyOrder: true,
		New: func(s Signature, _ []Expr) Accumulator {
			return &reducer[bool]{of: s.Result, add: func(a, b bool) (bool, error) { return a && b, nil }}
		},
		Example: Example{"bool_and(v > 1)", "false"}},
	{Name: "bool_or", Aliases: []string{"some", "any"}, Min: 1, Max: 1, Sign: always(column.BooleanType, column.BooleanType), Buffer: oneBuffer("max"), AnyOrder: true,
		New: func(s Signature, _ []Expr) Accumulator {
			return &reducer[bool]{of: s.Result, add: func(a, b bool) (bool, error) { return a || b, nil }}
		},
		Example: Example{"bool_or(v > 1)", "true"}},
}
