package expr

import (
	"math"
	"math/big"
	"math/bits"
	"strings"

	"etincelle/engine/frame/column"
)

var (
	doubleT = column.DoubleType
	longT   = column.BigIntType
)

// mathFunctions is the family of functions on numbers. Logarithms of what has
// none are null; other results that are no number are NaN, as in Java.
var mathFunctions = []*Function{
	real1("sqrt", "SQRT", math.Sqrt, "sqrt(4)", "2.0"),
	real1("cbrt", "CBRT", math.Cbrt, "cbrt(27)", "3.0"),
	real1("exp", "EXP", math.Exp, "exp(0)", "1.0"),
	real1("expm1", "EXPM1", math.Expm1, "expm1(0)", "0.0"),
	logarithm("ln", "ln", math.Log, 0, "ln(1)", "0.0"),
	logarithm("log10", "LOG10", math.Log10, 0, "log10(100)", "2.0"),
	logarithm("log2", "LOG2", math.Log2, 0, "log2(8)", "3.0"),
	logarithm("log1p", "LOG1P", math.Log1p, -1, "log1p(0)", "0.0"),
	{Name: "log", Min: 1, Max: 2, Sign: each(doubleT, doubleT), Nulls: NullOrOther, Eval: evalLog, Text: textLog, Example: Example{"log(2, 8)", "3.0"}},
	real1("sin", "SIN", math.Sin, "sin(0)", "0.0"), real1("cos", "COS", math.Cos, "cos(0)", "1.0"), real1("tan", "TAN", math.Tan, "tan(0)", "0.0"),
	real1("asin", "ASIN", math.Asin, "asin(0)", "0.0"), real1("acos", "ACOS", math.Acos, "acos(1)", "0.0"), real1("atan", "ATAN", math.Atan, "atan(0)", "0.0"),
	real1("sinh", "SINH", math.Sinh, "sinh(0)", "0.0"), real1("cosh", "COSH", math.Cosh, "cosh(0)", "1.0"), real1("tanh", "TANH", math.Tanh, "tanh(0)", "0.0"),
	real1("degrees", "DEGREES", func(v float64) float64 { return v * (180 / math.Pi) }, "degrees(0)", "0.0"),
	real1("radians", "RADIANS", func(v float64) float64 { return v * (math.Pi / 180) }, "radians(0)", "0.0"),
	real1("rint", "", math.RoundToEven, "rint(2.5)", "2.0"),
	real1("sign", "", signOf, "sign(-5)", "-1.0"), real1("signum", "SIGNUM", signOf, "signum(5)", "1.0"),
	real2("atan2", "ATAN2", math.Atan2, "atan2(0, 1)", "0.0"),
	real2("hypot", "HYPOT", math.Hypot, "hypot(3, 4)", "5.0"),
	real2("pow", "pow", math.Pow, "pow(2, 3)", "8.0"), real2("power", "POWER", math.Pow, "power(2, 3)", "8.0"),
	{Name: "pi", Sign: gives(doubleT), Eval: constantly(math.Pi), Text: written("PI"), Example: Example{"pi()", "3.141592653589793"}},
	{Name: "e", Sign: gives(doubleT), Eval: constantly(math.E), Text: written("E"), Example: Example{"e()", "2.718281828459045"}},
	{Name: "ceil", Min: 1, Max: 2, Nulls: NullOrOther, Sign: signCeil, Eval: toward(1), Text: textCeil("ceil"), Example: Example{"ceil(1.2)", "2"}},
	{Name: "ceiling", Min: 1, Max: 2, Nulls: NullOrOther, Sign: signCeil, Eval: toward(1), Example: Example{"ceiling(1.2)", "2"}},
	{Name: "floor", Min: 1, Max: 2, Nulls: NullOrOther, Sign: signCeil, Eval: toward(-1), Text: textCeil("floor"), Example: Example{"floor(-1.2)", "-2"}},
	{Name: "round", Min: 1, Max: 2, Defaults: []any{int32(0)}, Sign: signRound, Nulls: NullOrOther, Eval: rounded(halfUp), Example: Example{"round(2.55, 1)", "2.6"}},
	{Name: "bround", Min: 1, Max: 2, Defaults: []any{int32(0)}, Sign: signRound, Nulls: NullOrOther, Eval: rounded(halfEven), Example: Example{"bround(2.5)", "2"}},
	{Name: "factorial", Min: 1, Max: 1, Sign: always(longT, intT), Nulls: NullOrOther, Eval: func(c *Call) (column.Column, error) { return maybe1(c, factorial) }, Example: Example{"factorial(5)", "120"}},
	{Name: "~", Min: 1, Max: 1, Sign: signBits, Eval: evalComplement, Text: func(a []string) string { return "~" + a[0] }, Example: Example{"~0", "-1"}},
	bitwise("&", func(a, b int64) int64 { return a & b }, "5 & 3", "1"),
	bitwise("|", func(a, b int64) int64 { return a | b }, "5 | 3", "7"),
	bitwise("^", func(a, b int64) int64 { return a ^ b }, "5 ^ 3", "6"),
	shift("<<", shiftLeft, "1 << 3", "8"), shift("shiftleft", shiftLeft, "shiftleft(1, 3)", "8"),
	shift(">>", shiftRight, "-8 >> 1", "-4"), shift("shiftright", shiftRight, "shiftright(-8, 1)", "-4"),
	shift(">>>", shiftUnsigned, "-8 >>> 28", "15"), shift("shiftrightunsigned", shiftUnsigned, "shiftrightunsigned(-8, 28)", "15"),
	{Name: "bit_count", Min: 1, Max: 1, Sign: always(intT, longT), Eval: fixed(func(v int64) int32 { return int32(bits.OnesCount64(uint64(v))) }), Example: Example{"bit_count(7)", "3"}},
	{Name: "width_bucket", Min: 4, Max: 4, Sign: always(longT, doubleT, doubleT, doubleT, longT), Nulls: NullOrOther, Eval: evalWidthBucket, Example: Example{"width_bucket(5, 0, 10, 5)", "3"}},
}

