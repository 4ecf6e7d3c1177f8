package expr

import (
	"strings"
	"time"

	"etincelle/engine/frame/column"
)

// extracts are the parts that EXTRACT and date_part read off a clock. SECOND, a
// decimal with micros, stands apart.
var extracts = map[string]func(time.Time) int{
	"year":          time.Time.Year,
	"yearofweek":    func(t time.Time) int { year, _ := t.ISOWeek(); return year },
	"quarter":       func(t time.Time) int { return (int(t.Month()) + 2) / 3 },
	"month":         func(t time.Time) int { return int(t.Month()) },
	"week":          func(t time.Time) int { _, week := t.ISOWeek(); return week },
	"day":           time.Time.Day,
	"dayofweek":     func(t time.Time) int { return int(t.Weekday()) + 1 },
	"dayofweek_iso": func(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 },
	"doy":           time.Time.YearDay,
	"hour":          time.Time.Hour,
	"minute":        time.Time.Minute,
}

// extractNames are the other words for the same parts.
var extractNames = map[string]string{
	"y": "year", "years": "year", "yr": "year", "yrs": "year", "qtr": "quarter",
	"mon": "month", "mons": "month", "months": "month", "w": "week", "weeks": "week",
	"d": "day", "days": "day", "dow": "dayofweek", "dow_iso": "dayofweek_iso",
	"h": "hour", "hours": "hour", "hr": "hour", "hrs": "hour",
	"m": "minute", "min": "minute", "mins": "minute", "minutes": "minute",
	"s": "second", "sec": "second", "seconds": "second", "secs": "second",
}

func extractName(s string) string {
	s = strings.ToLower(s)
	if name, known := extractNames[s]; known {
		return name
	}
	return s
}

func signExtract(args []Expr) (Signature, error) {
	unit, _ := constantOf(args[0])
	text, _ := unit.(string)
	result := intT
	name := extractName(text)
	switch {
	case name == "second":
		result = column.DecimalType(8, 6)
	case extracts[name] == nil:
		return Signature{}, Errorf("INVALID_EXTRACT_FIELD", "Cannot extract `%s` from %q.", text, Pretty(args[1]))
	}
	return accept(args, []column.Type{stringT, timestampT}, result)
}

func evalExtract(c *Call) (column.Column, error) {
	unit, _ := same[string](c, 0)
	name := extractName(unit)
	at := longs(c, 1)
	if name == "second" {
		return tryRow(c, func(i int) (int128, error) {
			t := local(column.Timestamp(at[i]), c.Zone)
			return column.Int128Of(int64(t.Second())*microsASecond + int64(t.Nanosecond()/1000)), nil
		})
	}
	part := extracts[name]
	return tryRow(c, func(i int) (int32, error) { return int32(part(local(column.Timestamp(at[i]), c.Zone))), nil })
}
