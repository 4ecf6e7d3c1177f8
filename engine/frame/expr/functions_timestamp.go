package expr

import (
	"math"
	"strings"
	"time"

	"etincelle/engine/frame/column"
)

var timestampT = column.TimestampType

const usualFormat = "yyyy-MM-dd HH:mm:ss"

// timestampFunctions is the family of instants: their clock in the session's time
// zone, text by Java's patterns, and seconds since 1970.
var timestampFunctions = []*Function{
	clockPart("hour", time.Time.Hour, "13"),
	clockPart("minute", time.Time.Minute, "45"),
	clockPart("second", time.Time.Second, "56"),
	{Name: "date_trunc", Min: 2, Max: 2, Sign: always(timestampT, stringT, timestampT), Nulls: NullOrOther, Eval: evalDateTrunc, Example: Example{"date_trunc('hour', TIMESTAMP '2024-02-29 13:45:56')", "2024-02-29 13:00:00"}},
	{Name: "to_date", Min: 1, Max: 2, Sign: signToDate, Means: meansToDate, Nulls: NullOrOther, Eval: evalToDate, Example: Example{"to_date('29/02/2024', 'dd/MM/yyyy')", "2024-02-29"}},
	{Name: "date", Min: 1, Max: 1, Means: meansPlainCast(column.DateType), Example: Example{"date('2024-02-29')", "2024-02-29"}},
	{Name: "to_timestamp", Min: 1, Max: 2, Sign: signToTimestamp, Means: meansToTimestamp, Eval: evalToTimestamp, Example: Example{"to_timestamp('2024-02-29 13', 'yyyy-MM-dd HH')", "2024-02-29 13:00:00"}},
	{Name: "date_format", Min: 2, Max: 2, Sign: always(stringT, timestampT, stringT), Eval: evalDateFormat, Example: Example{"date_format(TIMESTAMP '2024-02-29 13:45:56', 'HH:mm')", "13:45"}},
	{Name: "from_unixtime", Min: 1, Max: 2, Nulls: NullOrOther, Defaults: []any{usualFormat}, Sign: always(stringT, longT, stringT), Eval: evalFromUnix, Example: Example{"from_unixtime(0)", "1970-01-01 00:00:00"}},
	{Name: "unix_timestamp", Min: 1, Max: 2, Defaults: []any{usualFormat}, Sign: signUnix, Eval: evalUnix, Example: Example{"unix_timestamp('1970-01-01 00:01:00')", "60"}},
	{Name: "to_unix_timestamp", Min: 1, Max: 2, Defaults: []any{usualFormat}, Sign: signUnix, Eval: evalUnix, Example: Example{"to_unix_timestamp('1970-01-01 00:01:00')", "60"}},
	{Name: "unix_seconds", Min: 1, Max: 1, Sign: always(longT, timestampT), Eval: fixed(func(t int64) int64 { return floorDiv(t, microsASecond) }), Example: Example{"unix_seconds(TIMESTAMP '1970-01-01 00:00:01')", "1"}},
	{Name: "unix_millis", Min: 1, Max: 1, Sign: always(longT, timestampT), Eval: fixed(func(t int64) int64 { return floorDiv(t, 1000) }), Example: Example{"unix_millis(TIMESTAMP '1970-01-01 00:00:01')", "1000"}},
	{Name: "unix_micros", Min: 1, Max: 1, Sign: always(longT, timestampT), Eval: fixed(func(t int64) int64 { return t }), Example: Example{"unix_micros(TIMESTAMP '1970-01-01 00:00:01')", "1000000"}},
	{Name: "timestamp_seconds", Min: 1, Max: 1, Sign: always(timestampT, doubleT), Eval: try_(func(s float64) (int64, error) { v, ok := truncate(s * 1e6); return v, overflowIf(!ok) }), Example: Example{"timestamp_seconds(1.5)", "1970-01-01 00:00:01.5"}},
	{Name: "timestamp_millis", Min: 1, Max: 1, Sign: always(timestampT, longT), Eval: try_(times(1000)), Example: Example{"timestamp_millis(1500)", "1970-01-01 00:00:01.5"}},
	{Name: "timestamp_micros", Min: 1, Max: 1, Sign: always(timestampT, longT), Eval: try_(times(1)), Example: Example{"timestamp_micros(1)", "1970-01-01 00:00:00.000001"}},
	{Name: "make_timestamp", Min: 6, Max: 6, Sign: always(timestampT, intT, intT, intT, intT, intT, doubleT), Nulls: NullOrOther, Eval: evalMakeTimestamp, Example: Example{"make_timestamp(2024, 2, 29, 13, 45, 56.5)", "2024-02-29 13:45:56.5"}},
	{Name: "timestampadd", Min: 3, Max: 3, Sign: always(timestampT, stringT, longT, timestampT), Eval: evalTimestampAdd, Example: Example{"timestampadd(HOUR, 1, TIMESTAMP '2024-02-29 23:00:00')", "2024-03-01 00:00:00"}},
	{Name: "timestampdiff", Min: 3, Max: 3, Sign: always(longT, stringT, timestampT, timestampT), Eval: evalTimestampDiff, Example: Example{"timestampdiff(DAY, TIMESTAMP '2024-02-28 12:00:00', TIMESTAMP '2024-03-01 11:00:00')", "1"}},
	{Name: "window_time", Min: 1, Max: 1, Sign: signWindowTime, Eval: evalWindowTime, Example: Example{"window_time(named_struct('start', TIMESTAMP '2024-01-01 00:00:00', 'end', TIMESTAMP '2024-01-01 01:00:00'))", "2024-01-01 00:59:59.999999"}},
	{Name: "from_utc_timestamp", Min: 2, Max: 2, Sign: always(timestampT, timestampT, stringT), Eval: moveZone(false), Example: Example{"from_utc_timestamp(TIMESTAMP '2024-01-01 00:00:00', '+02:00')", "2024-01-01 02:00:00"}},
	{Name: "to_utc_timestamp", Min: 2, Max: 2, Sign: always(timestampT, timestampT, stringT), Eval: moveZone(true), Example: Example{"to_utc_timestamp(TIMESTAMP '2024-01-01 00:00:00', '+02:00')", "2023-12-31 22:00:00"}},
	{Name: "current_timestamp", Aliases: []string{"now"}, Sign: gives(timestampT), Nulls: NullNever, Eval: noClock, Text: func([]string) string { return "current_timestamp()" }, Volatile: true, Example: Example{"current_timestamp() IS NULL", "false"}},
	{Name: "current_date", Aliases: []string{"curdate"}, Sign: gives(column.DateType), Nulls: NullNever, Eval: noClock, Text: func([]string) string { return "current_date()" }, Volatile: true, Example: Example{"current_date() IS NULL", "false"}},
	{Name: "extract", Min: 2, Max: 2, Sign: signExtract, Eval: evalExtract, Text: func(a []string) string { return "extract(" + a[0] + " FROM " + a[1] + ")" }, Example: Example{"EXTRACT(YEAR FROM DATE '2024-02-29')", "2024"}},
	{Name: "date_part", Aliases: []string{"datepart"}, Min: 2, Max: 2, Sign: signExtract, Eval: evalExtract, Example: Example{"date_part('month', DATE '2024-02-29')", "2"}},
}

