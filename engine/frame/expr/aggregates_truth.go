package expr

import "etincelle/engine/frame/column"

// truthAggregates is the family of truth: are all, or some, true; and of bits.
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
	ofBits("bit_and", func(a, b int64) int64 { return a & b }, "0"),
	ofBits("bit_or", func(a, b int64) int64 { return a | b }, "3"),
	ofBits("bit_xor", func(a, b int64) int64 { return a ^ b }, "3"),
}

func ofBits(name string, f func(a, b int64) int64, shows string) *Aggregate {
	return &Aggregate{Name: name, Min: 1, Max: 1, Sign: signBits, Buffer: oneBuffer(name), Example: Example{name + "(v)", shows},
		New: func(s Signature, _ []Expr) Accumulator {
			if s.Result.Kind == column.Int {
				return &reducer[int32]{of: s.Result, add: func(a, b int32) (int32, error) { return int32(f(int64(a), int64(b))), nil }}
			}
			return &reducer[int64]{of: s.Result, add: func(a, b int64) (int64, error) { return f(a, b), nil }}
		}}
}
