package expr

import (
	"math"
	"strings"
	"time"

	"etincelle/engine/frame/column"
)

var (
	dateAddFunction = &Function{Name: "date_add", Aliases: []string{"dateadd"}, Min: 2, Max: 2, Sign: signAddDays,
		Eval: fixed2(func(d, n int32) int32 { return d + n }), Text: written("date_add"), Example: Example{"date_add(DATE '2024-02-28', 2)", "2024-03-01"}}
	dateSubFunction = &Function{Name: "date_sub", Min: 2, Max: 2, Sign: signAddDays,
		Eval: fixed2(func(d, n int32) int32 { return d - n }), Example: Example{"date_sub(DATE '2024-03-01', 1)", "2024-02-29"}}
)

// signAddDays takes a whole number of days alone.
func signAddDays(args []Expr) (Signature, error) {
	if t := args[1].Type(); t.Numeric() && t.Kind != column.Int {
		return Signature{}, &unexpected{1, `("INT" or "SMALLINT" or "TINYINT") type`}
	}
	return accept(args, []column.Type{column.DateType, column.IntType}, column.DateType)
}

// dateFunctions is the family of dates: parts of them, and days counted.
var dateFunctions = []*Function{
	dateAddFunction, dateSubFunction,
	{Name: "datediff", Aliases: []string{"date_diff"}, Min: 2, Max: 2, Sign: always(column.IntType, column.DateType, column.DateType), Eval: fixed2(func(a, b int32) int32 { return a - b }), Example: Example{"datediff(DATE '2024-03-01', DATE '2024-02-01')", "29"}},
	{Name: "add_months", Min: 2, Max: 2, Sign: always(column.DateType, column.DateType, column.IntType), Eval: fixed2(func(d, n int32) int32 { return addMonths(column.Date(d), int(n)) }), Example: Example{"add_months(DATE '2024-01-31', 1)", "2024-02-29"}},
	{Name: "months_between", Min: 2, Max: 3, Defaults: []any{true}, Sign: always(column.DoubleType, column.TimestampType, column.TimestampType, column.BooleanType), Eval: evalMonthsBetween, Example: Example{"months_between('2024-03-31', '2024-02-29')", "1.0"}},
	datePart("year", func(t time.Time) int { return t.Year() }, "2024"),
	datePart("quarter", func(t time.Time) int { return (int(t.Month()) + 2) / 3 }, "1"),
	datePart("month", func(t time.Time) int { return int(t.Month()) }, "2"),
	datePart("day", func(t time.Time) int { return t.Day() }, "29", "dayofmonth"),
	datePart("dayofyear", func(t time.Time) int { return t.YearDay() }, "60"),
	datePart("dayofweek", func(t time.Time) int { return int(t.Weekday()) + 1 }, "5"),
	datePart("weekday", func(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }, "3"),
	datePart("weekofyear", func(t time.Time) int { _, week := t.ISOWeek(); return week }, "9"),
	{Name: "last_day", Min: 1, Max: 1, Sign: always(column.DateType, column.DateType), Eval: fixed(lastDay), Example: Example{"last_day(DATE '2024-02-01')", "2024-02-29"}},
	{Name: "next_day", Min: 2, Max: 2, Sign: always(column.DateType, column.DateType, column.StringType), Nulls: NullOrOther, Eval: evalNextDay, Example: Example{"next_day(DATE '2024-02-29', 'monday')", "2024-03-04"}},
	{Name: "trunc", Min: 2, Max: 2, Sign: always(column.DateType, column.DateType, column.StringType), Nulls: NullOrOther, Eval: evalTrunc, Example: Example{"trunc(DATE '2024-02-29', 'MM')", "2024-02-01"}},
	{Name: "make_date", Min: 3, Max: 3, Sign: always(column.DateType, column.IntType, column.IntType, column.IntType), Nulls: NullOrOther, Eval: evalMakeDate, Example: Example{"make_date(2024, 2, 29)", "2024-02-29"}},
	{Name: "unix_date", Min: 1, Max: 1, Sign: always(column.IntType, column.DateType), Eval: fixed(func(d int32) int32 { return d }), Example: Example{"unix_date(DATE '1970-01-02')", "1"}},
	{Name: "date_from_unix_date", Min: 1, Max: 1, Sign: always(column.DateType, column.IntType), Eval: fixed(func(d int32) int32 { return d }), Example: Example{"date_from_unix_date(1)", "1970-01-02"}},
	{Name: "dayname", Min: 1, Max: 1, Sign: always(column.StringType, column.DateType), Eval: fixed(func(d int32) string { return column.Date(d).Time().Format("Mon") }), Example: Example{"dayname(DATE '2024-02-29')", "Thu"}},
	{Name: "monthname", Min: 1, Max: 1, Sign: always(column.StringType, column.DateType), Eval: fixed(func(d int32) string { return column.Date(d).Time().Format("Jan") }), Example: Example{"monthname(DATE '2024-02-29')", "Feb"}},
}