func times(by int64) func(int64) (int64, error) {
	return func(v int64) (int64, error) {
		w, ok := multiplyInt64(v, by)
		return w, overflowIf(!ok)
	}
}

func clockPart(name string, part func(time.Time) int, shows string) *Function {
	return &Function{Name: name, Min: 1, Max: 1, Sign: always(intT, timestampT), Example: Example{name + "(TIMESTAMP '2024-02-29 13:45:56')", shows},
		Eval: func(c *Call) (column.Column, error) {
			return map1(c, func(t int64) int32 { return int32(part(local(column.Timestamp(t), c.Zone))) })
		}}
}

func evalDateTrunc(c *Call) (column.Column, error) {
	return maybe2(c, func(unit string, t int64) (int64, bool) {
		at, ok := truncateTime(local(column.Timestamp(t), c.Zone), unit, false)
		return at.UnixMicro(), ok
	})
}

func evalMakeTimestamp(c *Call) (column.Column, error) {
	return tryRow(c, func(i int) (int64, error) {
		n := func(k int) int { return int(ints(c, k)[i]) }
		seconds := column.Data[float64](c.Args[5])[i]
		if n(1) < 1 || n(1) > 12 || n(2) < 1 || n(2) > daysIn(n(0), n(1)) || n(3) < 0 || n(3) > 23 || n(4) < 0 || n(4) > 59 || seconds < 0 || seconds > 60 {
			return 0, Errorf("DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION", "A field of the timestamp is out of bounds. "+bypass)
		}
		at := time.Date(n(0), time.Month(n(1)), n(2), n(3), n(4), 0, 0, c.Zone).UnixMicro()
		return at + int64(math.Round(seconds*1e6)), nil
	})
}

