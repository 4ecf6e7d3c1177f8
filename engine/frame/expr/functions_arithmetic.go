package expr

import (
	"math"
	"math/big"

	"etincelle/engine/frame/column"
)

// arithmetic is a two-sided operator on numbers of one type. Overflow and a zero
// divisor are errors, as in Spark's ANSI mode, or null for the try_ functions.
type arithmetic struct {
	sign     string
	whole    func(a, b int64) (v int64, fits bool)
	double   func(a, b float64) float64
	decimal  func(a, b column.Decimal, scale int) (unscaled *big.Int, at int)
	divides  bool  // a zero on the right is refused
	byZero   error // how
	overflow error
}

var (
	byZero      = Errorf("DIVIDE_BY_ZERO", "Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead. "+bypass)
	restByZero  = Errorf("REMAINDER_BY_ZERO", "Remainder by zero. Use `try_mod` to tolerate divisor being 0 and return NULL instead. "+bypass)
	overflow    = Errorf("ARITHMETIC_OVERFLOW", "overflow. "+bypass)
	divOverflow = Errorf("ARITHMETIC_OVERFLOW", "Overflow in integral divide. Use 'try_divide' to tolerate overflow and return NULL instead. "+bypass)
)

const bypass = `If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error.`

func overflowFor(try string) error {
	return Errorf("ARITHMETIC_OVERFLOW", "overflow. Use '%s' to tolerate overflow and return NULL instead. "+bypass, try)
}

var (
	addition = &arithmetic{
		sign: "+", whole: addInt64, overflow: overflowFor("try_add"),
		double:  func(a, b float64) float64 { return a + b },
		decimal: aligned(func(a, b *big.Int) *big.Int { return new(big.Int).Add(a, b) }),
	}
	subtraction = &arithmetic{
		sign: "-", whole: subtractInt64, overflow: overflowFor("try_subtract"),
		double:  func(a, b float64) float64 { return a - b },
		decimal: aligned(func(a, b *big.Int) *big.Int { return new(big.Int).Sub(a, b) }),
	}
	multiplication = &arithmetic{
		sign: "*", whole: multiplyInt64, overflow: overflowFor("try_multiply"),
		double: func(a, b float64) float64 { return a * b },
		decimal: func(a, b column.Decimal, _ int) (*big.Int, int) {
			return new(big.Int).Mul(toBig(a.Unscaled), toBig(b.Unscaled)), a.Scale + b.Scale
		},
	}
	division = &arithmetic{
		sign: "/", divides: true, byZero: byZero, overflow: overflow,
		double: func(a, b float64) float64 { return a / b },
		decimal: func(a, b column.Decimal, scale int) (*big.Int, int) {
			top, bottom := toBig(a.Unscaled), toBig(b.Unscaled)
			if shift := scale + b.Scale - a.Scale; shift >= 0 {
				top = new(big.Int).Mul(top, tenTo(shift))
			} else {
				bottom = new(big.Int).Mul(bottom, tenTo(-shift))
			}
			return divideHalfUp(top, bottom), scale
		},
	}
	remainder = &arithmetic{
		sign: "%", divides: true, byZero: restByZero, overflow: overflow, double: math.Mod,
		whole: func(a, b int64) (int64, bool) {
			if b == 0 {
				return 0, false // told apart before
			}
			return a % b, true
		},
		decimal: aligned(func(a, b *big.Int) *big.Int { return new(big.Int).Rem(a, b) }),
	}
	positiveRemainder = &arithmetic{
		sign: "%", divides: true, byZero: restByZero, overflow: overflow,
		double: func(a, b float64) float64 {
			r := math.Mod(a, b)
			if r < 0 {
				r = math.Mod(r+b, b)
			}
			return r
		},
		whole: func(a, b int64) (int64, bool) {
			if b == 0 {
				return 0, false
			}
			r := a % b
			if r < 0 {
				r = (r + b) % b
			}
			return r, true
		},
		decimal: aligned(func(a, b *big.Int) *big.Int {
			r := new(big.Int).Rem(a, b)
			if r.Sign() < 0 {
				r.Rem(r.Add(r, b), b)
			}
			return r
		}),
	}
)

