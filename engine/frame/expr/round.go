package expr

import (
	"math"
	"math/big"
	"strconv"

	"etincelle/engine/frame/column"
)

// A rounding says whether a quotient q with remainder r, of the sign of the value,
// is to be moved away from zero; half is half of the divisor.
type rounding func(q, r, half *big.Int, sign int) bool

func halfUp(_, r, half *big.Int, _ int) bool { return r.CmpAbs(half) >= 0 }

func halfEven(q, r, half *big.Int, _ int) bool {
	c := r.CmpAbs(half)
	return c > 0 || c == 0 && q.Bit(0) == 1
}

// signRound keeps the type; a decimal keeps the digits that rounding leaves.
func signRound(args []Expr) (Signature, error) {
	t := args[0].Type()
	places, ok := constantOf(NewCast(args[1], column.IntType))
	if !ok {
		return Signature{}, Errorf("DATATYPE_MISMATCH.NON_FOLDABLE_INPUT", "Cannot resolve the call of round due to data type mismatch: the input `scale` should be a foldable \"INT\" expression; however, got %q.", Pretty(args[1]))
	}
	n, _ := places.(int32)
	result := t
	switch {
	case t.Kind == column.Decimal128:
		result = roundedDecimal(t, int(n))
	case t.Kind == column.String, t.Kind == column.Void:
		t, result = column.DoubleType, column.DoubleType
	case !t.Numeric():
		return Signature{}, &unexpected{0, `"NUMERIC" type`}
	}
	return Signature{Args: []column.Type{t, column.IntType}, Result: result}, nil
}

// roundedDecimal has one digit more in front, for 9.9 becomes 10.
func roundedDecimal(t column.Type, places int) column.Type {
	if places < 0 {
		return column.DecimalType(min(max(t.Precision-t.Scale+1, -places+1), maxPrecision), 0)
	}
	places = min(places, t.Scale)
	return column.DecimalType(min(t.Precision-t.Scale+1+places, maxPrecision), places)
}

func rounded(up rounding) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		places, known := same[int32](c, 1)
		if !known {
			return column.NullsOf(c.Type, c.Rows), nil
		}
		n := int(places)
		switch c.Args[0].Type().Kind {
		case column.Decimal128:
			return roundDecimals(c, c.Args[0].Type().Scale, n, up)
		case column.Double:
			return map1(c, func(v float64) float64 { return roundDouble(v, n, up) })
		case column.Int:
			return try1(c, func(v int32) (int32, error) {
				w := roundWhole(int64(v), n, up)
				return int32(w.Int64()), overflowIf(!w.IsInt64() || int64(int32(w.Int64())) != w.Int64())
			})
		}
		return try1(c, func(v int64) (int64, error) {
			w := roundWhole(v, n, up)
			return w.Int64(), overflowIf(!w.IsInt64())
		})
	}
}

// roundTo is unscaled*10^-scale as a number of 10^-places.
func roundTo(unscaled *big.Int, scale, places int, up rounding) *big.Int {
	if places >= scale {
		return new(big.Int).Mul(unscaled, tenTo(places-scale))
	}
	by := tenTo(scale - places)
	q, r := new(big.Int).QuoRem(unscaled, by, new(big.Int))
	if up(q, r, new(big.Int).Rsh(by, 1), unscaled.Sign()) {
		q.Add(q, big.NewInt(int64(unscaled.Sign())))
	}
	return q
}

func roundWhole(v int64, places int, up rounding) *big.Int {
	if places >= 0 {
		return big.NewInt(v)
	}
	places = max(places, -40)
	q := roundTo(big.NewInt(v), 0, places, up)
	return q.Mul(q, tenTo(-places))
}

func roundDecimals(c *Call, scale, places int, up rounding) (column.Column, error) {
	return try1(c, func(v int128) (int128, error) {
		places := max(min(places, scale), -maxPrecision)
		q := roundTo(toBig(v), scale, places, up)
		at := places
		if places < 0 {
			q, at = q.Mul(q, tenTo(-places)), 0
		}
		d, fits := fitDecimal(q, at, c.Type)
		if !fits {
			return d, outOfRange(plain(q, at), c.Type)
		}
		return d, nil
	})
}

// roundDouble rounds the digits that v is shown with, as Java's BigDecimal.valueOf.
func roundDouble(v float64, places int, up rounding) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return v
	}
	unscaled, scale, _ := parseDecimal(strconv.FormatFloat(v, 'g', -1, 64)) // written by us
	if places >= scale {
		return v + 0 // but no -0.0
	}
	places = max(places, -400)
	q := roundTo(unscaled, scale, places, up)
	r, _ := strconv.ParseFloat(q.String()+"e"+strconv.Itoa(-places), 64)
	return r
}
