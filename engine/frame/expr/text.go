package expr

import (
	"math"
	"strconv"
	"strings"
	"time"

	"etincelle/engine/frame/column"
)

// doubleText is d as Java's Double.toString writes it: "1.0", "1.0E-5", "NaN".
func doubleText(d float64) string {
	switch {
	case math.IsNaN(d):
		return "NaN"
	case math.IsInf(d, 1):
		return "Infinity"
	case math.IsInf(d, -1):
		return "-Infinity"
	}
	if size := math.Abs(d); size == 0 || size >= 1e-3 && size < 1e7 {
		return withPoint(strconv.FormatFloat(d, 'f', -1, 64))
	}
	digits := strconv.FormatFloat(d, 'e', -1, 64)
	if !strings.Contains(digits, ".") {
		digits = strconv.FormatFloat(d, 'e', 1, 64) // Java shows two digits, the nearest: 4.9E-324
	}
	mantissa, exponent, _ := strings.Cut(digits, "e")
	power, _ := strconv.Atoi(exponent) // FormatFloat wrote it
	return withPoint(mantissa) + "E" + strconv.Itoa(power)
}

func withPoint(digits string) string {
	if strings.Contains(digits, ".") {
		return digits
	}
	return digits + ".0"
}

// Text is a boxed value as CAST(… AS STRING) writes it; a timestamp is shown in
// zone, and a null inside an array or a struct is "null".
func Text(v any, t column.Type, zone *time.Location) string {
	switch x := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(x)
	case int32:
		return strconv.FormatInt(int64(x), 10)
	case int64:
		return strconv.FormatInt(x, 10)
	case float64:
		return doubleText(x)
	case string:
		return x
	case column.Decimal:
		return decimalText(x)
	case column.Date:
		return dateText(x)
	case column.Timestamp:
		return timestampText(x, zone)
	case column.Interval:
		return intervalText(x, t)
	case []any:
		parts := make([]string, len(x))
		for i, e := range x {
			parts[i] = Text(e, *t.Elem, zone)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case column.Row:
		parts := make([]string, len(x))
		for i, e := range x {
			parts[i] = Text(e, t.Fields[i].Type, zone)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return ""
}