func evalTimestampAdd(c *Call) (column.Column, error) {
	return try3(c, func(unit string, n int64, t int64) (int64, error) {
		unit = strings.ToLower(unit)
		one, known := unitWords[unit]
		if unit == "quarter" {
			one, known = column.Interval{Months: 3}, true
		}
		if unit == "dayofyear" {
			one, known = column.Interval{Days: 1}, true
		}
		if !known {
			return 0, Errorf("INVALID_PARAMETER_VALUE.DATETIME_UNIT", "The value of parameter(s) `unit` in `timestampadd` is invalid: %s.", unit)
		}
		micros, fits := multiplyInt64(one.Micros, n)
		if !fits || n != int64(int32(n)) && one.Micros == 0 {
			return 0, Errorf("DATETIME_OVERFLOW", "Datetime operation overflow: add %d %s to a timestamp.", n, strings.ToUpper(unit))
		}
		moved := column.Interval{Months: one.Months * int32(n), Days: one.Days * int32(n)}
		return shiftInstant(t, moved, 1, c.Zone) + micros, nil
	})
}

// evalTimestampDiff counts the whole units from one instant to the other.
func evalTimestampDiff(c *Call) (column.Column, error) {
	return try3(c, func(unit string, from, to int64) (int64, error) {
		unit = strings.ToLower(unit)
		one, known := unitWords[unit]
		months := int64(one.Months)
		if unit == "quarter" {
			months, known = 3, true
		}
		length := one.Micros + int64(one.Days)*microsADay
		switch {
		case !known:
			return 0, Errorf("INVALID_PARAMETER_VALUE.DATETIME_UNIT", "The value of parameter(s) `unit` in `timestampdiff` is invalid: %s.", unit)
		case months > 0:
			return wholeMonths(local(column.Timestamp(from), c.Zone), local(column.Timestamp(to), c.Zone)) / months, nil
		}
		return (to - from) / length, nil
	})
}

func wholeMonths(a, b time.Time) int64 {
	sign := int64(1)
	if a.After(b) {
		a, b, sign = b, a, -1
	}
	n := int64((b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month()))
	if b.Day() < a.Day() || b.Day() == a.Day() && sinceMidnight(b) < sinceMidnight(a) {
		n--
	}
	return sign * n
}

func sinceMidnight(t time.Time) int64 {
	return (int64(t.Hour())*3600+int64(t.Minute())*60+int64(t.Second()))*1e9 + int64(t.Nanosecond())
}

func signWindowTime(args []Expr) (Signature, error) {
	t := args[0].Type()
	if t.Kind != column.Struct || len(t.Fields) != 2 || t.Fields[1].Type.Kind != column.TimestampMicros {
		return Signature{}, &unexpected{0, `"STRUCT<start: TIMESTAMP, end: TIMESTAMP>" type`}
	}
	return Signature{Result: timestampT}, nil
}

// evalWindowTime is the last microsecond of a window.
func evalWindowTime(c *Call) (column.Column, error) {
	ends := c.Args[0].(*column.Records).Fields[1]
	data := column.Data[int64](ends)
	return tryRow(c, func(i int) (int64, error) { return data[i] - 1, nil })
}

func moveZone(back bool) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		return try2(c, func(t int64, name string) (int64, error) {
			zone, ok := zoneNamed(name)
			if !ok {
				return 0, Errorf("INVALID_TIMEZONE", "The timezone: %s is invalid.", name)
			}
			if back {
				return int64(instantOf(local(column.Timestamp(t), time.UTC), zone)), nil
			}
			return int64(instantOf(local(column.Timestamp(t), zone), time.UTC)), nil
		})
	}
}

// noClock: the time of a query is the session's, which InSession puts in.
func noClock(*Call) (column.Column, error) {
	return nil, Errorf("INTERNAL_ERROR", "the current time was asked for outside a session")
}
