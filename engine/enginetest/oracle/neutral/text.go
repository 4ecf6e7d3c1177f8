package neutral

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// String is the value as Scala's toString writes it, and so as saveAsTextFile does.
func (v Value) String() string {
	switch of := v.of.(type) {
	case nil:
		return "null"
	case float64:
		return javaDouble(of)
	case tuple:
		return "(" + joined(of.parts, ",") + ")"
	case list:
		return "List(" + joined(of.parts, ", ") + ")"
	case option:
		if of.parts == nil {
			return "None"
		}
		return "Some(" + joined(of.parts, "") + ")"
	case dict:
		var entries []string
		for _, entry := range unchain(of.parts) {
			k, value := entry.Pair()
			entries = append(entries, k.String()+" -> "+value.String())
		}
		return "Map(" + strings.Join(entries, ", ") + ")"
	case blob:
		return fmt.Sprintf("byte[%d]", len(of.zeros))
	}
	return fmt.Sprint(v.of)
}

func joined(parts any, between string) string {
	var texts []string
	for _, part := range unchain(parts) {
		texts = append(texts, part.String())
	}
	return strings.Join(texts, between)
}

// javaDouble is java.lang.Double.toString: always a point, and a power of ten
// outside [0.001, 10000000).
func javaDouble(d float64) string {
	switch {
	case math.IsNaN(d):
		return "NaN"
	case math.IsInf(d, 1):
		return "Infinity"
	case math.IsInf(d, -1):
		return "-Infinity"
	}
	if size := math.Abs(d); size != 0 && (size < 1e-3 || size >= 1e7) {
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(d, 'e', -1, 64), "e")
		power, _ := strconv.Atoi(exponent) // FormatFloat wrote it
		return pointed(mantissa) + "E" + strconv.Itoa(power)
	}
	return pointed(strconv.FormatFloat(d, 'f', -1, 64))
}

func pointed(digits string) string {
	if strings.Contains(digits, ".") {
		return digits
	}
	return digits + ".0"
}
