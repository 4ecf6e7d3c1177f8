package expr

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"etincelle/engine/frame/column"
)

// castText casts strings. Blanks around a value do not count.
func castText(data []string, c column.Column, to column.Type, try bool, zone *time.Location) (column.Column, error) {
	switch to.Kind {
	case column.Boolean:
		return castEach(c, to, try, parsed(data, to, parseBoolean))
	case column.Int:
		return castEach(c, to, try, parsed(data, to, func(s string) (int32, bool) {
			n, ok := parseInt(s, 32)
			return int32(n), ok
		}))
	case column.BigInt:
		return castEach(c, to, try, parsed(data, to, func(s string) (int64, bool) { return parseInt(s, 64) }))
	case column.Double:
		return castEach(c, to, try, parsed(data, to, parseDouble))
	case column.Decimal128:
		return castEach(c, to, try, func(i int) (int128, error) { return textDecimal(data[i], to) })
	case column.Date32:
		return castEach(c, to, try, parsed(data, to, func(s string) (int32, bool) {
			d, ok := parseDate(s)
			return int32(d), ok
		}))
	case column.TimestampMicros:
		return castEach(c, to, try, parsed(data, to, func(s string) (int64, bool) {
			t, ok := parseTimestamp(s, zone)
			return int64(t), ok
		}))
	}
	return castEach(c, to, try, parsed(data, to, func(s string) (column.Interval, bool) {
		v, err := ParseInterval(s)
		return v, err == nil
	}))
}

func parsed[T column.Element](data []string, to column.Type, parse func(string) (T, bool)) caster[T] {
	return func(i int) (T, error) {
		v, ok := parse(data[i])
		if !ok {
			return v, malformed(data[i], column.StringType, to)
		}
		return v, nil
	}
}

func parseBoolean(s string) (value, ok bool) {
	switch strings.ToLower(strings.TrimFunc(s, blank)) {
	case "t", "true", "y", "yes", "1":
		return true, true
	case "f", "false", "n", "no", "0":
		return false, true
	}
	return false, false
}

// parseInt reads a sign and digits.
func parseInt(s string, bits int) (int64, bool) {
	n, err := strconv.ParseInt(strings.TrimFunc(s, blank), 10, bits)
	return n, err == nil
}

// parseDouble reads what Java's parseDouble does, and Spark's "inf" and "nan" in any case.
func parseDouble(s string) (float64, bool) {
	s = strings.ToLower(strings.TrimFunc(s, blank))
	switch strings.TrimLeft(s, "+-") {
	case "inf", "infinity", "nan":
	default:
		if strings.ContainsAny(s, "xpin_") { // what Go reads and Java does not
			return 0, false
		}
		s = strings.TrimRight(s, "df") // 1.5d and 1.5f are Java's
	}
	d, err := strconv.ParseFloat(s, 64)
	if errors.Is(err, strconv.ErrRange) && (math.IsInf(d, 0) || d == 0) {
		return d, true
	}
	return d, err == nil
}

func textDecimal(s string, to column.Type) (int128, error) {
	unscaled, scale, ok := parseDecimal(strings.TrimFunc(s, blank))
	if !ok {
		return int128{}, malformed(s, column.StringType, to)
	}
	v, ok := fitDecimal(unscaled, scale, to)
	if !ok {
		return int128{}, outOfRange(plain(unscaled, scale), to)
	}
	return v, nil
}