// aligned gives both numbers the same number of digits behind the point first.
func aligned(f func(a, b *big.Int) *big.Int) func(a, b column.Decimal, scale int) (*big.Int, int) {
	return func(a, b column.Decimal, _ int) (*big.Int, int) {
		at := max(a.Scale, b.Scale)
		return f(rescale(toBig(a.Unscaled), a.Scale, at), rescale(toBig(b.Unscaled), b.Scale, at)), at
	}
}

// minusFunction is what - means before one value.
var minusFunction = &Function{Name: "-x", Min: 1, Max: 1, Sign: signNumber, Eval: evalNegative, Text: func(a []string) string { return "(- " + a[0] + ")" }, Plan: func(a []string) string { return "-" + a[0] }, Example: Example{"- (1)", "-1"}}

// arithmeticFunctions is the family of + - * / % and what goes by their names.
var arithmeticFunctions = []*Function{
	{Name: "+", Min: 2, Max: 2, Sign: addition.types, Means: meansAdd, Eval: addition.eval, Text: infix("+"), Example: Example{"1 + 2.5", "3.5"}},
	{Name: "-", Min: 1, Max: 2, Sign: subtraction.types, Means: meansSubtract, Eval: subtraction.eval, Text: infix("-"), Example: Example{"1L - 2", "-1"}},
	{Name: "*", Min: 2, Max: 2, Sign: multiplication.types, Means: meansMultiply, Eval: multiplication.eval, Text: infix("*"), Example: Example{"1.5 * 1.5", "2.25"}},
	{Name: "/", Min: 2, Max: 2, Sign: division.types, Means: meansDivide, Eval: division.eval, Text: infix("/"), Nulls: NullOrOther, Example: Example{"3 / 2", "1.5"}},
	{Name: "%", Min: 2, Max: 2, Sign: remainder.types, Eval: remainder.eval, Text: infix("%"), Nulls: NullOrOther, Example: Example{"-7 % 3", "-1"}},
	{Name: "mod", Min: 2, Max: 2, Sign: remainder.types, Eval: remainder.eval, Nulls: NullOrOther, Example: Example{"mod(7, 3)", "1"}},
	{Name: "pmod", Min: 2, Max: 2, Sign: positiveRemainder.types, Eval: positiveRemainder.eval, Nulls: NullOrOther, Example: Example{"pmod(-7, 3)", "2"}},
	{Name: "div", Min: 2, Max: 2, Sign: signQuotient, Eval: evalQuotient, Text: infix("div"), Nulls: NullOrOther, Example: Example{"-7 div 2", "-3"}},
	{Name: "try_add", Min: 2, Max: 2, Sign: addition.types, Eval: addition.try, Nulls: NullOrOther, Example: Example{"try_add(2147483647, 1)", "NULL"}},
	{Name: "try_subtract", Min: 2, Max: 2, Sign: subtraction.types, Eval: subtraction.try, Nulls: NullOrOther, Example: Example{"try_subtract(1, 2)", "-1"}},
	{Name: "try_multiply", Min: 2, Max: 2, Sign: multiplication.types, Eval: multiplication.try, Nulls: NullOrOther, Example: Example{"try_multiply(2, 3)", "6"}},
	{Name: "try_divide", Min: 2, Max: 2, Sign: division.types, Eval: division.try, Nulls: NullOrOther, Example: Example{"try_divide(1, 0)", "NULL"}},
	{Name: "try_mod", Min: 2, Max: 2, Sign: remainder.types, Eval: remainder.try, Nulls: NullOrOther, Example: Example{"try_mod(1, 0)", "NULL"}},
	minusFunction,
	{Name: "negative", Min: 1, Max: 1, Sign: signNumber, Eval: evalNegative, Example: Example{"negative(1)", "-1"}},
	{Name: "positive", Min: 1, Max: 1, Sign: signNumber, Eval: func(c *Call) (column.Column, error) { return c.Args[0], nil }, Text: func(a []string) string { return "(+ " + a[0] + ")" }, Example: Example{"+ 1", "1"}},
	{Name: "abs", Min: 1, Max: 1, Sign: signNumber, Eval: evalAbs, Example: Example{"abs(-1.5)", "1.5"}},
}
