package expr

import (
	"fmt"
	"strconv"
	"strings"

	"etincelle/engine/frame/column"
)

// unitWords are the units that a text may name, singular or plural, and what one is.
var unitWords = map[string]column.Interval{
	"year": {Months: 12}, "month": {Months: 1},
	"week": {Days: 7}, "day": {Days: 1},
	"hour": {Micros: 3600 * microsASecond}, "minute": {Micros: 60 * microsASecond}, "second": {Micros: microsASecond},
	"millisecond": {Micros: 1000}, "microsecond": {Micros: 1},
}

// unitOf is where a word's unit belongs in an interval's type.
var unitOf = map[string]column.Unit{
	"year": column.Year, "month": column.Month, "week": column.Day, "day": column.Day, "hour": column.Hour,
	"minute": column.Minute, "second": column.Second, "millisecond": column.Second, "microsecond": column.Second,
}

// ParseInterval reads "1 month 2 days 10 minutes", with or without "interval" before it.
func ParseInterval(s string) (column.Interval, error) {
	v, _, err := readInterval(s)
	return v, err
}

// IntervalLiteral reads INTERVAL's text into a literal whose type runs from its
// largest to its smallest unit: days and hours become microseconds.
func IntervalLiteral(s string) (Lit, error) {
	v, units, err := readInterval(s)
	if err != nil {
		return Lit{}, err
	}
	from, to := units[0], units[0]
	for _, u := range units {
		from, to = min(from, u), max(to, u)
	}
	if from <= column.Month && to > column.Month {
		return Lit{}, Errorf("_LEGACY_ERROR_TEMP_0029", "Cannot mix year-month and day-time fields: interval %s.", s)
	}
	v.Micros += int64(v.Days) * microsADay
	v.Days = 0
	return Lit{Value: v, Type: column.IntervalOf(from, to)}, nil
}

func readInterval(s string) (v column.Interval, units []column.Unit, err error) {
	words := strings.Fields(strings.ToLower(s))
	if len(words) > 0 && words[0] == "interval" {
		words = words[1:]
	}
	wrong := Errorf("CANNOT_PARSE_INTERVAL", "Unable to parse '%s'. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. If the issue persists, please double check that the input value is not null or empty and try again.", s)
	if len(words) == 0 {
		return v, nil, wrong
	}
	for len(words) > 0 {
		sign := int64(1)
		for len(words[0]) > 0 && (words[0][0] == '-' || words[0][0] == '+') {
			if words[0][0] == '-' {
				sign = -sign
			}
			if words[0] = words[0][1:]; words[0] == "" {
				words = words[1:]
			}
			if len(words) == 0 {
				return v, nil, wrong
			}
		}
		if len(words) < 2 {
			return v, nil, wrong
		}
		unit := strings.TrimSuffix(words[1], "s")
		one, known := unitWords[unit]
		if !known || !addUnits(&v, one, words[0], sign) {
			return v, nil, wrong
		}
		units = append(units, unitOf[unit])
		words = words[2:]
	}
	return v, units, nil
}

// addUnits adds sign*count units; only seconds may have a fraction.
func addUnits(v *column.Interval, one column.Interval, count string, sign int64) bool {
	whole, fraction, fractional := strings.Cut(count, ".")
	if fractional && (one.Micros != microsASecond || len(fraction) > 9 || whole+fraction == "") {
		return false
	}
	if whole == "" {
		whole = "0"
	}
	n, err := strconv.ParseUint(whole, 10, 62)
	micros, rest := cutFraction(fraction)
	if err != nil || rest != "" {
		return false
	}
	months, monthsFit := times32(one.Months, int64(n), sign)
	days, daysFit := times32(one.Days, int64(n), sign)
	product, fits := multiplyInt64(one.Micros, sign*int64(n))
	sum, sumFits := addInt64(v.Micros, product+sign*int64(micros))
	v.Months, v.Days, v.Micros = v.Months+months, v.Days+days, sum
	return monthsFit && daysFit && fits && sumFits
}

func times32(one int32, n, sign int64) (int32, bool) {
	v, ok := multiplyInt64(int64(one), sign*n)
	return int32(v), ok && int64(int32(v)) == v
}

// intervalText is how an interval of type t is shown.
func intervalText(v column.Interval, t column.Type) string {
	switch {
	case t.From == column.NoUnit:
		return calendarText(v)
	case t.To <= column.Month:
		return fmt.Sprintf("INTERVAL '%s' %s", monthsText(v.Months, t), unitsText(t))
	}
	return fmt.Sprintf("INTERVAL '%s' %s", dayTimeText(v.Micros, t), unitsText(t))
}

func unitsText(t column.Type) string {
	return strings.ToUpper(strings.TrimPrefix(t.String(), "interval "))
}

func monthsText(months int32, t column.Type) string {
	sign := ""
	n := int64(months)
	if n < 0 {
		sign, n = "-", -n
	}
	switch {
	case t.From == column.Month:
		return sign + strconv.FormatInt(n, 10)
	case t.To == column.Year:
		return sign + strconv.FormatInt(n/12, 10)
	}
	return fmt.Sprintf("%s%d-%d", sign, n/12, n%12)
}

func dayTimeText(micros int64, t column.Type) string {
	sign := ""
	if micros < 0 {
		sign = "-"
	}
	rest := uint64(max(micros, -micros)) // the smallest number too, as it wraps
	var out strings.Builder
	for u := t.From; u <= t.To; u++ {
		length := uint64(lengthOfUnit(u))
		n := rest / length
		rest %= length
		switch {
		case u == column.Day:
			fmt.Fprintf(&out, "%d", n)
			continue
		case u == t.From:
		case u == column.Hour:
			out.WriteByte(' ')
		default:
			out.WriteByte(':')
		}
		fmt.Fprintf(&out, "%02d", n)
	}
	if t.To == column.Second && rest > 0 {
		out.WriteString("." + strings.TrimRight(fmt.Sprintf("%06d", rest), "0"))
	}
	return sign + out.String()
}

func lengthOfUnit(u column.Unit) int64 {
	switch u {
	case column.Day:
		return microsADay
	case column.Hour:
		return 3600 * microsASecond
	case column.Minute:
		return 60 * microsASecond
	}
	return microsASecond
}

// calendarText is "1 years 2 months 3 days 4 hours".
func calendarText(v column.Interval) string {
	var parts []string
	add := func(n int64, unit string) {
		if n != 0 {
			parts = append(parts, strconv.FormatInt(n, 10)+" "+unit)
		}
	}
	add(int64(v.Months/12), "years")
	add(int64(v.Months%12), "months")
	add(int64(v.Days), "days")
	add(v.Micros/(3600*microsASecond), "hours")
	add(v.Micros/(60*microsASecond)%60, "minutes")
	if rest := v.Micros % (60 * microsASecond); rest != 0 {
		text := plain(toBig(column.Int128Of(rest)), 6)
		parts = append(parts, strings.TrimSuffix(strings.TrimRight(text, "0"), ".")+" seconds")
	}
	if parts == nil {
		return "0 seconds"
	}
	return strings.Join(parts, " ")
}

// commonInterval is the interval that holds the units of both.
func commonInterval(a, b column.Type) (column.Type, bool) {
	if a.From == column.NoUnit || b.From == column.NoUnit {
		return column.IntervalType, true
	}
	if (a.To <= column.Month) != (b.To <= column.Month) {
		return a, false
	}
	return column.IntervalOf(min(a.From, b.From), max(a.To, b.To)), true
}
