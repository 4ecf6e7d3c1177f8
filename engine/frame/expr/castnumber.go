package expr

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"

	"etincelle/engine/frame/column"
)

// castNumber casts numbers, booleans, dates and timestamps among each other.
func castNumber(c column.Column, to column.Type, try bool, zone *time.Location) (column.Column, error) {
	switch from := c.Type(); {
	case from.Kind == column.Date32: // to a timestamp
		days := column.Data[int32](c)
		return castEach(c, to, try, func(i int) (int64, error) { return int64(midnight(column.Date(days[i]), zone)), nil })
	case to.Kind == column.Date32: // of a timestamp
		micros := column.Data[int64](c)
		return castEach(c, to, try, func(i int) (int32, error) {
			return int32(dateOf(local(column.Timestamp(micros[i]), zone))), nil
		})
	}
	switch to.Kind {
	case column.Boolean:
		return castEach(c, to, try, func(i int) (bool, error) { return !zero(c, i), nil })
	case column.Int:
		wide, err := castEach(c, column.BigIntType, try, wholeOf(c, to))
		if err != nil {
			return nil, err
		}
		whole := column.Data[int64](wide)
		return castEach(wide, to, try, func(i int) (int32, error) {
			if v := whole[i]; int64(int32(v)) != v {
				return 0, overflowing(valueText(c.Value(i)), c.Type(), to)
			}
			return int32(whole[i]), nil
		})
	case column.BigInt:
		return castEach(c, to, try, wholeOf(c, to))
	case column.Double:
		return castEach(c, to, try, doubleOf(c))
	case column.Decimal128:
		return castEach(c, to, try, decimalOf(c, to))
	}
	return castEach(c, to, try, instantFrom(c))
}

func zero(c column.Column, i int) bool {
	switch v := c.Value(i).(type) {
	case int32:
		return v == 0
	case int64:
		return v == 0
	case float64:
		return v == 0
	case column.Decimal:
		return v.Unscaled == int128{}
	}
	return false
}

// wholeOf is the whole part of a number, of a boolean, or a timestamp's seconds.
func wholeOf(c column.Column, to column.Type) caster[int64] {
	from := c.Type()
	switch from.Kind {
	case column.Boolean:
		data := column.Data[bool](c)
		return func(i int) (int64, error) { return oneIf(data[i]), nil }
	case column.Int:
		data := column.Data[int32](c)
		return func(i int) (int64, error) { return int64(data[i]), nil }
	case column.BigInt:
		data := column.Data[int64](c)
		return func(i int) (int64, error) { return data[i], nil }
	case column.TimestampMicros:
		data := column.Data[int64](c)
		return func(i int) (int64, error) { return floorDiv(data[i], microsASecond), nil }
	case column.Double:
		data := column.Data[float64](c)
		return func(i int) (int64, error) {
			v, ok := truncate(data[i])
			if !ok {
				return 0, overflowing(valueText(data[i]), from, to)
			}
			return v, nil
		}
	}
	data := column.Data[int128](c)
	return func(i int) (int64, error) {
		whole := new(big.Int).Quo(toBig(data[i]), tenTo(from.Scale))
		if !whole.IsInt64() {
			return 0, overflowing(valueText(c.Value(i)), from, to)
		}
		return whole.Int64(), nil
	}
}

func oneIf(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// truncate is d without its fraction; false when it does not fit a bigint.
func truncate(d float64) (int64, bool) {
	switch {
	case !(d >= math.MinInt64 && d <= math.MaxInt64): // NaN too
		return 0, false
	case d == math.MaxInt64: // 2^63, which Spark lets through as the largest bigint
		return math.MaxInt64, true
	}
	return int64(d), true
}

func doubleOf(c column.Column) caster[float64] {
	from := c.Type()
	switch from.Kind {
	case column.Boolean:
		data := column.Data[bool](c)
		return func(i int) (float64, error) { return float64(oneIf(data[i])), nil }
	case column.Int:
		data := column.Data[int32](c)
		return func(i int) (float64, error) { return float64(data[i]), nil }
	case column.BigInt:
		data := column.Data[int64](c)
		return func(i int) (float64, error) { return float64(data[i]), nil }
	case column.TimestampMicros:
		data := column.Data[int64](c)
		return func(i int) (float64, error) { return float64(data[i]) / 1e6, nil }
	}
	data := column.Data[int128](c)
	return func(i int) (float64, error) { return decimalDouble(data[i], from.Scale), nil }
}

func decimalOf(c column.Column, to column.Type) caster[int128] {
	return func(i int) (int128, error) {
		unscaled, scale := new(big.Int), 0
		switch v := c.Value(i).(type) {
		case bool:
			unscaled.SetInt64(oneIf(v))
		case int32:
			unscaled.SetInt64(int64(v))
		case int64:
			unscaled.SetInt64(v)
		case column.Timestamp:
			unscaled.SetInt64(int64(v))
			scale = 6
		case column.Decimal:
			unscaled, scale = toBig(v.Unscaled), v.Scale
		case float64:
			unscaled, scale, _ = parseDecimal(strconv.FormatFloat(v, 'g', -1, 64)) // its shortest digits, as Java's
		}
		d, ok := fitDecimal(unscaled, scale, to)
		if !ok {
			return d, outOfRange(plain(unscaled, scale), to)
		}
		return d, nil
	}
}

// instantFrom is the timestamp so many seconds after 1970.
func instantFrom(c column.Column) caster[int64] {
	return func(i int) (int64, error) {
		switch v := c.Value(i).(type) {
		case int32:
			return int64(v) * microsASecond, nil
		case int64:
			switch { // as java.util.concurrent's TimeUnit, which stops at the ends
			case v > math.MaxInt64/microsASecond:
				return math.MaxInt64, nil
			case v < math.MinInt64/microsASecond:
				return math.MinInt64, nil
			}
			return v * microsASecond, nil
		case float64:
			micros, ok := truncate(v * 1e6)
			if !ok {
				return 0, overflowing(valueText(v), column.DoubleType, column.TimestampType)
			}
			return micros, nil
		case column.Decimal:
			micros := rescale(toBig(v.Unscaled), v.Scale, 6)
			if !micros.IsInt64() {
				return 0, overflowing(valueText(v), c.Type(), column.TimestampType)
			}
			return micros.Int64(), nil
		}
		return 0, fmt.Errorf("expr: no cast of %s to a timestamp", c.Type())
	}
}

// valueText is a value as error messages write it: a literal of SQL.
func valueText(v any) string {
	switch v := v.(type) {
	case int32:
		return strconv.Itoa(int(v))
	case int64:
		return strconv.FormatInt(v, 10) + "L"
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return doubleText(v)
		}
		return doubleText(v) + "D"
	case column.Decimal:
		return decimalText(v) + "BD"
	case column.Timestamp:
		return "TIMESTAMP '" + v.String() + "'"
	case bool:
		return strconv.FormatBool(v)
	}
	return fmt.Sprint(v)
}
