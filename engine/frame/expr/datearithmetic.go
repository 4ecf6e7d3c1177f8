package expr

import (
	"math"
	"time"

	"etincelle/engine/frame/column"
)

// What + - * / mean when a date, a timestamp or an interval stands beside them.

func isInterval(e Expr) bool { return e.Type().Kind == column.CalendarInterval }

func isDate(e Expr) bool { return e.Type().Kind == column.Date32 }

func isInstant(e Expr) bool { return instantKind(e.Type()) }

func meansAdd(args []Expr) (Expr, error) {
	a, b := args[0], args[1]
	switch {
	case isInstant(b) && !isInstant(a) && a.Type().Kind != column.String:
		a, b = b, a
		fallthrough
	case isInstant(a):
		switch {
		case isDate(a) && isInterval(b) && b.Type().From == column.Day && b.Type().To == column.Day:
			e, err := NewInvoke(addIntervalFunction, a, b)
			return &Stands{e, textAddDays, []Expr{a, b}}, err
		case isInterval(b):
			return NewInvoke(addIntervalFunction, a, b)
		case isDate(a) && !isInstant(b) && b.Type().Kind != column.String:
			return NewInvoke(dateAddFunction, a, b)
		}
	}
	return nil, nil
}

// textAddDays is what Spark names the sum of a date and some days.
func textAddDays(a []string) string {
	return "date_add(" + a[0] + ", extractansiintervaldays(" + a[1] + "))"
}

func meansSubtract(args []Expr) (Expr, error) {
	if len(args) == 1 {
		return NewInvoke(minusFunction, args...)
	}
	a, b := args[0], args[1]
	switch {
	case isInstant(a) && isInterval(b):
		return NewInvoke(subtractIntervalFunction, a, b)
	case isInstant(a) && isInstant(b):
		return NewInvoke(instantDifference, a, b)
	case isDate(a) && b.Type().Kind != column.String:
		return NewInvoke(dateSubFunction, a, b)
	}
	return nil, nil
}

func meansMultiply(args []Expr) (Expr, error) {
	switch {
	case isInterval(args[0]) && !isInterval(args[1]):
		return NewInvoke(scaleInterval, args...)
	case isInterval(args[1]) && !isInterval(args[0]):
		return NewInvoke(scaleInterval, args[1], args[0])
	}
	return nil, nil
}

func meansDivide(args []Expr) (Expr, error) {
	if isInterval(args[0]) && !isInterval(args[1]) {
		return NewInvoke(divideInterval, args...)
	}
	return nil, nil
}

var (
	addIntervalFunction = &Function{Name: "+interval", Min: 2, Max: 2, Sign: signShiftTime, Eval: shiftTime(1),
		Text: func(a []string) string { return a[0] + " + " + a[1] }, Example: Example{"DATE '2024-01-31' + INTERVAL 1 MONTH", "2024-02-29"}}
	subtractIntervalFunction = &Function{Name: "-interval", Min: 2, Max: 2, Sign: signShiftTime, Eval: shiftTime(-1),
		Text: func(a []string) string { return a[0] + " - " + a[1] }, Example: Example{"TIMESTAMP '2024-01-01' - INTERVAL 1 HOUR", "2023-12-31 23:00:00"}}
	instantDifference = &Function{Name: "-instant", Min: 2, Max: 2, Sign: signDifference, Eval: evalDifference, Text: infix("-"),
		Example: Example{"DATE '2024-03-01' - DATE '2024-02-01'", "INTERVAL '29' DAY"}}
	scaleInterval = &Function{Name: "*interval", Min: 2, Max: 2, Sign: signScale, Eval: scaled(func(v, by float64) float64 { return v * by }), Text: infix("*"),
		Example: Example{"INTERVAL 1 DAY * 2", "INTERVAL '2 00:00:00' DAY TO SECOND"}}
	divideInterval = &Function{Name: "/interval", Min: 2, Max: 2, Sign: signScale, Eval: scaled(func(v, by float64) float64 { return v / by }), Text: infix("/"),
		Example: Example{"INTERVAL 1 DAY / 2", "INTERVAL '0 12:00:00' DAY TO SECOND"}}
)

// timeFunctions is the family of what operators mean beside dates and intervals;
// none but make_interval can be called by its name.
var timeFunctions = []*Function{makeInterval, addIntervalFunction, subtractIntervalFunction, instantDifference, scaleInterval, divideInterval}

var zeroSeconds = column.Decimal{Scale: 6}