func real1(name, shown string, f func(float64) float64, sql, shows string) *Function {
	fn := &Function{Name: name, Min: 1, Max: 1, Sign: always(doubleT, doubleT), Nulls: NullOrOther, Eval: fixed(f), Safe: true, Example: Example{sql, shows}}
	if shown != "" {
		fn.Text = written(shown)
	}
	return fn
}

func real2(name, shown string, f func(a, b float64) float64, sql, shows string) *Function {
	return &Function{Name: name, Min: 2, Max: 2, Sign: always(doubleT, doubleT, doubleT), Eval: fixed2(f), Safe: true, Text: written(shown), Example: Example{sql, shows}}
}

// logarithm is null for values that are not above a bound.
func logarithm(name, shown string, f func(float64) float64, above float64, sql, shows string) *Function {
	return &Function{Name: name, Min: 1, Max: 1, Sign: always(doubleT, doubleT), Nulls: NullOrOther, Safe: true, Text: written(shown), Example: Example{sql, shows},
		Eval: func(c *Call) (column.Column, error) {
			return maybe1(c, func(v float64) (float64, bool) { return f(v), !(v <= above) })
		}}
}

func evalLog(c *Call) (column.Column, error) {
	if len(c.Args) == 1 {
		return maybe1(c, func(v float64) (float64, bool) { return math.Log(v), !(v <= 0) })
	}
	return maybe2(c, func(base, v float64) (float64, bool) {
		return math.Log(v) / math.Log(base), !(v <= 0) && !(base <= 0)
	})
}

func textLog(a []string) string {
	if len(a) == 1 {
		return "LOG(E(), " + a[0] + ")"
	}
	return "LOG(" + a[0] + ", " + a[1] + ")"
}

func signOf(v float64) float64 {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return v
}

func constantly(v float64) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) { return column.Repeat(doubleT, v, c.Rows) }
}

func factorial(n int32) (int64, bool) {
	if n < 0 || n > 20 {
		return 0, false
	}
	v := int64(1)
	for i := int64(2); i <= int64(n); i++ {
		v *= i
	}
	return v, true
}

func signBits(args []Expr) (Signature, error) {
	t, ok := args[0].Type(), true
	for _, a := range args[1:] {
		other := a.Type()
		if t, ok = commonType(t, other); !ok || !t.Integral() && !other.Equal(args[0].Type()) {
			return Signature{}, &different{args[0].Type(), a.Type(), true}
		}
	}
	if t.Kind == column.Void {
		t = intT
	}
	if !t.Integral() {
		return Signature{}, &refused{`"INTEGRAL"`, t}
	}
	sig := Signature{Result: t}
	for range args {
		sig.Args = append(sig.Args, t)
	}
	return sig, nil
}

