package expr

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"etincelle/engine/frame/column"
)

// literalText is a constant as plans show it.
func literalText(v any, t column.Type) string {
	if v == nil {
		return "null"
	}
	return Text(v, t, time.UTC)
}

// sqlText is a constant as the name of a column shows it.
func sqlText(v any, t column.Type) string {
	switch v := v.(type) {
	case nil:
		return "NULL"
	case column.Date:
		return "DATE '" + dateText(v) + "'"
	case column.Timestamp:
		return "TIMESTAMP '" + timestampText(v, time.UTC) + "'"
	}
	return literalText(v, t)
}

// ordinal is "first", "second", … as messages count arguments.
func ordinal(i int) string {
	names := []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
	if i < len(names) {
		return names[i]
	}
	return strconv.Itoa(i+1) + "th"
}

// TypedLiteral reads DATE '…' or TIMESTAMP '…'; false when the text is none. A
// timestamp that names no zone is at UTC.
func TypedLiteral(s string, t column.Type) (Lit, bool) {
	if t.Kind == column.Date32 {
		d, ok := parseDate(s)
		return Lit{d, t}, ok
	}
	at, ok := parseTimestamp(s, time.UTC)
	return Lit{at, t}, ok
}

// DecimalOf is unscaled*10^-scale; false when it has more than 38 digits.
func DecimalOf(unscaled *big.Int, scale int) (column.Decimal, bool) {
	if unscaled == nil || unscaled.CmpAbs(tenTo(maxPrecision)) >= 0 {
		return column.Decimal{}, false
	}
	v, ok := fromBig(unscaled)
	return column.Decimal{Unscaled: v, Scale: scale}, ok
}

// IsUnit reports whether a word is a unit of time: "day", "DAYS".
func IsUnit(word string) bool {
	_, known := unitWords[strings.TrimSuffix(strings.ToLower(word), "s")]
	return known
}

// ParseText reads a text as CAST(… AS t) does: the boxed value, and false for what
// is none.
func ParseText(s string, t column.Type, zone *time.Location) (any, bool) {
	c, err := castColumn(column.New(column.StringType, []string{s}, nil), t, true, zone)
	if err != nil || c.Null(0) {
		return nil, false
	}
	return c.Value(0), true
}