// makeInterval is make_interval(years, months, weeks, days, hours, minutes, seconds).
var makeInterval = &Function{Name: "make_interval", Min: 0, Max: 7, Defaults: []any{int32(0), int32(0), int32(0), int32(0), int32(0), int32(0), zeroSeconds},
	Sign: always(column.IntervalType, intT, intT, intT, intT, intT, intT, column.DecimalType(18, 6)), Example: Example{"make_interval(0, 1, 0, 2)", "1 months 2 days"},
	Eval: func(c *Call) (column.Column, error) {
		return tryRow(c, func(i int) (column.Interval, error) {
			n := func(k int) int64 { return int64(ints(c, k)[i]) }
			seconds, _ := small(column.Data[int128](c.Args[6])[i]) // of 18 digits
			v := column.Interval{Months: int32(12*n(0) + n(1)), Days: int32(7*n(2) + n(3)), Micros: (n(4)*3600+n(5)*60)*microsASecond + seconds}
			if int64(v.Months) != 12*n(0)+n(1) || int64(v.Days) != 7*n(2)+n(3) {
				return v, Errorf("ARITHMETIC_OVERFLOW", "integer overflow. "+bypass)
			}
			return v, nil
		})
	}}

// signShiftTime: a date stays one when only whole days or months move it.
func signShiftTime(args []Expr) (Signature, error) {
	t, by := args[0].Type(), args[1].Type()
	if t.Kind == column.Date32 && by.From != column.NoUnit && by.To > column.Day {
		t = column.TimestampType
	}
	return Signature{Args: []column.Type{t, by}, Result: t}, nil
}

func shiftTime(sign int) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		if c.Type.Kind == column.Date32 {
			return try2(c, func(d int32, v column.Interval) (int32, error) {
				days := v.Days + int32(v.Micros/microsADay)
				return addMonths(column.Date(d), sign*int(v.Months)) + int32(sign)*days, nil
			})
		}
		return try2(c, func(at int64, v column.Interval) (int64, error) {
			return shiftInstant(at, v, sign, c.Zone), nil
		})
	}
}

// shiftInstant adds months and days on the clocks of zone, then the rest.
func shiftInstant(at int64, v column.Interval, sign int, zone *time.Location) int64 {
	days := int64(v.Days) + v.Micros/microsADay
	rest := v.Micros % microsADay
	if v.Months != 0 || days != 0 {
		clock := local(column.Timestamp(at), zone)
		day := int64(addMonths(dateOf(clock), sign*int(v.Months))) + int64(sign)*days
		moved := column.Date(day).Time()
		at = int64(instantOf(time.Date(moved.Year(), moved.Month(), moved.Day(), clock.Hour(), clock.Minute(), clock.Second(), clock.Nanosecond(), time.UTC), zone))
	}
	return at + int64(sign)*rest
}

// addMonths keeps the day of the month, or takes the month's last one.
func addMonths(d column.Date, months int) int32 {
	year, month, day := d.Time().Date()
	whole := year*12 + int(month) - 1 + months
	year, m := int(floorDiv(int64(whole), 12)), whole-12*int(floorDiv(int64(whole), 12))+1
	day = min(day, daysIn(year, m))
	return int32(dateOf(time.Date(year, time.Month(m), day, 0, 0, 0, 0, time.UTC)))
}

func signDifference(args []Expr) (Signature, error) {
	t, result := column.TimestampType, column.IntervalOf(column.Day, column.Second)
	if isDate(args[0]) && isDate(args[1]) {
		t, result = column.DateType, column.IntervalOf(column.Day, column.Day)
	}
	return Signature{Args: []column.Type{t, t}, Result: result}, nil
}

func evalDifference(c *Call) (column.Column, error) {
	if c.Args[0].Type().Kind == column.Date32 {
		return map2(c, func(a, b int32) column.Interval {
			return column.Interval{Micros: (int64(a) - int64(b)) * microsADay}
		})
	}
	return map2(c, func(a, b int64) column.Interval { return column.Interval{Micros: a - b} })
}

func signScale(args []Expr) (Signature, error) {
	t := args[0].Type()
	switch {
	case t.From == column.NoUnit:
	case t.To <= column.Month:
		t = column.IntervalOf(column.Year, column.Month)
	default:
		t = column.IntervalOf(column.Day, column.Second)
	}
	if !accepts(args[1].Type(), column.DoubleType) {
		return Signature{}, &unexpected{1, `"NUMERIC" type`}
	}
	return Signature{Args: []column.Type{args[0].Type(), column.DoubleType}, Result: t}, nil
}

func scaled(f func(v, by float64) float64) func(*Call) (column.Column, error) {
	return func(c *Call) (column.Column, error) {
		return try2(c, func(v column.Interval, by float64) (column.Interval, error) {
			months, micros := f(float64(v.Months), by), f(float64(v.Micros)+float64(v.Days)*float64(microsADay), by)
			if math.IsNaN(micros) || math.IsInf(micros, 0) {
				return v, Errorf("INTERVAL_DIVIDED_BY_ZERO", "Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead.")
			}
			return column.Interval{Months: int32(math.Round(months)), Micros: int64(math.Round(micros))}, nil
		})
	}
}