func evalComplement(c *Call) (column.Column, error) {
	if c.Type.Kind == column.Int {
		return map1(c, func(v int32) int32 { return ^v })
	}
	return map1(c, func(v int64) int64 { return ^v })
}

func bitwise(sign string, f func(a, b int64) int64, sql, shows string) *Function {
	return &Function{Name: sign, Min: 2, Max: 2, Sign: signBits, Safe: true, Text: infix(sign), Example: Example{sql, shows},
		Eval: func(c *Call) (column.Column, error) {
			if c.Type.Kind == column.Int {
				return map2(c, func(a, b int32) int32 { return int32(f(int64(a), int64(b))) })
			}
			return map2(c, f)
		}}
}

// shift counts as Java's: as far as the low bits of n say.
func shift(name string, f func(v int64, n, width uint) int64, sql, shows string) *Function {
	fn := &Function{Name: name, Min: 2, Max: 2, Safe: true, Example: Example{sql, shows},
		Sign: func(args []Expr) (Signature, error) {
			t := args[0].Type()
			if t.Kind != column.BigInt {
				t = intT
			}
			return accept(args, []column.Type{t, intT}, t)
		},
		Eval: func(c *Call) (column.Column, error) {
			if c.Type.Kind == column.Int {
				return map2(c, func(v, n int32) int32 { return int32(f(int64(v), uint(n)&31, 32)) })
			}
			return map2(c, func(v int64, n int32) int64 { return f(v, uint(n)&63, 64) })
		}}
	if name[0] == '<' || name[0] == '>' {
		fn.Text = infix(name)
	}
	return fn
}

func shiftLeft(v int64, n, _ uint) int64 { return v << n }

func shiftRight(v int64, n, _ uint) int64 { return v >> n }

func shiftUnsigned(v int64, n, width uint) int64 {
	if width == 32 {
		return int64(uint32(v) >> n)
	}
	return int64(uint64(v) >> n)
}

func evalWidthBucket(c *Call) (column.Column, error) {
	v, from, to, n := column.Data[float64](c.Args[0]), column.Data[float64](c.Args[1]), column.Data[float64](c.Args[2]), longs(c, 3)
	return maybeRow(c, func(i int) (int64, bool) {
		lower, upper := min(from[i], to[i]), max(from[i], to[i])
		if n[i] <= 0 || from[i] == to[i] || v[i] != v[i] || n[i] == math.MaxInt64 {
			return 0, false
		}
		share := (v[i] - from[i]) / (to[i] - from[i])
		switch {
		case v[i] < lower && from[i] <= to[i], v[i] > upper && from[i] > to[i]:
			return 0, true
		case share >= 1:
			return n[i] + 1, true
		}
		return int64(share*float64(n[i])) + 1, true
	})
}

// signCeil: decimals stay decimals without a fraction, whole numbers and doubles
// become bigints; with a number of places the type is round's.
func signCeil(args []Expr) (Signature, error) {
	t := args[0].Type()
	switch {
	case len(args) == 2:
		return signRound(args)
	case t.Kind == column.Decimal128 && t.Scale == 0:
		return Signature{Result: t}, nil
	case t.Kind == column.Decimal128:
		return Signature{Result: column.DecimalType(t.Precision-t.Scale+1, 0)}, nil
	case t.Integral():
		return Signature{Args: []column.Type{longT}, Result: longT}, nil
	}
	return accept(args, []column.Type{doubleT}, longT)
}

func textCeil(name string) func([]string) string {
	return func(a []string) string {
		if len(a) == 1 {
			return strings.ToUpper(name) + "(" + a[0] + ")"
		}
		return name + "(" + a[0] + ", " + a[1] + ")"
	}
}

// toward rounds up (1) or down (-1).
func toward(direction int) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		switch from := c.Args[0].Type(); {
		case len(c.Args) == 2:
			return rounded(func(q, r, half *big.Int, sign int) bool { return r.Sign() != 0 && sign == direction })(c)
		case from.Kind == column.BigInt:
			return c.Args[0], nil
		case from.Kind == column.Decimal128:
			return roundDecimals(c, from.Scale, 0, func(q, r, half *big.Int, sign int) bool { return r.Sign() != 0 && sign == direction })
		}
		return try1(c, func(v float64) (int64, error) {
			whole := math.Floor(v)
			if direction > 0 {
				whole = math.Ceil(v)
			}
			n, fits := truncate(whole)
			return n, overflowIf(!fits)
		})
	}
}
