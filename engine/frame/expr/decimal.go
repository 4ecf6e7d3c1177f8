package expr

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"etincelle/engine/frame/column"
)

// Spark's decimals: up to 38 digits, of which scale stand behind the point.
// Rounding is half up (away from zero), as java.math's HALF_UP.

const (
	maxPrecision = 38
	// keptScale is how many digits behind the point a result that needs more than
	// 38 keeps, when it has as many.
	keptScale = 6
)

// boundedDecimal is a decimal of precision and scale, cut to what 38 digits hold:
// digits in front of the point come first (spark.sql.decimalOperations.allowPrecisionLoss).
func boundedDecimal(precision, scale int) column.Type {
	if precision > maxPrecision {
		whole := precision - scale
		scale = max(maxPrecision-whole, min(scale, keptScale))
		precision = maxPrecision
	}
	return column.DecimalType(precision, scale)
}

// decimalResult is the type of a op b over two decimals.
func decimalResult(op string, a, b column.Type) column.Type {
	p1, s1, p2, s2 := a.Precision, a.Scale, b.Precision, b.Scale
	scale := max(s1, s2)
	switch op {
	case "*":
		return boundedDecimal(p1+p2+1, s1+s2)
	case "/":
		scale = max(keptScale, s1+p2+1)
		return boundedDecimal(p1-s1+s2+scale, scale)
	case "%":
		return boundedDecimal(min(p1-s1, p2-s2)+scale, scale)
	}
	return boundedDecimal(max(p1-s1, p2-s2)+scale+1, scale)
}

// asDecimalType is the decimal that holds every value of t, a number type.
func asDecimalType(t column.Type) column.Type {
	switch t.Kind {
	case column.Int:
		return column.DecimalType(10, 0)
	case column.BigInt:
		return column.DecimalType(20, 0)
	case column.Double:
		return column.DecimalType(30, 15)
	}
	return t
}

// widerDecimal is the decimal that holds every value of a and of b, as far as 38 digits go.
func widerDecimal(a, b column.Type) column.Type {
	scale := max(a.Scale, b.Scale)
	whole := max(a.Precision-a.Scale, b.Precision-b.Scale)
	return column.DecimalType(min(whole+scale, maxPrecision), min(scale, maxPrecision))
}

// rescale is unscaled*10^-from with to digits behind the point, rounded half up.
func rescale(unscaled *big.Int, from, to int) *big.Int {
	if to >= from {
		return new(big.Int).Mul(unscaled, tenTo(to-from))
	}
	return divideHalfUp(unscaled, tenTo(from-to))
}

// divideHalfUp is a/b rounded to the nearest, halves away from zero.
func divideHalfUp(a, b *big.Int) *big.Int {
	q, r := new(big.Int).QuoRem(a, b, new(big.Int))
	if r.Abs(r).Lsh(r, 1).CmpAbs(b) >= 0 {
		q.Add(q, big.NewInt(int64(a.Sign()*b.Sign())))
	}
	return q
}

// fitDecimal is unscaled*10^-from as a value of the decimal type t; false when it has too many digits.
func fitDecimal(unscaled *big.Int, from int, t column.Type) (int128, bool) {
	v := rescale(unscaled, from, t.Scale)
	if v.CmpAbs(tenTo(t.Precision)) >= 0 {
		return int128{}, false
	}
	return fromBig(v)
}

// decimalText is d as Java's toPlainString writes it.
func decimalText(d column.Decimal) string { return plain(toBig(d.Unscaled), d.Scale) }

func plain(unscaled *big.Int, scale int) string {
	digits, sign := new(big.Int).Abs(unscaled).String(), ""
	if unscaled.Sign() < 0 {
		sign = "-"
	}
	if scale <= 0 {
		return sign + digits + strings.Repeat("0", -scale)
	}
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale-len(digits)+1) + digits
	}
	return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}

// parseDecimal reads "-12.50", "1e3": the digits, and how many stand behind the point.
func parseDecimal(s string) (unscaled *big.Int, scale int, ok bool) {
	mantissa, power := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		n, err := strconv.Atoi(s[i+1:])
		if err != nil || n > 1000 || n < -1000 {
			return nil, 0, false
		}
		mantissa, power = s[:i], n
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	if strings.Trim(digits, "+-") == "" || strings.ContainsAny(fraction, "+-_") || strings.Contains(whole, "_") {
		return nil, 0, false
	}
	unscaled, ok = new(big.Int).SetString(digits, 10)
	if !ok {
		return nil, 0, false
	}
	scale = len(fraction) - power
	if scale < 0 {
		return new(big.Int).Mul(unscaled, tenTo(-scale)), 0, true
	}
	return unscaled, scale, true
}

// decimalDouble is the double nearest to d.
func decimalDouble(v int128, scale int) float64 {
	if n, ok := small(v); ok && n < 1<<53 && n > -1<<53 && scale <= 22 {
		return float64(n) / math.Pow10(scale) // both exact, so the quotient is the nearest
	}
	f, _ := strconv.ParseFloat(plain(toBig(v), scale), 64) // written by us
	return f
}