// datePart is a function that reads one number off a date.
func datePart(name string, part func(time.Time) int, shows string, aliases ...string) *Function {
	return &Function{
		Name: name, Aliases: aliases, Min: 1, Max: 1, Sign: always(column.IntType, column.DateType),
		Eval:    fixed(func(d int32) int32 { return int32(part(column.Date(d).Time())) }),
		Example: Example{name + "(DATE '2024-02-29')", shows},
	}
}

func lastDay(d int32) int32 {
	t := column.Date(d).Time()
	return int32(dateOf(time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC)))
}

var weekdays = []string{"su", "mo", "tu", "we", "th", "fr", "sa"}

func evalNextDay(c *Call) (column.Column, error) {
	return try2(c, func(d int32, name string) (int32, error) {
		name = strings.ToLower(strings.TrimSpace(name))
		for i, start := range weekdays {
			full := strings.ToLower(time.Weekday(i).String())
			if name == start || name == full[:3] || name == full {
				ahead := (i - int(column.Date(d).Time().Weekday()) + 6) % 7
				return d + int32(ahead) + 1, nil
			}
		}
		return 0, Errorf("ILLEGAL_DAY_OF_WEEK", "Illegal input for day of week: %s.", name)
	})
}

func evalTrunc(c *Call) (column.Column, error) {
	return maybe2(c, func(d int32, unit string) (int32, bool) {
		t, ok := truncateTime(column.Date(d).Time(), unit, true)
		return int32(dateOf(t)), ok
	})
}

// truncateTime is the start of the year, quarter, …, microsecond that at is in;
// days alone for trunc, which knows no unit smaller than a week.
func truncateTime(at time.Time, unit string, days bool) (time.Time, bool) {
	year, month, day := at.Date()
	start := func(month time.Month, day int) (time.Time, bool) {
		return time.Date(year, month, day, 0, 0, 0, 0, at.Location()), true
	}
	switch strings.ToUpper(unit) {
	case "YEAR", "YYYY", "YY":
		return start(1, 1)
	case "QUARTER":
		return start((month-1)/3*3+1, 1)
	case "MONTH", "MM", "MON":
		return start(month, 1)
	case "WEEK":
		return start(month, day-(int(at.Weekday())+6)%7)
	}
	if days {
		return at, false
	}
	switch strings.ToUpper(unit) {
	case "DAY", "DD":
		return start(month, day)
	case "HOUR":
		return at.Add(-time.Duration(at.Minute())*time.Minute - time.Duration(at.Second())*time.Second - time.Duration(at.Nanosecond())), true
	case "MINUTE":
		return at.Add(-time.Duration(at.Second())*time.Second - time.Duration(at.Nanosecond())), true
	case "SECOND":
		return at.Add(-time.Duration(at.Nanosecond())), true
	case "MILLISECOND":
		return at.Add(-time.Duration(at.Nanosecond() % 1_000_000)), true
	case "MICROSECOND":
		return at, true
	}
	return at, false
}

func evalMakeDate(c *Call) (column.Column, error) {
	return try3(c, func(y, m, d int32) (int32, error) {
		if m < 1 || m > 12 || d < 1 || int(d) > daysIn(int(y), int(m)) {
			return 0, Errorf("DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION", "Invalid date: year %d, month %d, day %d. "+bypass, y, m, d)
		}
		return int32(dateOf(time.Date(int(y), time.Month(m), int(d), 0, 0, 0, 0, time.UTC))), nil
	})
}

// evalMonthsBetween counts 31 days to a month, and a whole number when both are
// the last of their months or on the same day.
func evalMonthsBetween(c *Call) (column.Column, error) {
	return try3(c, func(a, b int64, round bool) (float64, error) {
		x, y := local(column.Timestamp(a), c.Zone), local(column.Timestamp(b), c.Zone)
		months := float64((x.Year()-y.Year())*12 + int(x.Month()) - int(y.Month()))
		xLast, yLast := x.Day() == daysIn(x.Year(), int(x.Month())), y.Day() == daysIn(y.Year(), int(y.Month()))
		if x.Day() == y.Day() || xLast && yLast {
			return months, nil
		}
		seconds := func(t time.Time) float64 {
			return float64(t.Day()*86400+t.Hour()*3600+t.Minute()*60+t.Second()) + float64(t.Nanosecond()/1000)/1e6
		}
		months += (seconds(x) - seconds(y)) / (31 * 86400)
		if round {
			months = math.Round(months*1e8) / 1e8
		}
		return months, nil
	})
}
